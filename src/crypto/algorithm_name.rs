//! What to call the algorithms of certificates that we do not work with, so that an error can name them.

use der::asn1::ObjectIdentifier;
use der::{Decode, Reader, SliceReader};

/// Object identifiers of signature algorithms, and what their RFCs call them.
const SIGNATURES: [(&str, &str); 18] = [
    ("1.2.840.10040.4.3", "DSA with SHA-1"),
    ("2.16.840.1.101.3.4.3.2", "DSA with SHA-256"),
    ("1.2.840.113549.1.1.4", "RSA with MD5"),
    ("1.2.840.113549.1.1.5", "RSA with SHA-1"),
    ("1.2.840.113549.1.1.10", "RSASSA-PSS with other parameters"),
    ("1.2.840.113549.1.1.11", "RSA with SHA-256"),
    ("1.2.840.113549.1.1.12", "RSA with SHA-384"),
    ("1.2.840.113549.1.1.13", "RSA with SHA-512"),
    ("1.2.840.10045.4.1", "ECDSA with SHA-1"),
    ("1.2.840.10045.4.3.2", "ECDSA with SHA-256"),
    ("1.2.840.10045.4.3.3", "ECDSA with SHA-384"),
    ("1.2.840.10045.4.3.4", "ECDSA with SHA-512"),
    ("1.3.101.112", "Ed25519"),
    ("1.3.101.113", "Ed448"),
    ("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
    ("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
    ("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
    ("1.2.156.10197.1.501", "SM2 with SM3"),
];

/// Object identifiers of keys and of curves, and what their RFCs call them.
const KEYS: [(&str, &str); 12] = [
    ("1.2.840.113549.1.1.1", "RSA"),
    ("1.2.840.113549.1.1.10", "RSASSA-PSS"),
    ("1.2.840.10040.4.1", "DSA"),
    ("1.2.840.10045.3.1.7", "P-256"),
    ("1.3.132.0.34", "P-384"),
    ("1.3.132.0.35", "P-521"),
    ("1.3.132.0.10", "secp256k1"),
    ("1.3.101.112", "Ed25519"),
    ("1.3.101.113", "Ed448"),
    ("2.16.840.1.101.3.4.3.17", "ML-DSA-44"),
    ("2.16.840.1.101.3.4.3.18", "ML-DSA-65"),
    ("2.16.840.1.101.3.4.3.19", "ML-DSA-87"),
];

/// `id-ecPublicKey` (RFC 5480, section 2.1.1): the curve stands in its parameters.
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");

/// What to call a signature algorithm. `contents` is what stands in an `AlgorithmIdentifier` (RFC 5280, section 4.1.1.2).
pub(crate) fn of_signature(contents: &[u8]) -> String {
    match identifiers(contents) {
        (Some(oid), _) => name(&SIGNATURES, oid),
        (None, _) => UNREADABLE.into(),
    }
}

/// What to call a key's algorithm, by its curve where it has one. `contents` as in [`of_signature`].
pub(crate) fn of_key(contents: &[u8]) -> String {
    match identifiers(contents) {
        (Some(EC_PUBLIC_KEY), Some(curve)) => format!("ECDSA {}", name(&KEYS, curve)),
        (Some(EC_PUBLIC_KEY), None) => "ECDSA on a curve without a name".into(),
        (Some(oid), _) => name(&KEYS, oid),
        (None, _) => UNREADABLE.into(),
    }
}

const UNREADABLE: &str = "an algorithm that cannot be read";

/// The algorithm, and its parameters where they are an object identifier too.
fn identifiers(contents: &[u8]) -> (Option<ObjectIdentifier>, Option<ObjectIdentifier>) {
    let Ok(mut reader) = SliceReader::new(contents) else { return (None, None) };
    let mut next = || (!reader.is_finished()).then(|| ObjectIdentifier::decode(&mut reader).ok()).flatten();
    (next(), next())
}

/// The name of this row, or the numbers.
fn name(names: &[(&str, &str)], oid: ObjectIdentifier) -> String {
    let oid = oid.to_string();
    names.iter().find(|(numbers, _)| *numbers == oid).map_or(oid.clone(), |(_, name)| (*name).to_owned())
}
