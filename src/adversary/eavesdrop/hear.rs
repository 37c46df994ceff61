//! A connection as seen from the wire: what somebody learns who keeps every record and holds no key.

use std::collections::BTreeMap;

use crate::crypto::group::ffdhe;
use crate::crypto::signature::PublicKey;
use crate::error::Error;
use crate::glass::Secret;
use crate::protocol::handshake::certificates::record_certificates;
use crate::protocol::handshake::transcript::Transcript;
use crate::protocol::record::inbound::Inbound;
use crate::protocol::record::joiner::Joiner;
use crate::protocol::record::protection;
use crate::protocol::suite::tls12::{KeyExchange, Suite};
use crate::trace::{Account, BufferKind, Direction, Event, Names, Recorder, Role, ValueName};
use crate::wire::codepoint::{ContentType, HandshakeType, NamedGroup, ProtocolVersion};
use crate::wire::extension::Extension;
use crate::wire::handshake::tls12::{
    AnonymousKeyExchange, Certificate, CertificateRequest, CertificateVerify, ClientDhPublic, ClientEcdhPublic,
    EncryptedPreMasterSecret, NewSessionTicket, ServerDhParams, ServerEcdhParams, ServerHelloDone, ServerKeyExchange,
};
use crate::wire::handshake::{ClientHello, Message, ServerHello};
use crate::wire::place::Slice;
use crate::wire::record::{self, HEADER_LENGTH, RecordHeader};

/// Keys that were given, by name. A private key of a certificate is in PKCS#8.
pub(crate) type Given = BTreeMap<ValueName, Secret>;

/// Follows both directions of one connection.
#[derive(Debug, Default)]
pub(crate) struct Listener {
    /// What crossed the wire, in order.
    recording: Vec<Overheard>,
    client: Side,
    server: Side,
    pub(crate) learned: Learned,
    /// What leaked of this connection: secrets that no other has.
    pub(crate) leaked: Given,
    /// What was heard of the last full handshake before this connection, which this one may resume.
    pub(crate) former: Option<Box<Self>>,
}

/// A record that crossed the wire.
#[derive(Debug)]
struct Overheard {
    from: Role,
    bytes: Box<[u8]>,
    /// Of a protected record: which one it was of its direction.
    sequence_number: Option<u64>,
}

/// One direction.
#[derive(Debug, Default)]
struct Side {
    /// Bytes that are no whole record yet, or that no unit has kept yet.
    inbox: Vec<u8>,
    /// Handshake bytes in the clear that are no whole message yet.
    joiner: Joiner,
    /// Whether `ChangeCipherSpec` has passed.
    protected: bool,
    /// How many protected records have passed: their sequence numbers.
    protected_records: u64,
}

/// What the messages in the clear give away.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    pub(crate) client_version: Option<ProtocolVersion>,
    pub(crate) client_random: Option<[u8; 32]>,
    pub(crate) server_random: Option<[u8; 32]>,
    pub(crate) suite: Option<&'static Suite>,
    client_binds: bool,
    server_binds: bool,
    pub(crate) encrypt_then_mac: bool,
    pub(crate) group: Option<NamedGroup>,
    pub(crate) server_ephemeral_public: Option<Vec<u8>>,
    pub(crate) client_ephemeral_public: Option<Vec<u8>>,
    pub(crate) encrypted_pre_master_secret: Option<Vec<u8>>,
    /// The session ID that the client sent, and the one that the server sent.
    session_ids: [Vec<u8>; 2],
    /// The session ticket: the one that the client brought, or the one that the server gave it.
    pub(crate) ticket: Option<Vec<u8>>,
    /// All messages up to `ClientKeyExchange`.
    pub(crate) transcript: Transcript,
}

impl Learned {
    /// Whether both sides bind `master_secret` to the transcript (RFC 7627).
    pub(crate) fn extended_master_secret(&self) -> bool {
        self.client_binds && self.server_binds
    }

    /// Whether the server resumes the session that the client asks for: then it names it in turn (RFC 5246, section
    /// 7.4.1.3; RFC 5077, section 3.4).
    pub(crate) fn resumed(&self) -> bool {
        let [asked, answered] = &self.session_ids;
        !asked.is_empty() && asked == answered
    }
}

impl Listener {
    /// Goes on with the next connection of the same two, and keeps what was heard of this one. Gives the names of the secrets
    /// that leaked of an earlier one and are of no use any more: they go.
    pub(crate) fn next_connection(&mut self) -> Vec<ValueName> {
        let mut heard = core::mem::take(self);
        let began = heard.former.take();
        if heard.learned.resumed() {
            // Of several that resume one session, the one that it began with tells where its secret comes from. What leaked
            // of the others leaked of that session, too.
            let mut began = began.unwrap_or_default();
            began.leaked.append(&mut heard.leaked);
            self.former = Some(began);
            return Vec::new();
        }
        let gone = began.into_iter().flat_map(|began| began.leaked.into_keys());
        let gone = gone.filter(|name| !heard.leaked.contains_key(name)).collect();
        self.former = Some(Box::new(heard));
        gone
    }

