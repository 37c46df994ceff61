//! The record layer: cuts bytes from the wire into records, records into messages, and back.

use super::inbound::Inbound;
use super::joiner::Joiner;
use super::protection::{Blocks, Opened, Protection};
use crate::entropy::Entropy;
use crate::error::{Error, ErrorKind};
use crate::trace::{BufferKind, Direction, Event, Recorder};
use crate::wire::alert::Alert;
use crate::wire::codepoint::{ContentType, HandshakeType, ProtocolVersion};
use crate::wire::handshake::Message;
use crate::wire::place::{BufferId, Place, Slice};
use crate::wire::record::{self, HEADER_LENGTH, MAX_CIPHERTEXT, MAX_PLAINTEXT, RecordHeader};
use crate::wire::{DecodeError, DecodeErrorKind, FieldName, Parsed, Written, parse};

/// Both directions of a connection's record layer.
#[derive(Debug)]
pub(crate) struct Channel {
    /// Bytes from the wire that no unit has handled yet.
    inbox: Vec<u8>,
    /// A protected record that was opened and not handled yet.
    opened: Option<OpenedRecord>,
    /// Handshake bytes that are no whole message yet.
    joiner: Joiner,
    /// Bytes for the wire.
    outbox: Vec<u8>,
    /// What the peer's records are protected with; `None` while they are in the clear.
    pub(crate) read: Option<Protection>,
    /// What own records are protected with.
    pub(crate) write: Option<Protection>,
    /// The version that own records claim.
    version: ProtocolVersion,
    /// Whether the peer's records must claim exactly TLS 1.2.
    negotiated: bool,
    /// The record opened last and where its content lies: what an error about a record is about.
    current: Option<(BufferId, Slice)>,
}

/// A record whose content is in the clear here.
#[derive(Debug)]
struct OpenedRecord {
    /// What it holds. TLS 1.3 says so inside, so that only who has opened the record knows.
    content_type: ContentType,
    content: Vec<u8>,
    place: Slice,
}

/// What a record, or several, brought.
#[derive(Debug)]
pub(crate) enum Content {
    /// A whole handshake message.
    Handshake(Inbound),
    /// `ChangeCipherSpec`.
    ChangeCipherSpec,
    /// An alert.
    Alert(Alert),
    /// Application data, decrypted.
    ApplicationData(Vec<u8>),
    /// A part of a handshake message.
    Fragment,
}

/// What the next call of [`Channel::next_content`] will find, as far as can be seen from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// A record to be opened: what it holds is known after that.
    Protected,
    Handshake(HandshakeType),
    Fragment,
    ChangeCipherSpec,
    Alert,
    ApplicationData,
    /// A record that will be refused by its header alone.
    Invalid,
}

impl Channel {
    /// A record layer in the clear.
    pub(crate) fn new() -> Self {
        Self {
            inbox: Vec::new(),
            opened: None,
            joiner: Joiner::default(),
            outbox: Vec::new(),
            read: None,
            write: None,
            // RFC 5246, appendix E.1: nobody knows yet what the peer speaks. Servers of all ages accept this in a hello.
            version: ProtocolVersion::TLS_1_0,
            negotiated: false,
            current: None,
        }
    }

    /// From now on, records claim TLS 1.2 in both directions.
    pub(crate) fn negotiated(&mut self) {
        self.version = ProtocolVersion::TLS_1_2;
        self.negotiated = true;
    }

    pub(crate) fn receive(&mut self, bytes: &[u8]) {
        self.inbox.extend_from_slice(bytes);
    }

