//! Bytes only, no cryptography: how TLS structures are read and written, with the place of every field.
//!
//! Spans come from the cursor that moves over the bytes ([`Reader`], [`Writer`]). Recording is always on: the field tree
//! that the page shows is the one that the handshake itself made.

pub mod alert;
pub mod codepoint;
pub mod extension;
pub mod handshake;
mod name;
pub mod oid;
pub mod place;
mod printable;
mod reader;
pub mod record;
pub mod reference;
mod span;
mod writer;

use core::fmt;
use core::ops::RangeInclusive;

use serde::Serializer;

pub use name::FieldName;
pub use printable::printable;
pub use reader::{Parsed, Reader, parse};
pub use span::{Field, FieldValue, named, tiles};
pub use writer::{Writer, Written, build};

/// Width of the length that precedes a variable-length vector (RFC 5246, section 4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthPrefix {
    /// One byte: up to 255 bytes of contents.
    U8,
    /// Two bytes: up to 2^16 - 1 bytes of contents.
    U16,
    /// Three bytes: up to 2^24 - 1 bytes of contents.
    U24,
}

impl LengthPrefix {
    /// Bytes that the length itself takes.
    pub const fn width(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::U16 => 2,
            Self::U24 => 3,
        }
    }

    /// The largest length it can say.
    pub const fn max(self) -> usize {
        (1 << (8 * self.width())) - 1
    }
}

/// Why bytes could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// What is wrong.
    pub kind: DecodeErrorKind,
    /// Offset of the offending byte in the buffer that was read.
    pub offset: usize,
    /// The fields around it, outermost first.
    pub path: Vec<FieldName>,
}

/// What is wrong with bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeErrorKind {
    /// A field needs more bytes than its surroundings have.
    Truncated {
        /// Bytes the field needs.
        needed: usize,
        /// Bytes there are.
        available: usize,
    },
    /// Bytes are left where a field ends.
    Trailing {
        /// How many.
        left: usize,
    },
    /// A vector is shorter or longer than its definition allows.
    LengthOutOfRange {
        /// Its length in bytes.
        length: usize,
        /// What the definition allows.
        range: RangeInclusive<usize>,
    },
    /// Bytes are well formed and say something that the definition forbids.
    Illegal {
        /// The rule that is broken.
        reason: &'static str,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, name) in self.path.iter().enumerate() {
            write!(f, "{}{name}", if i == 0 { "" } else { "." })?;
        }
        write!(f, " at byte {}: {}", self.offset, self.kind)
    }
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { needed, available } => write!(f, "needs {needed} bytes, {available} are left"),
            Self::Trailing { left } => write!(f, "{left} bytes are left over"),
            Self::LengthOutOfRange { length, range } => {
                write!(f, "length {length} is outside {} to {}", range.start(), range.end())
            }
            Self::Illegal { reason } => f.write_str(reason),
        }
    }
}

impl core::error::Error for DecodeError {}

/// A vector's contents do not fit its length prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeError {
    /// The vector.
    pub name: FieldName,
    /// Bytes it would hold.
    pub length: usize,
    /// Bytes its prefix can announce.
    pub max: usize,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} bytes do not fit, {} do", self.name, self.length, self.max)
    }
}

impl core::error::Error for EncodeError {}

/// As bytes, which JavaScript receives as a `Uint8Array`, and not as a sequence of numbers.
pub(crate) fn as_bytes<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(bytes)
}
