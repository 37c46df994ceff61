//! Our side of a connection.

use std::net::TcpStream;

use tls_glass::entropy::Environment;
use tls_glass::party::{Client, ClientCertificates, ClientConfig, Server, ServerConfig};
use tls_glass::trace::Negotiated;

use crate::common::SERVER_NAME;
use crate::peer::{LENGTH, Stage};
use crate::support;

/// What a connection came to, as our side has it.
#[derive(Default)]
pub struct Seen {
    pub negotiated: Option<Negotiated>,
    pub key_log: String,
    pub received: Vec<u8>,
}

/// Our client, which closes once it has all data, unless the peer is to be the first.
pub fn client(stage: &Stage, we_decline: bool, socket: &mut TcpStream) -> Result<Seen, String> {
    let combination = &stage.combination;
    let config = ClientConfig {
        cipher_suites: vec![combination.suite.id],
        groups: combination.groups(),
        extended_master_secret: combination.extended_master_secret || !we_decline,
        encrypt_then_mac: combination.encrypt_then_mac || !we_decline,
        trust_anchors: vec![stage.identity.root.clone()],
        ..ClientConfig::new(SERVER_NAME)
    };
    let mut client = Client::new(Environment::system());
    if let Some(identity) = stage.client() {
        client.install_identity(&identity.pkcs8, identity.chain.clone()).expect("the certificate fits the key");
    }
    client.connect(config).expect("the options are good");
    client.send(&stage.payload.ours);
    let mut seen = Seen::default();
    let driven = support::drive(&mut client, socket, |client, advance| {
        if let (None, Some(line)) = (&seen.negotiated, client.key_log()) {
            seen.negotiated = client.negotiated();
            seen.key_log = line;
        }
        seen.received.extend(advance.received.iter().flatten());
        if !stage.peer_closes_first && seen.received.len() >= LENGTH {
            client.close();
        }
        Ok(())
    });
    seen.ended(client.error(), driven)
}

/// Our server, likewise.
pub fn server(stage: &Stage, we_decline: bool, socket: &mut TcpStream) -> Result<Seen, String> {
    let combination = &stage.combination;
    let config = ServerConfig {
        cipher_suites: vec![combination.suite.id],
        groups: combination.groups(),
        extended_master_secret: combination.extended_master_secret || !we_decline,
        encrypt_then_mac: combination.encrypt_then_mac || !we_decline,
        client_certificates: match stage.client() {
            Some(_) => ClientCertificates::Required,
            None => ClientCertificates::None,
        },
        trust_anchors: vec![stage.identity.root.clone()],
        ..ServerConfig::default()
    };
    let mut server = Server::new(Environment::system());
    server.without_responder();
    let identity = stage.identity;
    server.install_identity(&identity.pkcs8, identity.chain.clone()).expect("the certificate fits the key");
    server.accept(config).expect("the server is ready");
    server.send(&stage.payload.ours);
    let mut seen = Seen::default();
    let driven = support::drive(&mut server, socket, |server, advance| {
        if let (None, Some(line)) = (&seen.negotiated, server.key_log()) {
            seen.negotiated = server.negotiated();
            seen.key_log = line;
        }
        seen.received.extend(advance.received.iter().flatten());
        if !stage.peer_closes_first && seen.received.len() >= LENGTH {
            server.close();
        }
        Ok(())
    });
    seen.ended(server.error(), driven)
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
