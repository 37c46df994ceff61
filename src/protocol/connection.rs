//! What every connection does, whichever side it is: one unit a call, alerts, failure, the end.

pub(crate) mod state;
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;

use state::{Context, Established, Next, State};

use crate::entropy::Environment;
use crate::error::{Error, ErrorKind};
use crate::protocol::record::channel::{Channel, Content, Waiting};
use crate::protocol::record::protection::Protection;
use crate::trace::{Account, Action, Event, Expected, Recorder, ValueName};
use crate::wire::alert::Alert;
use crate::wire::codepoint::{AlertDescription, AlertLevel, ContentType, HandshakeType};
use crate::wire::record::MAX_PLAINTEXT;

/// A connection whose handshake goes through the states `S`.
#[derive(Debug)]
pub(crate) struct Connection<S: State> {
    channel: Channel,
    phase: Phase<S>,
    /// Application data still to be sent.
    outgoing: Vec<u8>,
    close_requested: bool,
    end_of_input: bool,
    /// Whether an alert was sent after which nothing more may be.
    said_last: bool,
    /// Contents in a row that moved nothing on.
    idle: u8,
    error: Option<Error>,
}

/// The most contents in a row that may move nothing on: warnings, empty records, requests that are refused. A peer that
/// sends more wants to keep us busy.
const MAX_IDLE: u8 = 32;

/// What a unit did, its events aside.
#[derive(Debug)]
pub(crate) struct Progress {
    pub(crate) action: Action,
    pub(crate) output: Vec<u8>,
    /// Application data that came.
    pub(crate) received: Option<Vec<u8>>,
}

#[derive(Debug)]
enum Phase<S: State> {
    Handshaking(S),
    Established(S::Established),
    /// The peer's `close_notify` is here, and ends its direction only: nothing more is read.
    HalfClosed(S::Established),
    /// An alert is due, and then nothing more.
    Failing(Alert),
    /// Own `close_notify` is sent, the peer's is not here yet.
    Closing(S::Established),
    /// The peer's `close_notify` is here and wants an answer.
    Answering(S::Established),
    /// Nothing more will be sent or read: what secrets are left go.
    Erasing(Option<S::Established>),
    Closed,
}

impl<S: State> Connection<S> {
    pub(crate) fn new(start: S) -> Self {
        Self {
            channel: Channel::new(),
            phase: Phase::Handshaking(start),
            outgoing: Vec::new(),
            close_requested: false,
            end_of_input: false,
            said_last: false,
            idle: 0,
            error: None,
        }
    }

    pub(crate) fn receive(&mut self, bytes: &[u8]) {
        if !matches!(
            self.phase,
            Phase::HalfClosed(_) | Phase::Failing(_) | Phase::Answering(_) | Phase::Erasing(_) | Phase::Closed
        ) {
            self.channel.receive(bytes);
        }
    }

    /// The transport has ended: no byte will follow those received.
    pub(crate) fn receive_end(&mut self) {
        self.end_of_input = true;
    }

    pub(crate) fn send(&mut self, data: &[u8]) {
        if matches!(self.phase, Phase::Handshaking(_) | Phase::Established(_) | Phase::HalfClosed(_)) {
            self.outgoing.extend_from_slice(data);
        }
    }

    pub(crate) fn close(&mut self) {
        self.close_requested = true;
    }

    pub(crate) fn is_closed(&self) -> bool {
        matches!(self.phase, Phase::Closed)
    }

    pub(crate) fn is_established(&self) -> bool {
        matches!(self.phase, Phase::Established(_))
    }

    /// Whether application data can be sent at once.
    pub(crate) fn can_send(&self) -> bool {
        matches!(self.phase, Phase::Established(_) | Phase::HalfClosed(_))
    }

    pub(crate) fn established(&self) -> Option<&S::Established> {
        match &self.phase {
            Phase::Established(established)
            | Phase::HalfClosed(established)
            | Phase::Closing(established)
            | Phase::Answering(established)
            | Phase::Erasing(Some(established)) => Some(established),
            _ => None,
        }
    }

    pub(crate) fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// The data key of this name, where one is in use.
    pub(crate) fn protection(&self, key: ValueName) -> Option<&Protection> {
        [&self.channel.read, &self.channel.write].into_iter().flatten().find(|protection| protection.name == key)
    }

