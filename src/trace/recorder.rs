//! Collects the events of one unit.

use std::collections::{BTreeMap, BTreeSet};

use super::{Buffer, BufferKind, Check, CheckName, Computation, Event, Holding, Outcome, Value, ValueName};
use crate::crypto::part::Part;
use crate::wire::Field;
use crate::wire::place::{BufferId, Slice};
use crate::wire::reference::Reference;

/// On whose account a party holds a value, and so how long. A value that is held on several accounts is gone with the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Account {
    /// The party's own: long-lived keys, certificates, trust anchors, seeds. Until it gives them up.
    Party,
    /// The sessions that are kept for later connections. Until none of them has the value.
    Sessions,
    /// The connection. Until it ends.
    Connection,
    /// The handshake's messages. Until the handshake is complete.
    Handshake,
}

/// Takes events while a unit runs; drained at its end. Numbers buffers over the whole connection.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    events: Vec<Event>,
    buffers: u32,
    /// What the party declares to hold.
    holdings: BTreeMap<ValueName, BTreeSet<Account>>,
    clock: Option<fn() -> f64>,
    started: f64,
}

impl Recorder {
    /// A recorder that times computations with `clock`, in milliseconds from any start.
    pub(crate) fn new(clock: Option<fn() -> f64>) -> Self {
        Self { clock, ..Self::default() }
    }

    /// All events since the last call.
    pub(crate) fn drain(&mut self) -> Vec<Event> {
        core::mem::take(&mut self.events)
    }

    pub(crate) fn event(&mut self, event: Event) {
        self.events.push(event);
    }

    pub(crate) fn buffer(
        &mut self,
        kind: BufferKind,
        bytes: &[u8],
        fields: Vec<Field>,
        source: Vec<Slice>,
        carries: Option<Slice>,
    ) -> BufferId {
        let id = BufferId(self.buffers);
        self.buffers += 1;
        self.event(Event::Buffer { buffer: Buffer { id, kind, bytes: bytes.to_vec(), fields, source, carries } });
        id
    }

    /// Starts the clock for the computation that follows.
    pub(crate) fn start(&mut self) {
        self.started = self.clock.map_or(0.0, |now| now());
    }

    /// Records a computation, timed since [`Recorder::start`].
    pub(crate) fn computation(
        &mut self,
        function: impl Into<String>,
        inputs: Vec<Value>,
        outputs: Vec<Value>,
        reference: Reference,
    ) {
        let elapsed = self.clock.map_or(0.0, |now| now() - self.started);
        let milliseconds = (elapsed > 0.0).then_some(elapsed);
        self.event(Event::Computation(Computation {
            function: function.into(),
            inputs,
            outputs,
            reference,
            milliseconds,
        }));
    }

    /// Records that the party keeps a value on this account.
    pub(crate) fn held(&mut self, account: Account, name: ValueName, bytes: &[u8]) {
        self.event(Event::Held { value: Value::new(name, bytes) });
        self.held_already(account, name);
    }

    /// Records that the party keeps a value of several parts.
    pub(crate) fn held_parts(&mut self, account: Account, name: ValueName, parts: Vec<Part>) {
        self.event(Event::Held { value: Value { name, kind: name.kind(), parts } });
        self.held_already(account, name);
    }

    /// A value that is held already is from now on held on this account, too.
    pub(crate) fn held_already(&mut self, account: Account, name: ValueName) {
        self.holdings.entry(name).or_default().insert(account);
    }

    /// Records that a value is held on no account any more.
    pub(crate) fn erased(&mut self, name: ValueName) {
        self.holdings.remove(&name);
        self.event(Event::Erased { name });
    }

    /// Ends the accounts that `which` says, value by value. Those that are then held on none are recorded as erased.
    pub(crate) fn release(&mut self, which: impl Fn(Account, ValueName) -> bool) {
        for (name, accounts) in &mut self.holdings {
            accounts.retain(|account| !which(*account, *name));
        }
        let gone: Vec<ValueName> =
            self.holdings.iter().filter(|(_, on)| on.is_empty()).map(|(name, _)| *name).collect();
        for name in gone {
            self.erased(name);
        }
    }

    /// The values in the sessions that are kept are these, now that one has come or gone.
    pub(crate) fn kept_in_sessions(&mut self, names: &BTreeSet<ValueName>) {
        for name in names {
            self.held_already(Account::Sessions, *name);
        }
        self.release(|account, name| account == Account::Sessions && !names.contains(&name));
    }

    /// What the party declares to hold.
    pub(crate) fn holdings(&self) -> Vec<Holding> {
        self.holdings.keys().map(|name| Holding { name: *name }).collect()
    }

    pub(crate) fn check(&mut self, name: CheckName, subject: &str, outcome: Outcome, reference: Reference) {
        self.event(Event::Check(Check { name, subject: subject.into(), outcome, reference }));
    }
}
