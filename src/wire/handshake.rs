//! Handshake messages: what those of all versions have in common, and then those of each version.

mod hello;
pub mod tls12;

pub use hello::{ClientHello, ServerHello};

use super::codepoint::{CodePoint, HandshakeType};
use super::{
    DecodeError, DecodeErrorKind, EncodeError, FieldName, LengthPrefix, Parsed, Reader, Writer, Written, build, parse,
};
use crate::wire::reference::Reference;

/// Bytes of a handshake message's header: its type and its length.
pub const HEADER_LENGTH: usize = 4;

/// A message that knows its type, and how its body is read and written.
pub trait Message: Sized {
    /// `msg_type`.
    const TYPE: HandshakeType;
    /// The body's name.
    const NAME: FieldName;
    /// Where it is defined.
    const REFERENCE: Reference;
    /// Reads the body.
    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError>;
    /// Writes the body.
    fn write(&self, w: &mut Writer) -> Result<(), EncodeError>;
}

/// Reads one whole message, header included.
pub fn read<M: Message>(bytes: &[u8]) -> Parsed<M> {
    parse(bytes, |r| {
        let got: HandshakeType = r.code(FieldName::MsgType)?;
        if got != M::TYPE {
            return Err(r.illegal(FieldName::MsgType, "the message is of another type"));
        }
        let length = r.u24(FieldName::HandshakeLength)? as usize;
        r.sized(M::NAME, length, M::read)
    })
}

/// Reads one whole message of a type that we have no reader for, or do not await.
pub fn read_opaque(bytes: &[u8]) -> Parsed<HandshakeType> {
    parse(bytes, |r| {
        let got = r.code(FieldName::MsgType)?;
        r.u24(FieldName::HandshakeLength)?;
        r.rest(FieldName::Unparsed);
        Ok(got)
    })
}

/// Writes one whole message, header included.
pub fn write<M: Message>(message: &M) -> Result<Written, EncodeError> {
    // The header's length is that of a body not written yet: write the body alone first, to know it.
    let body = build(|w| message.write(w))?;
    let length = u32::try_from(body.bytes.len()).unwrap_or(u32::MAX);
    if length as usize > LengthPrefix::U24.max() {
        return Err(EncodeError { name: M::NAME, length: body.bytes.len(), max: LengthPrefix::U24.max() });
    }
    build(|w| {
        w.code(FieldName::MsgType, M::TYPE);
        w.u24(FieldName::HandshakeLength, length);
        w.group(M::NAME, |w| message.write(w))
    })
}

/// The type and length that a message's first four bytes announce, if they are there.
pub fn peek(bytes: &[u8]) -> Option<(HandshakeType, usize)> {
    let [kind, high, middle, low] = *bytes.first_chunk::<HEADER_LENGTH>()?;
    Some((HandshakeType(kind), u32::from_be_bytes([0, high, middle, low]) as usize))
}

/// An error about a code point just read.
fn unknown<C: CodePoint>(r: &Reader<'_>, name: FieldName, reason: &'static str) -> DecodeError {
    let mut error = r.illegal(name, reason);
    error.offset = r.offset().saturating_sub(C::WIDTH);
    error.kind = DecodeErrorKind::Illegal { reason };
    error
}
