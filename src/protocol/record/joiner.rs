//! Handshake messages do not keep to records: they are joined and parted here.

use std::collections::VecDeque;

use super::inbound::Inbound;
use crate::error::{Error, ErrorKind};
use crate::wire::FieldName;
use crate::wire::codepoint::HandshakeType;
use crate::wire::handshake;
use crate::wire::place::{Place, Slice};

/// The longest handshake message we accept, in bytes without its header: the longest `ClientHello` that RFC 5246, section
/// 7.4.1.2, can form, so that no hello is refused for its length alone. Other messages could have 2^24 - 1 bytes;
/// certificate chains take a few thousand. docs/decisions/longest-handshake-message.md
const MAX_HANDSHAKE_MESSAGE: usize = 2 + 32 + (1 + 32) + (2 + 0xfffe) + (1 + 0xff) + (2 + 0xffff);

/// Joins handshake messages that span records, and parts those that share one (RFC 5246, section 6.2.1).
#[derive(Debug, Default)]
pub(crate) struct Joiner {
    bytes: Vec<u8>,
    /// Where the bytes come from, in order.
    source: VecDeque<Slice>,
}

impl Joiner {
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(crate) fn push(&mut self, bytes: &[u8], place: Slice) {
        self.bytes.extend_from_slice(bytes);
        self.source.push_back(place);
    }

    /// Type and length, header included, of the first message, if all of it is here.
    pub(crate) fn whole_message(&self) -> Option<(HandshakeType, usize)> {
        whole(&self.bytes)
    }

    /// The type of the message that `more` completes, if it does. A message that is too long counts as complete: it will
    /// be refused.
    pub(crate) fn would_complete(&self, more: &[u8]) -> Option<HandshakeType> {
        let header: Vec<u8> = self.bytes.iter().chain(more).take(handshake::HEADER_LENGTH).copied().collect();
        let (kind, length) = handshake::peek(&header)?;
        let here = self.bytes.len() + more.len();
        (here >= handshake::HEADER_LENGTH + length || length > MAX_HANDSHAKE_MESSAGE).then_some(kind)
    }

    /// Whether the first message's header alone is reason to refuse it.
    pub(crate) fn announces_too_much(&self) -> bool {
        self.too_much().is_some()
    }

    fn too_much(&self) -> Option<usize> {
        handshake::peek(&self.bytes).map(|(_, length)| length).filter(|length| *length > MAX_HANDSHAKE_MESSAGE)
    }

    /// The first message, if all of it is here.
    pub(crate) fn take(&mut self) -> Result<Option<Inbound>, Error> {
        if let Some(length) = self.too_much() {
            let kind = ErrorKind::HandshakeMessageTooLong { length, max: MAX_HANDSHAKE_MESSAGE };
            let first = self.source.front();
            let place = Place {
                buffer: first.map(|slice| slice.buffer),
                offset: first.map_or(0, |slice| slice.start) + 1,
                path: vec![FieldName::HandshakeLength],
            };
            return Err(Error { kind, place: Some(place) });
        }
        let Some((kind, length)) = self.whole_message() else {
            return Ok(None);
        };
        let rest = self.bytes.split_off(length);
        let bytes = core::mem::replace(&mut self.bytes, rest);
        Ok(Some(Inbound { kind, bytes, source: self.take_source(length) }))
    }

    /// The slices that the first `length` bytes come from.
    fn take_source(&mut self, mut length: usize) -> Vec<Slice> {
        let mut taken = Vec::new();
        while length > 0
            && let Some(first) = self.source.front_mut()
        {
            let here = (first.end - first.start).min(length);
            taken.push(Slice { end: first.start + here, ..*first });
            first.start += here;
            length -= here;
            if first.start == first.end {
                self.source.pop_front();
            }
        }
        taken
    }
}

fn whole(bytes: &[u8]) -> Option<(HandshakeType, usize)> {
    let (kind, length) = handshake::peek(bytes)?;
    let whole = handshake::HEADER_LENGTH + length;
    (bytes.len() >= whole).then_some((kind, whole))
}
