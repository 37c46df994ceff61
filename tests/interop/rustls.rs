//! rustls, in a thread of its own, over a socket like the others.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::ops::DerefMut;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use rustls::client::Tls12Resumption;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls::version::TLS12;
use rustls::{
    ClientConfig, ClientConnection, ConnectionCommon, KeyLog, RootCertStore, ServerConfig, ServerConnection, SideData,
    Stream,
};

use tls_glass::party::Resumption;

use crate::common::SERVER_NAME;
use crate::peer::{Heard, LENGTH, Peer, Running, Stage};
use crate::sockets;
use crate::table::Combination;

pub struct Rustls;

/// How a thread ends: with what it received, or with what went wrong.
type Talk = Result<Vec<u8>, String>;

struct Task {
    thread: JoinHandle<Talk>,
    key_log: Arc<Lines>,
}

impl Peer for Rustls {
    fn name(&self) -> String {
        // Cargo built it: the version stands where Cargo keeps it.
        let entry = include_str!("../../Cargo.lock")
            .split("\n[[package]]\n")
            .find_map(|entry| entry.strip_prefix("name = \"rustls\"\nversion = \""));
        let version = entry.and_then(|entry| entry.split('"').next());
        format!("rustls {}", version.expect("rustls is among the packages"))
    }

    fn lacks(&self, combination: &Combination) -> Option<String> {
        let suite = combination.suite.common.id.0;
        let has = ring::default_provider().cipher_suites.iter().any(|its| u16::from(its.suite()) == suite);
        (!has).then(|| "it has no such cipher suite".to_owned())
    }

    fn serve(&self, stage: &Stage) -> (SocketAddr, Box<dyn Running>) {
        let identity = stage.identity;
        let chain = identity.chain.iter().cloned().map(CertificateDer::from).collect();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.pkcs8.clone()));
        let builder = ServerConfig::builder_with_provider(provider(&stage.combination))
            .with_protocol_versions(&[&TLS12])
            .expect("TLS 1.2");
        let builder = match stage.client() {
            Some(_) => builder.with_client_cert_verifier(verifier(stage)),
            None => builder.with_no_client_auth(),
        };
        let mut config = builder.with_single_cert(chain, key).expect("rustls takes our certificate and key");
        let key_log = Arc::new(Lines::default());
        config.key_log = key_log.clone();
        let (listener, address) = sockets::listen();
        if stage.combination.resumption == Resumption::SessionTicket {
            config.ticketer = ring::Ticketer::new().expect("a ticket key");
        }
        let (send, closes_first) = (stage.payload.theirs.clone(), stage.peer_closes_first);
        let resumes = stage.combination.resumes();
        let thread = thread::spawn(move || {
            let config = Arc::new(config);
            let connection = || ServerConnection::new(Arc::clone(&config)).expect("a server");
            if resumes {
                shake_hands(connection(), sockets::accept(&listener)?)?;
            }
            talk(connection(), sockets::accept(&listener)?, &send, closes_first)
        });
        (address, Box::new(Task { thread, key_log }))
    }

    fn connect(&self, stage: &Stage, address: SocketAddr) -> Box<dyn Running> {
        let builder = ClientConfig::builder_with_provider(provider(&stage.combination))
            .with_protocol_versions(&[&TLS12])
            .expect("TLS 1.2")
            .with_root_certificates(roots(stage));
        let mut config = match stage.client() {
            Some(identity) => {
                let chain = identity.chain.iter().cloned().map(CertificateDer::from).collect();
                let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.pkcs8.clone()));
                builder.with_client_auth_cert(chain, key).expect("rustls takes our certificate and key")
            }
            None => builder.with_no_client_auth(),
        };
        let key_log = Arc::new(Lines::default());
        config.key_log = key_log.clone();
        let ways = match stage.combination.resumption {
            Resumption::SessionTicket => Tls12Resumption::SessionIdOrTickets,
            _ => Tls12Resumption::SessionIdOnly,
        };
        config.resumption = rustls::client::Resumption::in_memory_sessions(1).tls12_resumption(ways);
        let (send, closes_first) = (stage.payload.theirs.clone(), stage.peer_closes_first);
        let resumes = stage.combination.resumes();
        let thread = thread::spawn(move || {
            let name = ServerName::try_from(SERVER_NAME).expect("a host name");
            let config = Arc::new(config);
            let connection = || ClientConnection::new(Arc::clone(&config), name.clone()).expect("a client");
            if resumes {
                shake_hands(connection(), sockets::connect(address)?)?;
            }
            talk(connection(), sockets::connect(address)?, &send, closes_first)
        });
        Box::new(Task { thread, key_log })
    }
}

