//! The example server, against the example client.

use std::net::TcpStream;

use tls_glass::crypto::signature::KeyAlgorithm;

use crate::common::SERVER_NAME;
use crate::files::{Files, Identity};
use crate::process::{Ended, RunningServer, run};

/// A server with a certificate of its own making, and the file with the root that signed it.
fn server(arguments: &[&str]) -> (RunningServer, Files) {
    let files = Files::new();
    let root = files.path("ca.pem");
    let server = RunningServer::start(&[&["--write-ca", &root][..], arguments].concat());
    (server, files)
}

fn ask(server: &RunningServer, root: &str, arguments: &[&str]) -> Ended {
    run("client", &[&["--ca", root, "--name", "localhost"][..], arguments, &[&server.address]].concat())
}

#[test]
fn a_bad_flag_of_the_server_ends_with_status_2_and_is_named() {
    for (arguments, named) in [
        (vec!["--frobnicate"], "--frobnicate"),
        (vec!["surplus"], "surplus"),
        (vec!["--certificate", "dsa"], "--certificate dsa"),
        (vec!["--cert", "chain.pem"], "--key"),
        (vec!["--key", "key.pem"], "--cert"),
        (vec!["--cert", "chain.pem", "--key", "key.pem", "--write-ca", "ca.pem"], "--write-ca"),
        (vec!["--require-client-cert"], "--client-ca"),
        (vec!["--timeout", "-1"], "--timeout -1"),
        (vec!["--handshake-timeout", "0"], "--handshake-timeout 0"),
        (vec!["--connection-timeout", "x"], "--connection-timeout x"),
        (vec!["--connections", "0"], "--connections 0"),
        (vec!["--connections", "many"], "--connections many"),
        (vec!["--listen"], "--listen"),
    ] {
        let ended = run("server", &arguments);
        assert_eq!(ended.status, Some(2), "{arguments:?}: {ended:?}");
        let first = ended.stderr.lines().next().expect("a line");
        assert!(first.contains(named), "{arguments:?}: {first}");
        assert!(ended.stderr.contains("\nusage: server"), "{arguments:?}: the usage follows");
    }
}

#[test]
fn the_server_answers_any_request_of_http_1_with_200() {
    for certificate in ["rsa", "ecdsa"] {
        let (mut server, files) = server(&["--certificate", certificate]);
        let root = files.path("ca.pem");
        for (request, reply) in [
            ("GET / HTTP/1.0\\r\\n\\r\\n", "HTTP/1.0 200 OK\r\n"),
            ("GET /a/path HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n", "HTTP/1.1 200 OK\r\n"),
            ("PUT / HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n", "HTTP/1.1 200 OK\r\n"),
        ] {
            let ended = ask(&server, &root, &["--send", request]);
            assert_eq!(ended.status, Some(0), "{request}: {ended:?}");
            assert!(ended.stdout.starts_with(reply), "{request}: {}", ended.stdout);
            let (head, body) = ended.stdout.split_once("\r\n\r\n").expect("a head and a body");
            assert!(head.contains(&format!("Content-Length: {}", body.len())), "{head}");
            assert!(server.line().contains("TLS_"), "the server says which suite it was");
        }
        let ended = ask(&server, &root, &["--path", "/there"]);
        assert!(ended.stdout.ends_with("This reply to /there was encrypted with the server-to-client data key.\n"));
    }
}

#[test]
fn a_second_connection_resumes_the_first_if_both_programs_are_asked_to() {
    for (server_flags, client_flags, resumed) in [
        (&["--resumption", "id"][..], &["--resumption", "id"][..], true),
        (&["--resumption", "ticket"], &["--resumption", "ticket"], true),
        (&["--resumption", "ticket"], &["--resumption", "id"], false),
        (&[], &["--resumption", "ticket"], false),
    ] {
        let (mut server, files) = server(&[&["--certificate", "ecdsa"], server_flags].concat());
        let ended = ask(&server, &files.path("ca.pem"), client_flags);
        assert_eq!(ended.status, Some(0), "{client_flags:?}: {ended:?}");
        let told: Vec<bool> = ended.stderr.lines().map(|line| line.ends_with(", resumed")).collect();
        assert_eq!(told, [false, resumed], "{client_flags:?}: {ended:?}");
        assert_eq!([server.line(), server.line()].map(|line| line.trim_end().ends_with(", resumed")), [false, resumed]);
    }
}

