//! The server: its private key, its certificate chain, and what answers requests.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::attempt::Attempt;
use super::credentials::Labels;
use super::endpoint::{Endpoint, Side};
use super::exchange::Exchange;
use super::http::{Answer, Responder};
use super::{Environment, ServerConfig};
use crate::error::{Error, ErrorKind};
use crate::glass::Secret;
use crate::protocol::connection::Connection;
use crate::protocol::session::Resumption;
use crate::protocol::session::ticket_key::TicketKey;
use crate::protocol::tls12::server::{ExpectClientHello, ServerState, Settings};
use crate::trace::{Account, Action, Names, Recorder, Role, Unit, ValueName};

/// A TLS server for one connection at a time.
pub type Server = Endpoint<ServerSide>;

/// What only a server has.
#[derive(Debug)]
pub struct ServerSide {
    responder: Option<Responder>,
    /// What was asked and answered.
    exchange: Exchange,
    /// Whether the reply is made and not sent.
    reply_due: bool,
    /// Whether the reply that was made is the connection's last.
    last_reply: bool,
}

impl Side for ServerSide {
    type State = ServerState;
    const ROLE: Role = Role::Server;
    const LABELS: Labels = Labels::SERVER;

    /// A server that hands out tickets keeps no sessions, one that keeps sessions hands out none.
    fn keeps_sessions(resumption: Resumption) -> bool {
        resumption == Resumption::SessionId
    }

    fn has_something_to_say(&self) -> bool {
        self.reply_due
    }

    fn say(
        &mut self,
        connection: &mut Connection<ServerState>,
        _: &mut Environment,
        _: &mut Recorder,
    ) -> Result<(), Error> {
        self.reply_due = false;
        if let Some(reply) = self.exchange.reply() {
            connection.send(reply);
        }
        Ok(())
    }

    fn announce(&mut self, data: &[u8], recorder: &mut Recorder) {
        if self.responder.is_some() {
            self.exchange.announce_request(data, recorder);
        }
    }

    fn hear(&mut self, data: &[u8], recorder: &mut Recorder) {
        let Some(responder) = &mut self.responder else { return };
        self.exchange.add_to_request(data, recorder);
        if let Answer::Respond { response, close } = responder.receive(data) {
            self.exchange.set_reply(&Zeroizing::new(response), recorder);
            self.reply_due = true;
            // RFC 9112, section 9.6: the server says that it will close, and lets the client do it.
            self.last_reply = close;
        }
    }

    fn forget_exchange(&mut self) {
        self.exchange = Exchange::default();
        self.reply_due = false;
        // What it is to reply is of one connection.
        self.responder = self.responder.take().map(|_| Responder::default());
    }
}

impl Endpoint<ServerSide> {
    /// A server without a key pair.
    pub fn new(environment: Environment) -> Self {
        Self::with_names(environment, Names::SERVER)
    }

    /// A server without a key pair, whose values are called so.
    pub fn with_names(environment: Environment, names: Names) -> Self {
        let side = ServerSide {
            responder: Some(Responder::default()),
            exchange: Exchange::default(),
            reply_due: false,
            last_reply: false,
        };
        Self::with_side(environment, names, side)
    }

    /// Makes a certificate signing request, in DER, for a server of this name. It carries the public key, and a
    /// signature that shows that the private key is here.
    pub fn request_certificate(&mut self, server_name: &str) -> Result<(Unit, Vec<u8>), Error> {
        let request = self.credentials.request(&[server_name], &mut self.environment, &mut self.recorder)?;
        Ok((self.unit(Action::RequestCertificate), request))
    }

    /// Forgets all authorities whose word on clients counted, for a next connection with others or none.
    pub fn forget_trust_anchors(&mut self) {
        self.trust_anchors.clear();
        self.recorder.release(|account, name| account == Account::Party && name == ValueName::RootCertificate);
        // These events belong to no unit. They must not appear in the next one.
        self.recorder.drain();
    }

    /// Makes the key that session tickets are encrypted with. A former one is overwritten, and its tickets are worth
    /// nothing any more.
    pub fn generate_ticket_key(&mut self) -> Result<Unit, Error> {
        let key = TicketKey::generate(&mut self.environment.entropy, &mut self.recorder)?;
        self.sessions.lock().ticket_key = Some(key);
        Ok(self.unit(Action::GenerateTicketKey))
    }

    /// Forgets all sessions, and the ticket key: nothing of what was is resumed, and no connection goes on.
    pub fn forget_sessions(&mut self) {
        self.forget_former();
        // These events belong to no unit. They must not appear in the next one.
        self.recorder.drain();
    }

    /// Awaits a new connection; a former one is forgotten, but for its session if those are resumed.
    pub fn accept(&mut self, mut config: ServerConfig) -> Result<(), Error> {
        config.check()?;
        self.credentials.identity()?;
        let no_certificate = ErrorKind::Internal("the server has no certificate yet");
        let identity = Arc::clone(self.credentials.certified().ok_or(no_certificate)?);
        config.trust_anchors.extend(self.trust_anchors.iter().cloned());
        if config.resumption == Resumption::SessionTicket && self.sessions.lock().ticket_key.is_none() {
            return Err(ErrorKind::Internal("resumption: a server that hands out tickets needs a ticket key").into());
        }
        self.forget_connection();
        self.restrict_sessions(config.resumption);
        self.environment.entropy.next_connection();
        self.side.last_reply = false;
        let settings = Settings { config, identity, peer: Names::CLIENT, sessions: self.sessions.clone() };
        self.connection = Some(Connection::new(ServerState::ExpectClientHello(ExpectClientHello { settings })));
        Ok(())
    }

    /// Has its sessions and its ticket key in common with another of the same identity: for a server program, which has one of
    /// these for each connection. They do one unit at a time. What this one declares to hold of sessions is what was kept when
    /// it last kept one or took one out.
    #[cfg(not(target_family = "wasm"))]
    pub fn share_sessions(&mut self, other: &Self) {
        self.sessions = other.sessions.clone();
    }

    /// The server answers the requests of the connection that it awaits with this text (UTF-8), instead of a line that names the
    /// path. A server without a responder answers nothing.
    pub fn reply_with(&mut self, text: &str) {
        if let Some(responder) = &mut self.side.responder {
            responder.reply_with(Secret::copy_of(text.as_bytes()));
        }
    }

    /// Leaves requests unanswered: what arrives is only handed out.
    pub fn without_responder(&mut self) {
        self.side.responder = None;
    }

    /// Tries a key that it holds on a protected record. The connection goes on as if nothing had happened. Fails if the key is
    /// broken, or there are no random numbers.
    pub fn attempt(&self, record: &[u8], key: ValueName) -> Result<Attempt, Error> {
        let Names { private_key, public_key, .. } = self.credentials.names();
        if let Ok(identity) = self.credentials.identity()
            && [private_key, public_key].contains(&key)
        {
            let public = identity.key.public_key()?;
            return if key == public_key {
                Attempt::with_public_key(&public, record)
            } else {
                Attempt::with_private_key(&identity.key, &public, record)
            };
        }
        Ok(self.attempt_with_data_key(record, key))
    }

    /// Whether a reply was made after which the client expects no other.
    pub fn made_last_reply(&self) -> bool {
        self.side.last_reply
    }
}