    /// Bytes for the wire since the last call.
    pub(crate) fn take_output(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.outbox)
    }

    /// Forgets what was received, when nobody will look at it any more.
    pub(crate) fn discard_input(&mut self) {
        self.inbox = Vec::new();
        self.discard_opened();
        self.joiner = Joiner::default();
    }

    /// Forgets what was opened and not handled.
    pub(crate) fn discard_opened(&mut self) {
        self.opened = None;
    }

    /// Application data that was opened and not handled yet.
    pub(crate) fn opened_application_data(&self) -> Option<&[u8]> {
        let opened = self.opened.as_ref()?;
        (opened.content_type == ContentType::APPLICATION_DATA).then_some(&opened.content)
    }

    /// Says where the bytes lie that an error about a whole record is about.
    pub(crate) fn locate(&self, mut error: Error) -> Error {
        let Some((record, content)) = self.current else { return error };
        let (buffer, offset, field) = match error.kind {
            ErrorKind::UnexpectedContent { .. } | ErrorKind::MessageNotAligned | ErrorKind::TooManyIdleRecords => {
                (record, 0, FieldName::ContentType)
            }
            ErrorKind::EmptyRecord(_) => (record, 3, FieldName::RecordLength),
            ErrorKind::BadRecordMac | ErrorKind::RecordOverflow { .. } => (record, HEADER_LENGTH, FieldName::Fragment),
            ErrorKind::BadAlertLevel(_) => (content.buffer, content.start, FieldName::AlertLevel),
            _ => return error,
        };
        error.place.get_or_insert(Place { buffer: Some(buffer), offset, path: vec![field] });
        error
    }

    /// Whether bytes are here that no unit has handled yet: where none waits, the beginning of a record.
    pub(crate) fn has_begun_a_record(&self) -> bool {
        !self.inbox.is_empty()
    }

    /// What waits to be handled, if anything does.
    pub(crate) fn waiting(&self) -> Option<Waiting> {
        if let Some((kind, _)) = self.joiner.whole_message() {
            return Some(Waiting::Handshake(kind));
        }
        if self.joiner.announces_too_much() {
            return Some(Waiting::Invalid);
        }
        if let Some(OpenedRecord { content_type, content, .. }) = &self.opened {
            return Some(self.waiting_as(*content_type, content));
        }
        let header = RecordHeader::peek(&self.inbox)?;
        if self.check_header(header).is_err() {
            return Some(Waiting::Invalid);
        }
        let fragment = self.inbox.get(HEADER_LENGTH..HEADER_LENGTH + header.length)?;
        Some(match self.read {
            Some(_) => Waiting::Protected,
            None => self.waiting_as(header.content_type, fragment),
        })
    }

    /// What this content will turn out to be.
    fn waiting_as(&self, content_type: ContentType, content: &[u8]) -> Waiting {
        match content_type {
            ContentType::CHANGE_CIPHER_SPEC => Waiting::ChangeCipherSpec,
            ContentType::ALERT => Waiting::Alert,
            ContentType::APPLICATION_DATA => Waiting::ApplicationData,
            _ => self.joiner.would_complete(content).map_or(Waiting::Fragment, Waiting::Handshake),
        }
    }

    /// Opens the protected record that waits. What it holds is for [`Channel::next_content`].
    pub(crate) fn open_record(&mut self, trace: &mut Recorder) -> Result<(), Error> {
        if let Some((header, bytes)) = self.take_record(trace)? {
            self.opened = Some(self.open(header, &bytes, trace)?);
        }
        Ok(())
    }

    /// Handles the next whole message or record; `None` if there is none yet, or none that has been opened.
    pub(crate) fn next_content(&mut self, trace: &mut Recorder) -> Result<Option<Content>, Error> {
        if let Some(message) = self.joiner.take()? {
            return Ok(Some(Content::Handshake(message)));
        }
        let record = match self.opened.take() {
            Some(opened) => opened,
            None if self.waiting() == Some(Waiting::Protected) => return Ok(None),
            None => match self.take_record(trace)? {
                Some((header, bytes)) => self.open(header, &bytes, trace)?,
                None => return Ok(None),
            },
        };
        self.sort(record, trace).map(Some)
    }

    /// The next record, where all of it is here and its header is right.
    fn take_record(&mut self, trace: &mut Recorder) -> Result<Option<(RecordHeader, Vec<u8>)>, Error> {
        let Some(header) = RecordHeader::peek(&self.inbox) else {
            return Ok(None);
        };
        if let Err(error) = self.check_header(header) {
            return Err(self.refused_record(header, error, trace));
        }
        let length = HEADER_LENGTH + header.length;
        if self.inbox.len() < length {
            return Ok(None);
        }
        // Not drained: a Vec that shrinks keeps the tail in its memory.
        let rest = self.inbox.split_off(length);
        Ok(Some((header, core::mem::replace(&mut self.inbox, rest))))
    }

    /// Sends a handshake message, in as many records as it takes.
    pub(crate) fn send_handshake<M: Message>(
        &mut self,
        written: &Written,
        trace: &mut Recorder,
        entropy: &mut Entropy,
    ) -> Result<BufferId, Error> {
        let id = trace.buffer(BufferKind::Handshake, &written.bytes, written.fields.clone(), Vec::new(), None);
        trace.event(Event::Message {
            buffer: id,
            direction: Direction::Sent,
            message: M::TYPE,
            reference: M::REFERENCE,
        });
        self.send(ContentType::HANDSHAKE, &written.bytes, Some(id), trace, entropy)?;
        Ok(id)
    }

    /// Sends application data, in as many records as it takes.
    pub(crate) fn send_application_data(
        &mut self,
        data: &[u8],
        trace: &mut Recorder,
        entropy: &mut Entropy,
    ) -> Result<(), Error> {
        let id = content_buffer(ContentType::APPLICATION_DATA, data, Vec::new(), trace);
        trace.event(Event::ApplicationData { direction: Direction::Sent, buffer: id });
        self.send(ContentType::APPLICATION_DATA, data, Some(id), trace, entropy)
    }

    pub(crate) fn send_change_cipher_spec(&mut self, trace: &mut Recorder, entropy: &mut Entropy) -> Result<(), Error> {
        self.send(ContentType::CHANGE_CIPHER_SPEC, &[1], None, trace, entropy)
    }

    pub(crate) fn send_alert(
        &mut self,
        alert: Alert,
        trace: &mut Recorder,
        entropy: &mut Entropy,
    ) -> Result<(), Error> {
        trace.event(Event::Alert { direction: Direction::Sent, level: alert.level, description: alert.description });
        let bytes = [alert.level.0, alert.description.0];
        let content = self.write.is_some().then(|| content_buffer(ContentType::ALERT, &bytes, Vec::new(), trace));
        self.send(ContentType::ALERT, &bytes, content, trace, entropy)
    }

    fn send(
        &mut self,
        content_type: ContentType,
        content: &[u8],
        buffer: Option<BufferId>,
        trace: &mut Recorder,
        entropy: &mut Entropy,
    ) -> Result<(), Error> {
        for (i, chunk) in content.chunks(MAX_PLAINTEXT).enumerate() {
            let start = i * MAX_PLAINTEXT;
            let carries = buffer.map(|buffer| Slice { buffer, start, end: start + chunk.len() });
            let protection = self.write.as_ref().map(|write| write.name);
            let (fragment, layout) = match &mut self.write {
                Some(write) => (write.seal(content_type, chunk, trace, entropy)?, write.layout()),
                None => (chunk.to_vec(), record::FragmentLayout::None),
            };
            // A server that has settled the version takes no other in an alert (RFC 8446, section 5.1, keeps 1.0 to the
            // first hello too).
            let version = if content_type == ContentType::ALERT { ProtocolVersion::TLS_1_2 } else { self.version };
            let Written { bytes, fields } = record::write(content_type, version, &fragment, layout)?;
            let buffer = trace.buffer(BufferKind::Record, &bytes, fields, Vec::new(), carries);
            trace.event(Event::Record { buffer, direction: Direction::Sent, content_type, protection });
            self.outbox.extend_from_slice(&bytes);
        }
        Ok(())
    }

    fn check_header(&self, header: RecordHeader) -> Result<(), Error> {
        let known = [
            ContentType::CHANGE_CIPHER_SPEC,
            ContentType::ALERT,
            ContentType::HANDSHAKE,
            ContentType::APPLICATION_DATA,
        ];
        if !known.contains(&header.content_type) {
            let kind = ErrorKind::UnexpectedContent { got: header.content_type, expected: ContentType::HANDSHAKE };
            return Err(at(kind, 0, FieldName::ContentType));
        }
        // Before the version is settled, every TLS says 3.x and may mean any x (RFC 5246, appendix E.1). For a peer that
        // fails at the server's hello it never is, and it has an alert to send.
        let settled = self.negotiated && (self.read.is_some() || header.content_type != ContentType::ALERT);
        let version_fits =
            if settled { header.version == ProtocolVersion::TLS_1_2 } else { header.version.0 >> 8 == 3 };
        if !version_fits {
            return Err(at(ErrorKind::ProtocolVersion(header.version), 1, FieldName::RecordVersion));
        }
        let max = if self.read.is_some() { MAX_CIPHERTEXT } else { MAX_PLAINTEXT };
        if header.length > max {
            return Err(at(ErrorKind::RecordOverflow { length: header.length, max }, 3, FieldName::RecordLength));
        }
        Ok(())
    }

    /// Records what is there of a record that is refused by its header.
    fn refused_record(&self, header: RecordHeader, error: Error, trace: &mut Recorder) -> Error {
        let bytes = &self.inbox[..self.inbox.len().min(HEADER_LENGTH + header.length)];
        let fields = record::read(bytes, record::FragmentLayout::None).fields;
        let buffer = trace.buffer(BufferKind::Record, bytes, fields, Vec::new(), None);
        let content_type = header.content_type;
        let protection = self.read.as_ref().map(|read| read.name);
        trace.event(Event::Record { buffer, direction: Direction::Received, content_type, protection });
        error.in_buffer(buffer)
    }

    fn open(&mut self, header: RecordHeader, bytes: &[u8], trace: &mut Recorder) -> Result<OpenedRecord, Error> {
        let content_type = header.content_type;
        let layout = self.read.as_ref().map_or(record::FragmentLayout::None, Protection::layout);
        let Parsed { result, fields } = record::read(bytes, layout);
        let id = trace.buffer(BufferKind::Record, bytes, fields, Vec::new(), None);
        let protection = self.read.as_ref().map(|read| read.name);
        trace.event(Event::Record { buffer: id, direction: Direction::Received, content_type, protection });
        let fragment = result.map_err(Error::from).map_err(|error| error.in_buffer(id))?.fragment;
        self.current = Some((id, Slice { buffer: id, start: HEADER_LENGTH, end: bytes.len() }));

        let (content, buffer, start) = match &mut self.read {
            None => (fragment.to_vec(), id, HEADER_LENGTH),
            Some(read) => {
                let Opened { content: plaintext, blocks } = read.open(content_type, fragment, trace)?;
                if plaintext.len() > MAX_PLAINTEXT {
                    return Err(ErrorKind::RecordOverflow { length: plaintext.len(), max: MAX_PLAINTEXT }.into());
                }
                let encrypted = layout.encrypted(bytes.len());
                let encrypted = Slice { buffer: id, start: encrypted.start, end: encrypted.end };
                let source = match blocks {
                    Some(blocks) => blocks_buffer(&blocks, plaintext.len(), encrypted, trace),
                    None => encrypted,
                };
                let content = content_buffer(content_type, &plaintext, vec![source], trace);
                (plaintext, content, 0)
            }
        };
        let place = Slice { buffer, start, end: start + content.len() };
        self.current = Some((id, place));
        Ok(OpenedRecord { content_type, content, place })
    }

    fn sort(&mut self, record: OpenedRecord, trace: &mut Recorder) -> Result<Content, Error> {
        let OpenedRecord { content_type, content, place } = record;
        // RFC 5246, section 6.2.1: only application data may come in empty records.
        if content.is_empty() && content_type != ContentType::APPLICATION_DATA {
            return Err(ErrorKind::EmptyRecord(content_type).into());
        }
        match content_type {
            ContentType::HANDSHAKE => {
                self.joiner.push(&content, place);
                Ok(self.joiner.take()?.map_or(Content::Fragment, Content::Handshake))
            }
            ContentType::ALERT => {
                let alert = parse(&content, Alert::read).result;
                let alert = alert.map_err(|mut error| {
                    error.offset += place.start;
                    if error.path.is_empty() {
                        error.path.push(FieldName::AlertDescription);
                    }
                    Error::from(error).in_buffer(place.buffer)
                })?;
                trace.event(Event::Alert {
                    direction: Direction::Received,
                    level: alert.level,
                    description: alert.description,
                });
                Ok(Content::Alert(alert))
            }
            // A message's bytes are of one key and come without others between: a key change in the middle would let
            // an attacker put bytes of one epoch into a message of the next.
            _ if !self.joiner.is_empty() => Err(ErrorKind::MessageNotAligned.into()),
            ContentType::CHANGE_CIPHER_SPEC if content == [1] => Ok(Content::ChangeCipherSpec),
            ContentType::CHANGE_CIPHER_SPEC => {
                let kind = DecodeErrorKind::Illegal { reason: "ChangeCipherSpec is one byte of value 1" };
                let path = vec![FieldName::ChangeCipherSpecType];
                let error = DecodeError { kind, offset: place.start, path };
                Err(Error::from(error).in_buffer(place.buffer))
            }
            _ => {
                trace.event(Event::ApplicationData { direction: Direction::Received, buffer: place.buffer });
                Ok(Content::ApplicationData(content))
            }
        }
    }
}

