//! The example client reads a reply to the end that HTTP gives it, whoever serves it, and says so where that end is missing.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};
use tls_glass::crypto::signature::KeyAlgorithm;

use crate::common::SERVER_NAME;
use crate::files::{Files, Identity};
use crate::process::{Ended, run};
use crate::sockets;

const LENGTH: usize = 300_000;

/// A text of this length, in which no part is like another.
fn body() -> String {
    let lines: Vec<String> = (0..LENGTH / 6).map(|line| format!("{line:06}")).collect();
    let mut text = lines.join("\n");
    text.truncate(LENGTH);
    text
}

/// The body in chunks of many sizes, with an extension and a trailer.
fn chunked(body: &str) -> String {
    let (mut rest, mut parts, mut size) = (body, Vec::new(), 1);
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(size.min(rest.len()));
        parts.push(format!("{:X};n=1\r\n{chunk}\r\n", chunk.len()));
        (rest, size) = (after, size * 3 % 40_009 + 1);
    }
    parts.concat() + "0\r\nExpires: never\r\n\r\n"
}

/// What a server does once it has replied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// It says `close_notify`.
    Closes,
    /// It hangs up without.
    HangsUp,
    /// It waits for the client, as with keep-alive.
    Waits,
}

/// rustls on a socket: answers one request with these bytes.
fn rustls(identity: &Identity, reply: String, then: Then) -> (SocketAddr, JoinHandle<()>) {
    let chain = identity.chain.iter().cloned().map(CertificateDer::from).collect();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.pkcs8.clone()));
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).expect("our certificate");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let thread = thread::spawn(move || {
        let (mut socket, _) = listener.accept().expect("a client");
        let mut connection = ServerConnection::new(Arc::new(config)).expect("a server");
        let mut stream = Stream::new(&mut connection, &mut socket);
        let mut request = Vec::new();
        let mut buffer = [0; 4096];
        while !request.ends_with(b"\r\n\r\n") {
            let length = stream.read(&mut buffer).expect("a request");
            assert!(length > 0, "the client closes before it has asked");
            request.extend_from_slice(&buffer[..length]);
        }
        // A client that is content with less is found out by what it prints.
        if stream.write_all(reply.as_bytes()).and_then(|()| stream.flush()).is_err() {
            return;
        }
        match then {
            Then::Closes => {
                stream.conn.send_close_notify();
                let _ = stream.flush();
                let _ = stream.read_to_end(&mut Vec::new());
            }
            Then::HangsUp => {}
            Then::Waits => {
                let _ = stream.read_to_end(&mut Vec::new());
            }
        }
    });
    (address, thread)
}

/// What the client makes of this reply.
fn asked(reply: String, then: Then) -> Ended {
    let identity = Identity::shared(KeyAlgorithm::EcdsaP256);
    let files = Files::with_identity(identity);
    let (address, server) = rustls(identity, reply, then);
    let root = files.path("root.pem");
    let ended = run("client", &["--ca", &root, "--name", SERVER_NAME, "--timeout", "20", &address.to_string()]);
    server.join().expect("a server");
    ended
}

#[test]
fn all_of_a_long_reply_arrives_in_every_framing() {
    let body = body();
    for (head, framed, then) in [
        (format!("Content-Length: {LENGTH}\r\n"), body.clone(), Then::Waits),
        (format!("Content-Length: {LENGTH}\r\n"), body.clone(), Then::Closes),
        // What it announced is all here: the end of the connection says nothing about it.
        (format!("Content-Length: {LENGTH}\r\n"), body.clone(), Then::HangsUp),
        ("Transfer-Encoding: chunked\r\n".to_owned(), chunked(&body), Then::Waits),
        ("Transfer-Encoding: chunked\r\n".to_owned(), chunked(&body), Then::Closes),
        (String::new(), body.clone(), Then::Closes),
    ] {
        let head = format!("HTTP/1.1 200 OK\r\n{head}\r\n");
        let ended = asked(format!("{head}{framed}"), then);
        assert_eq!(ended.status, Some(0), "{head:?} {then:?}: {}", ended.stderr);
        assert_eq!(ended.stdout.len(), head.len() + LENGTH, "{head:?} {then:?}");
        assert!(ended.stdout == format!("{head}{body}"), "{head:?} {then:?}");
    }
}

