//! A certificate authority that works as real ones do: it gets a request with a public key, and never a private key.

use der::asn1::AnyRef;
use der::{Decode, Encode, Reader, SliceReader};
use rand_core::CryptoRng;
use x509_cert::request::CertReq;

pub use super::profile::request;
use super::profile::{self, Constraints, Issuer, KeyUsages, Profile, certify};
use crate::crypto::signature::{KeyAlgorithm, PrivateKey, PublicKey};
use crate::error::{CertificateError, Error, ErrorKind};
use crate::wire::codepoint::SignatureScheme;
use crate::wire::oid::{
    ECDSA_WITH_SHA_256, ID_KP_CLIENT_AUTH, ID_KP_SERVER_AUTH, SHA_256_WITH_RSA_ENCRYPTION, SHA_384_WITH_RSA_ENCRYPTION,
    SHA_512_WITH_RSA_ENCRYPTION,
};

/// The common name of every root certificate made here.
pub const ROOT_NAME: &str = "tls-glass demonstration root";
/// The common name of every intermediate certificate made here.
pub const INTERMEDIATE_NAME: &str = "tls-glass demonstration intermediate";

const DAY: u64 = 24 * 60 * 60;

/// A root that clients trust, and an intermediate that signs servers' certificates in its name.
#[derive(Debug)]
pub struct CertificateAuthority {
    /// The root's key. It signs the intermediate certificate, and could stay in a safe from then on.
    pub root_key: PrivateKey,
    /// The intermediate's key, which signs servers' certificates.
    pub intermediate_key: PrivateKey,
    /// The root certificate, signed with its own key: the trust anchor. DER.
    pub root: Vec<u8>,
    /// The intermediate certificate, signed with the root's key. DER.
    pub intermediate: Vec<u8>,
}

impl CertificateAuthority {
    /// A new authority with two P-256 keys. `now` is in Unix seconds.
    pub fn generate<R: CryptoRng>(rng: &mut R, now: u64) -> Result<Self, Error> {
        let root_key = PrivateKey::generate(KeyAlgorithm::EcdsaP256, rng)?;
        let intermediate_key = PrivateKey::generate(KeyAlgorithm::EcdsaP256, rng)?;
        Self::with_keys(root_key, intermediate_key, rng, now)
    }

    /// A new authority with these keys. From a day before `now`, in Unix seconds, the root holds for ten years, the
    /// intermediate for three; below the intermediate there are no further authorities (its path length is 0).
    pub fn with_keys<R: CryptoRng>(
        root_key: PrivateKey,
        intermediate_key: PrivateKey,
        rng: &mut R,
        now: u64,
    ) -> Result<Self, Error> {
        let not_before = now.saturating_sub(DAY);
        let authority = |subject: &str, days, path_length| Profile {
            subject: subject.into(),
            not_before,
            not_after: not_before + days * DAY,
            constraints: Constraints::Authority { path_length },
            key_usage: Some(KeyUsages::KeyCertSign.into()),
            extended_key_usage: None,
            names: Vec::new(),
        };
        let issuer = Issuer { name: ROOT_NAME, key: &root_key };
        let root = certify(&authority(ROOT_NAME, 3653, None), &root_key.public_key()?, issuer, rng)?;
        let below = authority(INTERMEDIATE_NAME, 1096, Some(0));
        let intermediate = certify(&below, &intermediate_key.public_key()?, issuer, rng)?;
        Ok(Self { root_key, intermediate_key, root, intermediate })
    }

    /// Issues a certificate to whoever holds the private key that signed the request `csr`, in DER. Returns the server's
    /// certificate and the intermediate's, in the order in which a server sends them.
    ///
    /// `names` are the host names and IP addresses that the authority has found to be the requester's; what names the
    /// request itself asks for counts for nothing. The certificate holds for 90 days, from a day before `now`.
    pub fn issue<R: CryptoRng>(
        &self,
        csr: &[u8],
        names: &[&str],
        now: u64,
        rng: &mut R,
    ) -> Result<Vec<Vec<u8>>, Error> {
        let key = check_request(csr)?;
        Ok(vec![self.certify_server(&key, names, now, rng)?, self.intermediate.clone()])
    }

    /// Signs a server's certificate. That the requester holds the private key is checked already.
    pub(crate) fn certify_server<R: CryptoRng>(
        &self,
        key: &PublicKey,
        names: &[&str],
        now: u64,
        rng: &mut R,
    ) -> Result<Vec<u8>, Error> {
        if names.is_empty() {
            return Err(ErrorKind::Internal("a server's certificate was asked for without a name").into());
        }
        let issuer = Issuer { name: INTERMEDIATE_NAME, key: &self.intermediate_key };
        certify(&server_profile(key.algorithm(), names, now), key, issuer, rng)
    }

