//! Trying a key on a record: which key opens the reply?

use serde::Serialize;

use crate::crypto::signature::{KeyAlgorithm, PublicKey};
use crate::tls12::Protection;
use crate::trace::ValueName;
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
        #[serde(serialize_with = "crate::trace::as_bytes")]
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
    /// The key does not fit: the record's authentication tag is wrong under it.
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
        let function = format!("{}.Open", protection.algorithm().name());
        let opened = RecordHeader::peek(record)
            .and_then(|header| Some((header.content_type, record.get(HEADER_LENGTH..)?)))
            .and_then(|(content_type, fragment)| protection.try_open(content_type, fragment).ok());
        let outcome = opened.map_or(AttemptOutcome::NotAuthentic, |plaintext| AttemptOutcome::Opened { plaintext });
        Self { key: protection.names()[0], function, outcome }
    }

    /// Tries the private or the public key of a certificate. RSA takes exactly as many bytes as its modulus has, and no
    /// record's fragment of that length can be an RSA ciphertext: it begins with a nonce.
    pub(super) fn with_certificate_key(key: ValueName, public: &PublicKey, record: &[u8]) -> Self {
        let function = match (public.algorithm(), key) {
            (KeyAlgorithm::EcdsaP256, _) => "ECDSA",
            (KeyAlgorithm::Rsa, ValueName::ServerPublicKey) => "RSAVP1",
            (KeyAlgorithm::Rsa, _) => "RSADP",
        };
        let got = record.len().saturating_sub(HEADER_LENGTH);
        let outcome = match public.rsa_modulus_length() {
            None => AttemptOutcome::NotADecryptionKey { algorithm: public.algorithm() },
            Some(needed) if needed != got => AttemptOutcome::WrongLength { got, needed },
            // The length is right by chance: RSA gives some number, and no number is a record's content.
            Some(_) => AttemptOutcome::NotAuthentic,
        };
        Self { key, function: function.to_owned(), outcome }
    }
}
