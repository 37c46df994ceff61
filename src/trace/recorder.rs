//! Collects the events of one unit.

use std::collections::BTreeSet;

use super::{Buffer, BufferKind, Check, CheckName, Computation, Event, Holding, Outcome, Value, ValueName};
use crate::crypto::part::Part;
use crate::wire::Field;
use crate::wire::place::{BufferId, Slice};
use crate::wire::reference::Reference;

/// Takes events while a unit runs; drained at its end. Numbers buffers over the whole connection.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    events: Vec<Event>,
    buffers: u32,
    /// What the party declares to hold.
    holdings: BTreeSet<ValueName>,
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

    /// Records that the party keeps a value.
    pub(crate) fn held(&mut self, name: ValueName, bytes: &[u8]) {
        self.holdings.insert(name);
        self.event(Event::Held { value: Value::new(name, bytes) });
    }

    /// Records that the party keeps a value of several parts.
    pub(crate) fn held_parts(&mut self, name: ValueName, parts: Vec<Part>) {
        self.holdings.insert(name);
        self.event(Event::Held { value: Value { name, kind: name.kind(), parts } });
    }

    pub(crate) fn erased(&mut self, name: ValueName) {
        self.holdings.remove(&name);
        self.event(Event::Erased { name });
    }

    /// Records that all held values that `which` names are no longer held.
    pub(crate) fn erased_all(&mut self, which: impl Fn(ValueName) -> bool) {
        let gone: Vec<ValueName> = self.holdings.iter().copied().filter(|name| which(*name)).collect();
        for name in gone {
            self.erased(name);
        }
    }

    /// What the party declares to hold.
    pub(crate) fn holdings(&self) -> Vec<Holding> {
        self.holdings.iter().map(|name| Holding { name: *name }).collect()
    }

    pub(crate) fn check(&mut self, name: CheckName, subject: &str, outcome: Outcome, reference: Reference) {
        self.event(Event::Check(Check { name, subject: subject.into(), outcome, reference }));
    }
}
