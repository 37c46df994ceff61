//! The server: its private key, its certificate chain, and what answers requests.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::attempt::Attempt;
use super::credentials::{Credentials, Labels};
use super::exchange::Exchange;
use super::http::{Answer, Responder};
use super::{Advance, Environment, ServerConfig};
use crate::crypto::signature::{KeyAlgorithm, PublicKey};
use crate::error::{Error, ErrorKind};
use crate::pki::annotate;
use crate::protocol::connection::Connection;
use crate::protocol::connection::state::Established;
use crate::protocol::session::ticket_key::TicketKey;
use crate::protocol::session::{Resumption, SessionStore};
use crate::protocol::tls12::server::{ExpectClientHello, ServerState, Settings};
use crate::trace::{Account, Action, BufferKind, Holding, Names, Negotiated, Recorder, Role, Unit, ValueName};

/// A TLS server for one connection at a time.
#[derive(Debug)]
pub struct Server {
    environment: Environment,
    recorder: Recorder,
    credentials: Credentials,
    trust_anchors: Vec<Vec<u8>>,
    connection: Option<Connection<ServerState>>,
    sessions: SessionStore,
    responder: Option<Responder>,
    /// What was asked and answered.
    exchange: Exchange,
    /// Whether the reply is made and not sent.
    reply_due: bool,
    /// Whether the reply that was made is the connection's last.
    last_reply: bool,
}

impl Server {
    /// A server without a key pair.
    pub fn new(environment: Environment) -> Self {
        Self::with_names(environment, Names::SERVER)
    }

    /// A server without a key pair, whose values are called so.
    pub fn with_names(environment: Environment, names: Names) -> Self {
        let mut recorder = Recorder::new(environment.clock);
        if let Some(seed) = environment.entropy.seed() {
            recorder.held(Account::Party, names.seed, seed);
        }
        Self {
            environment,
            recorder,
            credentials: Credentials::new(names, Labels::SERVER),
            trust_anchors: Vec::new(),
            connection: None,
            sessions: SessionStore::default(),
            responder: Some(Responder::default()),
            exchange: Exchange::default(),
            reply_due: false,
            last_reply: false,
        }
    }

    /// Makes the server's long-lived key pair. A former one is overwritten, and a connection that used it is over.
    pub fn generate_key_pair(&mut self, algorithm: KeyAlgorithm) -> Result<Unit, Error> {
        self.credentials.generate(algorithm, &mut self.environment, &mut self.recorder)?;
        self.forget_former();
        Ok(self.unit(Action::GenerateKeyPair))
    }

    /// Makes a certificate signing request, in DER, for a server of this name. It carries the public key, and a
    /// signature that shows that the private key is here.
    pub fn request_certificate(&mut self, server_name: &str) -> Result<(Unit, Vec<u8>), Error> {
        let request = self.credentials.request(&[server_name], &mut self.environment, &mut self.recorder)?;
        Ok((self.unit(Action::RequestCertificate), request))
    }

    /// Takes the chain that the authority gave, in DER, the server's certificate first. Fails if that is for another
    /// public key.
    pub fn install_certificate(&mut self, chain: Vec<Vec<u8>>) -> Result<Unit, Error> {
        self.credentials.install_certificate(chain, &mut self.recorder)?;
        self.forget_former();
        Ok(self.unit(Action::InstallCertificate))
    }

    /// Takes a private key in PKCS#8 and a certificate chain, both in DER, made elsewhere. Fails, and changes nothing, if
    /// they do not belong together.
    pub fn install_identity(&mut self, pkcs8: &[u8], chain: Vec<Vec<u8>>) -> Result<Unit, Error> {
        self.credentials.install(pkcs8, chain, &mut self.recorder)?;
        self.forget_former();
        Ok(self.unit(Action::InstallCertificate))
    }

    /// Takes an authority's root certificate, in DER, whose word on clients counts. Fails if it is no certificate.
    pub fn install_trust_anchor(&mut self, root: &[u8]) -> Result<Unit, Error> {
        PublicKey::from_certificate(root)?;
        self.recorder.buffer(BufferKind::Certificate, root, annotate(root), Vec::new(), None);
        self.recorder.held(Account::Party, ValueName::RootCertificate, root);
        self.trust_anchors.push(root.to_vec());
        Ok(self.unit(Action::InstallTrustAnchor))
    }

    /// Forgets all authorities whose word on clients counted, for a next connection with others or none.
    pub fn forget_trust_anchors(&mut self) {
        self.trust_anchors.clear();
        self.recorder.release(|account, name| account == Account::Party && name == ValueName::RootCertificate);
        // What comes next is told without what came before.
        self.recorder.drain();
    }

    /// The private key in PKCS#8, for a server program to keep: nothing else ever hands it out.
    #[cfg(not(target_family = "wasm"))]
    pub fn private_key(&self) -> Option<&[u8]> {
        self.credentials.identity().ok().map(|identity| identity.key.pkcs8())
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
        // What comes next is told without what came before.
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
        if self.responder.is_some() {
            self.responder = Some(Responder::default());
        }
        self.last_reply = false;
        let settings = Settings { config, identity, peer: Names::CLIENT, sessions: self.sessions.clone() };
        self.connection = Some(Connection::new(ServerState::ExpectClientHello(ExpectClientHello { settings })));
        Ok(())
    }

