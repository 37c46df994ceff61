//! What the two ends of a connection have in common: key pair and certificate, trust anchors, sessions, one connection at a
//! time, and what is said over it.

use core::fmt;

use super::attempt::Attempt;
use super::credentials::{Credentials, Labels};
use super::{Advance, Environment};
use crate::crypto::signature::{KeyAlgorithm, PublicKey};
use crate::error::Error;
use crate::pki::annotate;
use crate::protocol::connection::Connection;
use crate::protocol::connection::state::{Established, State};
use crate::protocol::session::{Resumption, SessionStore};
use crate::trace::{
    Account, Action, BufferKind, Expected, Holding, Names, Negotiated, Recorder, Role, Unit, ValueName,
};

/// A party at one end of a connection: a [`Client`](super::Client) or a [`Server`](super::Server).
#[derive(Debug)]
#[expect(private_bounds, reason = "there are two sides, and no more can be added from outside")]
pub struct Endpoint<S: Side> {
    pub(super) environment: Environment,
    pub(super) recorder: Recorder,
    pub(super) credentials: Credentials,
    /// Certificates of authorities whose word on the peer counts, in DER.
    pub(super) trust_anchors: Vec<Vec<u8>>,
    pub(super) connection: Option<Connection<S::State>>,
    pub(super) sessions: SessionStore,
    /// What only a client has, or only a server.
    pub(super) side: S,
}

/// What makes an endpoint a client or a server: its handshake, and what it has to say once the connection stands.
pub(crate) trait Side: fmt::Debug + Sized {
    /// The states of its handshake.
    type State: State;
    /// Which side it is.
    const ROLE: Role;
    /// What its draws are for.
    const LABELS: Labels;

    /// Whether sessions outlive their connection, where connections are resumed so. A ticket key is kept for tickets only.
    fn keeps_sessions(resumption: Resumption) -> bool;
    /// Whether something is to be sent over a connection that stands.
    fn has_something_to_say(&self) -> bool;
    /// Hands it to the connection.
    fn say(
        &mut self,
        connection: &mut Connection<Self::State>,
        environment: &mut Environment,
        recorder: &mut Recorder,
    ) -> Result<(), Error>;
    /// Declares what was decrypted, which the connection keeps until the unit in which it is heard.
    fn announce(&mut self, data: &[u8], recorder: &mut Recorder);
    /// Takes what came over the connection.
    fn hear(&mut self, data: &[u8], recorder: &mut Recorder);
    /// The connection is over: what was said over it goes.
    fn forget_exchange(&mut self);
    /// Called after every unit, for what the tests of the rules of the glass break.
    fn after_unit(&mut self, _connection: &Connection<Self::State>) {}
}

#[expect(private_bounds, reason = "there are two sides, and no more can be added from outside")]
impl<S: Side> Endpoint<S> {
    pub(super) fn with_side(environment: Environment, names: Names, side: S) -> Self {
        let mut recorder = Recorder::new(environment.clock);
        if let Some(seed) = environment.entropy.seed() {
            recorder.held(Account::Party, names.seed, seed);
        }
        Self {
            environment,
            recorder,
            credentials: Credentials::new(names, S::LABELS),
            trust_anchors: Vec::new(),
            connection: None,
            sessions: SessionStore::default(),
            side,
        }
    }

    /// Makes a long-lived key pair. A former one is overwritten, and a connection that used it is over.
    pub fn generate_key_pair(&mut self, algorithm: KeyAlgorithm) -> Result<Unit, Error> {
        self.credentials.generate(algorithm, &mut self.environment, &mut self.recorder)?;
        self.forget_former();
        Ok(self.unit(Action::GenerateKeyPair))
    }

    /// Takes the chain that the authority gave, in DER, the party's own certificate first; a connection that stands is over.
    /// Fails if that is for another public key.
    pub fn install_certificate(&mut self, chain: Vec<Vec<u8>>) -> Result<Unit, Error> {
        self.credentials.install_certificate(chain, &mut self.recorder)?;
        self.forget_former();
        Ok(self.unit(Action::InstallCertificate))
    }

