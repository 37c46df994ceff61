//! What a version of TLS brings to the driver: the states of its handshake, and what a connection is once that is complete.

use crate::entropy::Environment;
use crate::error::Error;
use crate::protocol::record::channel::{Channel, Content};
use crate::trace::{Action, Expected, Negotiated, Recorder};
use crate::wire::Written;
use crate::wire::alert::Alert;
use crate::wire::codepoint::HandshakeType;
use crate::wire::handshake::Message;
use crate::wire::place::BufferId;

/// One side's handshake: each state either awaits a message or has something to do.
pub(crate) trait State: Sized {
    /// What it leads to.
    type Established: Established + core::fmt::Debug;
    /// What the next unit does.
    fn action(&self) -> Action;
    /// What it does with a handshake message of this type.
    fn action_on(&self, _kind: HandshakeType) -> Action {
        self.action()
    }
    /// What it needs from the peer before that; `None` where it has something to do.
    fn awaited(&self) -> Option<Expected>;
    /// Whether that needs something from the peer first.
    fn awaits(&self) -> bool {
        self.awaited().is_some()
    }
    /// Does it, where nothing is awaited.
    fn perform(self, cx: &mut Context<'_>) -> Result<Next<Self, Self::Established>, Error>;
    /// Handles what was awaited, or refuses it: application data, too, where that may not come yet.
    fn handle(self, content: Content, cx: &mut Context<'_>) -> Result<Next<Self, Self::Established>, Error>;
}

/// A connection whose handshake is complete, as its version has it.
pub(crate) trait Established {
    /// Whether `close_notify` ends both directions at once (RFC 5246, section 7.2.1), so that whoever gets it answers and
    /// sends nothing more; or only the direction in which it is sent (RFC 8446, section 6.1).
    const CLOSES_BOTH_DIRECTIONS: bool;
    /// What was agreed on.
    fn negotiated(&self) -> Negotiated;
    /// A line of a key log (RFC 9850).
    fn key_log(&self) -> String;
    /// Handles what came that is neither application data nor an alert, or refuses it, and says what that was. Unless the
    /// connection is `open` for sending, too, nothing is answered.
    fn handle(&mut self, content: Content, open: bool, cx: &mut Context<'_>) -> Result<Action, Error>;
    /// The connection has failed, and not because the peer hung up: what was kept of it for others goes.
    fn failed(&mut self, trace: &mut Recorder);
}

/// What a state may use while it does its unit.
pub(crate) struct Context<'a> {
    pub(crate) channel: &'a mut Channel,
    pub(crate) trace: &'a mut Recorder,
    pub(crate) environment: &'a mut Environment,
}

impl Context<'_> {
    /// Sends a handshake message.
    pub(crate) fn send_handshake<M: Message>(&mut self, written: &Written) -> Result<BufferId, Error> {
        self.channel.send_handshake::<M>(written, self.trace, &mut self.environment.entropy)
    }

    /// Sends application data.
    pub(crate) fn send_application_data(&mut self, data: &[u8]) -> Result<(), Error> {
        self.channel.send_application_data(data, self.trace, &mut self.environment.entropy)
    }

    /// Sends `ChangeCipherSpec`.
    pub(crate) fn send_change_cipher_spec(&mut self) -> Result<(), Error> {
        self.channel.send_change_cipher_spec(self.trace, &mut self.environment.entropy)
    }

    /// Sends an alert.
    pub(crate) fn send_alert(&mut self, alert: Alert) -> Result<(), Error> {
        self.channel.send_alert(alert, self.trace, &mut self.environment.entropy)
    }
}

/// Where a unit leads.
#[derive(Debug)]
pub(crate) enum Next<S, E> {
    State(S),
    Established(Box<E>),
}

impl<S, E> Next<S, E> {
    /// The same, as a state of a handshake that this one is a part of.
    pub(crate) fn map<T>(self, state: impl FnOnce(S) -> T) -> Next<T, E> {
        match self {
            Self::State(inner) => Next::State(state(inner)),
            Self::Established(established) => Next::Established(established),
        }
    }
}