    /// Bytes on their way. Nothing is done with them yet.
    pub(crate) fn overhear(&mut self, from: Role, bytes: &[u8]) {
        self.side(from).inbox.extend_from_slice(bytes);
    }

    /// Whether a whole record waits to be kept.
    pub(crate) fn has_record(&self) -> bool {
        [&self.client, &self.server].into_iter().any(|side| side.record_length().is_some())
    }

    /// Keeps the next record, and reads what can be read. What cannot be read teaches nothing, and is kept all the same.
    pub(crate) fn keep_record(&mut self, trace: &mut Recorder) {
        let from = if self.client.record_length().is_some() { Role::Client } else { Role::Server };
        let side = self.side(from);
        let Some(length) = side.record_length() else { return };
        // Not drained: a Vec that shrinks keeps the tail in its memory.
        let rest = side.inbox.split_off(length);
        let bytes = core::mem::replace(&mut side.inbox, rest);
        let layout = match (side.protected, self.learned.suite) {
            (true, Some(suite)) => protection::layout(suite.cipher, self.learned.encrypt_then_mac),
            // Without knowing the suite, all that can be said is that it is encrypted.
            (true, None) => record::FragmentLayout::Cbc,
            (false, _) => record::FragmentLayout::None,
        };
        let side = self.side(from);
        let sequence_number = side.protected.then_some(side.protected_records);
        side.protected_records += u64::from(side.protected);
        for message in side.read(from, &bytes, layout, trace) {
            // A malformed message teaches Eve nothing. The receiver will refuse it and end the connection.
            let _ = self.learned.read(from, &message, trace);
        }
        self.recording.push(Overheard { from, bytes: bytes.into_boxed_slice(), sequence_number });
    }

    /// The sequence number of a protected record that was kept.
    pub(crate) fn sequence_number(&self, from: Role, record: &[u8]) -> Option<u64> {
        self.recording.iter().find(|kept| kept.from == from && *kept.bytes == *record)?.sequence_number
    }

    fn side(&mut self, from: Role) -> &mut Side {
        if from == Role::Client { &mut self.client } else { &mut self.server }
    }
}

impl Side {
    /// Bytes of the first record, header included, if all of it is here.
    fn record_length(&self) -> Option<usize> {
        let length = HEADER_LENGTH + RecordHeader::peek(&self.inbox)?.length;
        (self.inbox.len() >= length).then_some(length)
    }

    /// Takes a record apart, and gives the handshake messages that it completes.
    fn read(&mut self, from: Role, bytes: &[u8], layout: record::FragmentLayout, trace: &mut Recorder) -> Vec<Inbound> {
        let parsed = record::read(bytes, layout);
        let buffer = trace.buffer(BufferKind::Record, bytes, parsed.fields, Vec::new(), None);
        let Ok(record) = parsed.result else { return Vec::new() };
        let content_type = record.content_type;
        let protection = self.protected.then_some(data_key(from));
        trace.event(Event::Record { buffer, direction: Direction::Received, content_type, protection });
        match content_type {
            ContentType::CHANGE_CIPHER_SPEC => self.protected = true,
            ContentType::HANDSHAKE if !self.protected => {
                self.joiner.push(record.fragment, Slice { buffer, start: HEADER_LENGTH, end: bytes.len() });
            }
            _ => {}
        }
        core::iter::from_fn(|| self.joiner.take().ok().flatten()).collect()
    }
}

/// The key that protects what this side sends.
pub(crate) fn data_key(from: Role) -> ValueName {
    if from == Role::Client { ValueName::ClientWriteKey } else { ValueName::ServerWriteKey }
}

type Share = (Option<NamedGroup>, Vec<u8>, Option<Vec<u8>>);

