//! Trying a key on a record: which key opens the reply?

use serde::Serialize;

use crate::crypto::signature::{KeyAlgorithm, PrivateKey, PublicKey};
use crate::entropy::Entropy;
use crate::error::Error;
use crate::protocol::record::protection::Protection;
use crate::trace::ValueName;
use crate::wire::record::{self, Record};

/// A key, really tried on a protected record, or the reason why there was nothing to try.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Attempt {
    /// The key.
    pub key: ValueName,
    /// The function it was tried with, or would have been.
    pub function: String,
    /// What came of it.
    pub outcome: AttemptOutcome,
}

/// What came of trying a key. The function ran for [`Opened`](Self::Opened) and [`NotAuthentic`](Self::NotAuthentic), and for
/// no other.
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
    /// The function takes input of another length (RFC 8017, sections 7.2.2 and 8.2.2, step 1).
    WrongLength {
        /// Bytes that the record has for it.
        got: usize,
        /// Bytes that the function takes.
        needed: usize,
    },
    /// As a number, the record's fragment is not below the modulus: the function does not take it (RFC 8017, sections 5.1.2
    /// and 5.2.2, step 1).
    OutOfRange,
    /// What came is no whole record, or too short for what the key's cipher puts around the content.
    NotARecord,
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
        let outcome = match whole(record).filter(|whole| protection.layout().can_have(whole.fragment.len())) {
            None => AttemptOutcome::NotARecord,
            Some(Record { content_type, fragment, .. }) => protection
                .try_open(content_type, fragment)
                .map_or(AttemptOutcome::NotAuthentic, |plaintext| AttemptOutcome::Opened { plaintext }),
        };
        Self { key: protection.name, function: protection.function(), outcome }
    }

    /// Tries the private key of a certificate: RSAES-PKCS1-v1_5 decryption of the record's fragment. Fails if the key is
    /// broken, or there are no random numbers to blind it with.
    pub(super) fn with_private_key(key: &PrivateKey, public: &PublicKey, record: &[u8]) -> Result<Self, Error> {
        let outcome = rsa(public, record, |fragment| {
            let mut rng = Entropy::system().rng("attempt")?;
            let encoded = key.rsa_decrypt_raw(fragment, &mut rng)?;
            Ok(encrypted(&encoded).map(<[u8]>::to_vec))
        })?;
        Ok(Self { key: ValueName::ServerPrivateKey, function: "RSAES-PKCS1-v1_5-Decrypt".to_owned(), outcome })
    }

    /// Tries the public key of a certificate. What it undoes is a signature, so it is tried as that: RSASSA-PKCS1-v1_5, up to
    /// the point where what comes out would be compared with a hash. Fails if the key is broken.
    pub(super) fn with_public_key(public: &PublicKey, record: &[u8]) -> Result<Self, Error> {
        let outcome = rsa(public, record, |fragment| {
            let encoded = public.rsa_recover_raw(fragment)?;
            Ok(signed(&encoded).map(<[u8]>::to_vec))
        })?;
        Ok(Self { key: ValueName::ServerPublicKey, function: "RSASSA-PKCS1-v1_5-Verify".to_owned(), outcome })
    }
}

/// The record, if it is whole and nothing follows it.
fn whole(record: &[u8]) -> Option<Record<'_>> {
    record::read(record, record::FragmentLayout::None).result.ok()
}

/// Applies an RSA key to a record's fragment, if that is a number the key takes.
fn rsa(
    public: &PublicKey,
    record: &[u8],
    open: impl FnOnce(&[u8]) -> Result<Option<Vec<u8>>, Error>,
) -> Result<AttemptOutcome, Error> {
    if public.algorithm() != KeyAlgorithm::Rsa {
        return Ok(AttemptOutcome::NotADecryptionKey { algorithm: public.algorithm() });
    }
    let Some(Record { fragment, .. }) = whole(record) else { return Ok(AttemptOutcome::NotARecord) };
    let modulus = public.rsa_modulus()?;
    if fragment.len() != modulus.len() {
        return Ok(AttemptOutcome::WrongLength { got: fragment.len(), needed: modulus.len() });
    }
    if fragment >= &modulus[..] {
        return Ok(AttemptOutcome::OutOfRange);
    }
    let opened = open(fragment)?;
    Ok(opened.map_or(AttemptOutcome::NotAuthentic, |plaintext| AttemptOutcome::Opened { plaintext }))
}

/// `EM = 0x00 || 0x02 || PS || 0x00 || M`, where PS has at least eight bytes and no zero byte (RFC 8017, section 7.2.2).
fn encrypted(encoded: &[u8]) -> Option<&[u8]> {
    let padded = encoded.strip_prefix(&[0, 2])?;
    let separator = padded.iter().position(|byte| *byte == 0).filter(|length| *length >= 8)?;
    Some(&padded[separator + 1..])
}

/// `EM = 0x00 || 0x01 || PS || 0x00 || T`, where PS has at least eight bytes, all 0xff (RFC 8017, section 9.2).
fn signed(encoded: &[u8]) -> Option<&[u8]> {
    let padded = encoded.strip_prefix(&[0, 1])?;
    let length = padded.iter().position(|byte| *byte != 0xff).filter(|length| *length >= 8)?;
    padded[length..].strip_prefix(&[0])
}
