//! Over real sockets against OpenSSL, in both roles.
//!
//! Each test is a table: every suite, every group, with and without `extended_master_secret`. OpenSSL's tool has no flag
//! against that extension, so it is always our side that does without.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;
#[path = "interop_openssl/peer.rs"]
mod peer;
#[path = "../examples/support/mod.rs"]
mod support;

use std::net::{Ipv4Addr, TcpListener};
use std::sync::OnceLock;

use common::{SERVER_NAME, key_of};
use peer::{Files, Identity, OpenSsl};
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::entropy::Environment;
use tls_glass::party::{Client, ClientConfig, Server, ServerConfig};
use tls_glass::tls12::suite::{Cipher, SUITES, Suite};
use tls_glass::trace::Negotiated;
use tls_glass::wire::codepoint::{CipherSuite, NamedGroup};

/// Why OpenSSL's client agrees on no other finite-field group than ffdhe2048 with our server.
const NAMES_NONE: &str = "OpenSSL's client names no finite-field groups in TLS 1.2 (RFC 7919)";

/// More than two full records.
const LENGTH: usize = 40_000;

/// One row of the table.
#[derive(Clone, Copy)]
struct Combination {
    suite: Suite,
    group: Option<NamedGroup>,
    extended_master_secret: bool,
    encrypt_then_mac: bool,
}

/// What a connection came to, as our side has it.
#[derive(Default)]
struct Seen {
    negotiated: Option<Negotiated>,
    key_log: String,
    received: Vec<u8>,
}

fn combinations() -> Vec<Combination> {
    let mut all = Vec::new();
    for suite in SUITES {
        let groups = suite.key_exchange.groups();
        let groups: Vec<_> = if groups.is_empty() { vec![None] } else { groups.iter().copied().map(Some).collect() };
        for group in groups {
            for extended_master_secret in [true, false] {
                let encrypt_then_mac = false;
                let row = Combination { suite, group, extended_master_secret, encrypt_then_mac };
                all.push(row);
                if matches!(suite.cipher, Cipher::Cbc(_)) {
                    all.push(Combination { encrypt_then_mac: true, ..row });
                }
            }
        }
    }
    all
}

impl Combination {
    fn describe(&self) -> String {
        let group = self.group.map_or_else(String::new, |group| format!(", {group}"));
        let binding = if self.extended_master_secret { "" } else { ", without extended_master_secret" };
        let order = if self.encrypt_then_mac { ", encrypt_then_mac" } else { "" };
        format!("{}{group}{binding}{order}", self.suite.id)
    }

    fn openssl_cipher(&self) -> &'static str {
        match self.suite.id {
            CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256 => "AES128-GCM-SHA256",
            CipherSuite::TLS_RSA_WITH_AES_256_GCM_SHA384 => "AES256-GCM-SHA384",
            CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 => "ECDHE-RSA-AES128-GCM-SHA256",
            CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 => "ECDHE-RSA-AES256-GCM-SHA384",
            CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 => "ECDHE-ECDSA-AES128-GCM-SHA256",
            CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 => "ECDHE-ECDSA-AES256-GCM-SHA384",
            CipherSuite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 => "ECDHE-RSA-CHACHA20-POLY1305",
            CipherSuite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 => "ECDHE-ECDSA-CHACHA20-POLY1305",
            CipherSuite::TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 => "DHE-RSA-AES128-GCM-SHA256",
            CipherSuite::TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 => "DHE-RSA-AES256-GCM-SHA384",
            CipherSuite::TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256 => "DHE-RSA-CHACHA20-POLY1305",
            CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256 => "ECDHE-RSA-AES128-SHA256",
            CipherSuite::TLS_RSA_WITH_AES_128_CBC_SHA => "AES128-SHA",
            // Refused at the usual security level: it is open to whoever stands between.
            CipherSuite::TLS_DH_ANON_WITH_AES_128_GCM_SHA256 => "ADH-AES128-GCM-SHA256:@SECLEVEL=0",
            other => panic!("{other} is new here: how does OpenSSL call it?"),
        }
    }

    /// The groups to offer. RFC 8422, section 2.2: the key of an ECDSA certificate has to be on a group that the client
    /// names, even if another is agreed on.
    fn groups(&self) -> Vec<NamedGroup> {
        let agreed = self.group.unwrap_or(NamedGroup::X25519);
        match self.suite.certificate_key {
            Some(KeyAlgorithm::EcdsaP256) if agreed != NamedGroup::SECP256R1 => vec![agreed, NamedGroup::SECP256R1],
            _ => vec![agreed],
        }
    }

    fn openssl_groups(&self) -> String {
        let names: Vec<&str> = self
            .groups()
            .iter()
            .map(|group| match *group {
                NamedGroup::X25519 => "X25519",
                NamedGroup::SECP256R1 => "P-256",
                NamedGroup::FFDHE2048 => "ffdhe2048",
                _ => "ffdhe3072",
            })
            .collect();
        names.join(":")
    }

    fn check(&self, seen: &Seen, openssl_key_log: &str) {
        let negotiated = seen.negotiated.as_ref().expect("the connection stood");
        assert_eq!(negotiated.cipher_suite, self.suite.id);
        assert_eq!(negotiated.group, self.group);
        assert_eq!(negotiated.extended_master_secret, self.extended_master_secret);
        assert_eq!(negotiated.encrypt_then_mac, self.encrypt_then_mac);
        let theirs: Vec<&str> = openssl_key_log.lines().filter(|line| line.starts_with("CLIENT_RANDOM ")).collect();
        assert_eq!(theirs, [seen.key_log.as_str()], "both ends log the same master secret");
    }
}

