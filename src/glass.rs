//! What makes a memory worth searching: freed memory is zeroed, secrets rest in one place.
//!
//! In WebAssembly every party has a linear memory of its own, which can be read whole from outside. The search for a key
//! in it means something only if the party leaves no debris:
//!
//! - the global allocator overwrites what is freed;
//! - a [`Secret`] is boxed, so that moving it moves a pointer and leaves no bytes behind;
//! - no key, cipher, MAC or generator object of a library outlives a call, since its inner form is usable and no search
//!   would recognise it;
//! - the stack is overwritten from outside after each call, by the worker that made it;
//! - and from inside once a record is sealed or opened (`scrubbed`): a state that is moved to the heap later in the same call
//!   takes along what lies in its gaps.
//!
//! The features `mutant-*` break one of these rules each, for tests that see it noticed. No build of the page has them.

#[cfg(feature = "mutant-inline")]
mod inline;
#[cfg(feature = "mutant-cipher")]
mod kept_cipher;

use core::fmt;
use core::ops::Deref;

#[cfg(feature = "mutant-inline")]
pub(crate) use inline::InlineSecret;
#[cfg(feature = "mutant-cipher")]
pub(crate) use kept_cipher::KeptCipher;
#[cfg(not(feature = "mutant-unzeroed"))]
use zeroize::Zeroize;

/// Overwrites every block it frees.
#[cfg(all(target_family = "wasm", not(feature = "mutant-unzeroed")))]
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> = zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Bytes of stack that are overwritten after a piece of work: more than protecting a record takes.
const SCRUBBED: usize = 16 * 1024;

/// Does a piece of work, and overwrites the stack that it used.
///
/// A value is moved as a whole, with its padding and with the room of those variants that it is not. What lay there on the
/// stack then comes to lie on the heap, where nothing overwrites it: it could be a nonce, or a part of a key.
pub(crate) fn scrubbed<T>(work: impl FnOnce() -> T) -> T {
    /// A frame of its own, below the one that goes on.
    #[inline(never)]
    fn below<T>(work: impl FnOnce() -> T) -> T {
        work()
    }
    #[inline(never)]
    fn overwrite() {
        core::hint::black_box(&mut [0_u8; SCRUBBED]);
    }
    let result = below(work);
    overwrite();
    result
}

/// A secret at rest: in one place, of a length that does not change, overwritten when dropped.
pub struct Secret(Box<[u8]>);

impl Secret {
    /// A secret of `length` bytes, filled by `fill` where it rests.
    pub fn filled<E>(length: usize, fill: impl FnOnce(&mut [u8]) -> Result<(), E>) -> Result<Self, E> {
        let mut secret = Self::zeros(length);
        fill(&mut secret.0)?;
        Ok(secret)
    }

    /// A copy of `bytes`; the caller sees to the original.
    pub fn copy_of(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }

    /// A copy of one run of bytes and then another; the caller sees to the originals.
    pub fn joined(first: &[u8], second: &[u8]) -> Self {
        let mut joined = Self::zeros(first.len() + second.len());
        let (head, tail) = joined.0.split_at_mut(first.len());
        head.copy_from_slice(first);
        tail.copy_from_slice(second);
        joined
    }

    fn zeros(length: usize) -> Self {
        Self(vec![0; length].into_boxed_slice())
    }
}

impl<const N: usize> From<Box<[u8; N]>> for Secret {
    fn from(bytes: Box<[u8; N]>) -> Self {
        Self(bytes)
    }
}

impl From<Box<[u8]>> for Secret {
    fn from(bytes: Box<[u8]>) -> Self {
        Self(bytes)
    }
}

impl Deref for Secret {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(not(feature = "mutant-unzeroed"))]
impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret[{} bytes]", self.0.len())
    }
}
