//! `openssl s_server` and `openssl s_client`.

use std::net::SocketAddr;
use std::process::Command;

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
        command.args(["s_server", "-quiet", "-naccept", "1", "-tls1_2", "-accept", &address.to_string()]);
        command.args(["-cipher", cipher(combination.suite.id), "-groups", &groups(combination)]);
        command.args(["-cert", &files.path("chain.pem"), "-cert_chain", &files.path("chain.pem")]);
        command.args(["-key", &files.path("key.pem"), "-keylogfile", &files.path("keylog")]);
        // It takes no notice of the finite-field groups that a client names.
        let group = combination.group.filter(|group| group.is_ffdhe()).unwrap_or(NamedGroup::FFDHE2048);
        command.args(["-dhparam", &files.finite_field(group)]);
        if stage.client().is_some() {
            // With the capital, it insists.
            command.args(["-Verify", "2", "-verify_return_error", "-CAfile", &files.path("root.pem")]);
        }
        (address, start(command, stage))
    }

    fn connect(&self, stage: &Stage, address: SocketAddr) -> Box<dyn Running> {
        let Stage { combination, files, .. } = stage;
        let mut command = Command::new("openssl");
        command.args(["s_client", "-quiet", "-no_ign_eof", "-nocommands", "-tls1_2"]);
        command.args(["-connect", &address.to_string(), "-servername", SERVER_NAME]);
        command.args(["-cipher", cipher(combination.suite.id), "-groups", &groups(combination)]);
        command.args(["-CAfile", &files.path("root.pem"), "-verify_return_error", "-verify_hostname", SERVER_NAME]);
        command.args(["-keylogfile", &files.path("keylog")]);
        if stage.client().is_some() {
            let chain = files.path("client-chain.pem");
            command.args(["-cert", &chain, "-cert_chain", &chain, "-key", &files.path("client-key.pem")]);
        }
        start(command, stage)
    }
}

fn start(command: Command, stage: &Stage) -> Box<dyn Running> {
    // With one byte more than it gets, its input stays open and it has no reason to close first.
    let expected = if stage.peer_closes_first { LENGTH } else { LENGTH + 1 };
    let process = Process::start(command, stage.payload.theirs.clone(), expected);
    Box::new(Tool { process, key_log: stage.files.path("keylog") })
}

impl Running for Tool {
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