fn roots(stage: &Stage) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(stage.identity.root.clone())).expect("rustls reads our root");
    roots
}

/// Insists on a client's certificate.
fn verifier(stage: &Stage) -> Arc<dyn ClientCertVerifier> {
    WebPkiClientVerifier::builder_with_provider(Arc::new(roots(stage)), provider(&stage.combination))
        .build()
        .expect("a root is enough")
}

/// The suite and the groups of a combination, and no others.
fn provider(combination: &Combination) -> Arc<CryptoProvider> {
    let mut provider = ring::default_provider();
    provider.cipher_suites.retain(|suite| u16::from(suite.suite()) == combination.suite.common.id.0);
    let groups = combination.groups();
    let place = |name: rustls::NamedGroup| groups.iter().position(|group| group.0 == u16::from(name));
    provider.kx_groups.retain(|group| place(group.name()).is_some());
    provider.kx_groups.sort_by_key(|group| place(group.name()));
    assert_eq!((provider.cipher_suites.len(), provider.kx_groups.len()), (1, groups.len()), "rustls has them");
    Arc::new(provider)
}

/// Says nothing but `close_notify` once the connection stands, and waits for the other side's.
fn shake_hands<C, S>(mut connection: C, mut socket: TcpStream) -> Result<(), String>
where
    C: DerefMut<Target = ConnectionCommon<S>>,
    S: SideData,
{
    let wrong = |error: std::io::Error| format!("rustls: {error}");
    let mut stream = Stream::new(&mut connection, &mut socket);
    stream.flush().map_err(wrong)?;
    stream.conn.send_close_notify();
    stream.flush().map_err(wrong)?;
    stream.read_to_end(&mut Vec::new()).map_err(wrong).map(|_| ())
}

/// Sends all, receives all, closes.
fn talk<C, S>(mut connection: C, mut socket: TcpStream, send: &[u8], closes_first: bool) -> Talk
where
    C: DerefMut<Target = ConnectionCommon<S>>,
    S: SideData,
{
    let wrong = |error: std::io::Error| format!("rustls: {error}");
    let mut received = vec![0; LENGTH];
    let mut stream = Stream::new(&mut connection, &mut socket);
    stream.write_all(send).and_then(|()| stream.flush()).map_err(wrong)?;
    stream.read_exact(&mut received).map_err(wrong)?;
    if closes_first {
        stream.conn.send_close_notify();
        stream.flush().map_err(wrong)?;
    }
    // Ends well only with the other side's close_notify.
    stream.read_to_end(&mut received).map_err(wrong)?;
    if !closes_first {
        stream.conn.send_close_notify();
        stream.flush().map_err(wrong)?;
    }
    Ok(received)
}

impl Running for Task {
    fn finish(self: Box<Self>) -> Heard {
        let talk = self.thread.join().unwrap_or_else(|_| Err("rustls's thread gave up".to_owned()));
        let key_log = self.key_log.0.lock().expect("nobody panics with it").clone();
        match talk {
            Ok(received) => Heard { received: Some(received), key_log, complaints: String::new() },
            Err(complaints) => Heard { received: Some(Vec::new()), key_log, complaints },
        }
    }
}

/// A key log in memory.
#[derive(Debug, Default)]
struct Lines(Mutex<String>);

impl KeyLog for Lines {
    fn log(&self, label: &str, client_random: &[u8], secret: &[u8]) {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        let line = format!("{label} {} {}\n", hex(client_random), hex(secret));
        self.0.lock().expect("nobody panics with it").push_str(&line);
    }
}
