//! Keys kept against the rules of `glass.rs`, for tests only.

use super::Protection;

#[cfg(feature = "mutant-inline")]
impl Protection {
    /// A copy of the key, to be kept inline.
    pub(crate) fn copy_inline(&self) -> Option<crate::glass::InlineSecret> {
        crate::glass::InlineSecret::copy_of(&self.keys.key)
    }
}

#[cfg(feature = "mutant-cipher")]
impl Protection {
    /// The key in the form of its cipher.
    pub(crate) fn keep_cipher(&self) -> Option<crate::glass::KeptCipher> {
        crate::glass::KeptCipher::new(&self.keys.key, &self.keys.fixed_iv)
    }
}

/// Opens a record with a kept cipher.
#[cfg(feature = "mutant-cipher")]
pub(crate) fn open_with_kept(
    cipher: &crate::glass::KeptCipher,
    content_type: crate::wire::codepoint::ContentType,
    fragment: &[u8],
) -> Option<Vec<u8>> {
    let (explicit, ciphertext) = crate::wire::record::split_aead(fragment)?;
    let header = super::Header { sequence_number: u64::from_be_bytes(*explicit), content_type };
    let length = ciphertext.len() - crate::crypto::aead::AeadAlgorithm::TAG_LENGTH;
    cipher.open(*explicit, &header.with_length(length), ciphertext)
}
