//! Several requests on one connection to the example server, from rustls.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::files::Files;
use crate::process::RunningServer;
use crate::sockets::PATIENCE;

fn connect(server: &RunningServer, root: &str) -> StreamOwned<ClientConnection, TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(root).expect("a certificate")).expect("a root");
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a host name");
    let socket = TcpStream::connect(&server.address).expect("a connection");
    socket.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    StreamOwned::new(ClientConnection::new(Arc::new(config), name).expect("a client"), socket)
}

/// One reply, by its `Content-Length`.
fn reply(stream: &mut impl Read) -> String {
    let mut text = String::new();
    let mut byte = [0];
    while !text.ends_with("\r\n\r\n") {
        stream.read_exact(&mut byte).expect("a head");
        text.push(byte[0].into());
    }
    let (_, after) = text.split_once("Content-Length: ").expect("a length");
    let length = after.split("\r\n").next().and_then(|length| length.parse().ok()).expect("a number");
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("a body");
    text + core::str::from_utf8(&body).expect("text")
}

#[test]
fn a_request_after_one_with_a_body_is_answered_on_the_same_connection() {
    let files = Files::new();
    let root = files.path("ca.pem");
    let server = RunningServer::start(&["--certificate", "ecdsa", "--write-ca", &root]);
    let mut stream = connect(&server, &root);
    // In the body stands what would else be taken for a request.
    let inner = "GET /inner HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1_000);
    let length = inner.len();
    let chunked: String = inner.as_bytes().chunks(9_999).fold(String::new(), |text, chunk| {
        text + &format!("{:x}\r\n", chunk.len()) + core::str::from_utf8(chunk).expect("text") + "\r\n"
    });
    for (path, framed) in [
        ("/length", format!("Content-Length: {length}\r\n\r\n{inner}")),
        ("/chunks", format!("Transfer-Encoding: chunked\r\n\r\n{chunked}0\r\n\r\n")),
        ("/none", "\r\n".to_owned()),
        ("/again", format!("Content-Length: {length}\r\n\r\n{inner}")),
    ] {
        stream.write_all(format!("POST {path} HTTP/1.1\r\nHost: localhost\r\n{framed}").as_bytes()).expect("a request");
        let reply = reply(&mut stream);
        assert!(reply.starts_with("HTTP/1.1 200 OK\r\n") && reply.contains(&format!("reply to {path} ")), "{reply}");
    }
    stream.write_all(b"GET /last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("a request");
    let mut last = String::new();
    stream.read_to_string(&mut last).expect("a reply, and close_notify");
    assert_eq!(last.matches("HTTP/1.1").count(), 1, "{last}");
    assert!(last.contains("reply to /last "), "{last}");
}
