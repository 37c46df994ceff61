//! Two real parties and somebody between them, who holds one of them at a state and then speaks in the other's place.

use std::collections::VecDeque;

use tls_glass::Error;
use tls_glass::crypto::aead::AeadAlgorithm;
use tls_glass::party::Advance;
use tls_glass::tls12::suite::{Cipher, Suite};
use tls_glass::trace::{Action, Buffer, BufferId, Event, Role, Unit, ValueKind, ValueName};
use tls_glass::wire::codepoint::{CipherSuite, ContentType, HandshakeType};
use tls_glass::wire::record::{HEADER_LENGTH, RecordHeader, split_aead};

use crate::common::{Parties, accept, offer};

/// A party that has nothing left to do does not go on for longer.
const MOST_UNITS: usize = 64;

/// What a state waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaits {
    Message(HandshakeType),
    ChangeCipherSpec,
    /// The handshake is complete.
    Data,
}

/// The states of a role that await something, in order: one for each record of the peer's handshake.
pub fn states(role: Role, suite: CipherSuite) -> Vec<Awaits> {
    use HandshakeType as H;
    let rsa = crate::common::is_rsa_key_exchange(suite);
    let before: &[HandshakeType] = match (role, rsa) {
        (Role::Client, true) => &[H::SERVER_HELLO, H::CERTIFICATE, H::SERVER_HELLO_DONE],
        (Role::Client, false) => &[H::SERVER_HELLO, H::CERTIFICATE, H::SERVER_KEY_EXCHANGE, H::SERVER_HELLO_DONE],
        _ => &[H::CLIENT_HELLO, H::CLIENT_KEY_EXCHANGE],
    };
    let mut states: Vec<Awaits> = before.iter().map(|message| Awaits::Message(*message)).collect();
    states.extend([Awaits::ChangeCipherSpec, Awaits::Message(H::FINISHED), Awaits::Data]);
    states
}

/// One party, held at a state.
pub struct Stage<'a> {
    parties: &'a mut Parties,
    pub role: Role,
    suite: Suite,
    pub awaits: Awaits,
    /// What the peer would send next: the content of its next record.
    pub next: Vec<u8>,
    /// Further records of the peer, the next one first.
    pending: VecDeque<Vec<u8>>,
    /// What the party did.
    pub units: Vec<Unit>,
    /// What the party put on the wire since it was held.
    pub output: Vec<u8>,
    sequence_number: u64,
}

impl<'a> Stage<'a> {
    /// Runs a new connection until the party of this role is in its state number `index`.
    pub fn reach(parties: &'a mut Parties, suite: CipherSuite, role: Role, index: usize) -> Self {
        parties.prepare(offer(suite), accept());
        let awaits = states(role, suite)[index];
        let mut stage = Stage {
            parties,
            role,
            suite: *Suite::of(suite).expect("one of ours"),
            awaits,
            next: Vec::new(),
            pending: VecDeque::new(),
            units: Vec::new(),
            output: Vec::new(),
            sequence_number: u64::from(awaits == Awaits::Data),
        };
        let mut delivered = 0;
        loop {
            stage.exchange();
            if delivered == index {
                break;
            }
            if let Some(record) = stage.pending.pop_front() {
                stage.receive(&record);
                delivered += 1;
            }
        }
        if let Some(record) = stage.pending.front() {
            stage.next = record[HEADER_LENGTH..].to_vec();
        }
        stage.output.clear();
        stage
    }

    /// Lets the peer do what it can, then the party, then the peer.
    fn exchange(&mut self) {
        self.run_peer();
        let from = self.output.len();
        self.run();
        let sent = self.output[from..].to_vec();
        match self.role {
            Role::Client => self.parties.server.receive(&sent),
            _ => self.parties.client.receive(&sent),
        }
        self.run_peer();
    }

    fn run_peer(&mut self) {
        let mut bytes = Vec::new();
        while let Some(advance) = advance(self.parties, peer_of(self.role)) {
            bytes.extend(advance.output);
        }
        self.pending.extend(split(&bytes));
    }

    /// Lets the party do what it can, which is little.
    pub fn run(&mut self) {
        for _ in 0..MOST_UNITS {
            let Some(advance) = advance(self.parties, self.role) else { return };
            self.output.extend(advance.output);
            self.units.push(advance.unit);
        }
        panic!("{:?} that awaits {:?} does not come to rest", self.role, self.awaits);
    }

    /// The content type of the peer's next record.
    pub fn next_type(&self) -> ContentType {
        ContentType(self.pending.front().expect("the peer has more to say")[0])
    }

    /// Puts another record in the place of the peer's next one.
    pub fn replace_next(&mut self, record: &[u8]) {
        *self.pending.front_mut().expect("the peer has more to say") = record.to_vec();
    }

    /// Carries on with what the peer really says, until both sides are at rest.
    pub fn go_on(&mut self) {
        loop {
            let idle = self.pending.is_empty();
            for record in core::mem::take(&mut self.pending) {
                self.receive(&record);
            }
            self.exchange();
            if idle && self.pending.is_empty() {
                return;
            }
        }
    }

    pub fn receive(&mut self, bytes: &[u8]) {
        match self.role {
            Role::Client => self.parties.client.receive(bytes),
            _ => self.parties.server.receive(bytes),
        }
    }

