//! Connections that somebody on the wire changes, and how they end: one side has its reason, says so, and the other ends with
//! what it was told.

use tls_glass::trace::{Direction, Event, Role, Unit};
use tls_glass::wire::codepoint::{AlertDescription, AlertLevel, ContentType, HandshakeType};
use tls_glass::wire::handshake::{self, Message};
use tls_glass::wire::record::HEADER_LENGTH;
use tls_glass::{Error, ErrorKind};

use super::Parties;
use super::records::{plain, split};

impl Parties {
    /// Carries bytes between client and server until neither has anything to do. Every record is shown to `tamper` on its
    /// way, with whom it goes to, and may be changed.
    pub fn run_tampered(&mut self, mut tamper: impl FnMut(Role, &mut Vec<u8>)) {
        let mut tampered = |to, bytes: &[u8]| -> Vec<u8> {
            let mut records = split(bytes);
            for record in &mut records {
                tamper(to, record);
            }
            records.concat()
        };
        loop {
            let mut idle = true;
            while let Some(advance) = self.client.advance() {
                idle = false;
                self.server.receive(&tampered(Role::Server, &advance.output));
                self.units.push(advance.unit);
            }
            while let Some(advance) = self.server.advance() {
                idle = false;
                self.client.receive(&tampered(Role::Client, &advance.output));
                self.units.push(advance.unit);
            }
            if idle {
                return;
            }
        }
    }

    pub fn error(&self, role: Role) -> Option<&Error> {
        if role == Role::Client { self.client.error() } else { self.server.error() }
    }

    /// The alerts that both sides sent and received, in order.
    pub fn alerts(&self) -> Vec<(Role, Direction, AlertLevel, AlertDescription)> {
        alerts(&self.units)
    }

    /// Asserts that `sender` refused what came, with this alert and no other, and that the other side took it. Gives the
    /// sender's reason.
    pub fn assert_refused(&self, sender: Role, alert: AlertDescription, what: &str) -> ErrorKind {
        let other = if sender == Role::Client { Role::Server } else { Role::Client };
        let error = self.error(sender).unwrap_or_else(|| panic!("{what}: the {sender:?} does not mind"));
        let fatal = AlertLevel::FATAL;
        let said = [(sender, Direction::Sent, fatal, alert), (other, Direction::Received, fatal, alert)];
        assert_eq!(self.alerts(), said, "{what}: {error}");
        assert_eq!(error.alert(), Some(alert), "{what}: {error}");
        let told = self.error(other).map(|error| error.kind.clone());
        assert_eq!(told, Some(ErrorKind::AlertReceived(alert)), "{what}");
        assert!(self.client.is_closed() && self.server.is_closed(), "{what}");
        error.kind.clone()
    }
}

/// The alerts in these units, in order.
pub fn alerts(units: &[Unit]) -> Vec<(Role, Direction, AlertLevel, AlertDescription)> {
    let of_unit = |unit: &Unit| {
        let role = unit.role;
        let alert = move |event: &Event| match *event {
            Event::Alert { direction, level, description } => Some((role, direction, level, description)),
            _ => None,
        };
        unit.events.iter().filter_map(alert).collect::<Vec<_>>()
    };
    units.iter().flat_map(of_unit).collect()
}

/// Whether a record in the clear begins with a message of this kind.
pub fn is_message(record: &[u8], kind: HandshakeType) -> bool {
    record[0] == ContentType::HANDSHAKE.0 && record[HEADER_LENGTH] == kind.0
}

/// Puts these bytes into a message of this kind, counted from the beginning of the message.
pub fn put(record: &mut [u8], kind: HandshakeType, at: usize, bytes: &[u8]) {
    if is_message(record, kind) {
        record[HEADER_LENGTH + at..][..bytes.len()].copy_from_slice(bytes);
    }
}

/// Flips the last bit of a message of this kind.
pub fn flip_last_bit(record: &mut [u8], kind: HandshakeType) {
    if is_message(record, kind) {
        *record.last_mut().expect("a message") ^= 1;
    }
}

/// Takes a message in the clear apart, if it is of this type, and puts a changed one in its place.
pub fn rewrite<M: Message>(record: &mut Vec<u8>, change: impl FnOnce(&mut M)) {
    if is_message(record, M::TYPE) {
        let mut message = handshake::read(&record[HEADER_LENGTH..]).result.expect("a message of our own");
        change(&mut message);
        *record = written(&message);
    }
}

/// A record in the clear with this message.
pub fn written<M: Message>(message: &M) -> Vec<u8> {
    plain(ContentType::HANDSHAKE, &handshake::write(message).expect("a short message").bytes)
}