    /// Has its sessions and its ticket key in common with another of the same identity: for a server program, which has one of
    /// these for each connection. They do one unit at a time.
    #[cfg(not(target_family = "wasm"))]
    pub fn share_sessions(&mut self, other: &Self) {
        self.sessions = other.sessions.clone();
    }

    /// Leaves requests unanswered: what arrives is only handed out.
    pub fn without_responder(&mut self) {
        self.responder = None;
    }

    /// Bytes from the wire. Nothing is done with them yet.
    pub fn receive(&mut self, bytes: &[u8]) {
        if let Some(connection) = &mut self.connection {
            connection.receive(bytes);
        }
    }

    /// The transport has ended: no byte will follow.
    pub fn receive_end(&mut self) {
        if let Some(connection) = &mut self.connection {
            connection.receive_end();
        }
    }

    /// Application data to send once the connection stands.
    pub fn send(&mut self, data: &[u8]) {
        if let Some(connection) = &mut self.connection {
            connection.send(data);
        }
    }

    /// Ends the connection in good order, once what is to be sent has been sent.
    pub fn close(&mut self) {
        if let Some(connection) = &mut self.connection {
            connection.close();
        }
    }

    /// What [`advance`](Self::advance) would do; `None` while it waits for bytes, or is done.
    pub fn next(&self) -> Option<Action> {
        let connection = self.connection.as_ref()?;
        if connection.is_established() && self.reply_due {
            return Some(Action::SendApplicationData);
        }
        connection.next()
    }

    /// Does the next unit of work, if there is one.
    pub fn advance(&mut self) -> Option<Advance> {
        let connection = self.connection.as_mut()?;
        if connection.is_established()
            && core::mem::take(&mut self.reply_due)
            && let Some(reply) = self.exchange.reply()
        {
            connection.send(reply);
        }
        let progress = connection.advance(&mut self.recorder, &mut self.environment)?;
        if let (Some(responder), Some(data)) = (&mut self.responder, &progress.received) {
            self.exchange.add_to_request(data, &mut self.recorder);
            if let Answer::Respond { response, close } = responder.receive(data) {
                self.exchange.set_reply(&Zeroizing::new(response), &mut self.recorder);
                self.reply_due = true;
                // RFC 9112, section 9.6: the server says that it will close, and lets the client do it.
                self.last_reply = close;
            }
        }
        if connection.is_closed() || connection.error().is_some() {
            self.exchange = Exchange::default();
            self.reply_due = false;
            self.responder = self.responder.take().map(|_| Responder::default());
        }
        let unit = self.unit(progress.action);
        Some(Advance { unit, output: progress.output, received: progress.received })
    }

    /// What it declares to hold.
    pub fn holdings(&self) -> Vec<Holding> {
        self.recorder.holdings()
    }

    /// Tries a key that it holds on a protected record. The connection goes on as if nothing had happened. Fails if the key is
    /// broken, or there are no random numbers.
    pub fn attempt(&self, record: &[u8], key: ValueName) -> Result<Attempt, Error> {
        if let (ValueName::ServerPrivateKey | ValueName::ServerPublicKey, Ok(identity)) =
            (key, self.credentials.identity())
        {
            let public = identity.key.public_key()?;
            return match key {
                ValueName::ServerPublicKey => Attempt::with_public_key(&public, record),
                _ => Attempt::with_private_key(&identity.key, &public, record),
            };
        }
        let protection = self.connection.as_ref().and_then(|connection| connection.protection(key));
        Ok(protection.map_or_else(|| Attempt::not_held(key), |protection| Attempt::with_data_key(protection, record)))
    }

    /// Whether a reply was made after which the client expects no other.
    pub fn made_last_reply(&self) -> bool {
        self.last_reply
    }

    /// Whether the handshake is complete and neither side has closed.
    pub fn is_established(&self) -> bool {
        self.connection.as_ref().is_some_and(Connection::is_established)
    }

    /// Whether the connection is over, for good or ill.
    pub fn is_closed(&self) -> bool {
        self.connection.as_ref().is_none_or(Connection::is_closed)
    }

    /// Why the connection failed, if it did.
    pub fn error(&self) -> Option<&Error> {
        self.connection.as_ref().and_then(Connection::error)
    }

    /// What was negotiated, while the connection stands.
    pub fn negotiated(&self) -> Option<Negotiated> {
        self.connection.as_ref()?.established().map(Established::negotiated)
    }

    /// `CLIENT_RANDOM` of the key log (RFC 9850): `ClientHello.random` and `master_secret`, while the connection stands.
    pub fn key_log(&self) -> Option<String> {
        self.connection.as_ref()?.established().map(Established::key_log)
    }

    /// What another identity had: its connection and its sessions.
    fn forget_former(&mut self) {
        self.forget_connection();
        self.restrict_sessions(Resumption::None);
    }

    /// A server that hands out tickets keeps no sessions, one that keeps sessions hands out none.
    fn restrict_sessions(&mut self, resumption: Resumption) {
        let (keeps_sessions, keeps_key) =
            (resumption == Resumption::SessionId, resumption == Resumption::SessionTicket);
        self.sessions.restrict(keeps_sessions, keeps_key, &mut self.recorder);
    }

    fn forget_connection(&mut self) {
        if let Some(former) = self.connection.take() {
            former.forget(&mut self.recorder);
        }
        // A reply that was still due is nobody else's.
        self.exchange = Exchange::default();
        self.reply_due = false;
    }

    fn unit(&mut self, action: Action) -> Unit {
        Unit { role: Role::Server, action, events: self.recorder.drain() }
    }
}
