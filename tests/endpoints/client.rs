//! The example client, alone and against peers that do not do their part.

use std::io::Read;
use std::net::{Ipv4Addr, TcpListener};
use std::thread;

use tls_glass::crypto::signature::KeyAlgorithm;

use crate::files::{Files, Identity};
use crate::process::run;

fn files() -> Files {
    Files::with_identity(&Identity::new(KeyAlgorithm::EcdsaP256))
}

#[test]
fn a_bad_flag_of_the_client_ends_with_status_2_and_is_named() {
    let address = "localhost:4433";
    for (arguments, named) in [
        (vec![], "HOST:PORT"),
        (vec![address], "--ca"),
        (vec!["--ca"], "--ca"),
        (vec!["--ca", "ca.pem"], "HOST:PORT"),
        (vec!["--ca", "ca.pem", "localhost"], "HOST:PORT"),
        (vec!["--ca", "ca.pem", address, "another:1"], "another:1"),
        (vec!["--frobnicate"], "--frobnicate"),
        (vec!["--timeout", "0", address], "--timeout 0"),
        (vec!["--timeout", "soon", address], "--timeout soon"),
        (vec!["--suite", "TLS_RSA_WITH_NULL_MD5", address], "--suite TLS_RSA_WITH_NULL_MD5"),
        (vec!["--group", "secp521r1", address], "--group secp521r1"),
        (vec!["--scheme", "ed25519", address], "--scheme ed25519"),
        (vec!["--key-exchange", "dh", address], "--key-exchange dh"),
        (vec!["--no-ems=yes", address], "--no-ems"),
        (vec!["--resumption", "psk", address], "--resumption psk"),
    ] {
        let ended = run("client", &arguments);
        assert_eq!(ended.status, Some(2), "{arguments:?}: {ended:?}");
        let first = ended.stderr.lines().next().expect("a line");
        assert!(first.contains(named), "{arguments:?}: {first}");
        assert!(ended.stderr.contains("\nusage: client"), "{arguments:?}: the usage follows");
    }
}

#[test]
fn flags_that_leave_no_suite_are_named() {
    let files = files();
    let root = files.path("root.pem");
    let suite = "TLS_RSA_WITH_AES_128_GCM_SHA256";
    let ended = run("client", &["--ca", &root, "--key-exchange", "ecdhe", "--suite", suite, "localhost:4433"]);
    assert_eq!(ended.status, Some(2));
    assert!(ended.stderr.starts_with("no cipher suite is left: --suite and --key-exchange"), "{}", ended.stderr);
}

#[test]
fn help_is_no_error() {
    for program in ["client", "server"] {
        let ended = run(program, &["--help"]);
        assert_eq!(ended.status, Some(0));
        assert!(ended.stdout.starts_with(&format!("usage: {program} ")) && ended.stderr.is_empty());
    }
}

#[test]
fn a_refused_connection_is_one_line() {
    let files = files();
    let address = crate::sockets::free_port().to_string();
    let ended = run("client", &["--ca", &files.path("root.pem"), &address]);
    assert_eq!(ended.one_line(), format!("{address}: connection refused"));
}

#[test]
fn a_peer_that_never_answers_is_one_line() {
    let files = files();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let ended = run("client", &["--ca", &files.path("root.pem"), "--timeout", "0.2", &address]);
    assert_eq!(ended.one_line(), format!("{address}: timed out"));
}

#[test]
fn a_peer_that_hangs_up_during_the_handshake_is_one_line() {
    let files = files();
    // Once in good order, once with bytes unread, which resets the connection.
    for reads in [true, false] {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let peer = thread::spawn(move || {
            let (mut socket, _) = listener.accept().expect("a client");
            let mut buffer = [0; 4096];
            let length = if reads { buffer.len() } else { 1 };
            socket.read(&mut buffer[..length]).expect("a ClientHello")
        });
        let ended = run("client", &["--ca", &files.path("root.pem"), &address]);
        assert!(peer.join().expect("a peer") > 0);
        assert_eq!(ended.one_line(), format!("{address}: the peer hung up without close_notify"));
    }
}

#[test]
fn a_peer_that_does_not_speak_tls_is_one_line() {
    let files = files();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let peer = thread::spawn(move || {
        let (mut socket, _) = listener.accept().expect("a client");
        std::io::Write::write_all(&mut socket, b"HTTP/1.1 400 Bad Request\r\n\r\n").expect("a reply");
        // Until the client hangs up.
        let _ = socket.read_to_end(&mut Vec::new());
    });
    let ended = run("client", &["--ca", &files.path("root.pem"), &address]);
    peer.join().expect("a peer");
    let line = ended.one_line();
    assert_eq!(line, format!("{address}: a record of 0x48 came, handshake was due"));
}

#[test]
fn a_file_that_is_missing_or_has_no_certificate_is_one_line() {
    let files = files();
    for name in ["nowhere.pem", "key.pem"] {
        let path = files.path(name);
        let ended = run("client", &["--ca", &path, "localhost:4433"]);
        assert!(ended.one_line().starts_with(&path), "{ended:?}");
    }
}
