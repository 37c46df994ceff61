//! A handshake message that came: read by whoever awaits it, with the places of its fields for errors.

use crate::error::{Error, ErrorKind};
use crate::trace::{BufferKind, Direction, Event, Recorder};
use crate::wire::codepoint::HandshakeType;
use crate::wire::handshake::{self, Message};
use crate::wire::place::{BufferId, Place, Slice};
use crate::wire::reference::Reference;
use crate::wire::{DecodeError, DecodeErrorKind, Field, FieldName, FieldValue, Parsed};

/// A whole handshake message, header included, not looked into yet.
#[derive(Debug)]
pub(crate) struct Inbound {
    /// `msg_type`
    pub(crate) kind: HandshakeType,
    pub(crate) bytes: Vec<u8>,
    pub(crate) source: Vec<Slice>,
}

impl Inbound {
    /// Reads the message as one of type `M`. Its buffer and fields are recorded even if it is malformed.
    pub(crate) fn read<M: Message>(&self, trace: &mut Recorder) -> Result<(M, Layout), Error> {
        let Parsed { result, fields } = handshake::read::<M>(&self.bytes);
        let id = trace.buffer(BufferKind::Handshake, &self.bytes, fields.clone(), self.source.clone(), None);
        trace.event(Event::Message {
            buffer: id,
            direction: Direction::Received,
            message: self.kind,
            reference: M::REFERENCE,
        });
        match result {
            Ok(message) => Ok((message, Layout { buffer: id, fields })),
            Err(error) => Err(Error::from(error).in_buffer(id)),
        }
    }

    /// Records a message that is not awaited, and says so. `reference` says where the version in use defines a message.
    pub(crate) fn unexpected(
        &self,
        expected: &'static [HandshakeType],
        reference: fn(HandshakeType) -> Reference,
        trace: &mut Recorder,
    ) -> Error {
        let fields = handshake::read_opaque(&self.bytes).fields;
        let id = trace.buffer(BufferKind::Handshake, &self.bytes, fields, self.source.clone(), None);
        trace.event(Event::Message {
            buffer: id,
            direction: Direction::Received,
            message: self.kind,
            reference: reference(self.kind),
        });
        let place = Place { buffer: Some(id), offset: 0, path: vec![FieldName::MsgType] };
        Error { kind: ErrorKind::UnexpectedMessage { got: self.kind, expected }, place: Some(place) }
    }
}

/// Where the fields of a message lie.
#[derive(Debug)]
pub(crate) struct Layout {
    pub(crate) buffer: BufferId,
    pub(crate) fields: Vec<Field>,
}

impl Layout {
    /// Where the first field of this name lies: for what is judged later than it is read.
    pub(crate) fn find(&self, name: FieldName) -> Place {
        self.place(|field| field.name == name)
    }

    /// An error about the first field of this name.
    pub(crate) fn error(&self, kind: ErrorKind, name: FieldName) -> Error {
        Error { kind, place: Some(self.place(|field| field.name == name)) }
    }

    /// An error about the first field of this name with this code point in it.
    pub(crate) fn error_about(&self, kind: ErrorKind, name: FieldName, code: u32) -> Error {
        let place = self.place(|field| field.name == name && says(field, code));
        Error { kind, place: Some(place) }
    }

    /// An error about the first field of this name, whose bytes are well formed and break a rule.
    pub(crate) fn illegal(&self, name: FieldName, reason: &'static str) -> Error {
        let Place { offset, path, .. } = self.place(|field| field.name == name);
        self.broken_rule(offset, path, reason)
    }

    /// The same about the first field of this name with this code point in it.
    pub(crate) fn illegal_about(&self, name: FieldName, code: u32, reason: &'static str) -> Error {
        let Place { offset, path, .. } = self.place(|field| field.name == name && says(field, code));
        self.broken_rule(offset, path, reason)
    }

    fn broken_rule(&self, offset: usize, path: Vec<FieldName>, reason: &'static str) -> Error {
        let kind = DecodeErrorKind::Illegal { reason };
        Error::from(DecodeError { kind, offset, path }).in_buffer(self.buffer)
    }

    /// Without such a field, what is missing is missing from the message: its last field, the body, is to blame.
    fn place(&self, is_it: impl Fn(&Field) -> bool) -> Place {
        let mut path = Vec::new();
        let offset = find(&self.fields, &is_it, &mut path).unwrap_or_else(|| {
            path.extend(self.fields.last().map(|body| body.name));
            self.fields.last().map_or(0, |body| body.start)
        });
        Place { buffer: Some(self.buffer), offset, path }
    }
}

/// Whether this code point is in a field.
fn says(field: &Field, code: u32) -> bool {
    matches!(field.value, Some(FieldValue::Code { code: said, .. }) if said == code)
}

/// Offset of the first field that `is_it`, whose names from the outermost on are put in `path`.
fn find(fields: &[Field], is_it: &impl Fn(&Field) -> bool, path: &mut Vec<FieldName>) -> Option<usize> {
    for field in fields {
        path.push(field.name);
        if is_it(field) {
            return Some(field.start);
        }
        if let Some(offset) = find(&field.children, is_it, path) {
            return Some(offset);
        }
        path.pop();
    }
    None
}