impl Learned {
    fn read(&mut self, from: Role, message: &Inbound, trace: &mut Recorder) -> Result<(), Error> {
        match message.kind {
            HandshakeType::CLIENT_HELLO => {
                let hello: ClientHello = self.message(message, trace)?;
                self.client_version = Some(hello.client_version);
                self.client_binds = hello.extensions.contains(&Extension::ExtendedMasterSecret);
                self.client_random = Some(hello.random);
                for extension in &hello.extensions {
                    if let Extension::SessionTicket(ticket) = extension
                        && !ticket.is_empty()
                    {
                        trace.held(Account::Connection, ValueName::SessionTicket, ticket);
                        self.ticket = Some(ticket.clone());
                    }
                }
                self.session_ids[0] = hello.session_id;
                trace.held(Account::Connection, ValueName::ClientRandom, &hello.random);
            }
            HandshakeType::SERVER_HELLO => {
                let hello: ServerHello = self.message(message, trace)?;
                self.suite = Suite::of(hello.cipher_suite);
                self.encrypt_then_mac = hello.extensions.contains(&Extension::EncryptThenMac);
                self.server_binds = hello.extensions.contains(&Extension::ExtendedMasterSecret);
                self.server_random = Some(hello.random);
                self.session_ids[1] = hello.session_id;
                if !self.resumed() {
                    // The server did not take the ticket that the client sent, so the session in it is not this connection's.
                    self.ticket = None;
                }
                trace.held(Account::Connection, ValueName::ServerRandom, &hello.random);
            }
            HandshakeType::CERTIFICATE => {
                let (certificate, layout) = message.read::<Certificate>(trace)?;
                record_certificates(layout.buffer, &message.bytes, &layout.fields, trace);
                self.transcript.add(&message.bytes);
                let (chain, public_key) = match from {
                    Role::Client => (Names::CLIENT.chain, Names::CLIENT.public_key),
                    _ => (Names::SERVER.chain, Names::SERVER.public_key),
                };
                for (name, der) in chain.into_iter().zip(&certificate.certificate_list) {
                    trace.held(Account::Connection, name, der);
                }
                let leaf = certificate.certificate_list.first();
                if let Some(key) = leaf.and_then(|leaf| PublicKey::from_certificate(leaf).ok()) {
                    trace.held(Account::Connection, public_key, key.spki());
                }
            }
            HandshakeType::CERTIFICATE_REQUEST => {
                self.message::<CertificateRequest>(message, trace)?;
            }
            // Not added to the transcript: the master secret is bound to the messages up to ClientKeyExchange (RFC 7627,
            // section 3).
            HandshakeType::CERTIFICATE_VERIFY => {
                let (CertificateVerify { signature, .. }, _) = message.read(trace)?;
                trace.held(Account::Connection, ValueName::ClientSignature, &signature);
            }
            // Not added to the transcript, for the same reason.
            HandshakeType::NEW_SESSION_TICKET => {
                let (NewSessionTicket { ticket, .. }, _) = message.read(trace)?;
                if !ticket.is_empty() {
                    trace.held(Account::Connection, ValueName::SessionTicket, &ticket);
                    // A renewed ticket has the same session in it as the one that the client sent, which is kept.
                    self.ticket.get_or_insert(ticket);
                }
            }
            HandshakeType::SERVER_KEY_EXCHANGE => {
                let (group, public, signature) = self.server_key_exchange(message, trace)?;
                trace.held(Account::Connection, ValueName::ServerEphemeralPublicKey, &public);
                if let Some(signature) = signature {
                    trace.held(Account::Connection, ValueName::Signature, &signature);
                }
                self.group = group;
                self.server_ephemeral_public = Some(public);
            }
            HandshakeType::SERVER_HELLO_DONE => {
                self.message::<ServerHelloDone>(message, trace)?;
            }
            HandshakeType::CLIENT_KEY_EXCHANGE if self.key_exchange() == Some(KeyExchange::Rsa) => {
                let EncryptedPreMasterSecret(encrypted) = self.message(message, trace)?;
                trace.held(Account::Connection, ValueName::EncryptedPreMasterSecret, &encrypted);
                self.encrypted_pre_master_secret = Some(encrypted);
            }
            HandshakeType::CLIENT_KEY_EXCHANGE => {
                let public = if self.key_exchange() == Some(KeyExchange::Ecdhe) {
                    self.message::<ClientEcdhPublic>(message, trace)?.0
                } else {
                    self.message::<ClientDhPublic>(message, trace)?.0
                };
                trace.held(Account::Connection, ValueName::ClientEphemeralPublicKey, &public);
                self.client_ephemeral_public = Some(public);
            }
            _ => {}
        }
        Ok(())
    }

    /// The group if it is one of ours, the server's ephemeral public key, the signature if there is one.
    fn server_key_exchange(&mut self, message: &Inbound, trace: &mut Recorder) -> Result<Share, Error> {
        let named = |params: &ServerDhParams| ffdhe::group_of(&params.dh_p, &params.dh_g);
        Ok(match self.key_exchange() {
            Some(KeyExchange::Dhe) => {
                let ServerKeyExchange { params, signature, .. } =
                    self.message::<ServerKeyExchange<ServerDhParams>>(message, trace)?;
                (named(&params), params.dh_ys, Some(signature))
            }
            Some(KeyExchange::DhAnon) => {
                let AnonymousKeyExchange(params) = self.message(message, trace)?;
                (named(&params), params.dh_ys, None)
            }
            _ => {
                let ServerKeyExchange { params, signature, .. } =
                    self.message::<ServerKeyExchange<ServerEcdhParams>>(message, trace)?;
                (Some(params.named_curve), params.public, Some(signature))
            }
        })
    }

    /// Reads a message and adds it to the transcript.
    fn message<M: Message>(&mut self, message: &Inbound, trace: &mut Recorder) -> Result<M, Error> {
        let (read, _) = message.read::<M>(trace)?;
        self.transcript.add(&message.bytes);
        Ok(read)
    }

    fn key_exchange(&self) -> Option<KeyExchange> {
        self.suite.map(|suite| suite.key_exchange)
    }
}