/// Records decrypted blocks, and gives the slice of them that is content.
fn blocks_buffer(blocks: &Blocks, content: usize, source: Slice, trace: &mut Recorder) -> Slice {
    let fields = record::read_blocks(&blocks.bytes, content, blocks.mac_length).fields;
    let buffer = trace.buffer(BufferKind::Blocks, &blocks.bytes, fields, vec![source], None);
    Slice { buffer, start: 0, end: content }
}

fn content_buffer(content_type: ContentType, bytes: &[u8], source: Vec<Slice>, trace: &mut Recorder) -> BufferId {
    let fields = parse(bytes, |r| record::read_content(r, content_type)).fields;
    trace.buffer(BufferKind::Content, bytes, fields, source, None)
}

fn at(kind: ErrorKind, offset: usize, field: FieldName) -> Error {
    Error { kind, place: Some(Place { buffer: None, offset, path: vec![field] }) }
}

impl Content {
    /// The handshake message that this is, where nothing else is awaited.
    pub(crate) fn into_handshake(self) -> Result<Inbound, Error> {
        match self {
            Self::Handshake(message) => Ok(message),
            other => Err(unexpected(&other, ContentType::HANDSHAKE)),
        }
    }
}

/// Content of a kind that is not awaited.
pub(crate) fn unexpected(content: &Content, expected: ContentType) -> Error {
    let got = match content {
        Content::Handshake(_) | Content::Fragment => ContentType::HANDSHAKE,
        Content::ChangeCipherSpec => ContentType::CHANGE_CIPHER_SPEC,
        Content::Alert(_) => ContentType::ALERT,
        Content::ApplicationData(_) => ContentType::APPLICATION_DATA,
    };
    ErrorKind::UnexpectedContent { got, expected }.into()
}
