//! What every connection does, whichever side it is: one unit a call, alerts, failure, the end.

use crate::entropy::Environment;
use crate::error::{Error, ErrorKind};
use crate::protocol::record::channel::{Channel, Content, Waiting};
use crate::protocol::record::inbound::Inbound;
use crate::protocol::record::protection::Protection;
use crate::protocol::session::{Handle, Sessions};
use crate::protocol::tls12::established::Established;
use crate::trace::{Action, Event, Names, Recorder, Role, ValueKind, ValueName};
use crate::wire::Written;
use crate::wire::alert::Alert;
use crate::wire::codepoint::{AlertDescription, AlertLevel, ContentType, HandshakeType};
use crate::wire::handshake::{HelloRequest, Message};
use crate::wire::place::BufferId;
use crate::wire::record::MAX_PLAINTEXT;

/// A connection whose handshake goes through the states `S`.
#[derive(Debug)]
pub(crate) struct Connection<S> {
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
    /// The session that is kept of this connection, once it stands.
    session: Option<Handle>,
    error: Option<Error>,
}

/// The most contents in a row that may move nothing on: warnings, empty records, requests that are refused. A peer that
/// sends more wants to keep us busy.
const MAX_IDLE: u8 = 32;

/// One side's handshake: each state either awaits a message or has something to do.
pub(crate) trait State: Sized {
    /// Whose handshake it is.
    const ROLE: Role;
    /// What the next unit does.
    fn action(&self) -> Action;
    /// What it does with a handshake message of this type.
    fn action_on(&self, _kind: HandshakeType) -> Action {
        self.action()
    }
    /// Whether that needs something from the peer first.
    fn awaits(&self) -> bool;
    /// Does it, where nothing is awaited.
    fn perform(self, cx: &mut Context<'_>) -> Result<Next<Self>, Error>;
    /// Handles what was awaited, or refuses it.
    fn handle(self, content: Content, cx: &mut Context<'_>) -> Result<Next<Self>, Error>;
}

/// What a state may use while it does its unit.
pub(crate) struct Context<'a> {
    pub(crate) channel: &'a mut Channel,
    pub(crate) trace: &'a mut Recorder,
    pub(crate) environment: &'a mut Environment,
    /// The party's sessions, of this connection and of earlier ones.
    pub(crate) sessions: &'a mut Sessions,
}

impl Context<'_> {
    /// Sends a handshake message.
    pub(crate) fn send_handshake<M: Message>(&mut self, written: &Written) -> Result<BufferId, Error> {
        self.channel.send_handshake::<M>(written, self.trace, &mut self.environment.entropy)
    }

    /// Sends application data.
    fn send_application_data(&mut self, data: &[u8]) -> Result<(), Error> {
        self.channel.send_application_data(data, self.trace, &mut self.environment.entropy)
    }

    /// Sends `ChangeCipherSpec`.
    pub(crate) fn send_change_cipher_spec(&mut self) -> Result<(), Error> {
        self.channel.send_change_cipher_spec(self.trace, &mut self.environment.entropy)
    }

    fn send_alert(&mut self, alert: Alert) -> Result<(), Error> {
        self.channel.send_alert(alert, self.trace, &mut self.environment.entropy)
    }
}

/// Where a unit leads.
#[derive(Debug)]
pub(crate) enum Next<S> {
    State(S),
    Established(Box<Established>),
}

/// What a unit did, its events aside.
#[derive(Debug)]
pub(crate) struct Progress {
    pub(crate) action: Action,
    pub(crate) output: Vec<u8>,
    /// Application data that came.
    pub(crate) received: Option<Vec<u8>>,
}

