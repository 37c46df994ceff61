//! Trying a key on a record: which key opens the reply?

use serde::Serialize;

use crate::crypto::signature::{KeyAlgorithm, PrivateKey, PublicKey};
use crate::entropy::Entropy;
use crate::protocol::record::protection::Protection;
use crate::trace::ValueName;
use crate::wire::codepoint::SignatureScheme;
use crate::wire::record::{HEADER_LENGTH, RecordHeader};

/// A key, really tried on a protected record.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Attempt {
    /// The key.
    pub key: ValueName,
    /// The function it was tried with.
    pub function: String,
    /// What came of it.
    pub outcome: AttemptOutcome,
}

/// What came of trying a key.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum AttemptOutcome {
    /// The record is open.
    Opened {
        /// What it holds.
        #[serde(serialize_with = "crate::wire::as_bytes")]
        #[cfg_attr(target_family = "wasm", tsify(type = "Uint8Array"))]
        plaintext: Vec<u8>,
    },
    /// The function takes input of another length.
    WrongLength {
        /// Bytes that the record has for it.
        got: usize,
        /// Bytes that the function takes.
        needed: usize,
    },
    /// Such a key signs and verifies; nothing can be decrypted with it.
    NotADecryptionKey {
        /// Its algorithm.
        algorithm: KeyAlgorithm,
    },
    /// The key does not fit: the record's authentication tag, or the padding, is wrong under it.
    NotAuthentic,
    /// The party does not hold this key.
    NotHeld,
}

impl Attempt {
    pub(super) fn not_held(key: ValueName) -> Self {
        Self { key, function: String::new(), outcome: AttemptOutcome::NotHeld }
    }

    /// Tries a data key.
    pub(super) fn with_data_key(protection: &Protection, record: &[u8]) -> Self {
        let function = protection.function();
        let opened = RecordHeader::peek(record)
            .and_then(|header| Some((header.content_type, record.get(HEADER_LENGTH..)?)))
            .and_then(|(content_type, fragment)| protection.try_open(content_type, fragment).ok());
        let outcome = opened.map_or(AttemptOutcome::NotAuthentic, |plaintext| AttemptOutcome::Opened { plaintext });
        Self { key: protection.name, function, outcome }
    }

    /// Tries the private key of a certificate: RSAES-PKCS1-v1_5 decryption of what follows the record's header, which
    /// takes exactly as many bytes as the modulus has (RFC 8017, section 7.2.2, step 1).
    pub(super) fn with_private_key(key: &PrivateKey, public: &PublicKey, record: &[u8]) -> Self {
        let fragment = record.get(HEADER_LENGTH..).unwrap_or_default();
        let outcome = match public.rsa_modulus_length() {
            None => AttemptOutcome::NotADecryptionKey { algorithm: public.algorithm() },
            Some(needed) if needed != fragment.len() => AttemptOutcome::WrongLength { got: fragment.len(), needed },
            Some(_) => decrypt(key, fragment),
        };
        Self { key: ValueName::ServerPrivateKey, function: "RSAES-PKCS1-v1_5-Decrypt".to_owned(), outcome }
    }

    /// Tries the public key of a certificate. What it undoes is a signature, so it is tried as that: RSASSA-PKCS1-v1_5
    /// takes exactly as many bytes as the modulus has, too (RFC 8017, section 8.2.2, step 1).
    pub(super) fn with_public_key(public: &PublicKey, record: &[u8]) -> Self {
        let fragment = record.get(HEADER_LENGTH..).unwrap_or_default();
        let verified = public.verify(SignatureScheme::RSA_PKCS1_SHA256, &[], fragment);
        let outcome = match (public.rsa_modulus_length(), verified) {
            (None, _) => AttemptOutcome::NotADecryptionKey { algorithm: public.algorithm() },
            (Some(needed), Err(_)) if needed != fragment.len() => {
                AttemptOutcome::WrongLength { got: fragment.len(), needed }
            }
            // Even as a signature it would hold no message: only a hash comes out.
            (Some(_), _) => AttemptOutcome::NotAuthentic,
        };
        Self { key: ValueName::ServerPublicKey, function: "RSASSA-PKCS1-v1_5-Verify".to_owned(), outcome }
    }
}

/// `EM = 0x00 || 0x02 || PS || 0x00 || M`, where PS has at least eight bytes and no zero byte (RFC 8017, section 7.2.2).
fn decrypt(key: &PrivateKey, ciphertext: &[u8]) -> AttemptOutcome {
    let encoded = Entropy::system().rng("attempt").and_then(|mut rng| key.rsa_decrypt_raw(ciphertext, &mut rng));
    let message = encoded.ok().and_then(|encoded| {
        let padded = encoded.strip_prefix(&[0, 2])?;
        let separator = padded.iter().position(|byte| *byte == 0).filter(|length| *length >= 8)?;
        Some(padded[separator + 1..].to_vec())
    });
    message.map_or(AttemptOutcome::NotAuthentic, |plaintext| AttemptOutcome::Opened { plaintext })
}
