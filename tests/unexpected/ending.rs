//! How a party takes what came: what it says of it, and what is left of the connection.

use tls_glass::trace::{Action, Buffer, Event, Expected, Role, ValueKind, ValueName};
use tls_glass::wire::codepoint::{ContentType, HandshakeType};
use tls_glass::wire::place::BufferId;
use tls_glass::wire::record::HEADER_LENGTH;
use tls_glass::{Error, ErrorKind};

use super::Stage;
use crate::common::records::split;
use crate::play::{Awaits, Session};

impl Stage<'_> {
    /// What the party put on the wire since it was held.
    pub fn output(&self) -> &[u8] {
        &self.sent[self.sent_before..]
    }

    /// The last alert that the party sent since it was held, as it was before it was protected: level and description.
    pub fn alert_on_the_wire(&self) -> Option<[u8; 2]> {
        let before = split(&self.sent[..self.sent_before]).len();
        let records = split(&self.sent);
        let at = records.iter().rposition(|record| record[0] == ContentType::ALERT.0)?;
        if at < before {
            return None;
        }
        let change = records.iter().position(|record| record[0] == ContentType::CHANGE_CIPHER_SPEC.0);
        let content = match change {
            Some(change) if change < at => {
                let number = u64::try_from(at - change - 1).expect("a few records");
                self.protection(self.role).open(number, &records[at])?
            }
            _ => records[at][HEADER_LENGTH..].to_vec(),
        };
        content.try_into().ok()
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

    /// What the party says that it waits for.
    pub fn awaited(&self) -> Option<Expected> {
        match self.role {
            Role::Client => self.parties.client.awaits(),
            _ => self.parties.server.awaits(),
        }
    }

    /// Whether both sides are content.
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
        // A session that nobody has asked for yet is none of the connection's; one that stands outlives an end without
        // words (RFC 5246, section 7.2.1), at the client, and at a server that keeps sessions.
        let session = self.play.session;
        let keeps = session == Session::ResumedById || (self.role == Role::Client && session != Session::None);
        let kept = match self.awaits {
            Awaits::Message(HandshakeType::CLIENT_HELLO) => session == Session::ResumedById,
            Awaits::Data => keeps && self.error().is_some_and(|error| error.kind == ErrorKind::Truncated),
            _ => false,
        };
        let of_connection = |name: ValueName| match name.kind() {
            ValueKind::SharedSecret => !(kept && name == ValueName::MasterSecret),
            ValueKind::EphemeralPrivateKey | ValueKind::TrafficKey => true,
            _ => false,
        };
        closed && next.is_none() && !holdings.iter().any(|holding| of_connection(holding.name))
    }

    /// How a party ends that refuses what came: it says so on the wire, knows which field of which bytes is to blame, and
    /// is over.
    pub fn check_refusal(&self, what: &str) {
        let error = self.error().unwrap_or_else(|| panic!("{what}: nobody minds"));
        assert_eq!(self.alert_on_the_wire(), error.alert().map(|alert| [2, alert.0]), "{what}: {error}: the alert");
        assert!(self.is_over(), "{what}: {error}: the connection is over and its secrets are gone");
        if error.alert().is_none() {
            return;
        }
        let place = error.place.as_ref().unwrap_or_else(|| panic!("{what}: {error}: where?"));
        assert!(!place.path.is_empty(), "{what}: {error}: which field?");
        let length =
            self.buffer(place.buffer.unwrap_or_else(|| panic!("{what}: {error}: in which bytes?"))).bytes.len();
        assert!(place.offset <= length, "{what}: {error}: byte {} of {length}", place.offset);
    }
}
