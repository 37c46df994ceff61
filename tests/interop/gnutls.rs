//! `gnutls-serv` and `gnutls-cli`.

use std::net::SocketAddr;
use std::process::Command;

use tls_glass::crypto::aead::AeadAlgorithm;
use tls_glass::crypto::cbc_hmac::MacAlgorithm;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::party::Resumption;
use tls_glass::protocol::suite::Cipher;
use tls_glass::protocol::suite::tls12::KeyExchange;
use tls_glass::wire::codepoint::NamedGroup;

use crate::common::SERVER_NAME;
use crate::peer::{Heard, LENGTH, Payload, Peer, Running, Stage, data, lines};
use crate::process::Process;
use crate::sockets;
use crate::table::{Combination, Role};

pub struct GnuTls;

struct Server {
    process: Process,
    key_log: String,
}

struct Client {
    process: Process,
    key_log: String,
    log: String,
}

impl Peer for GnuTls {
    fn name(&self) -> String {
        let output = Command::new("gnutls-cli").arg("--version").output();
        let output = output.expect("gnutls-cli is needed for this test (on Debian: package gnutls-bin)");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let version = text.lines().next().and_then(|line| line.split_whitespace().last());
        format!("GnuTLS {}", version.expect("a version"))
    }

    fn declines(&self) -> bool {
        true
    }

    /// It writes a line where it derives a master secret.
    fn logs_resumed(&self) -> bool {
        false
    }

    /// About one connection in a thousand, its server hangs up before it has said a word, and says nothing of it anywhere.
    fn deserves_another_try(&self, role: Role, error: &str) -> bool {
        role == Role::Server && error.starts_with("the peer hung up") && error.contains("it did not stand")
    }

    /// Its server sends back what comes for as long as the client likes.
    fn can_close_first(&self, role: Role) -> bool {
        role == Role::Client
    }

    /// Its server sends back the lines that it gets.
    fn payload(&self, role: Role) -> Payload {
        match role {
            Role::Server => Payload { ours: lines(), theirs: lines() },
            Role::Client => Payload { ours: data(1), theirs: data(2) },
        }
    }

    fn serve(&self, stage: &Stage) -> (SocketAddr, Box<dyn Running>) {
        let Stage { combination, files, .. } = stage;
        let address = sockets::free_port();
        let key_log = files.path("keylog");
        let mut command = Command::new("gnutls-serv");
        command.env("SSLKEYLOGFILE", &key_log);
        command.args(["--echo", "--crlf", "--port", &address.port().to_string()]);
        if stage.client().is_some() {
            command.args(["--require-client-cert", "--verify-client-cert", "--x509cafile", &files.path("root.pem")]);
        } else {
            command.arg("--disable-client-cert");
        }
        if combination.resumption == Resumption::SessionId {
            command.arg("--noticket");
        }
        command.args(["--priority", &priority(combination)]);
        command.args(["--x509certfile", &files.path("chain.pem"), "--x509keyfile", &files.path("key.pem")]);
        // What it prints is for the reader of a failure only.
        let process = Process::start(command, Vec::new(), usize::MAX);
        (address, Box::new(Server { process, key_log }))
    }

    fn connect(&self, stage: &Stage, address: SocketAddr) -> Box<dyn Running> {
        let Stage { combination, files, .. } = stage;
        let (key_log, log) = (files.path("keylog"), files.path("log"));
        let mut command = Command::new("gnutls-cli");
        command.env("SSLKEYLOGFILE", &key_log);
        // Without the file, its own words stand among the data.
        command.args(["--logfile", &log, "--port", &address.port().to_string()]);
        command.args(["--priority", &priority(combination), "--x509cafile", &files.path("root.pem")]);
        command.args(["--verify-hostname", SERVER_NAME, "--sni-hostname", SERVER_NAME]);
        if stage.client().is_some() {
            command.args(["--x509certfile", &files.path("client-chain.pem")]);
            command.args(["--x509keyfile", &files.path("client-key.pem")]);
        }
        if combination.resumes() {
            command.arg("--resume");
        }
        command.arg(address.ip().to_string());
        let expected = if stage.peer_closes_first { LENGTH } else { LENGTH + 1 };
        let process = Process::start(command, stage.payload.theirs.clone(), expected);
        Box::new(Client { process, key_log, log })
    }
}

impl Running for Server {
    fn finish(mut self: Box<Self>) -> Heard {
        // It would wait for the next connection.
        let (output, complaints) = self.process.end();
        let complaints = format!("{complaints}\n{}", String::from_utf8_lossy(&output));
        let key_log = std::fs::read_to_string(&self.key_log).unwrap_or_default();
        Heard { received: None, key_log, complaints }
    }
}

impl Running for Client {
    fn finish(self: Box<Self>) -> Heard {
        let (received, complaints) = self.process.finish();
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let complaints = format!("{complaints}\n{}", read(&self.log));
        Heard { received: Some(received), key_log: read(&self.key_log), complaints }
    }
}

/// A priority string that leaves only this combination.
fn priority(combination: &Combination) -> String {
    let key_exchange = match (combination.suite.key_exchange, combination.suite.certificate_key) {
        (KeyExchange::Rsa, _) => "RSA",
        (KeyExchange::Dhe, _) => "DHE-RSA",
        (KeyExchange::DhAnon, _) => "ANON-DH",
        (KeyExchange::Ecdhe, Some(KeyAlgorithm::EcdsaP256)) => "ECDHE-ECDSA",
        (KeyExchange::Ecdhe, _) => "ECDHE-RSA",
    };
    let (cipher, mac) = match combination.suite.cipher {
        Cipher::Aead(AeadAlgorithm::Aes128Gcm) => ("AES-128-GCM", "AEAD"),
        Cipher::Aead(AeadAlgorithm::Aes256Gcm) => ("AES-256-GCM", "AEAD"),
        Cipher::Aead(AeadAlgorithm::ChaCha20Poly1305) => ("CHACHA20-POLY1305", "AEAD"),
        Cipher::Cbc(MacAlgorithm::HmacSha1) => ("AES-128-CBC", "SHA1"),
        Cipher::Cbc(MacAlgorithm::HmacSha256) => ("AES-128-CBC", "SHA256"),
    };
    let mut priority = format!(
        "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+{key_exchange}:-CIPHER-ALL:+{cipher}:-MAC-ALL:+{mac}:-GROUP-ALL"
    );
    for group in combination.groups() {
        priority.push_str(match group {
            NamedGroup::X25519 => ":+GROUP-X25519",
            NamedGroup::SECP256R1 => ":+GROUP-SECP256R1",
            NamedGroup::FFDHE2048 => ":+GROUP-FFDHE2048",
            NamedGroup::FFDHE3072 => ":+GROUP-FFDHE3072",
            other => panic!("{other} is new here: how does GnuTLS call it?"),
        });
    }
    if !combination.extended_master_secret {
        priority.push_str(":%NO_SESSION_HASH");
    }
    if !combination.encrypt_then_mac {
        priority.push_str(":%NO_ETM");
    }
    if combination.resumption == Resumption::SessionId {
        priority.push_str(":%NO_TICKETS");
    }
    priority
}
