//! In memory against rustls, in both roles: what `tests/interop.rs` has no column for. Records as short as rustls makes
//! them, which cut every message to pieces; ALPN; a client that trusts somebody else.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;
#[path = "interop/files.rs"]
#[allow(dead_code, reason = "only the certificates are needed here")]
mod files;
#[path = "../examples/support/mod.rs"]
mod support;

use std::io::{Read, Write};
use std::sync::Arc;

use common::{DATA_LENGTH as LENGTH, SERVER_NAME, data, key_of};
use files::Identity;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};
use rustls::version::TLS12;
use rustls::{ClientConnection, Connection, RootCertStore, ServerConnection};
use support::Endpoint;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::entropy::Environment;
use tls_glass::party::{Client, ClientConfig, Server, ServerConfig};
use tls_glass::protocol::suite::Cipher;
use tls_glass::protocol::suite::tls12::{KeyExchange, SUITES, Suite};
use tls_glass::wire::codepoint::NamedGroup;

const ALPN: &str = "glass/1";
/// The groups that both sides have, in the order in which they name them.
const GROUPS: [NamedGroup; 2] = [NamedGroup::X25519, NamedGroup::SECP256R1];
/// How long a record rustls makes, header included.
const RECORD: usize = 64;

#[derive(Clone, Copy, Debug)]
struct Combination {
    suite: Suite,
}

fn combinations() -> Vec<Combination> {
    // rustls has no other key exchange in TLS 1.2, and no CBC.
    let has = |suite: &Suite| suite.key_exchange == KeyExchange::Ecdhe && matches!(suite.cipher, Cipher::Aead(_));
    SUITES.into_iter().filter(has).map(|suite| Combination { suite }).collect()
}

impl Combination {
    fn provider(self) -> Arc<CryptoProvider> {
        let mut provider = ring::default_provider();
        provider.cipher_suites.retain(|suite| u16::from(suite.suite()) == self.suite.common.id.0);
        let place = |name: rustls::NamedGroup| GROUPS.iter().position(|group| group.0 == u16::from(name));
        provider.kx_groups.retain(|group| place(group.name()).is_some());
        provider.kx_groups.sort_by_key(|group| place(group.name()));
        let has = (provider.cipher_suites.len(), provider.kx_groups.len());
        assert_eq!(has, (1, GROUPS.len()), "rustls has {self:?}");
        Arc::new(provider)
    }

    fn identity(self) -> &'static Identity {
        Identity::shared(key_of(self.suite.common.id))
    }

    fn rustls_client(self) -> Connection {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(self.identity().root.clone())).expect("rustls reads our root");
        let mut config = rustls::ClientConfig::builder_with_provider(self.provider())
            .with_protocol_versions(&[&TLS12])
            .expect("TLS 1.2")
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.max_fragment_size = Some(RECORD);
        config.alpn_protocols = vec![ALPN.into()];
        let name = ServerName::try_from(SERVER_NAME).expect("a host name");
        ClientConnection::new(Arc::new(config), name).expect("a client").into()
    }

    fn rustls_server(self) -> Connection {
        let identity = self.identity();
        let chain = identity.chain.iter().cloned().map(CertificateDer::from).collect();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.pkcs8.clone()));
        let mut config = rustls::ServerConfig::builder_with_provider(self.provider())
            .with_protocol_versions(&[&TLS12])
            .expect("TLS 1.2")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("rustls takes our certificate and key");
        config.max_fragment_size = Some(RECORD);
        config.alpn_protocols = vec![ALPN.into()];
        ServerConnection::new(Arc::new(config)).expect("a server").into()
    }

    fn client(self) -> Client {
        let config = ClientConfig {
            cipher_suites: vec![self.suite.common.id],
            groups: GROUPS.to_vec(),
            application_protocols: vec![ALPN.to_owned()],
            trust_anchors: vec![self.identity().root.clone()],
            ..ClientConfig::new(SERVER_NAME)
        };
        let mut client = Client::new(Environment::system());
        client.connect(config).expect("the options are good");
        client
    }

    fn server(self) -> Server {
        let mut server = Server::new(Environment::system());
        server.without_responder();
        let identity = self.identity();
        server.install_identity(&identity.pkcs8, identity.chain.clone()).expect("the certificate fits the key");
        let config = ServerConfig { application_protocols: vec![ALPN.to_owned()], ..ServerConfig::default() };
        server.accept(config).expect("the server is ready");
        server
    }
}

/// What arrived where.
#[derive(Default)]
struct Arrived {
    ours: Vec<u8>,
    theirs: Vec<u8>,
}

