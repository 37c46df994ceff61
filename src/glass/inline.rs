//! A mutant, for tests only: short secrets rest inline, where moving them leaves their bytes behind.

use core::ops::{Deref, DerefMut};

use zeroize::Zeroize;

/// The longest that is kept inline: all secrets of a connection are shorter.
const INLINE: usize = 64;

/// Bytes, inline if they are few.
pub(super) enum Resting {
    Inline { bytes: [u8; INLINE], length: usize },
    Boxed(Box<[u8]>),
}

impl From<Box<[u8]>> for Resting {
    fn from(mut boxed: Box<[u8]>) -> Self {
        let length = boxed.len();
        if length > INLINE {
            return Self::Boxed(boxed);
        }
        let mut bytes = [0; INLINE];
        bytes[..length].copy_from_slice(&boxed);
        boxed.zeroize();
        Self::Inline { bytes, length }
    }
}

impl Deref for Resting {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Inline { bytes, length } => &bytes[..*length],
            Self::Boxed(bytes) => bytes,
        }
    }
}

impl DerefMut for Resting {
    fn deref_mut(&mut self) -> &mut [u8] {
        match self {
            Self::Inline { bytes, length } => &mut bytes[..*length],
            Self::Boxed(bytes) => bytes,
        }
    }
}

impl Zeroize for Resting {
    fn zeroize(&mut self) {
        (**self).zeroize();
    }
}