#[test]
fn what_is_no_request_is_answered_with_400() {
    let (server, files) = server(&["--certificate", "ecdsa"]);
    let ended = ask(&server, &files.path("ca.pem"), &["--send", "\\r\\nnonsense\\r\\n\\r\\n"]);
    assert!(ended.stdout.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{ended:?}");
}

#[test]
fn connections_do_not_wait_for_each_other_or_fall_with_each_other() {
    let (server, files) = server(&["--certificate", "ecdsa"]);
    let root = files.path("ca.pem");
    let idle: Vec<TcpStream> = (0..3).map(|_| TcpStream::connect(&server.address).expect("a connection")).collect();
    assert_eq!(ask(&server, &root, &[]).status, Some(0), "while others say nothing");
    drop(idle);
    assert_eq!(ask(&server, &root, &[]).status, Some(0), "after others have hung up");
    let all: Vec<_> = (0..4)
        .map(|_| {
            let (address, root) = (server.address.clone(), root.clone());
            std::thread::spawn(move || run("client", &["--ca", &root, "--name", "localhost", &address]).status)
        })
        .collect();
    for client in all {
        assert_eq!(client.join().expect("a client"), Some(0), "several at once");
    }
}

#[test]
fn the_server_takes_its_certificate_and_key_from_pem_files() {
    for algorithm in [KeyAlgorithm::Rsa, KeyAlgorithm::EcdsaP256] {
        let files = Files::with_identity(&Identity::new(algorithm));
        let server = RunningServer::start(&["--cert", &files.path("chain.pem"), "--key", &files.path("key.pem")]);
        let ended = run("client", &["--ca", &files.path("root.pem"), "--name", SERVER_NAME, &server.address]);
        assert_eq!(ended.status, Some(0), "{ended:?}");
        assert!(ended.stdout.starts_with("HTTP/1.1 200 OK\r\n"));
    }
}

#[test]
fn both_ends_write_the_same_key_log() {
    let (server, files) = {
        let files = Files::new();
        let (root, log) = (files.path("ca.pem"), files.path("server.log"));
        let server = RunningServer::start(&["--certificate", "ecdsa", "--write-ca", &root, "--keylog", &log]);
        (server, files)
    };
    let client_log = files.path("client.log");
    for _ in 0..2 {
        assert_eq!(ask(&server, &files.path("ca.pem"), &["--keylog", &client_log]).status, Some(0));
    }
    let read = |name| std::fs::read_to_string(files.path(name)).expect("a key log");
    assert_eq!(read("client.log"), read("server.log"));
    assert_eq!(read("client.log").lines().filter(|line| line.starts_with("CLIENT_RANDOM ")).count(), 2);
}

#[test]
fn what_was_narrowed_is_what_is_negotiated() {
    let (mut server, files) = server(&["--certificate", "rsa", "--key-exchange", "rsa"]);
    let root = files.path("ca.pem");
    let suite = "TLS_RSA_WITH_AES_256_GCM_SHA384";
    assert_eq!(ask(&server, &root, &["--suite", suite, "--no-ems"]).status, Some(0));
    assert!(server.line().ends_with(suite));
    let ended = ask(&server, &root, &["--key-exchange", "ecdhe"]);
    assert!(ended.one_line().ends_with("the peer sent the alert handshake_failure"), "{ended:?}");
}

#[test]
fn a_client_shows_its_certificate_where_the_server_asks() {
    let identity = Identity::shared(KeyAlgorithm::EcdsaP256);
    let files = Files::with_identity(identity);
    files.add_client(identity.client(KeyAlgorithm::EcdsaP256));
    let root = files.path("root.pem");
    let (server, ca) = server(&["--client-ca", &root, "--require-client-cert"]);
    let (chain, key) = (files.path("client-chain.pem"), files.path("client-key.pem"));
    let shown = ask(&server, &ca.path("ca.pem"), &["--cert", &chain, "--key", &key]);
    assert_eq!(shown.status, Some(0), "{shown:?}");
    let without = ask(&server, &ca.path("ca.pem"), &[]);
    assert!(without.one_line().contains("handshake_failure"), "{without:?}");
}

#[test]
fn a_client_with_another_root_or_name_says_why_it_refuses() {
    let (server, files) = server(&["--certificate", "ecdsa"]);
    let stranger = Files::with_identity(&Identity::new(KeyAlgorithm::EcdsaP256));
    let ended = ask(&server, &stranger.path("root.pem"), &[]);
    assert!(ended.one_line().contains("certificate"), "{ended:?}");
    let ended = run("client", &["--ca", &files.path("ca.pem"), "--name", "other.example", &server.address]);
    assert!(ended.one_line().contains("for another name"), "{ended:?}");
}

#[test]
fn a_port_in_use_or_a_bad_file_is_one_line() {
    let (server, files) = server(&["--certificate", "ecdsa"]);
    let ended = run("server", &["--certificate", "ecdsa", "--listen", &server.address]);
    assert!(ended.one_line().starts_with(&server.address), "{ended:?}");
    let (nowhere, root) = (files.path("nowhere.pem"), files.path("ca.pem"));
    let ended = run("server", &["--cert", &nowhere, "--key", &nowhere]);
    assert!(ended.one_line().starts_with(&nowhere), "{ended:?}");
    let ended = run("server", &["--cert", &root, "--key", &root]);
    assert!(ended.one_line().starts_with(&root), "{ended:?}");
    // A key that belongs to another certificate.
    let other = Files::with_identity(&Identity::new(KeyAlgorithm::EcdsaP256));
    let ended = run("server", &["--cert", &root, "--key", &other.path("key.pem")]);
    assert!(ended.one_line().contains("another public key"), "{ended:?}");
}
