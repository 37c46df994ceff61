//! Somebody on the wire who has the keys of both sides: whatever it changes, it makes both `Finished` fit.

use tls_glass::party::{ClientConfig, ServerConfig};
use tls_glass::protocol::suite::tls12::Suite;
use tls_glass::protocol::tls12::key_schedule::verify_data;
use tls_glass::trace::{Event, Role, ValueName};
use tls_glass::wire::codepoint::{ContentType, HandshakeType};
use tls_glass::wire::record::HEADER_LENGTH;

use crate::common::records::{Protection, message, split};
use crate::common::{Parties, SERVER_NAME};

struct Insider<T> {
    /// What it does to a record in the clear: nothing, a change, or records more.
    tamper: T,
    /// The handshake messages as the client and as the server knows them.
    views: [Vec<u8>; 2],
    /// Who has changed to protected records.
    changed: [bool; 2],
    /// Whose `Finished` has passed.
    finished: [bool; 2],
}

fn side(role: Role) -> usize {
    usize::from(role == Role::Server)
}

/// A connection with a request in which `tamper` may change what is sent in the clear, and neither side notices. Gives what
/// the client read.
pub fn connect(
    parties: &mut Parties,
    (client, server): (ClientConfig, ServerConfig),
    tamper: impl FnMut(&mut Vec<u8>),
) -> Vec<u8> {
    parties.prepare(client, server);
    parties.units.clear();
    parties.client.request(SERVER_NAME, "/account").expect("the request is well formed");
    let mut insider = Insider { tamper, views: [Vec::new(), Vec::new()], changed: [false; 2], finished: [false; 2] };
    let mut reply = Vec::new();
    loop {
        let mut idle = true;
        while let Some(advance) = parties.client.advance() {
            idle = false;
            if let Some(received) = advance.received {
                reply.extend(received);
                parties.client.close();
            }
            parties.units.push(advance.unit);
            let passed = insider.pass(parties, Role::Client, &advance.output);
            parties.server.receive(&passed);
        }
        while let Some(advance) = parties.server.advance() {
            idle = false;
            parties.units.push(advance.unit);
            let passed = insider.pass(parties, Role::Server, &advance.output);
            parties.client.receive(&passed);
        }
        if idle {
            return reply;
        }
    }
}

impl<T: FnMut(&mut Vec<u8>)> Insider<T> {
    /// What reaches the other side of what this one sent.
    fn pass(&mut self, parties: &Parties, from: Role, bytes: &[u8]) -> Vec<u8> {
        split(bytes).into_iter().flat_map(|record| self.pass_record(parties, from, record)).collect()
    }

    fn pass_record(&mut self, parties: &Parties, from: Role, mut record: Vec<u8>) -> Vec<u8> {
        let (sender, receiver) = (side(from), 1 - side(from));
        if self.changed[sender] {
            if core::mem::replace(&mut self.finished[sender], true) {
                return record;
            }
            // The first protected record is Finished. It is about what the receiver knows.
            let protection = Protection::told(&parties.units, from);
            self.views[sender].extend(protection.open(0, &record).expect("a record of its sender"));
            let finished = message(HandshakeType::FINISHED, &due(parties, from, &self.views[receiver]));
            self.views[receiver].extend(&finished);
            return protection.seal(0, ContentType::HANDSHAKE, &finished);
        }
        if record[0] == ContentType::HANDSHAKE.0 {
            self.views[sender].extend(&record[HEADER_LENGTH..]);
            (self.tamper)(&mut record);
            for record in split(&record) {
                self.views[receiver].extend(&record[HEADER_LENGTH..]);
            }
        }
        self.changed[sender] = record[0] == ContentType::CHANGE_CIPHER_SPEC.0;
        record
    }
}

/// The `verify_data` that is due from `sender` after these messages.
fn due(parties: &Parties, sender: Role, messages: &[u8]) -> Vec<u8> {
    let mut events = parties.events().map(|(_, event)| event);
    let master_secret = events.find_map(|event| match event {
        Event::Held { value } if value.name == ValueName::MasterSecret => Some(&value.parts[0].bytes),
        _ => None,
    });
    let suite = parties.events().find_map(|(_, event)| match event {
        Event::Negotiated(negotiated) => Suite::of(negotiated.cipher_suite),
        _ => None,
    });
    let hash = suite.expect("the hellos are exchanged").common.hash;
    let label = if sender == Role::Server { "server finished" } else { "client finished" };
    let master_secret = master_secret.expect("somebody told of it");
    verify_data(hash, master_secret, label, &hash.hash(messages)).to_vec()
}