    /// Takes a private key in PKCS#8 and a certificate chain, both in DER, made elsewhere; a connection that stands is over.
    /// Fails, and changes nothing, if they do not belong together.
    pub fn install_identity(&mut self, pkcs8: &[u8], chain: Vec<Vec<u8>>) -> Result<Unit, Error> {
        self.credentials.install(pkcs8, chain, &mut self.recorder)?;
        self.forget_former();
        Ok(self.unit(Action::InstallCertificate))
    }

    /// Takes an authority's root certificate, in DER, whose word on the peer counts. Fails if it is no certificate.
    pub fn install_trust_anchor(&mut self, root: &[u8]) -> Result<Unit, Error> {
        PublicKey::from_certificate(root)?;
        self.recorder.buffer(BufferKind::Certificate, root, annotate(root), Vec::new(), None);
        self.recorder.held(Account::Party, ValueName::RootCertificate, root);
        self.trust_anchors.push(root.to_vec());
        Ok(self.unit(Action::InstallTrustAnchor))
    }

    /// Its own private key in PKCS#8, for a program to keep: nothing else ever hands it out.
    #[cfg(not(target_family = "wasm"))]
    pub fn private_key(&self) -> Option<&[u8]> {
        self.credentials.identity().ok().map(|identity| identity.key.pkcs8())
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
        if connection.can_send() && self.side.has_something_to_say() {
            return Some(Action::SendApplicationData);
        }
        connection.next()
    }

    /// What it needs from its peer before it can go on; `None` where it can, or where the connection is over.
    pub fn awaits(&self) -> Option<Expected> {
        if self.next().is_some() {
            return None;
        }
        self.connection.as_ref()?.awaits()
    }

    /// Does the next unit of work, if there is one.
    pub fn advance(&mut self) -> Option<Advance> {
        let connection = self.connection.as_mut()?;
        if connection.can_send()
            && self.side.has_something_to_say()
            && let Err(error) = self.side.say(connection, &mut self.environment, &mut self.recorder)
        {
            connection.fail(error, &mut self.recorder);
        }
        let progress = connection.advance(&mut self.recorder, &mut self.environment)?;
        if progress.action == Action::OpenRecord
            && let Some(data) = connection.opened_application_data()
        {
            self.side.announce(data, &mut self.recorder);
        }
        if let Some(data) = &progress.received {
            self.side.hear(data, &mut self.recorder);
        }
        self.side.after_unit(connection);
        if connection.is_closed() || connection.error().is_some() {
            self.side.forget_exchange();
        }
        let unit = self.unit(progress.action);
        Some(Advance { unit, output: progress.output, received: progress.received })
    }

    /// What it declares to hold.
    pub fn holdings(&self) -> Vec<Holding> {
        self.recorder.holdings()
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

    /// Tries a data key of the connection on a protected record.
    pub(super) fn attempt_with_data_key(&self, record: &[u8], key: ValueName) -> Attempt {
        let protection = self.connection.as_ref().and_then(|connection| connection.protection(key));
        protection.map_or_else(|| Attempt::not_held(key), |protection| Attempt::with_data_key(protection, record))
    }

    /// What another identity had: its connection and its sessions.
    pub(super) fn forget_former(&mut self) {
        self.forget_connection();
        self.restrict_sessions(Resumption::None);
    }

    /// Forgets sessions, and the ticket key, unless they are of use for connections that are resumed so.
    pub(super) fn restrict_sessions(&mut self, resumption: Resumption) {
        let keeps_key = resumption == Resumption::SessionTicket;
        self.sessions.restrict(S::keeps_sessions(resumption), keeps_key, &mut self.recorder);
    }

    pub(super) fn forget_connection(&mut self) {
        if let Some(former) = self.connection.take() {
            former.forget(&mut self.recorder);
        }
        // A request or reply of the former connection must not be sent over the next one.
        self.side.forget_exchange();
    }

    pub(super) fn unit(&mut self, action: Action) -> Unit {
        Unit { role: S::ROLE, action, events: self.recorder.drain() }
    }
}
