//! Two real parties and somebody between them, who holds one of them at a state and then speaks in the other's place.

#[path = "ending.rs"]
mod ending;

use std::collections::VecDeque;

use tls_glass::party::Advance;
use tls_glass::trace::{Role, Unit};
use tls_glass::wire::codepoint::{ContentType, HandshakeType};
use tls_glass::wire::extension::Extension;
use tls_glass::wire::handshake::tls12::NewSessionTicket;
use tls_glass::wire::handshake::{self, ServerHello};
use tls_glass::wire::record::HEADER_LENGTH;

use crate::common::Parties;
use crate::common::records::{Protection, split};
pub use crate::common::records::{message, plain};
use crate::play::{Awaits, Play, Session};

/// A party that has nothing left to do does not go on for longer.
const MOST_UNITS: usize = 64;

/// One party, held at a state.
pub struct Stage<'a> {
    parties: &'a mut Parties,
    pub role: Role,
    pub play: Play,
    pub awaits: Awaits,
    /// What the peer would send next: the content of its next record, as it stands on the wire.
    pub next: Vec<u8>,
    /// Further records of the peer, the next one first.
    pending: VecDeque<Pending>,
    /// What the party did.
    pub units: Vec<Unit>,
    /// The application data that it received.
    pub received: Vec<u8>,
    /// What the party put on the wire, and how much of it before it was held.
    sent: Vec<u8>,
    sent_before: usize,
    /// How much of it the peer has got.
    heard: usize,
    /// How many protected records the peer has made; `None` before it has changed to its keys.
    made: Option<u64>,
    /// How many protected records the party was given.
    given: Option<u64>,
}

/// A record on its way to the party.
struct Pending {
    record: Vec<u8>,
    /// The number that it is protected with, if the peer made it.
    number: Option<u64>,
}

impl<'a> Stage<'a> {
    /// Runs a new connection until the party of this role is in its state number `index`.
    pub fn reach(parties: &'a mut Parties, play: Play, role: Role, index: usize) -> Self {
        play.prepare(parties);
        let mut stage = Stage {
            parties,
            role,
            play,
            awaits: play.states(role)[index],
            next: Vec::new(),
            pending: VecDeque::new(),
            units: Vec::new(),
            received: Vec::new(),
            sent: Vec::new(),
            sent_before: 0,
            heard: 0,
            made: None,
            given: None,
        };
        for delivered in 0.. {
            stage.exchange();
            if delivered == index {
                break;
            }
            stage.pass_on();
        }
        stage.hold();
        stage
    }

    /// The same by what the state awaits.
    pub fn awaiting(parties: &'a mut Parties, play: Play, role: Role, awaits: Awaits) -> Self {
        let index = play.states(role).iter().position(|state| *state == awaits);
        Self::reach(parties, play, role, index.unwrap_or_else(|| panic!("no {role:?} awaits {awaits:?} in {play:?}")))
    }

    fn hold(&mut self) {
        assert_eq!(self.error(), None, "{:?}, {:?}", self.play, self.awaits);
        self.next = self.pending.front().map(|pending| pending.record[HEADER_LENGTH..].to_vec()).unwrap_or_default();
        self.sent_before = self.sent.len();
    }

    /// Has the peer of an established connection say something.
    pub fn have_peer_send(&mut self, data: &[u8]) {
        match self.role {
            Role::Client => self.parties.server.send(data),
            _ => self.parties.client.send(data),
        }
        self.run_peer();
        self.hold();
    }

    /// Lets the peer do what it can, then the party, then the peer.
    fn exchange(&mut self) {
        self.run_peer();
        self.run();
        let sent = &self.sent[self.heard..];
        match self.role {
            Role::Client => self.parties.server.receive(sent),
            _ => self.parties.client.receive(sent),
        }
        self.heard = self.sent.len();
        self.run_peer();
    }

