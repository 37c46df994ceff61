//! The client: a trust anchor, a name to expect, a clock. It never holds a private key of the server.

use zeroize::Zeroizing;

use super::attempt::Attempt;
use super::credentials::{Credentials, Labels};
use super::exchange::Exchange;
use super::{Advance, ClientConfig, Environment, http};
use crate::crypto::signature::{KeyAlgorithm, PublicKey};
use crate::error::{Error, ErrorKind};
use crate::glass::Secret;
use crate::pki::annotate;
use crate::protocol::connection::Connection;
use crate::protocol::connection::state::Established;
use crate::protocol::session::{Resumption, SessionStore};
use crate::protocol::tls12::client::{ClientState, SendClientHello, Settings};
use crate::trace::{Account, Action, BufferKind, Holding, Names, Negotiated, Recorder, Role, Unit, ValueName};

/// A TLS client.
#[derive(Debug)]
pub struct Client {
    environment: Environment,
    recorder: Recorder,
    trust_anchors: Vec<Vec<u8>>,
    /// Its own key pair and certificate, where it has them: never the server's.
    credentials: Credentials,
    connection: Option<Connection<ClientState>>,
    sessions: SessionStore,
    /// The request to send as soon as the connection stands.
    request: Option<Request>,
    /// What was asked and answered; present once the request is out.
    exchange: Option<Exchange>,
    /// Bytes that were put here from outside. The client neither declares nor uses them.
    planted: Vec<Secret>,
    #[cfg(feature = "mutant-cipher")]
    kept: Option<crate::glass::KeptCipher>,
    #[cfg(feature = "mutant-inline")]
    parked: Vec<crate::glass::InlineSecret>,
}

#[derive(Debug)]
struct Request {
    host: String,
    path: String,
}

impl Client {
    /// A client that trusts nobody yet and has no connection.
    pub fn new(environment: Environment) -> Self {
        let names = Names::CLIENT;
        let mut recorder = Recorder::new(environment.clock);
        if let Some(seed) = environment.entropy.seed() {
            recorder.held(Account::Party, names.seed, seed);
        }
        Self {
            environment,
            recorder,
            trust_anchors: Vec::new(),
            credentials: Credentials::new(names, Labels::CLIENT),
            connection: None,
            sessions: SessionStore::default(),
            request: None,
            exchange: None,
            planted: Vec::new(),
            #[cfg(feature = "mutant-cipher")]
            kept: None,
            #[cfg(feature = "mutant-inline")]
            parked: Vec::new(),
        }
    }

    /// Takes an authority's root certificate, in DER, as trust anchor. Fails if it is no certificate.
    pub fn install_trust_anchor(&mut self, root: &[u8]) -> Result<Unit, Error> {
        PublicKey::from_certificate(root)?;
        self.recorder.buffer(BufferKind::Certificate, root, annotate(root), Vec::new(), None);
        self.recorder.held(Account::Party, ValueName::RootCertificate, root);
        self.trust_anchors.push(root.to_vec());
        Ok(self.unit(Action::InstallTrustAnchor))
    }

    /// Makes the client's own long-lived key pair, for servers that ask who it is.
    pub fn generate_key_pair(&mut self, algorithm: KeyAlgorithm) -> Result<Unit, Error> {
        self.credentials.generate(algorithm, &mut self.environment, &mut self.recorder)?;
        self.forget_sessions_unless(false);
        Ok(self.unit(Action::GenerateKeyPair))
    }

    /// Makes a certificate signing request, in DER. It carries the client's public key, and a signature that shows that
    /// the private key is here.
    pub fn request_certificate(&mut self) -> Result<(Unit, Vec<u8>), Error> {
        let request = self.credentials.request(&[], &mut self.environment, &mut self.recorder)?;
        Ok((self.unit(Action::RequestCertificate), request))
    }

    /// Takes the chain that the authority gave, in DER, the client's certificate first. Fails if that is for another
    /// public key.
    pub fn install_certificate(&mut self, chain: Vec<Vec<u8>>) -> Result<Unit, Error> {
        self.credentials.install_certificate(chain, &mut self.recorder)?;
        self.forget_sessions_unless(false);
        Ok(self.unit(Action::InstallCertificate))
    }

    /// Takes a private key in PKCS#8 and a certificate chain, both in DER, made elsewhere. Fails, and changes nothing, if
    /// they do not belong together.
    pub fn install_identity(&mut self, pkcs8: &[u8], chain: Vec<Vec<u8>>) -> Result<Unit, Error> {
        self.credentials.install(pkcs8, chain, &mut self.recorder)?;
        self.forget_sessions_unless(false);
        Ok(self.unit(Action::InstallCertificate))
    }

    /// The client's own private key in PKCS#8, for a client program to keep: nothing else ever hands it out.
    #[cfg(not(target_family = "wasm"))]
    pub fn private_key(&self) -> Option<&[u8]> {
        self.credentials.identity().ok().map(|identity| identity.key.pkcs8())
    }

