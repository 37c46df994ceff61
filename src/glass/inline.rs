//! A mutant, for tests only: a secret that rests inline in its owner, here a list. It is overwritten when it is dropped,
//! which does not help: moving it out leaves its bytes behind, where nobody overwrites them.

use zeroize::Zeroize;

/// A short secret, not boxed.
pub(crate) struct InlineSecret([u8; 16]);

impl InlineSecret {
    /// A copy. `None` if it does not fit.
    pub(crate) fn copy_of(bytes: &[u8]) -> Option<Self> {
        Some(Self(bytes.try_into().ok()?))
    }
}

impl Drop for InlineSecret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl core::fmt::Debug for InlineSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("InlineSecret")
    }
}
