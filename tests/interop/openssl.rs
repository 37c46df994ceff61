//! `openssl s_server` and `openssl s_client`.

use std::net::SocketAddr;
use std::process::Command;
use std::thread::{self, JoinHandle};

use tls_glass::party::Resumption;
use tls_glass::wire::codepoint::{CipherSuite, NamedGroup};

use crate::common::SERVER_NAME;
use crate::peer::{Heard, LENGTH, Peer, Running, Stage};
use crate::process::Process;
use crate::sockets;
use crate::table::{Combination, Role};

pub struct OpenSsl;

struct Tool {
    process: Process,
    key_log: String,
}

impl Peer for OpenSsl {
    fn name(&self) -> String {
        let output = Command::new("openssl").arg("version").output().expect("openssl runs");
        let version = String::from_utf8_lossy(&output.stdout).into_owned();
        version.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
    }

    fn excuse(&self, role: Role, combination: &Combination, error: &str) -> Option<String> {
        // Our server then takes the one that clients without names for groups are the likeliest to know, ffdhe2048.
        let unnamed = role == Role::Client && combination.group == Some(NamedGroup::FFDHE3072);
        let excuse = "as a client it names no finite-field groups in TLS 1.2 (RFC 7919)";
        (unnamed && error.starts_with("the two sides have no named_group_list in common")).then(|| excuse.to_owned())
    }

    fn serve(&self, stage: &Stage) -> (SocketAddr, Box<dyn Running>) {
        let Stage { combination, files, .. } = stage;
        let address = sockets::free_port();
        let mut command = Command::new("openssl");
        let connections = if combination.resumes() { "2" } else { "1" };
        command.args(["s_server", "-quiet", "-naccept", connections, "-tls1_2", "-accept", &address.to_string()]);
        without_tickets(&mut command, combination);
        command.args(["-cipher", cipher(combination.suite.common.id), "-groups", &groups(combination)]);
        command.args(["-cert", &files.path("chain.pem"), "-cert_chain", &files.path("chain.pem")]);
        command.args(["-key", &files.path("key.pem"), "-keylogfile", &files.path("keylog")]);
        // It takes no notice of the finite-field groups that a client names.
        let group = combination.group.filter(|group| group.is_ffdhe()).unwrap_or(NamedGroup::FFDHE2048);
        command.args(["-dhparam", &files.finite_field(group)]);
        if stage.client().is_some() {
            // With the capital, it insists.
            command.args(["-Verify", "2", "-verify_return_error", "-CAfile", &files.path("root.pem")]);
        }
        // What it reads goes to whoever is connected: not to the one who only wants a session.
        let mut process = Process::start_shut(command, stage.payload.theirs.clone(), expected(stage));
        if !combination.resumes() {
            process.let_in();
        }
        (address, Box::new(Tool { process, key_log: stage.files.path("keylog") }))
    }

    fn connect(&self, stage: &Stage, address: SocketAddr) -> Box<dyn Running> {
        let key_log = stage.files.path("keylog");
        if !stage.combination.resumes() {
            let process = Process::start(client(stage, address), stage.payload.theirs.clone(), expected(stage));
            return Box::new(Tool { process, key_log });
        }
        let session = stage.files.path("session");
        let (mut first, mut second) = (client(stage, address), client(stage, address));
        first.args(["-sess_out", &session]);
        second.args(["-sess_in", &session]);
        let (input, expected) = (stage.payload.theirs.clone(), expected(stage));
        Box::new(InTurn {
            key_log,
            thread: thread::spawn(move || {
                // Without input it leaves as soon as the connection stands.
                let (_, complaints) = Process::start(first, Vec::new(), 0).finish();
                let (received, more) = Process::start(second, input, expected).finish();
                (received, complaints + &more)
            }),
        })
    }
}

fn client(stage: &Stage, address: SocketAddr) -> Command {
    let Stage { combination, files, .. } = stage;
    let mut command = Command::new("openssl");
    command.args(["s_client", "-quiet", "-no_ign_eof", "-nocommands", "-tls1_2"]);
    command.args(["-connect", &address.to_string(), "-servername", SERVER_NAME]);
    command.args(["-cipher", cipher(combination.suite.common.id), "-groups", &groups(combination)]);
    command.args(["-CAfile", &files.path("root.pem"), "-verify_return_error", "-verify_hostname", SERVER_NAME]);
    command.args(["-keylogfile", &files.path("keylog")]);
    if stage.client().is_some() {
        let chain = files.path("client-chain.pem");
        command.args(["-cert", &chain, "-cert_chain", &chain, "-key", &files.path("client-key.pem")]);
    }
    without_tickets(&mut command, combination);
    command
}

fn without_tickets(command: &mut Command, combination: &Combination) {
    if combination.resumption == Resumption::SessionId {
        command.arg("-no_ticket");
    }
}

/// With one byte more than it gets, its input stays open and it has no reason to close first.
fn expected(stage: &Stage) -> usize {
    if stage.peer_closes_first { LENGTH } else { LENGTH + 1 }
}

/// Two clients one after the other, the second with the session of the first.
struct InTurn {
    thread: JoinHandle<(Vec<u8>, String)>,
    key_log: String,
}

impl Running for InTurn {
    fn finish(self: Box<Self>) -> Heard {
        let (received, complaints) = self.thread.join().expect("nobody panics in it");
        let key_log = std::fs::read_to_string(&self.key_log).unwrap_or_default();
        Heard { received: Some(received), key_log, complaints }
    }
}

impl Running for Tool {
    fn go_on(&mut self) {
        self.process.let_in();
    }

    fn finish(self: Box<Self>) -> Heard {
        let (received, complaints) = self.process.finish();
        let key_log = std::fs::read_to_string(&self.key_log).unwrap_or_default();
        Heard { received: Some(received), key_log, complaints }
    }
}

fn cipher(suite: CipherSuite) -> &'static str {
    match suite {
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

fn groups(combination: &Combination) -> String {
    let name = |group: &NamedGroup| match *group {
        NamedGroup::X25519 => "X25519",
        NamedGroup::SECP256R1 => "P-256",
        NamedGroup::FFDHE2048 => "ffdhe2048",
        NamedGroup::FFDHE3072 => "ffdhe3072",
        other => panic!("{other} is new here: how does OpenSSL call it?"),
    };
    combination.groups().iter().map(name).collect::<Vec<_>>().join(":")
}