    fn run_peer(&mut self) {
        let mut bytes = Vec::new();
        while let Some(advance) = advance(self.parties, peer_of(self.role)) {
            bytes.extend(advance.output);
        }
        for record in split(&bytes) {
            let number = self.made;
            if let Some(made) = &mut self.made {
                *made += 1;
            } else if record[0] == ContentType::CHANGE_CIPHER_SPEC.0 {
                self.made = Some(0);
            }
            let hello = record.starts_with(&[ContentType::HANDSHAKE.0])
                && record[HEADER_LENGTH] == HandshakeType::SERVER_HELLO.0
                && number.is_none();
            if hello && self.play.session == Session::Renewed {
                self.pending.extend(with_ticket(&record).map(|record| Pending { record, number: None }));
            } else {
                self.pending.push_back(Pending { record, number });
            }
        }
    }

    /// Lets the party do what it can, which is little.
    pub fn run(&mut self) {
        for _ in 0..MOST_UNITS {
            let Some(advance) = advance(self.parties, self.role) else { return };
            self.sent.extend(advance.output);
            self.received.extend(advance.received.iter().flatten());
            self.units.push(advance.unit);
        }
        panic!("{:?} that awaits {:?} does not come to rest", self.role, self.awaits);
    }

    /// Gives the party the peer's next record. Where others were put before it, it gets the number that is due.
    fn pass_on(&mut self) {
        let Some(Pending { record, number }) = self.pending.pop_front() else { return };
        let (Some(number), Some(due)) = (number, self.given) else {
            self.receive(&record);
            if record.starts_with(&[ContentType::CHANGE_CIPHER_SPEC.0]) {
                self.given.get_or_insert(0);
            }
            return;
        };
        self.given = Some(due + 1);
        if number == due {
            return self.receive(&record);
        }
        let protection = self.protection(peer_of(self.role));
        let content = protection.open(number, &record).expect("the peer's record");
        self.receive(&protection.seal(due, ContentType(record[0]), &content));
    }

    /// The content type of the peer's next record.
    pub fn next_type(&self) -> ContentType {
        ContentType(self.pending.front().expect("the peer has more to say").record[0])
    }

    /// What the peer's next record holds, decrypted if it is protected.
    pub fn next_content(&self) -> Vec<u8> {
        let next = self.pending.front().expect("the peer has more to say");
        match next.number {
            Some(number) => self.protection(peer_of(self.role)).open(number, &next.record).expect("the peer's record"),
            None => self.next.clone(),
        }
    }

    /// Puts another record in the place of the peer's next one.
    pub fn replace_next(&mut self, record: &[u8]) {
        let next = self.pending.front_mut().expect("the peer has more to say");
        *next = Pending { record: record.to_vec(), number: None };
    }

    /// Carries on with what the peer really says, until both sides are at rest.
    pub fn go_on(&mut self) {
        loop {
            let idle = self.pending.is_empty();
            while !self.pending.is_empty() {
                self.pass_on();
                // What a record is protected with may follow from the one before.
                self.run();
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

    pub fn close(&mut self) {
        match self.role {
            Role::Client => self.parties.client.close(),
            _ => self.parties.server.close(),
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
        self.given.is_some()
    }

    /// A record as the peer would make it: protected if it is due.
    pub fn record(&mut self, content_type: ContentType, content: &[u8]) -> Vec<u8> {
        let Some(number) = self.given else { return plain(content_type, content) };
        self.given = Some(number + 1);
        self.protection(peer_of(self.role)).seal(number, content_type, content)
    }

    fn protection(&self, writer: Role) -> Protection {
        Protection::told(&self.units, writer)
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

/// A server's hello that promises a ticket, and the ticket.
fn with_ticket(record: &[u8]) -> [Vec<u8>; 2] {
    let mut hello: ServerHello = handshake::read(&record[HEADER_LENGTH..]).result.expect("a ServerHello");
    hello.extensions.push(Extension::SessionTicket(Vec::new()));
    let ticket = NewSessionTicket { ticket_lifetime_hint: 0, ticket: b"another ticket".to_vec() };
    [handshake::write(&hello), handshake::write(&ticket)]
        .map(|written| plain(ContentType::HANDSHAKE, &written.expect("a short message").bytes))
}