    /// What the next unit would do, as far as can be seen before it is done.
    pub(crate) fn next(&self) -> Option<Action> {
        if self.opens() {
            return Some(Action::OpenRecord);
        }
        match &self.phase {
            Phase::Handshaking(state) if !state.awaits() && !self.is_alerted() => Some(state.action()),
            Phase::Handshaking(state) => self.awaited(match self.channel.waiting() {
                Some(Waiting::Handshake(kind)) => state.action_on(kind),
                _ => state.action(),
            }),
            Phase::Established(_) | Phase::HalfClosed(_) if !self.outgoing.is_empty() => {
                Some(Action::SendApplicationData)
            }
            Phase::Established(_) | Phase::HalfClosed(_) if self.close_requested => Some(Action::SendAlert),
            Phase::Closing(_) if self.hung_up() => Some(Action::EraseKeys),
            Phase::Established(_) | Phase::Closing(_) => self.awaited(Action::ReceiveApplicationData),
            Phase::Failing(_) | Phase::Answering(_) => Some(Action::SendAlert),
            Phase::Erasing(_) => Some(Action::EraseKeys),
            Phase::HalfClosed(_) | Phase::Closed => None,
        }
    }

    /// What it needs from the peer before it can go on; `None` where it can, or where nothing more will be read.
    pub(crate) fn awaits(&self) -> Option<Expected> {
        if self.next().is_some() {
            return None;
        }
        let awaited = match &self.phase {
            Phase::Handshaking(state) => state.awaited()?,
            Phase::Established(_) => Expected::content(ContentType::APPLICATION_DATA),
            // `close_notify`.
            Phase::Closing(_) => Expected::content(ContentType::ALERT),
            _ => return None,
        };
        Some(if self.channel.has_begun_a_record() { Expected::RestOfRecord } else { awaited })
    }

    /// Does one unit, if there is one to do.
    pub(crate) fn advance(&mut self, trace: &mut Recorder, environment: &mut Environment) -> Option<Progress> {
        if self.opens() {
            if let Err(error) = self.channel.open_record(trace) {
                self.fail(error, trace);
            }
            return Some(Progress { action: Action::OpenRecord, output: Vec::new(), received: None });
        }
        let expected = self.next()?;
        let phase = match core::mem::replace(&mut self.phase, Phase::Closed) {
            // RFC 5246, section 7.2.1: who has said close_notify need not wait for the answer.
            Phase::Closing(established) if self.hung_up() => Phase::Erasing(Some(established)),
            phase => phase,
        };
        let mut received = None;
        let alerted = self.is_alerted();
        let mut cx = Context { channel: &mut self.channel, trace, environment };
        let done = match phase {
            Phase::Handshaking(state) if !state.awaits() && !alerted => {
                state.perform(&mut cx).map(|next| (expected, Phase::from(next))).map_err(|error| (error, Phase::Closed))
            }
            Phase::Handshaking(state) => {
                handshake_input(state, &mut self.idle, &mut cx).map_err(|error| (error, Phase::Closed))
            }
            Phase::Established(_) | Phase::HalfClosed(_) if !self.outgoing.is_empty() => {
                let rest = self.outgoing.split_off(self.outgoing.len().min(MAX_PLAINTEXT));
                let data = core::mem::replace(&mut self.outgoing, rest);
                let sent = cx.send_application_data(&data);
                phase.once(sent, expected, |phase| phase)
            }
            Phase::Established(_) | Phase::HalfClosed(_) if self.close_requested => {
                self.said_last = true;
                let sent = cx.send_alert(Alert::warning(AlertDescription::CLOSE_NOTIFY));
                phase.once(sent, expected, Phase::having_closed)
            }
            Phase::Established(mut established) => {
                match established_input(&mut established, true, &mut self.idle, &mut cx, &mut received) {
                    Ok((action, true)) if S::Established::CLOSES_BOTH_DIRECTIONS => {
                        Ok((action, Phase::Answering(established)))
                    }
                    Ok((action, true)) => {
                        cx.channel.discard_input();
                        Ok((action, Phase::HalfClosed(established)))
                    }
                    Ok((action, false)) => Ok((action, Phase::Established(established))),
                    Err(error) => Err((error, Phase::Established(established))),
                }
            }
            Phase::Closing(mut established) => {
                match established_input(&mut established, false, &mut self.idle, &mut cx, &mut received) {
                    Ok((action, true)) => Ok((action, Phase::Erasing(Some(established)))),
                    Ok((action, false)) => Ok((action, Phase::Closing(established))),
                    Err(error) => Err((error, Phase::Closing(established))),
                }
            }
            Phase::Failing(alert) => {
                self.said_last = true;
                cx.channel.discard_input();
                let sent = cx.send_alert(alert);
                phase.once(sent, expected, |_| Phase::Erasing(None))
            }
            Phase::Answering(_) => {
                self.said_last = true;
                cx.channel.discard_input();
                let sent = cx.send_alert(Alert::warning(AlertDescription::CLOSE_NOTIFY));
                phase.once(sent, expected, Phase::having_closed)
            }
            Phase::Erasing(established) => {
                drop(established);
                self.outgoing = Vec::new();
                cx.channel.discard_input();
                cx.channel.read = None;
                cx.channel.write = None;
                cx.trace.release(|account, _| of_connection(account));
                Ok((expected, Phase::Closed))
            }
            // Never reached: `next` gives no action for these phases, and this function has returned by then.
            Phase::HalfClosed(_) | Phase::Closed => return None,
        };
        let (action, phase, error) = match done {
            Ok((action, phase)) => (action, phase, None),
            Err((error, phase)) => (expected, phase, Some(error)),
        };
        self.phase = phase;
        if let Some(error) = error {
            self.fail(error, trace);
        }
        Some(Progress { action, output: self.channel.take_output(), received })
    }

