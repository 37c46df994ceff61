//! What a cipher suite stands for: what those of all versions have, and then those of each version.

pub mod tls12;

use crate::crypto::aead::AeadAlgorithm;
use crate::crypto::cbc_hmac::{self, MacAlgorithm};
use crate::crypto::hash::HashAlgorithm;
use crate::wire::codepoint::CipherSuite;

/// What the suites of all versions have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Common {
    /// Its code point.
    pub id: CipherSuite,
    /// The hash of the key schedule and of the transcript.
    pub hash: HashAlgorithm,
}

/// What protects records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cipher {
    /// Authenticated encryption.
    Aead(AeadAlgorithm),
    /// AES-128-CBC and a MAC.
    Cbc(MacAlgorithm),
}

impl Cipher {
    /// Bytes of the key that encrypts.
    pub const fn key_length(self) -> usize {
        match self {
            Self::Aead(aead) => aead.key_length(),
            Self::Cbc(_) => cbc_hmac::KEY_LENGTH,
        }
    }

    /// Bytes of the MAC's key: with AEAD there is none.
    pub const fn mac_key_length(self) -> usize {
        match self {
            Self::Aead(_) => 0,
            Self::Cbc(mac) => mac.length(),
        }
    }

    /// Bytes of the nonces that follow from the handshake: four with GCM (RFC 5288, section 3), all with
    /// ChaCha20-Poly1305 (RFC 7905, section 2), none with CBC, whose IVs are random.
    pub const fn fixed_iv_length(self) -> usize {
        match self {
            Self::Aead(AeadAlgorithm::ChaCha20Poly1305) => 12,
            Self::Aead(_) => 4,
            Self::Cbc(_) => 0,
        }
    }
}
