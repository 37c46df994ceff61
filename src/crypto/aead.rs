//! Authenticated encryption with associated data (RFC 5116).

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes128Gcm, Aes256Gcm, Nonce};
use chacha20poly1305::ChaCha20Poly1305;

use crate::error::{Error, ErrorKind};

/// An AEAD algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AeadAlgorithm {
    /// `AEAD_AES_128_GCM`.
    Aes128Gcm,
    /// `AEAD_AES_256_GCM`.
    Aes256Gcm,
    /// `AEAD_CHACHA20_POLY1305` (RFC 8439).
    ChaCha20Poly1305,
}

impl AeadAlgorithm {
    /// As NIST SP 800-38D and the cipher suites write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Aes128Gcm => "AES-128-GCM",
            Self::Aes256Gcm => "AES-256-GCM",
            Self::ChaCha20Poly1305 => "ChaCha20-Poly1305",
        }
    }

    /// Bytes of a key.
    pub const fn key_length(self) -> usize {
        match self {
            Self::Aes128Gcm => 16,
            Self::Aes256Gcm | Self::ChaCha20Poly1305 => 32,
        }
    }

    /// Bytes of the authentication tag at the end of a ciphertext.
    pub const TAG_LENGTH: usize = 16;

    /// Encrypts `plaintext`; the ciphertext has the tag at its end.
    pub fn seal(self, key: &[u8], nonce: &[u8; 12], aad: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, Error> {
        let payload = Payload { msg: plaintext, aad };
        match self {
            Self::Aes128Gcm => cipher::<Aes128Gcm>(key)?.encrypt(&Nonce::from(*nonce), payload),
            Self::Aes256Gcm => cipher::<Aes256Gcm>(key)?.encrypt(&Nonce::from(*nonce), payload),
            Self::ChaCha20Poly1305 => cipher::<ChaCha20Poly1305>(key)?.encrypt(&Nonce::from(*nonce), payload),
        }
        .map_err(|_| ErrorKind::Internal("a plaintext is too long to encrypt").into())
    }

    /// Decrypts `ciphertext`, if its tag is right.
    pub fn open(self, key: &[u8], nonce: &[u8; 12], aad: &[u8], ciphertext: &[u8]) -> Result<Vec<u8>, Error> {
        let payload = Payload { msg: ciphertext, aad };
        match self {
            Self::Aes128Gcm => cipher::<Aes128Gcm>(key)?.decrypt(&Nonce::from(*nonce), payload),
            Self::Aes256Gcm => cipher::<Aes256Gcm>(key)?.decrypt(&Nonce::from(*nonce), payload),
            Self::ChaCha20Poly1305 => cipher::<ChaCha20Poly1305>(key)?.decrypt(&Nonce::from(*nonce), payload),
        }
        .map_err(|_| ErrorKind::BadRecordMac.into())
    }
}

fn cipher<C: KeyInit>(key: &[u8]) -> Result<C, Error> {
    C::new_from_slice(key).map_err(|_| ErrorKind::Internal("a traffic key has the wrong length").into())
}