#[derive(Debug)]
enum Phase<S> {
    Handshaking(S),
    Established(Established),
    /// An alert is due, and then nothing more.
    Failing(Alert),
    /// Own `close_notify` is sent, the peer's is not here yet.
    Closing(Established),
    /// The peer's `close_notify` is here and wants an answer.
    Answering(Established),
    /// Nothing more will be sent or read: what secrets are left go.
    Erasing(Option<Established>),
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
            session: None,
            error: None,
        }
    }

    pub(crate) fn receive(&mut self, bytes: &[u8]) {
        if !matches!(self.phase, Phase::Failing(_) | Phase::Answering(_) | Phase::Erasing(_) | Phase::Closed) {
            self.channel.receive(bytes);
        }
    }

    /// The transport has ended: no byte will follow those received.
    pub(crate) fn receive_end(&mut self) {
        self.end_of_input = true;
    }

    pub(crate) fn send(&mut self, data: &[u8]) {
        if matches!(self.phase, Phase::Handshaking(_) | Phase::Established(_)) {
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

    pub(crate) fn established(&self) -> Option<&Established> {
        match &self.phase {
            Phase::Established(established)
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
        match &self.phase {
            Phase::Handshaking(state) if !state.awaits() && !self.is_alerted() => Some(state.action()),
            Phase::Handshaking(state) => self.awaited(match self.channel.waiting() {
                Some(Waiting::Handshake(Some(kind))) => state.action_on(kind),
                _ => state.action(),
            }),
            Phase::Established(_) if !self.outgoing.is_empty() => Some(Action::SendApplicationData),
            Phase::Established(_) if self.close_requested => Some(Action::SendAlert),
            Phase::Closing(_) if self.hung_up() => Some(Action::EraseKeys),
            Phase::Established(_) | Phase::Closing(_) => self.awaited(Action::ReceiveApplicationData),
            Phase::Failing(_) | Phase::Answering(_) => Some(Action::SendAlert),
            Phase::Erasing(_) => Some(Action::EraseKeys),
            Phase::Closed => None,
        }
    }

    /// Does one unit, if there is one to do.
    pub(crate) fn advance(
        &mut self,
        trace: &mut Recorder,
        environment: &mut Environment,
        sessions: &mut Sessions,
    ) -> Option<Progress> {
        let expected = self.next()?;
        let phase = match core::mem::replace(&mut self.phase, Phase::Closed) {
            // RFC 5246, section 7.2.1: who has said close_notify need not wait for the answer.
            Phase::Closing(established) if self.hung_up() => Phase::Erasing(Some(established)),
            phase => phase,
        };
        let mut received = None;
        let alerted = self.is_alerted();
        let mut cx = Context { channel: &mut self.channel, trace, environment, sessions };
        let done = match phase {
            Phase::Handshaking(state) if !state.awaits() && !alerted => {
                state.perform(&mut cx).map(|next| Some((expected, Phase::from(next))))
            }
            Phase::Handshaking(state) => handshake_input(state, &mut self.idle, &mut cx),
            Phase::Established(established) if !self.outgoing.is_empty() => {
                let rest = self.outgoing.split_off(self.outgoing.len().min(MAX_PLAINTEXT));
                let data = core::mem::replace(&mut self.outgoing, rest);
                let sent = cx.send_application_data(&data);
                sent.map(|()| Some((expected, Phase::Established(established))))
            }
            Phase::Established(established) if self.close_requested => {
                self.said_last = true;
                let alert = Alert::warning(AlertDescription::CLOSE_NOTIFY);
                let sent = cx.send_alert(alert);
                sent.map(|()| Some((expected, Phase::Closing(established))))
            }
            Phase::Established(established) => established_input(S::ROLE, true, &mut self.idle, &mut cx, &mut received)
                .map(|next| {
                    next.map(|(action, over)| {
                        (action, if over { Phase::Answering(established) } else { Phase::Established(established) })
                    })
                }),
            Phase::Closing(established) => established_input(S::ROLE, false, &mut self.idle, &mut cx, &mut received)
                .map(|next| {
                    next.map(|(action, over)| {
                        (action, if over { Phase::Erasing(Some(established)) } else { Phase::Closing(established) })
                    })
                }),
            Phase::Failing(alert) => {
                self.said_last = true;
                cx.channel.discard_input();
                cx.send_alert(alert).map(|()| Some((expected, Phase::Erasing(None))))
            }
            Phase::Answering(established) => {
                self.said_last = true;
                let alert = Alert::warning(AlertDescription::CLOSE_NOTIFY);
                cx.channel.discard_input();
                cx.send_alert(alert).map(|()| Some((expected, Phase::Erasing(Some(established)))))
            }
            Phase::Erasing(established) => {
                drop(established);
                self.outgoing = Vec::new();
                cx.channel.discard_input();
                cx.channel.read = None;
                cx.channel.write = None;
                cx.trace.erased_all(|name| of_connection::<S>(name) && !cx.sessions.have(name));
                Ok(Some((expected, Phase::Closed)))
            }
            Phase::Closed => Ok(None),
        };
        let action = match done {
            Ok(Some((action, phase))) => {
                if let (Phase::Established(Established { handshake, .. }), None) = (&phase, &self.session) {
                    self.session.clone_from(&handshake.terms.handle);
                }
                self.phase = phase;
                action
            }
            // Nothing was there after all, and the phase is spent: only `Closed` gives this.
            Ok(None) => return None,
            Err(error) => {
                self.fail(error, trace, sessions);
                expected
            }
        };
        Some(Progress { action, output: self.channel.take_output(), received })
    }

    /// The state is gone and its secrets with it; only what protects the alert stays until that is sent.
    pub(crate) fn fail(&mut self, error: Error, trace: &mut Recorder, sessions: &mut Sessions) {
        let error = self.channel.locate(error);
        // RFC 5246, section 7.2.2: its session goes, too; but not because the peer has just hung up (section 7.2.1).
        if let Some(handle) = self.session.take().filter(|_| error.kind != ErrorKind::Truncated) {
            sessions.forget(&handle);
        }
        self.outgoing = Vec::new();
        self.channel.read = None;
        let kept = self.channel.write.as_ref();
        let stays = |name| sessions.have(name) || kept.is_some_and(|kept| kept.is_of(name));
        trace.erased_all(|name| of_connection::<S>(name) && !stays(name));
        trace.event(Event::Failure(error.report()));
        self.phase = match error.alert() {
            Some(description) if !self.said_last => Phase::Failing(Alert::fatal(description)),
            _ => Phase::Erasing(None),
        };
        self.error = Some(error);
    }

    /// Forgets the connection: what it held is gone.
    pub(crate) fn forget(self, trace: &mut Recorder, sessions: &Sessions) {
        drop(self);
        trace.erased_all(|name| of_connection::<S>(name) && !sessions.have(name));
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
            Some(Waiting::Handshake(Some(HandshakeType::HELLO_REQUEST))) => Some(Action::ReceiveHelloRequest),
            Some(_) => Some(action),
            None if self.end_of_input => Some(action),
            None => None,
        }
    }
}

impl<S> From<Next<S>> for Phase<S> {
    fn from(next: Next<S>) -> Self {
        match next {
            Next::State(state) => Self::Handshaking(state),
            Next::Established(established) => Self::Established(*established),
        }
    }
}

impl<S> Next<S> {
    /// The same, as a state of a handshake that this one is a part of.
    pub(crate) fn map<T>(self, state: impl FnOnce(S) -> T) -> Next<T> {
        match self {
            Self::State(inner) => Next::State(state(inner)),
            Self::Established(established) => Next::Established(established),
        }
    }
}

/// Whether a value goes with the connection: long-lived keys, certificates and seeds stay.
fn of_connection<S: State>(name: ValueName) -> bool {
    match name.kind() {
        ValueKind::OneTimePrivateKey | ValueKind::SharedSecret | ValueKind::TrafficKey | ValueKind::Plaintext => true,
        // Each side keeps the public half of its own long-lived key.
        ValueKind::PublicKey => match S::ROLE {
            Role::Client => name != ValueName::ClientPublicKey,
            _ => name != ValueName::ServerPublicKey,
        },
        // What came over the wire goes, own certificates and trust anchors stay.
        ValueKind::Certificate => match S::ROLE {
            Role::Client => Names::SERVER.chain.contains(&name),
            _ => name == ValueName::ClientCertificate,
        },
        ValueKind::Public => name == ValueName::SessionTicket,
        ValueKind::PrivateKey | ValueKind::ServerSecret | ValueKind::Seed => false,
    }
}

type Step<S> = Result<Option<(Action, Phase<S>)>, Error>;

fn handshake_input<S: State>(state: S, idle: &mut u8, cx: &mut Context<'_>) -> Step<S> {
    let action = state.action();
    match next_content(|content| !is_hello_request(content), idle, cx)? {
        // `next` said that there is something: that there is nothing means that the transport ended.
        None => Err(ErrorKind::Truncated.into()),
        Some(Content::Fragment) => Ok(Some((Action::ReceiveFragment, Phase::Handshaking(state)))),
        Some(Content::Alert(alert)) => {
            handle_alert(alert)?;
            Ok(Some((Action::ReceiveAlert, Phase::Handshaking(state))))
        }
        Some(content) => {
            let action = match &content {
                _ if is_hello_request(&content) => Action::ReceiveHelloRequest,
                Content::Handshake(message) => state.action_on(message.kind),
                _ => action,
            };
            Ok(Some((action, state.handle(content, cx)?.into())))
        }
    }
}

/// What came on an established connection, and whether it was the peer's `close_notify`. Unless the connection is `open`
/// for sending too, nothing is answered.
fn established_input(
    role: Role,
    open: bool,
    idle: &mut u8,
    cx: &mut Context<'_>,
    received: &mut Option<Vec<u8>>,
) -> Result<Option<(Action, bool)>, Error> {
    Ok(Some(match next_content(is_data, idle, cx)? {
        // RFC 5246, section 7.2.1: an end without close_notify may be an attacker's cut.
        None => return Err(ErrorKind::Truncated.into()),
        Some(Content::ApplicationData(data)) => {
            *received = Some(data);
            (Action::ReceiveApplicationData, false)
        }
        Some(Content::Alert(Alert {
            level: AlertLevel::WARNING | AlertLevel::FATAL,
            description: AlertDescription::CLOSE_NOTIFY,
        })) => (Action::ReceiveAlert, true),
        Some(Content::Alert(alert)) => {
            handle_alert(alert)?;
            (Action::ReceiveAlert, false)
        }
        Some(Content::Fragment) => (Action::ReceiveFragment, false),
        Some(Content::ChangeCipherSpec) => {
            let (got, expected) = (ContentType::CHANGE_CIPHER_SPEC, ContentType::APPLICATION_DATA);
            return Err(ErrorKind::UnexpectedContent { got, expected }.into());
        }
        Some(Content::Handshake(message)) => {
            refuse_renegotiation(role, open, &message, cx)?;
            (if role == Role::Server { Action::ReceiveClientHello } else { Action::ReceiveHelloRequest }, false)
        }
    }))
}

/// The next content, unless too many came that do not move on what there is to do.
fn next_content(
    moves: impl Fn(&Content) -> bool,
    idle: &mut u8,
    cx: &mut Context<'_>,
) -> Result<Option<Content>, Error> {
    let content = cx.channel.next_content(cx.trace)?;
    let moves = match &content {
        Some(Content::Alert(_)) => false,
        // The rest of a message is still to come; how long it may be is limited.
        Some(Content::Fragment) | None => true,
        Some(content) => moves(content),
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

/// RFC 5246, section 7.2.2: after `no_renegotiation` the peer may go on. Renegotiation has been the ground of attacks
/// (RFC 5746), and nothing here needs it. Servers ask for it with `HelloRequest`, clients begin it with `ClientHello`.
fn refuse_renegotiation(role: Role, open: bool, message: &Inbound, cx: &mut Context<'_>) -> Result<(), Error> {
    match (role, message.kind) {
        (Role::Server, HandshakeType::CLIENT_HELLO) => {
            message.unexpected(&[HandshakeType::CLIENT_HELLO], cx.trace);
        }
        (Role::Server, _) => return Err(message.unexpected(&[HandshakeType::CLIENT_HELLO], cx.trace)),
        (_, HandshakeType::HELLO_REQUEST) => {
            message.read::<HelloRequest>(cx.trace)?;
        }
        _ => return Err(message.unexpected(&[HandshakeType::HELLO_REQUEST], cx.trace)),
    }
    if !open {
        return Ok(());
    }
    cx.send_alert(Alert::warning(AlertDescription::NO_RENEGOTIATION))
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
