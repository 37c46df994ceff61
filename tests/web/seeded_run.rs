//! A seeded run and what is to be the same wherever it runs: natively, in every browser, and through the page.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::entropy::{Environment, party_seed};
use tls_glass::party::{Advance, Authority, Client, ClientConfig, Server, ServerConfig};
use tls_glass::trace::Role;
use tls_glass::wire::codepoint::{CipherSuite as Suite, NamedGroup};

/// The expected values, one a line: a name, a space, the value.
pub const EXPECTED: &str = include_str!("../vectors/seeded-run.txt");

const SEED: [u8; 32] = *b"a seed of exactly 32 bytes, open";
/// 2026-11-20 00:00:00 UTC.
const TIME: u64 = 1_795_132_800;
const SERVER_NAME: &str = "bank.example";
const PATH: &str = "/account";
/// What the client sends there, and what the server replies.
const SENDS: &str = "user: alice@mail.example";
const REPLIES: &str = "Balance: 1.00 EUR";

/// The suites of each key exchange.
const ECDHE_ECDSA: [Suite; 2] =
    [Suite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, Suite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384];
const ECDHE_RSA: [Suite; 2] =
    [Suite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, Suite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384];
const DHE_RSA: [Suite; 2] = [Suite::TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, Suite::TLS_DHE_RSA_WITH_AES_256_GCM_SHA384];
const RSA: [Suite; 2] = [Suite::TLS_RSA_WITH_AES_128_GCM_SHA256, Suite::TLS_RSA_WITH_AES_256_GCM_SHA384];

/// A run: its name, the server's kind of key, and the client's offer, of which the server accepts the first suite and the first
/// group. The offer is the page's: what was chosen first, then all else.
pub struct Run {
    pub name: &'static str,
    pub key: KeyAlgorithm,
    pub suites: &'static [[Suite; 2]],
    pub groups: &'static [NamedGroup],
}

const CURVES: &[NamedGroup] = &[NamedGroup::X25519, NamedGroup::SECP256R1];
const FINITE_FIELDS_FIRST: &[NamedGroup] =
    &[NamedGroup::FFDHE2048, NamedGroup::FFDHE3072, NamedGroup::X25519, NamedGroup::SECP256R1];

pub const RUNS: [Run; 4] = [
    Run { name: "rsa", key: KeyAlgorithm::Rsa, suites: &[RSA, ECDHE_ECDSA, ECDHE_RSA], groups: CURVES },
    Run {
        name: "dhe-rsa",
        key: KeyAlgorithm::Rsa,
        suites: &[DHE_RSA, ECDHE_ECDSA, ECDHE_RSA, RSA],
        groups: FINITE_FIELDS_FIRST,
    },
    Run { name: "ecdhe-rsa", key: KeyAlgorithm::Rsa, suites: &[ECDHE_RSA, ECDHE_ECDSA, RSA], groups: CURVES },
    Run { name: "ecdhe-ecdsa", key: KeyAlgorithm::EcdsaP256, suites: &[ECDHE_ECDSA, ECDHE_RSA, RSA], groups: CURVES },
];

/// What crossed the wire.
#[derive(Debug, Default)]
pub struct Wire {
    pub to_server: Vec<u8>,
    pub to_client: Vec<u8>,
    pub reply: Vec<u8>,
}

impl Wire {
    /// SHA-256 of all bytes to the server, then all bytes to the client.
    fn digest(&self) -> String {
        hex(&Sha256::new().chain_update(&self.to_server).chain_update(&self.to_client).finalize())
    }
}

/// A whole connection with one request, among parties of the given world.
pub fn run(run: &Run, world: impl Fn(Role) -> Environment) -> Wire {
    let Run { key, suites, groups, .. } = *run;
    let mut authority = Authority::new(world(Role::Authority));
    let mut server = Server::new(world(Role::Server));
    let mut client = Client::new(world(Role::Client));
    authority.establish().expect("the authority makes its keys");
    server.generate_key_pair(key).expect("the server makes its key pair");
    let (_, request) = server.request_certificate(SERVER_NAME).expect("the server makes a request");
    let (_, chain) = authority.issue(&request, &[SERVER_NAME]).expect("the authority signs");
    server.install_certificate(chain).expect("the certificate fits the server's key");
    client.install_trust_anchor(authority.root()).expect("the root is a certificate");

    let protocols = vec!["http/1.1".to_owned()];
    let accepted = ServerConfig {
        cipher_suites: suites.iter().flatten().take(1).copied().collect(),
        groups: groups.iter().take(1).copied().collect(),
        application_protocols: protocols.clone(),
        ..ServerConfig::default()
    };
    let offered = ClientConfig {
        cipher_suites: suites.iter().flatten().copied().collect(),
        groups: groups.to_vec(),
        application_protocols: protocols,
        ..ClientConfig::new(SERVER_NAME)
    };
    server.accept(accepted).expect("the server is ready");
    client.connect(offered).expect("the client's options are good");
    server.reply_with(REPLIES);
    client.request_with(SERVER_NAME, PATH, Some(SENDS)).expect("the request is well formed");
    converse(&mut client, &mut server)
}

fn converse(client: &mut Client, server: &mut Server) -> Wire {
    let mut wire = Wire::default();
    loop {
        let mut idle = true;
        while let Some(Advance { output, received, .. }) = client.advance() {
            idle = false;
            server.receive(&output);
            wire.to_server.extend(output);
            if let Some(reply) = received {
                wire.reply.extend(reply);
                client.close();
            }
        }
        while let Some(Advance { output, .. }) = server.advance() {
            idle = false;
            client.receive(&output);
            wire.to_client.extend(output);
        }
        if idle {
            return wire;
        }
    }
}

/// The values of this machine, by name.
pub fn computed() -> BTreeMap<String, String> {
    let mut values = BTreeMap::from([
        ("seed".to_owned(), hex(&SEED)),
        ("time".to_owned(), TIME.to_string()),
        ("server-name".to_owned(), SERVER_NAME.to_owned()),
        ("path".to_owned(), PATH.to_owned()),
        ("sends".to_owned(), SENDS.to_owned()),
        ("replies".to_owned(), REPLIES.to_owned()),
    ]);
    for (name, role) in [("authority", Role::Authority), ("client", Role::Client), ("server", Role::Server)] {
        values.insert(format!("party-seed-{name}"), hex(&party_seed(&SEED, role)));
    }
    for each in &RUNS {
        let wire = run(each, |role| Environment::seeded(party_seed(&SEED, role), TIME));
        assert!(wire.reply.starts_with(b"HTTP/1.1 200 OK\r\n"), "{}: the client read the reply", each.name);
        values.insert(format!("wire-{}", each.name), wire.digest());
    }
    values
}

/// The values in the file, by name.
pub fn expected() -> BTreeMap<String, String> {
    let lines = EXPECTED.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"))
}
