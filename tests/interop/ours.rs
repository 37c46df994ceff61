//! Our side of a connection.

use std::net::TcpStream;

use tls_glass::entropy::Environment;
use tls_glass::party::{Client, ClientCertificates, ClientConfig, Resumption, Server, ServerConfig};
use tls_glass::trace::Negotiated;

use crate::common::SERVER_NAME;
use crate::peer::{LENGTH, Stage};
use crate::sockets;
use crate::support::transport::{Limits, drive};
use crate::support::{self, Endpoint};

/// What a connection came to, as our side has it.
#[derive(Default)]
pub struct Seen {
    pub negotiated: Option<Negotiated>,
    pub key_log: String,
    pub received: Vec<u8>,
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Data both ways.
    Data,
    /// A session, for the next one to resume.
    Session,
}

/// Our client, for one connection or several.
pub fn new_client(stage: &Stage) -> Client {
    let mut client = Client::new(Environment::system());
    if let Some(identity) = stage.client() {
        client.install_identity(&identity.pkcs8, identity.chain.clone()).expect("the certificate fits the key");
    }
    client
}

/// Our server, likewise.
pub fn new_server(stage: &Stage) -> Server {
    let mut server = Server::new(Environment::system());
    server.without_responder();
    let identity = stage.identity;
    server.install_identity(&identity.pkcs8, identity.chain.clone()).expect("the certificate fits the key");
    if stage.combination.resumption == Resumption::SessionTicket {
        server.generate_ticket_key().expect("a ticket key");
    }
    server
}

/// A connection of our client. It closes once it has all, unless the peer is to be the first.
pub fn connect(
    client: &mut Client,
    stage: &Stage,
    purpose: Purpose,
    we_decline: bool,
    socket: &mut TcpStream,
) -> Result<Seen, String> {
    let combination = &stage.combination;
    let config = ClientConfig {
        cipher_suites: vec![combination.suite.common.id],
        groups: combination.groups(),
        extended_master_secret: combination.extended_master_secret || !we_decline,
        encrypt_then_mac: combination.encrypt_then_mac || !we_decline,
        resumption: combination.resumption,
        trust_anchors: vec![stage.identity.root.clone()],
        ..ClientConfig::new(SERVER_NAME)
    };
    client.connect(config).expect("the options are good");
    // A session is there to be had as soon as the connection stands: nobody has to say more.
    let closes = purpose == Purpose::Session || !stage.peer_closes_first;
    talk(client, stage, purpose, closes, socket)
}

/// A connection of our server, likewise. A peer that only wants a session leaves by itself.
pub fn accept(
    server: &mut Server,
    stage: &Stage,
    purpose: Purpose,
    we_decline: bool,
    socket: &mut TcpStream,
) -> Result<Seen, String> {
    let combination = &stage.combination;
    let config = ServerConfig {
        cipher_suites: vec![combination.suite.common.id],
        groups: combination.groups(),
        extended_master_secret: combination.extended_master_secret || !we_decline,
        encrypt_then_mac: combination.encrypt_then_mac || !we_decline,
        resumption: combination.resumption,
        client_certificates: match stage.client() {
            Some(_) => ClientCertificates::Required,
            None => ClientCertificates::None,
        },
        trust_anchors: vec![stage.identity.root.clone()],
        ..ServerConfig::default()
    };
    server.accept(config).expect("the server is ready");
    let closes = purpose == Purpose::Data && !stage.peer_closes_first;
    talk(server, stage, purpose, closes, socket)
}

fn talk<E: Endpoint>(
    endpoint: &mut E,
    stage: &Stage,
    purpose: Purpose,
    closes: bool,
    socket: &mut TcpStream,
) -> Result<Seen, String> {
    let wanted = if purpose == Purpose::Data { LENGTH } else { 0 };
    if purpose == Purpose::Data {
        endpoint.send(&stage.payload.ours);
    }
    let mut seen = Seen::default();
    let limits = Limits { silence: sockets::PATIENCE, handshake: None, connection: None };
    let driven = drive(endpoint, socket, limits, |endpoint, advance| {
        if let (None, Some(line)) = (&seen.negotiated, endpoint.key_log()) {
            seen.negotiated = endpoint.negotiated();
            seen.key_log = line;
        }
        seen.received.extend(advance.received.iter().flatten());
        if closes && seen.negotiated.is_some() && seen.received.len() >= wanted {
            endpoint.close();
        }
        Ok(())
    });
    seen.ended(endpoint.error(), driven)
}

impl Seen {
    /// A connection is well over when both sides have said `close_notify`.
    fn ended(self, error: Option<&tls_glass::Error>, driven: std::io::Result<()>) -> Result<Self, String> {
        let why = match (error, driven) {
            (Some(error), _) => error.to_string(),
            (None, Err(error)) => support::describe(&error),
            (None, Ok(())) => return Ok(self),
        };
        let stood = if self.negotiated.is_some() { "it stood" } else { "it did not stand" };
        Err(format!("{why} ({stood}, {} bytes had come)", self.received.len()))
    }
}
