//! The client: a trust anchor, a name to expect, a clock. It never holds a private key of the server.

use zeroize::Zeroizing;

use super::attempt::Attempt;
use super::credentials::Labels;
use super::endpoint::{Endpoint, Side};
use super::exchange::Exchange;
use super::{ClientConfig, Environment, http};
use crate::error::{Error, ErrorKind};
use crate::glass::Secret;
use crate::protocol::connection::Connection;
use crate::protocol::session::Resumption;
use crate::protocol::tls12::client::{ClientState, SendClientHello, Settings};
use crate::trace::{Action, Names, Recorder, Role, Unit, ValueName};

/// A TLS client. Its key pair and its certificate, where it has them, are its own: never the server's.
pub type Client = Endpoint<ClientSide>;

/// What only a client has.
#[derive(Debug, Default)]
pub struct ClientSide {
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
    content: Option<Secret>,
}

impl Side for ClientSide {
    type State = ClientState;
    const ROLE: Role = Role::Client;
    const LABELS: Labels = Labels::CLIENT;

    fn keeps_sessions(resumption: Resumption) -> bool {
        resumption != Resumption::None
    }

    fn has_something_to_say(&self) -> bool {
        self.request.is_some()
    }

    fn say(
        &mut self,
        connection: &mut Connection<ClientState>,
        environment: &mut Environment,
        recorder: &mut Recorder,
    ) -> Result<(), Error> {
        let Some(Request { host, path, content }) = self.request.take() else { return Ok(()) };
        let mut cookie = [0; 8];
        environment.entropy.fill("cookie", &mut cookie)?;
        let request = Zeroizing::new(http::request(&host, &path, &cookie, content.as_deref()));
        connection.send(&request);
        self.exchange.insert(Exchange::default()).add_to_request(&request, recorder);
        Ok(())
    }

    fn announce(&mut self, data: &[u8], recorder: &mut Recorder) {
        if let Some(exchange) = &mut self.exchange {
            exchange.announce_reply(data, recorder);
        }
    }

    fn hear(&mut self, data: &[u8], recorder: &mut Recorder) {
        if let Some(exchange) = &mut self.exchange {
            exchange.add_to_reply(data, recorder);
        }
    }

    fn forget_exchange(&mut self) {
        self.request = None;
        self.exchange = None;
    }

    #[cfg(any(feature = "mutant-cipher", feature = "mutant-inline"))]
    fn after_unit(&mut self, connection: &Connection<ClientState>) {
        let Some(protection) = connection.protection(ValueName::ServerWriteKey) else { return };
        #[cfg(feature = "mutant-cipher")]
        {
            self.kept = protection.keep_cipher();
        }
        #[cfg(feature = "mutant-inline")]
        {
            self.parked.extend(protection.copy_inline());
            drop(self.parked.pop());
        }
    }
}

impl Endpoint<ClientSide> {
    /// A client that trusts nobody yet and has no connection.
    pub fn new(environment: Environment) -> Self {
        Self::with_side(environment, Names::CLIENT, ClientSide::default())
    }

    /// Makes a certificate signing request, in DER. It carries the client's public key, and a signature that shows that
    /// the private key is here.
    pub fn request_certificate(&mut self) -> Result<(Unit, Vec<u8>), Error> {
        let request = self.credentials.request(&[], &mut self.environment, &mut self.recorder)?;
        Ok((self.unit(Action::RequestCertificate), request))
    }

    /// Puts bytes into this client's memory that it does not know of: a memory search that finds them is seen to work. Fails if
    /// there are none, since that search would find nothing and prove nothing.
    pub fn plant(&mut self, bytes: &[u8]) -> Result<Unit, Error> {
        if bytes.is_empty() {
            return Err(ErrorKind::Internal("plant: there are no bytes to plant").into());
        }
        self.side.planted.push(Secret::copy_of(bytes));
        Ok(self.unit(Action::PlantBytes))
    }

    /// Prepares a new connection; a former one is forgotten, but for its session if those are resumed. The installed trust
    /// anchors count beside the configured ones. Fails on options that cannot be kept.
    pub fn connect(&mut self, mut config: ClientConfig) -> Result<(), Error> {
        config.check()?;
        config.trust_anchors.extend(self.trust_anchors.iter().cloned());
        self.forget_connection();
        self.restrict_sessions(config.resumption);
        self.environment.entropy.next_connection();
        let settings = Settings {
            config,
            names: self.credentials.names(),
            peer: Names::SERVER,
            sessions: self.sessions.clone(),
            identity: self.credentials.certified().cloned(),
        };
        self.connection = Some(Connection::new(ClientState::SendClientHello(SendClientHello { settings })));
        Ok(())
    }

    /// Has the client ask for `path` once the connection stands.
    pub fn request(&mut self, host: &str, path: &str) -> Result<(), Error> {
        self.request_with(host, path, None)
    }

    /// As [`Self::request`], and with `content` (UTF-8) sent there by `POST` (RFC 9110, section 9.3.3). Fails if host or path is no
    /// visible ASCII, or the path does not begin with a slash.
    pub fn request_with(&mut self, host: &str, path: &str, content: Option<&str>) -> Result<(), Error> {
        let is_token = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_token(host) || !is_token(path) || !path.starts_with('/') {
            return Err(ErrorKind::Internal("request: a path starts with / and has no spaces or controls").into());
        }
        let content = content.map(|content| Secret::copy_of(content.as_bytes()));
        self.side.request = Some(Request { host: host.to_owned(), path: path.to_owned(), content });
        Ok(())
    }

    /// Tries a key that it holds on a protected record from the server. The connection goes on as if nothing had happened.
    /// Fails if the key is broken.
    pub fn attempt(&self, record: &[u8], key: ValueName) -> Result<Attempt, Error> {
        if key != ValueName::ServerPublicKey {
            return Ok(self.attempt_with_data_key(record, key));
        }
        let established = self.connection.as_ref().and_then(Connection::established);
        match established.and_then(|established| established.handshake.server_key.as_ref()) {
            Some(public) => Attempt::with_public_key(public, record),
            None => Ok(Attempt::not_held(key)),
        }
    }

    /// Opens a record from the server with a cipher that was kept, whether or not the key is still declared.
    #[cfg(feature = "mutant-cipher")]
    pub fn open_with_kept_cipher(&self, record: &[u8]) -> Option<Vec<u8>> {
        let header = crate::wire::record::RecordHeader::peek(record)?;
        let fragment = record.get(crate::wire::record::HEADER_LENGTH..)?;
        crate::protocol::record::protection::open_with_kept(self.side.kept.as_ref()?, header.content_type, fragment)
    }
}
