//! A mutant, for tests only: a key that lives on inside a cipher object. No search recognises it there, and it works. What
//! catches it is the list of disallowed types in clippy.toml.

use core::fmt;

use aes_gcm::Aes128Gcm;
use aes_gcm::aead::{Aead, KeyInit, Payload};

/// An AES-128-GCM key in the form in which the cipher computes with it.
pub(crate) struct KeptCipher {
    cipher: Box<Aes128Gcm>,
    fixed_iv: [u8; 4],
}

impl KeptCipher {
    /// Expands the key. `None` if it is none of AES-128.
    pub(crate) fn new(key: &[u8], fixed_iv: &[u8]) -> Option<Self> {
        let cipher = Box::new(Aes128Gcm::new_from_slice(key).ok()?);
        Some(Self { cipher, fixed_iv: fixed_iv.try_into().ok()? })
    }

    /// Opens a record's fragment, long after the key was overwritten.
    pub(crate) fn open(&self, explicit: [u8; 8], additional_data: &[u8], ciphertext: &[u8]) -> Option<Vec<u8>> {
        let mut nonce = [0; 12];
        nonce[..4].copy_from_slice(&self.fixed_iv);
        nonce[4..].copy_from_slice(&explicit);
        self.cipher.decrypt(&nonce.into(), Payload { msg: ciphertext, aad: additional_data }).ok()
    }
}

impl fmt::Debug for KeptCipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeptCipher")
    }
}