fn identity(algorithm: KeyAlgorithm) -> &'static Identity {
    static RSA: OnceLock<Identity> = OnceLock::new();
    static ECDSA: OnceLock<Identity> = OnceLock::new();
    match algorithm {
        KeyAlgorithm::Rsa => &RSA,
        KeyAlgorithm::EcdsaP256 => &ECDSA,
    }
    .get_or_init(|| Identity::new(algorithm))
}

/// Bytes of every value, in an order that shows a lost or doubled one.
fn data(seed: usize) -> Vec<u8> {
    (0..LENGTH).map(|i| u8::try_from((i * 7 + i / 251 + seed) % 256).expect("below 256")).collect()
}

#[test]
fn our_client_exchanges_data_with_an_openssl_server() {
    for combination in combinations() {
        let seen = client_against_s_server(combination);
        println!("our client, openssl s_server: {}: {} bytes each way", combination.describe(), seen.received.len());
    }
}

fn client_against_s_server(combination: Combination) -> Seen {
    let identity = identity(key_of(combination.suite.id));
    let files = Files::with_identity(identity);
    let (ours, theirs) = (data(1), data(2));
    let address = peer::free_port();
    let openssl = OpenSsl::start(
        &[
            "s_server",
            "-quiet",
            "-naccept",
            "1",
            "-accept",
            &address.to_string(),
            "-tls1_2",
            "-cipher",
            combination.openssl_cipher(),
            "-groups",
            &combination.openssl_groups(),
            "-cert",
            &files.path("chain.pem"),
            "-cert_chain",
            &files.path("chain.pem"),
            "-key",
            &files.path("key.pem"),
            "-keylogfile",
            &files.path("keylog"),
            // It takes no notice of the finite-field groups that a client names (RFC 7919).
            "-dhparam",
            &files.finite_field(combination.group.filter(|group| group.is_ffdhe()).unwrap_or(NamedGroup::FFDHE2048)),
        ],
        theirs.clone(),
        LENGTH,
    );

    let mut client = Client::new(Environment::system());
    let config = ClientConfig {
        cipher_suites: vec![combination.suite.id],
        groups: combination.groups(),
        extended_master_secret: combination.extended_master_secret,
        encrypt_then_mac: combination.encrypt_then_mac,
        trust_anchors: vec![identity.root.clone()],
        ..ClientConfig::new(SERVER_NAME)
    };
    client.connect(config).expect("the options are good");
    client.send(&ours);
    let mut seen = Seen::default();
    let mut socket = peer::connect(address);
    let driven = support::drive(&mut client, &mut socket, |client, advance| {
        if let (None, Some(line)) = (&seen.negotiated, client.key_log()) {
            seen.negotiated = client.negotiated();
            seen.key_log = line;
        }
        seen.received.extend(advance.received.iter().flatten());
        if seen.received.len() >= LENGTH {
            client.close();
        }
        Ok(())
    });
    let (output, complaints) = openssl.finish();
    driven.unwrap_or_else(|error| panic!("{}: {error}\n{complaints}", combination.describe()));
    assert_eq!(client.error(), None, "{}: both sides said close_notify\n{complaints}", combination.describe());
    assert!(seen.received == theirs, "{}: what OpenSSL sent arrives byte for byte", combination.describe());
    assert!(output == ours, "{}: what we sent arrives byte for byte", combination.describe());
    combination.check(&seen, &std::fs::read_to_string(files.path("keylog")).expect("OpenSSL's key log"));
    seen
}

