//! The eavesdropper: every byte that crossed the wire, what those bytes teach, and what was leaked, by name.

use crate::adversary::eavesdrop::hear::{Given, Listener};
use crate::adversary::eavesdrop::recover_tls12::{self, Reading};
use crate::crypto::signature::PrivateKey;
use crate::error::Error;
use crate::glass::Secret;
use crate::trace::{Account, Action, Holding, Recorder, Role, Unit, ValueName};

use super::Advance;

/// Somebody who listens: Eve. She changes nothing and asks nobody.
#[derive(Debug, Default)]
pub struct Eavesdropper {
    recorder: Recorder,
    listener: Listener,
    /// Keys of the server that leaked and outlive connections.
    long_lived: Given,
}

impl Eavesdropper {
    /// Somebody who has heard nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins to listen to a new connection. What was kept of a former one is gone.
    pub fn listen(&mut self) -> Unit {
        self.listener = Listener::default();
        self.recorder.release(|_, _| true);
        self.long_lived.clear();
        self.unit(Action::StartListening)
    }

    /// Begins to listen to the next connection of the same two. What was kept of the one before stays: this one may go on
    /// with its session.
    pub fn listen_further(&mut self) -> Unit {
        for name in self.listener.next_connection() {
            self.recorder.erased(name);
        }
        self.unit(Action::StartListening)
    }

    /// Bytes that `from` sends, as they pass. Nothing is done with them yet.
    pub fn overhear(&mut self, from: Role, bytes: &[u8]) {
        self.listener.overhear(from, bytes);
    }

    /// What [`advance`](Self::advance) would do; `None` until a record is complete.
    pub fn next(&self) -> Option<Action> {
        self.listener.has_record().then_some(Action::KeepRecord)
    }

    /// Keeps the next record, if there is one.
    pub fn advance(&mut self) -> Option<Advance> {
        let action = self.next()?;
        self.listener.keep_record(&mut self.recorder);
        Some(Advance { unit: self.unit(action), output: Vec::new(), received: None })
    }

    /// What she declares to hold.
    pub fn holdings(&self) -> Vec<Holding> {
        self.recorder.holdings()
    }

    /// Takes a key that leaked: of the connection that she listens to, unless it is a long-lived one of the server's. The private key of the server's certificate comes in PKCS#8; fails if it is none.
    pub fn give(&mut self, name: ValueName, bytes: &[u8]) -> Result<Unit, Error> {
        if name == ValueName::ServerPrivateKey {
            let parts = PrivateKey::from_pkcs8(bytes)?.parts()?;
            self.recorder.held_parts(Account::Party, name, parts);
        } else {
            self.recorder.held(Account::Party, name, bytes);
        }
        // These two keys serve many connections. All others are of one connection, and are dropped with it.
        let outlives = matches!(name, ValueName::ServerPrivateKey | ValueName::SessionTicketKey);
        let place = if outlives { &mut self.long_lived } else { &mut self.listener.leaked };
        place.insert(name, Secret::copy_of(bytes));
        Ok(self.unit(Action::TakeLeakedKey))
    }

    /// Tries to read a record that `from` sent, with what was heard and given so far. Keeps nothing of it.
    pub fn read(&self, record: &[u8], from: Role) -> Reading {
        recover_tls12::read(&self.listener, &self.long_lived, record, from)
    }

    fn unit(&mut self, action: Action) -> Unit {
        Unit { role: Role::Eavesdropper, action, events: self.recorder.drain() }
    }
}