    pub fn receive_end(&mut self) {
        match self.role {
            Role::Client => self.parties.client.receive_end(),
            _ => self.parties.server.receive_end(),
        }
    }

    /// Whether records of the peer are protected in this state.
    pub fn is_protected(&self) -> bool {
        matches!(self.awaits, Awaits::Message(HandshakeType::FINISHED) | Awaits::Data)
    }

    /// A record as the peer would make it: protected if it is due.
    pub fn record(&mut self, content_type: ContentType, content: &[u8]) -> Vec<u8> {
        if !self.is_protected() {
            return plain(content_type, content);
        }
        let explicit = self.sequence_number.to_be_bytes();
        self.sequence_number += 1;
        let (key, nonce) = self.key_and_nonce(peer_of(self.role), explicit);
        let aad = additional_data(explicit, content_type, content.len());
        let ciphertext = self.aead().seal(&key, &nonce, &aad, content).expect("a short plaintext");
        plain(content_type, &[&explicit[..], &ciphertext].concat())
    }

    /// The last alert that the party sent since it was held, as it stands on the wire: level and description.
    pub fn alert_on_the_wire(&self) -> Option<[u8; 2]> {
        let record = split(&self.output).into_iter().rfind(|record| record[0] == ContentType::ALERT.0)?;
        let fragment = &record[HEADER_LENGTH..];
        if let [level, description] = *fragment {
            return Some([level, description]);
        }
        let (explicit, ciphertext) = split_aead(fragment)?;
        let (key, nonce) = self.key_and_nonce(self.role, *explicit);
        let aad = additional_data(*explicit, ContentType::ALERT, ciphertext.len() - AeadAlgorithm::TAG_LENGTH);
        self.aead().open(&key, &nonce, &aad, ciphertext).ok()?.try_into().ok()
    }

    /// The stages are set with GCM suites, whose records can be made without the connection's help.
    fn aead(&self) -> AeadAlgorithm {
        match self.suite.cipher {
            Cipher::Aead(algorithm) => algorithm,
            Cipher::Cbc(_) => panic!("no stage has a CBC suite"),
        }
    }

    fn key_and_nonce(&self, writer: Role, explicit: [u8; 8]) -> (Vec<u8>, [u8; 12]) {
        let (key, iv) = match writer {
            Role::Client => (ValueName::ClientWriteKey, ValueName::ClientWriteIv),
            _ => (ValueName::ServerWriteKey, ValueName::ServerWriteIv),
        };
        let nonce = [self.held(iv), explicit.to_vec()].concat();
        (self.held(key), nonce.try_into().expect("4 and 8 bytes"))
    }

    fn held(&self, name: ValueName) -> Vec<u8> {
        self.events()
            .find_map(|event| match event {
                Event::Held { value } if value.name == name => Some(value.parts[0].bytes.clone()),
                _ => None,
            })
            .expect("the party told of its keys")
    }

    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.units.iter().flat_map(|unit| &unit.events)
    }

    pub fn buffer(&self, id: BufferId) -> &Buffer {
        self.events()
            .find_map(|event| match event {
                Event::Buffer { buffer } if buffer.id == id => Some(buffer),
                _ => None,
            })
            .expect("an error's buffer was recorded")
    }

    pub fn error(&self) -> Option<&Error> {
        match self.role {
            Role::Client => self.parties.client.error(),
            _ => self.parties.server.error(),
        }
    }

    pub fn is_established(&self) -> bool {
        self.parties.client.is_established() && self.parties.server.is_established()
    }

    /// Whether the party has closed, has nothing to do, and holds no secret of the connection any more.
    pub fn is_over(&self) -> bool {
        let (closed, next, holdings): (bool, Option<Action>, _) = match self.role {
            Role::Client => {
                (self.parties.client.is_closed(), self.parties.client.next(), self.parties.client.holdings())
            }
            _ => (self.parties.server.is_closed(), self.parties.server.next(), self.parties.server.holdings()),
        };
        let of_connection = [ValueKind::OneTimePrivateKey, ValueKind::SharedSecret, ValueKind::TrafficKey];
        closed && next.is_none() && !holdings.iter().any(|holding| of_connection.contains(&holding.name.kind()))
    }
}

pub fn peer_of(role: Role) -> Role {
    if role == Role::Client { Role::Server } else { Role::Client }
}

fn advance(parties: &mut Parties, role: Role) -> Option<Advance> {
    match role {
        Role::Client => parties.client.advance(),
        _ => parties.server.advance(),
    }
}

/// A record in the clear.
pub fn plain(content_type: ContentType, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("less than 2^16").to_be_bytes();
    [&[content_type.0, 3, 3], &length[..], content].concat()
}

/// A handshake message, header included.
pub fn message(kind: HandshakeType, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("a short body").to_be_bytes();
    [&[kind.0], &length[1..], body].concat()
}

fn split(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut records = Vec::new();
    while let Some(header) = RecordHeader::peek(bytes) {
        let (record, rest) = bytes.split_at(HEADER_LENGTH + header.length);
        records.push(record.to_vec());
        bytes = rest;
    }
    records
}

fn additional_data(sequence_number: [u8; 8], content_type: ContentType, length: usize) -> Vec<u8> {
    let length = u16::try_from(length).expect("less than 2^16").to_be_bytes();
    [&sequence_number[..], &[content_type.0, 3, 3], &length].concat()
}