    /// The state is gone and its secrets with it; only what protects the alert stays until that is sent.
    pub(crate) fn fail(&mut self, error: Error, trace: &mut Recorder) {
        let error = self.channel.locate(error);
        let phase = core::mem::replace(&mut self.phase, Phase::Closed);
        if let Phase::Established(mut established)
        | Phase::HalfClosed(mut established)
        | Phase::Closing(mut established)
        | Phase::Answering(mut established) = phase
            && error.kind != ErrorKind::Truncated
        {
            established.failed(trace);
        }
        self.outgoing = Vec::new();
        self.channel.discard_opened();
        self.channel.read = None;
        let kept = self.channel.write.as_ref();
        let stays = |name: ValueName| kept.is_some_and(|kept| kept.is_of(name));
        trace.release(|account, name| of_connection(account) && !stays(name));
        trace.event(Event::Failure(error.report()));
        self.phase = match error.alert() {
            Some(description) if !self.said_last => Phase::Failing(Alert::fatal(description)),
            _ => Phase::Erasing(None),
        };
        self.error = Some(error);
    }

    /// Forgets the connection: what it held is gone.
    pub(crate) fn forget(self, trace: &mut Recorder) {
        drop(self);
        trace.release(|account, _| of_connection(account));
    }

    /// Application data that was opened, and rests here until the next unit takes it.
    pub(crate) fn opened_application_data(&self) -> Option<&[u8]> {
        self.channel.opened_application_data()
    }

    /// Whether a protected record is to be opened next. During the handshake that goes before work of one's own: the record
    /// may hold an alert, which only shows when it is open.
    fn opens(&self) -> bool {
        let reads = match &self.phase {
            Phase::Handshaking(_) | Phase::Closing(_) => true,
            Phase::Established(_) => self.outgoing.is_empty() && !self.close_requested,
            _ => false,
        };
        reads && self.channel.waiting() == Some(Waiting::Protected)
    }

    /// Whether the peer is gone and nothing of it is left to read.
    fn hung_up(&self) -> bool {
        self.end_of_input && self.channel.waiting().is_none()
    }

    /// Whether an alert is next to be read. It goes before work of one's own: what the peer has ended needs none.
    fn is_alerted(&self) -> bool {
        self.channel.waiting() == Some(Waiting::Alert)
    }

    fn awaited(&self, action: Action) -> Option<Action> {
        match self.channel.waiting() {
            Some(Waiting::Alert) => Some(Action::ReceiveAlert),
            Some(Waiting::Fragment) => Some(Action::ReceiveFragment),
            Some(Waiting::Handshake(HandshakeType::HELLO_REQUEST)) => Some(Action::ReceiveHelloRequest),
            Some(_) => Some(action),
            None if self.end_of_input => Some(Action::ReceiveEnd),
            None => None,
        }
    }
}

/// What a unit did and where it leads; or what went wrong, and in which phase.
type Done<S> = Result<(Action, Phase<S>), (Error, Phase<S>)>;

impl<S: State> Phase<S> {
    /// Where this leads `once` something is `sent`.
    fn once(self, sent: Result<(), Error>, action: Action, then: impl FnOnce(Self) -> Self) -> Done<S> {
        match sent {
            Ok(()) => Ok((action, then(self))),
            Err(error) => Err((error, self)),
        }
    }