#[test]
fn an_end_before_the_replys_own_is_an_error() {
    let body = body();
    let short = &body[..LENGTH - 1];
    let chunks = chunked(&body);
    let (of_length, of_chunks) = (format!("Content-Length: {LENGTH}\r\n"), "Transfer-Encoding: chunked\r\n".to_owned());
    for (head, sent, then, why) in [
        (&of_length, short, Then::Closes, "the peer closed before the end of the reply's body"),
        (&of_length, short, Then::HangsUp, "the peer hung up without close_notify"),
        (&of_chunks, &chunks[..chunks.len() - 2], Then::Closes, "the peer closed before the end of the reply's body"),
        (&of_chunks, &chunks[..chunks.len() - 2], Then::HangsUp, "the peer hung up without close_notify"),
        (&String::new(), &body[..], Then::HangsUp, "the peer hung up without close_notify"),
    ] {
        let ended = asked(format!("HTTP/1.1 200 OK\r\n{head}\r\n{sent}"), then);
        assert_eq!(ended.status, Some(1), "{head:?} {then:?}: {}", ended.stderr);
        let last = ended.stderr.lines().last().expect("a line");
        assert!(last.ends_with(why), "{head:?} {then:?}: {last}");
    }
    for (reply, why) in [
        ("", "the peer closed without a reply"),
        ("HTTP/1.1 200 OK\r\nContent-", "the peer closed before the end of the reply's head"),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "the reply cannot be read: a message's Content-Length is no number",
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n",
            "the reply cannot be read: a chunk's size cannot be read",
        ),
    ] {
        let ended = asked(reply.to_owned(), Then::Closes);
        assert_eq!(ended.status, Some(1), "{reply:?}: {ended:?}");
        assert!(ended.stderr.contains(why), "{reply:?}: {}", ended.stderr);
    }
}

#[test]
fn an_interim_reply_is_followed_by_another_and_one_without_a_body_has_none() {
    let ended =
        asked("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n".to_owned(), Then::Waits);
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    assert!(ended.stdout.ends_with("204 No Content\r\n\r\n"), "{}", ended.stdout);
}

#[test]
fn a_file_that_openssl_serves_arrives_whole() {
    let identity = Identity::shared(KeyAlgorithm::EcdsaP256);
    let files = Files::with_identity(identity);
    std::fs::write(files.path("body.txt"), body()).expect("a file");
    let address = sockets::free_port();
    let directory = std::path::PathBuf::from(files.path("")).canonicalize().expect("a directory");
    let mut server = Command::new("openssl")
        .args(["s_server", "-quiet", "-WWW", "-accept", &address.port().to_string(), "-tls1_2"])
        .args(["-cert", "chain.pem", "-cert_chain", "chain.pem", "-key", "key.pem"])
        .current_dir(directory)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("openssl");
    drop(sockets::connect(address).expect("openssl listens"));
    let root = files.path("root.pem");
    let arguments = ["--ca", &root, "--name", SERVER_NAME, "--path", "/body.txt", &address.to_string()];
    let ended = run("client", &arguments);
    let _ = server.kill();
    let _ = server.wait();
    assert_eq!(ended.status, Some(0), "{}", ended.stderr);
    let (_, got) = ended.stdout.split_once("\r\n\r\n").expect("a head");
    assert!(got == body(), "{} bytes", got.len());
}

/// The client's alert, sent while the server still sends, is what the server reads before the end.
#[test]
fn an_alert_arrives_though_the_peer_has_sent_more_than_was_read() {
    let files = Files::with_identity(Identity::shared(KeyAlgorithm::EcdsaP256));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let peer = thread::spawn(move || {
        let (socket, _) = listener.accept().expect("a client");
        flooded(socket)
    });
    let ended = run("client", &["--ca", &files.path("root.pem"), &address]);
    assert!(ended.one_line().contains("handshake was due"), "{ended:?}");
    let said = peer.join().expect("a peer").expect("the client takes it all and answers");
    // After its ClientHello.
    assert!(said.ends_with(&[21, 3, 3, 0, 2, 2, 10]), "{said:?}");
}

/// Sends what is no TLS, much more of it than is read at once, and gives what the other side said up to its end.
pub fn flooded(mut socket: TcpStream) -> std::io::Result<Vec<u8>> {
    socket.set_read_timeout(Some(sockets::PATIENCE))?;
    socket.write_all(&vec![0x48; 400_000])?;
    let mut said = Vec::new();
    socket.read_to_end(&mut said)?;
    Ok(said)
}