/// Carries bytes both ways until neither side has any left. `close` says what our side does once it has all data.
fn carry<P: Endpoint>(party: &mut P, rustls: &mut Connection, close: impl Fn(&mut P)) -> Arrived {
    let mut arrived = Arrived::default();
    rustls.set_buffer_limit(None);
    loop {
        let mut idle = true;
        while let Some(advance) = party.advance() {
            idle = false;
            arrived.ours.extend(advance.received.iter().flatten());
            if arrived.ours.len() == LENGTH && advance.received.is_some() {
                close(party);
            }
            let mut bytes = &advance.output[..];
            while !bytes.is_empty() {
                rustls.read_tls(&mut bytes).expect("bytes in memory");
                rustls.process_new_packets().expect("rustls accepts what we send");
                drain(rustls, &mut arrived.theirs);
            }
        }
        let mut bytes = Vec::new();
        while rustls.wants_write() {
            rustls.write_tls(&mut bytes).expect("bytes in memory");
        }
        party.receive(&bytes);
        if idle && bytes.is_empty() {
            return arrived;
        }
    }
}

fn drain(rustls: &mut Connection, into: &mut Vec<u8>) {
    let mut buffer = [0; 4096];
    // An error means that there is nothing yet; zero that the peer has closed.
    while let Ok(length) = rustls.reader().read(&mut buffer) {
        if length == 0 {
            rustls.send_close_notify();
            return;
        }
        into.extend_from_slice(&buffer[..length]);
    }
}

fn check(combination: Combination, rustls: &Connection, arrived: &Arrived, ours: &[u8], theirs: &[u8]) {
    let describe = combination.suite.common.id;
    assert!(arrived.ours == theirs, "{describe}: what rustls sent arrives byte for byte");
    assert!(arrived.theirs == ours, "{describe}: what we sent arrives byte for byte");
    let suite = rustls.negotiated_cipher_suite().expect("the handshake is complete");
    assert_eq!(u16::from(suite.suite()), combination.suite.common.id.0);
    let group = rustls.negotiated_key_exchange_group().expect("the handshake is complete");
    assert_eq!(u16::from(group.name()), GROUPS[0].0);
    assert_eq!(rustls.alpn_protocol(), Some(ALPN.as_bytes()));
    println!("rustls: {combination:?}");
}

#[test]
fn our_client_exchanges_data_with_a_rustls_server() {
    for combination in combinations() {
        let (ours, theirs) = (data(1), data(2));
        let mut client = combination.client();
        let mut rustls = combination.rustls_server();
        client.send(&ours);
        rustls.set_buffer_limit(None);
        rustls.writer().write_all(&theirs).expect("a buffer without limit");
        let arrived = carry(&mut client, &mut rustls, Client::close);
        assert_eq!(client.error(), None, "{combination:?}: both sides said close_notify");
        assert!(client.is_closed());
        check(combination, &rustls, &arrived, &ours, &theirs);
    }
}

#[test]
fn our_server_exchanges_data_with_a_rustls_client() {
    for combination in combinations() {
        let (ours, theirs) = (data(3), data(4));
        let mut server = combination.server();
        let mut rustls = combination.rustls_client();
        server.send(&ours);
        rustls.set_buffer_limit(None);
        rustls.writer().write_all(&theirs).expect("a buffer without limit");
        let arrived = carry(&mut server, &mut rustls, Server::close);
        assert_eq!(server.error(), None, "{combination:?}: both sides said close_notify");
        assert!(server.is_closed());
        check(combination, &rustls, &arrived, &ours, &theirs);
    }
}

#[test]
fn a_rustls_client_that_trusts_somebody_else_refuses_our_server() {
    let combination = combinations()[0];
    let stranger = Identity::new(KeyAlgorithm::EcdsaP256);
    let mut server = Server::new(Environment::system());
    server.install_identity(&stranger.pkcs8, stranger.chain.clone()).expect("the certificate fits the key");
    server.accept(ServerConfig::default()).expect("the server is ready");
    let mut rustls = combination.rustls_client();
    let mut hello = Vec::new();
    rustls.write_tls(&mut hello).expect("bytes in memory");
    server.receive(&hello);
    let mut flight = Vec::new();
    while let Some(advance) = Endpoint::advance(&mut server) {
        flight.extend(advance.output);
    }
    rustls.read_tls(&mut &flight[..]).expect("bytes in memory");
    rustls.process_new_packets().expect_err("the root is another");
    let mut alert = Vec::new();
    rustls.write_tls(&mut alert).expect("bytes in memory");
    server.receive(&alert);
    while Endpoint::advance(&mut server).is_some() {}
    let error = server.error().expect("the server hears of it").to_string();
    // Both authorities bear the same name: rustls finds the name, and then a signature that is not the root's.
    assert_eq!(error, "the peer sent the alert decrypt_error");
}