#[test]
fn our_server_exchanges_data_with_an_openssl_client() {
    for (index, combination) in combinations().into_iter().enumerate() {
        if combination.group == Some(NamedGroup::FFDHE3072) {
            // Our server then has ffdhe2048 only to choose, which the rows before have.
            println!("our server, openssl s_client: {}: not possible, {NAMES_NONE}", combination.describe());
            continue;
        }
        // Each side is the first to close in turn.
        let we_close_first = index % 2 == 1;
        let seen = server_against_s_client(combination, we_close_first);
        println!("our server, openssl s_client: {}: {} bytes each way", combination.describe(), seen.received.len());
    }
}

fn server_against_s_client(combination: Combination, we_close_first: bool) -> Seen {
    let identity = identity(key_of(combination.suite.id));
    let files = Files::with_identity(identity);
    let (ours, theirs) = (data(3), data(4));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let openssl = OpenSsl::start(
        &[
            "s_client",
            "-quiet",
            "-no_ign_eof",
            "-nocommands",
            "-connect",
            &address,
            "-tls1_2",
            "-cipher",
            combination.openssl_cipher(),
            "-groups",
            &combination.openssl_groups(),
            "-CAfile",
            &files.path("root.pem"),
            "-verify_return_error",
            "-verify_hostname",
            SERVER_NAME,
            "-servername",
            SERVER_NAME,
            "-keylogfile",
            &files.path("keylog"),
        ],
        theirs.clone(),
        // With one byte more than it gets, OpenSSL's input stays open and it has no reason to close first.
        if we_close_first { LENGTH + 1 } else { LENGTH },
    );

    let mut server = Server::new(Environment::system());
    server.without_responder();
    server.install_identity(&identity.pkcs8, identity.chain.clone()).expect("the certificate fits the key");
    let config = ServerConfig {
        cipher_suites: vec![combination.suite.id],
        groups: combination.groups(),
        extended_master_secret: combination.extended_master_secret,
        encrypt_then_mac: combination.encrypt_then_mac,
        ..ServerConfig::default()
    };
    server.accept(config).expect("the server is ready");
    server.send(&ours);
    let mut seen = Seen::default();
    let mut socket = peer::accept(&listener);
    let driven = support::drive(&mut server, &mut socket, |server, advance| {
        if let (None, Some(line)) = (&seen.negotiated, server.key_log()) {
            seen.negotiated = server.negotiated();
            seen.key_log = line;
        }
        seen.received.extend(advance.received.iter().flatten());
        if we_close_first && seen.received.len() >= LENGTH {
            server.close();
        }
        Ok(())
    });
    drop(socket);
    let (output, complaints) = openssl.finish();
    driven.unwrap_or_else(|error| panic!("{}: {error}\n{complaints}", combination.describe()));
    assert_eq!(server.error(), None, "{}: both sides said close_notify\n{complaints}", combination.describe());
    assert!(seen.received == theirs, "{}: what OpenSSL sent arrives byte for byte", combination.describe());
    assert!(output == ours, "{}: what we sent arrives byte for byte", combination.describe());
    combination.check(&seen, &std::fs::read_to_string(files.path("keylog")).expect("OpenSSL's key log"));
    seen
}
