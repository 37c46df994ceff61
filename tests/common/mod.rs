//! What the native tests share: parties that know each other, and a wire between them.
#![allow(dead_code, reason = "each test file uses some of it")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

pub mod course;
pub mod records;
pub mod refusal;

use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::entropy::{Environment, party_seed};
use tls_glass::party::{Advance, Authority, Client, ClientCertificates, ClientConfig, Server, ServerConfig};
use tls_glass::protocol::suite::tls12::{KeyExchange, SUITES, Suite};
use tls_glass::trace::{Event, Role, Unit};
use tls_glass::wire::codepoint::CipherSuite;

pub const SERVER_NAME: &str = "bank.example";
/// Who the client's certificate says that it is.
pub const CLIENT_NAME: &str = "Alice";
/// 2026-11-20: within the certificates of a seeded run, which start the day before.
pub const NOW: u64 = 1_795_132_800;

/// Bytes of application data that make more than two full records.
pub const DATA_LENGTH: usize = 40_000;

/// So many bytes of every value, in an order that shows a lost or doubled one.
pub fn data(seed: usize) -> Vec<u8> {
    (0..DATA_LENGTH).map(|i| u8::try_from((i * 7 + i / 251 + seed) % 256).expect("below 256")).collect()
}

/// An authority, a server with a certificate, and a client that trusts the authority.
pub struct Parties {
    pub authority: Authority,
    pub server: Server,
    pub client: Client,
    /// What they did so far, in order.
    pub units: Vec<Unit>,
}

impl Parties {
    /// Parties in the real world.
    pub fn new(key: KeyAlgorithm) -> Self {
        Self::within(key, |_| Environment::system())
    }

    /// Parties whose every draw follows from a seed.
    pub fn seeded(key: KeyAlgorithm, seed: &[u8; 32]) -> Self {
        Self::within(key, |role| Environment::seeded(party_seed(seed, role), NOW))
    }

    pub fn within(key: KeyAlgorithm, world: impl Fn(Role) -> Environment) -> Self {
        let mut authority = Authority::new(world(Role::Authority));
        let mut server = Server::new(world(Role::Server));
        let mut client = Client::new(world(Role::Client));
        let mut units = vec![authority.establish().expect("the authority makes its keys")];
        units.push(server.generate_key_pair(key).expect("the server makes its key pair"));
        let (unit, request) = server.request_certificate(SERVER_NAME).expect("the server makes a request");
        units.push(unit);
        let (unit, chain) = authority.issue(&request, &[SERVER_NAME]).expect("the authority signs");
        units.push(unit);
        units.push(server.install_certificate(chain).expect("the certificate fits the server's key"));
        units.push(client.install_trust_anchor(authority.root()).expect("the root is a certificate"));
        Self { authority, server, client, units }
    }

    /// Gives the client a key pair, and a certificate for it of an authority that the server trusts with clients.
    pub fn certify_client(&mut self, key: KeyAlgorithm) {
        let root = self.authority.root().to_vec();
        self.units.push(self.server.install_trust_anchor(&root).expect("the root is a certificate"));
        self.certify_client_unknown_to_server(key);
    }

    /// The same, of an authority that the server knows nothing of.
    pub fn certify_client_unknown_to_server(&mut self, key: KeyAlgorithm) {
        self.units.push(self.client.generate_key_pair(key).expect("the client makes its key pair"));
        let (unit, request) = self.client.request_certificate().expect("the client makes a request");
        self.units.push(unit);
        let (unit, chain) = self.authority.issue_to_client(&request, CLIENT_NAME).expect("the authority signs");
        self.units.push(unit);
        self.units.push(self.client.install_certificate(chain).expect("the certificate fits the client's key"));
    }

    /// Prepares both sides for a connection.
    pub fn prepare(&mut self, client: ClientConfig, server: ServerConfig) {
        self.client.connect(client).expect("the client's options are good");
        self.server.accept(server).expect("the server is ready");
    }

    /// Carries bytes between client and server until neither has anything to do. The client closes once it has read
    /// something.
    pub fn run(&mut self) -> Wire {
        let mut wire = Wire::default();
        loop {
            let mut idle = true;
            while let Some(advance) = self.client.advance() {
                idle = false;
                if advance.received.is_some() {
                    self.client.close();
                }
                self.server.receive(&advance.output);
                wire.client_sent(&advance);
                self.units.push(advance.unit);
            }
            while let Some(advance) = self.server.advance() {
                idle = false;
                self.client.receive(&advance.output);
                wire.server_sent(&advance);
                self.units.push(advance.unit);
            }
            if idle {
                return wire;
            }
        }
    }

    /// Runs a whole connection with one request, up to both `close_notify`.
    pub fn connect(&mut self, client: ClientConfig, server: ServerConfig) -> Wire {
        self.prepare(client, server);
        self.client.request(SERVER_NAME, "/account").expect("the request is well formed");
        self.run()
    }

    pub fn events(&self) -> impl Iterator<Item = (&Unit, &Event)> {
        self.units.iter().flat_map(|unit| unit.events.iter().map(move |event| (unit, event)))
    }
}

/// Everything that crossed the wire, and what came of it.
#[derive(Debug, Default)]
pub struct Wire {
    pub to_server: Vec<u8>,
    pub to_client: Vec<u8>,
    pub request: Vec<u8>,
    pub reply: Vec<u8>,
}

impl Wire {
    fn client_sent(&mut self, advance: &Advance) {
        self.to_server.extend(&advance.output);
        self.reply.extend(advance.received.iter().flatten());
    }

    fn server_sent(&mut self, advance: &Advance) {
        self.to_client.extend(&advance.output);
        self.request.extend(advance.received.iter().flatten());
    }
}

/// An offer of this one suite, and ALPN.
pub fn offer(suite: CipherSuite) -> ClientConfig {
    ClientConfig {
        cipher_suites: vec![suite],
        application_protocols: vec!["http/1.1".to_owned()],
        ..ClientConfig::new(SERVER_NAME)
    }
}

/// A server of all suites, the anonymous one too.
pub fn accept() -> ServerConfig {
    ServerConfig {
        cipher_suites: SUITES.iter().map(|suite| suite.common.id).collect(),
        application_protocols: vec!["http/1.1".to_owned()],
        ..ServerConfig::default()
    }
}

/// A server of all suites that asks for the client's certificate, or insists on one.
pub fn asking(client_certificates: ClientCertificates) -> ServerConfig {
    ServerConfig { client_certificates, ..accept() }
}

/// The kind of key that a server with this suite has. An anonymous one does without, and may have any.
pub fn key_of(suite: CipherSuite) -> KeyAlgorithm {
    Suite::of(suite).expect("one of ours").certificate_key.unwrap_or(KeyAlgorithm::EcdsaP256)
}

pub fn is_rsa_key_exchange(suite: CipherSuite) -> bool {
    Suite::of(suite).expect("one of ours").key_exchange == KeyExchange::Rsa
}