    /// Puts bytes into this client's memory that it does not know of: a memory search that finds them is seen to work. Fails if
    /// there are none, since that search would find nothing and prove nothing.
    pub fn plant(&mut self, bytes: &[u8]) -> Result<Unit, Error> {
        if bytes.is_empty() {
            return Err(ErrorKind::Internal("plant: there are no bytes to plant").into());
        }
        self.planted.push(Secret::copy_of(bytes));
        Ok(self.unit(Action::PlantBytes))
    }

    /// Prepares a new connection; a former one is forgotten, but for its session if those are resumed. The installed trust
    /// anchors count beside the configured ones. Fails on options that cannot be kept.
    pub fn connect(&mut self, mut config: ClientConfig) -> Result<(), Error> {
        config.check()?;
        config.trust_anchors.extend(self.trust_anchors.iter().cloned());
        if let Some(former) = self.connection.take() {
            former.forget(&mut self.recorder);
        }
        self.forget_sessions_unless(config.resumption != Resumption::None);
        self.exchange = None;
        self.environment.entropy.next_connection();
        self.request = None;
        let settings = Settings {
            config,
            names: Names::CLIENT,
            peer: Names::SERVER,
            sessions: self.sessions.clone(),
            identity: self.credentials.certified().cloned(),
        };
        self.connection = Some(Connection::new(ClientState::SendClientHello(SendClientHello { settings })));
        Ok(())
    }

    /// Has the client ask for `path` once the connection stands.
    pub fn request(&mut self, host: &str, path: &str) -> Result<(), Error> {
        let is_token = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_token(host) || !is_token(path) || !path.starts_with('/') {
            return Err(ErrorKind::Internal("request: a path starts with / and has no spaces or controls").into());
        }
        self.request = Some(Request { host: host.to_owned(), path: path.to_owned() });
        Ok(())
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
        if connection.is_established() && self.request.is_some() {
            return Some(Action::SendApplicationData);
        }
        connection.next()
    }

    /// Does the next unit of work, if there is one.
    pub fn advance(&mut self) -> Option<Advance> {
        let connection = self.connection.as_mut()?;
        if connection.is_established()
            && let Some(Request { host, path }) = self.request.take()
        {
            let mut cookie = [0; 8];
            match self.environment.entropy.fill("cookie", &mut cookie) {
                Ok(()) => {
                    let request = Zeroizing::new(http::request(&host, &path, &cookie));
                    connection.send(&request);
                    self.exchange.insert(Exchange::default()).add_to_request(&request, &mut self.recorder);
                }
                Err(error) => connection.fail(error, &mut self.recorder),
            }
        }
        let progress = connection.advance(&mut self.recorder, &mut self.environment)?;
        if let (Some(exchange), Some(data)) = (&mut self.exchange, &progress.received) {
            exchange.add_to_reply(data, &mut self.recorder);
        }
        #[cfg(feature = "mutant-cipher")]
        if let Some(protection) = connection.protection(ValueName::ServerWriteKey) {
            self.kept = protection.keep_cipher();
        }
        #[cfg(feature = "mutant-inline")]
        if let Some(protection) = connection.protection(ValueName::ServerWriteKey) {
            self.parked.extend(protection.copy_inline());
            drop(self.parked.pop());
        }
        if connection.is_closed() || connection.error().is_some() {
            self.exchange = None;
        }
        let unit = self.unit(progress.action);
        Some(Advance { unit, output: progress.output, received: progress.received })
    }

    /// What it declares to hold.
    pub fn holdings(&self) -> Vec<Holding> {
        self.recorder.holdings()
    }

    /// Tries a key that it holds on a protected record from the server. The connection goes on as if nothing had happened.
    /// Fails if the key is broken.
    pub fn attempt(&self, record: &[u8], key: ValueName) -> Result<Attempt, Error> {
        let connection = self.connection.as_ref();
        if key == ValueName::ServerPublicKey {
            let public = connection.and_then(|connection| connection.established()?.handshake.server_key.as_ref());
            return public
                .map_or_else(|| Ok(Attempt::not_held(key)), |public| Attempt::with_public_key(public, record));
        }
        let protection = connection.and_then(|connection| connection.protection(key));
        Ok(protection.map_or_else(|| Attempt::not_held(key), |protection| Attempt::with_data_key(protection, record)))
    }

    /// Opens a record from the server with a cipher that was kept, whether or not the key is still declared.
    #[cfg(feature = "mutant-cipher")]
    pub fn open_with_kept_cipher(&self, record: &[u8]) -> Option<Vec<u8>> {
        let header = crate::wire::record::RecordHeader::peek(record)?;
        let fragment = record.get(crate::wire::record::HEADER_LENGTH..)?;
        crate::protocol::record::protection::open_with_kept(self.kept.as_ref()?, header.content_type, fragment)
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

    fn forget_sessions_unless(&mut self, they_stay: bool) {
        self.sessions.restrict(they_stay, false, &mut self.recorder);
    }

    fn unit(&mut self, action: Action) -> Unit {
        Unit { role: Role::Client, action, events: self.recorder.drain() }
    }
}