    /// Signs a client's certificate. That the requester holds the private key is checked already.
    pub(crate) fn certify_client<R: CryptoRng>(
        &self,
        key: &PublicKey,
        name: &str,
        now: u64,
        rng: &mut R,
    ) -> Result<Vec<u8>, Error> {
        if name.is_empty() {
            return Err(ErrorKind::Internal("a client's certificate was asked for without a name").into());
        }
        let issuer = Issuer { name: INTERMEDIATE_NAME, key: &self.intermediate_key };
        certify(&client_profile(name, now), key, issuer, rng)
    }
}

/// What a client's certificate says: for 90 days, from a day before `now`. Its name stands in the subject: a client
/// answers to no host name.
pub fn client_profile(name: &str, now: u64) -> Profile {
    let not_before = now.saturating_sub(DAY);
    Profile {
        subject: name.into(),
        not_before,
        not_after: not_before + 90 * DAY,
        constraints: Constraints::EndEntity,
        key_usage: Some(KeyUsages::DigitalSignature.into()),
        extended_key_usage: Some(vec![ID_KP_CLIENT_AUTH]),
        names: Vec::new(),
    }
}

/// What a server's certificate says: for 90 days, from a day before `now`.
pub fn server_profile(algorithm: KeyAlgorithm, names: &[&str], now: u64) -> Profile {
    let not_before = now.saturating_sub(DAY);
    Profile {
        subject: profile::common_name(names).into(),
        not_before,
        not_after: not_before + 90 * DAY,
        constraints: Constraints::EndEntity,
        key_usage: Some(match algorithm {
            KeyAlgorithm::Rsa => KeyUsages::DigitalSignature | KeyUsages::KeyEncipherment,
            KeyAlgorithm::EcdsaP256 => KeyUsages::DigitalSignature.into(),
        }),
        extended_key_usage: Some(vec![ID_KP_SERVER_AUTH]),
        names: names.iter().map(|name| (*name).into()).collect(),
    }
}

/// Checks a request's own signature, which proves that its sender holds the private key; returns the public key.
pub fn check_request(csr: &[u8]) -> Result<PublicKey, Error> {
    let bad = |why: &str| Error::from(CertificateError::Bad(format!("the signing request {why}")));
    let request = CertReq::from_der(csr).map_err(|_| bad("is not PKCS #10"))?;
    let spki = request.info.public_key.to_der().map_err(|_| bad("holds a malformed public key"))?;
    let key = PublicKey::from_spki(&spki)?;
    let scheme = match request.algorithm.oid {
        ECDSA_WITH_SHA_256 => SignatureScheme::ECDSA_SECP256R1_SHA256,
        SHA_256_WITH_RSA_ENCRYPTION => SignatureScheme::RSA_PKCS1_SHA256,
        SHA_384_WITH_RSA_ENCRYPTION => SignatureScheme::RSA_PKCS1_SHA384,
        SHA_512_WITH_RSA_ENCRYPTION => SignatureScheme::RSA_PKCS1_SHA512,
        _ => return Err(bad("is signed in a way that is not supported")),
    };
    // The signature covers certificationRequestInfo as it was sent, tag and length included (RFC 2986, section 4.2).
    let (info, _) = signed_parts(csr).ok_or_else(|| bad("is not PKCS #10"))?;
    let signature = request.signature.as_bytes().ok_or_else(|| bad("has a signature of odd bits"))?;
    key.verify(scheme, info, signature).map_err(|_| bad("is not signed with the key that it holds"))?;
    Ok(key)
}

/// What is signed in a certificate or a signing request, and the signature: `SEQUENCE { signed, algorithm, BIT STRING }`
/// (RFC 5280, section 4.1; RFC 2986, section 4.2). The signed part is as it stands there, tag and length included.
pub fn signed_parts(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let whole = AnyRef::from_der(der).ok()?;
    let mut contents = SliceReader::new(whole.value()).ok()?;
    let signed = contents.tlv_bytes().ok()?;
    contents.tlv_bytes().ok()?;
    // The first byte of a BIT STRING says how many bits of its last one are unused: none in a signature.
    let (_, signature) = AnyRef::from_der(contents.tlv_bytes().ok()?).ok()?.value().split_first()?;
    Some((signed, signature))
}