    /// Own `close_notify` is sent.
    fn having_closed(self) -> Self {
        match self {
            Self::Established(established) => Self::Closing(established),
            Self::HalfClosed(established) | Self::Answering(established) => Self::Erasing(Some(established)),
            other => other,
        }
    }
}

impl<S: State> From<Next<S, S::Established>> for Phase<S> {
    fn from(next: Next<S, S::Established>) -> Self {
        match next {
            Next::State(state) => Self::Handshaking(state),
            Next::Established(established) => Self::Established(*established),
        }
    }
}

/// Whether what is held on this account goes when the connection ends.
fn of_connection(account: Account) -> bool {
    matches!(account, Account::Connection | Account::Handshake)
}

fn handshake_input<S: State>(state: S, idle: &mut u8, cx: &mut Context<'_>) -> Result<(Action, Phase<S>), Error> {
    let action = state.action();
    match next_content(|content| !is_hello_request(content), idle, cx)? {
        Content::Fragment => Ok((Action::ReceiveFragment, Phase::Handshaking(state))),
        Content::Alert(alert) => {
            handle_alert(alert)?;
            Ok((Action::ReceiveAlert, Phase::Handshaking(state)))
        }
        content => {
            let action = match &content {
                _ if is_hello_request(&content) => Action::ReceiveHelloRequest,
                Content::Handshake(message) => state.action_on(message.kind),
                _ => action,
            };
            Ok((action, state.handle(content, cx)?.into()))
        }
    }
}

/// What came on an established connection, and whether it was the peer's `close_notify`. Unless the connection is `open`
/// for sending too, nothing is answered.
fn established_input<E: Established>(
    established: &mut E,
    open: bool,
    idle: &mut u8,
    cx: &mut Context<'_>,
    received: &mut Option<Vec<u8>>,
) -> Result<(Action, bool), Error> {
    Ok(match next_content(is_data, idle, cx)? {
        Content::ApplicationData(data) => {
            *received = Some(data);
            (Action::ReceiveApplicationData, false)
        }
        Content::Alert(Alert {
            level: AlertLevel::WARNING | AlertLevel::FATAL,
            description: AlertDescription::CLOSE_NOTIFY,
        }) => (Action::ReceiveAlert, true),
        Content::Alert(alert) => {
            handle_alert(alert)?;
            (Action::ReceiveAlert, false)
        }
        Content::Fragment => (Action::ReceiveFragment, false),
        content => (established.handle(content, open, cx)?, false),
    })
}

/// The next content, unless too many came that do not move on what there is to do.
///
/// # Errors
/// `ErrorKind::Truncated` where there is none: it was asked for since the transport has ended (RFC 5246, section 7.2.1: an end
/// without `close_notify` may be an attacker's cut).
fn next_content(moves: impl Fn(&Content) -> bool, idle: &mut u8, cx: &mut Context<'_>) -> Result<Content, Error> {
    let content = cx.channel.next_content(cx.trace)?.ok_or(ErrorKind::Truncated)?;
    let moves = match &content {
        Content::Alert(_) => false,
        // The rest of a message is still to come; how long it may be is limited.
        Content::Fragment => true,
        content => moves(content),
    };
    *idle = if moves { 0 } else { *idle + 1 };
    if *idle > MAX_IDLE { Err(ErrorKind::TooManyIdleRecords.into()) } else { Ok(content) }
}

/// Once the handshake is complete, there is nothing else to go on with: whoever wants another is refused.
fn is_data(content: &Content) -> bool {
    matches!(content, Content::ApplicationData(data) if !data.is_empty())
}

fn is_hello_request(content: &Content) -> bool {
    matches!(content, Content::Handshake(message) if message.kind == HandshakeType::HELLO_REQUEST)
}

/// A fatal alert ends the connection; so does `close_notify` where more was due. A warning is for the record.
fn handle_alert(alert: Alert) -> Result<(), Error> {
    match (alert.level, alert.description) {
        (AlertLevel::WARNING, AlertDescription::CLOSE_NOTIFY) => {
            Err(ErrorKind::AlertReceived(alert.description).into())
        }
        (AlertLevel::WARNING, _) => Ok(()),
        (AlertLevel::FATAL, description) => Err(ErrorKind::AlertReceived(description).into()),
        (_, _) => Err(ErrorKind::BadAlertLevel(alert.level).into()),
    }
}
