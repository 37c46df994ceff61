//! Hash functions and HMAC.

use hmac::{EagerHash, Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha384};

/// The hash function of a cipher suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashAlgorithm {
    /// SHA-256: 32 bytes.
    Sha256,
    /// SHA-384: 48 bytes.
    Sha384,
}

impl HashAlgorithm {
    /// As FIPS 180-4 writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
        }
    }

    /// The hash of `message`.
    pub fn hash(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Sha384 => Sha384::digest(message).to_vec(),
        }
    }

    /// HMAC (RFC 2104) of the concatenated `message` with `key`, of any length.
    pub(super) fn hmac(self, key: &[u8], message: &[&[u8]]) -> Vec<u8> {
        match self {
            Self::Sha256 => hmac_with::<Sha256>(key, message),
            Self::Sha384 => hmac_with::<Sha384>(key, message),
        }
    }
}

/// HMAC with a hash function of one's choice.
pub(super) fn hmac_with<D: EagerHash>(key: &[u8], message: &[&[u8]]) -> Vec<u8>
where
    Hmac<D>: Mac + KeyInit,
{
    // HMAC takes keys of any length: the error type belongs to the trait.
    let Ok(mut mac) = <Hmac<D> as KeyInit>::new_from_slice(key) else {
        return Vec::new();
    };
    for part in message {
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}
