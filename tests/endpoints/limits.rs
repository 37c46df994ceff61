//! What the example server does about peers that take too much: of its time, of its files, of its places.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use tls_glass::wire::codepoint::{AlertDescription, ContentType};

use crate::files::Files;
use crate::process::{RunningServer, run};
use crate::replies::flooded;
use crate::sockets::PATIENCE;

fn ask(server: &RunningServer, files: &Files) -> Option<i32> {
    run("client", &["--ca", &files.path("ca.pem"), "--name", "localhost", &server.address]).status
}

fn server(arguments: &[&str]) -> (RunningServer, Files) {
    let files = Files::new();
    let root = files.path("ca.pem");
    let server = RunningServer::start(&[&["--certificate", "ecdsa", "--write-ca", &root][..], arguments].concat());
    (server, files)
}

/// How long it takes until the server hangs up on a peer that sends the beginning of a long record, one byte at a time.
fn until_hung_up(server: &RunningServer) -> Duration {
    let mut socket = TcpStream::connect(&server.address).expect("a connection");
    socket.set_read_timeout(Some(Duration::from_millis(100))).expect("a timeout");
    let began = Instant::now();
    socket.write_all(&[ContentType::HANDSHAKE.0, 3, 1, 0x40, 0]).expect("a header");
    while began.elapsed() < PATIENCE {
        match socket.read(&mut [0; 100]) {
            Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
                if socket.write_all(&[0]).is_err() {
                    return began.elapsed();
                }
            }
            _ => return began.elapsed(),
        }
    }
    panic!("the server does not hang up");
}

#[test]
fn a_peer_that_sends_a_byte_now_and_then_does_not_hold_the_server_for_ever() {
    for flag in ["--handshake-timeout", "--connection-timeout"] {
        let (server, _files) = server(&["--timeout", "20", flag, "1"]);
        let took = until_hung_up(&server);
        assert!(took >= Duration::from_millis(900) && took < Duration::from_secs(8), "{flag}: {took:?}");
    }
}

#[test]
fn a_connection_whose_handshake_is_over_is_held_to_the_other_limit() {
    let (mut server, files) = server(&["--handshake-timeout", "1", "--connection-timeout", "3"]);
    // Complete, and then silent: no request of HTTP ends like this.
    let arguments = ["--ca", &files.path("ca.pem"), "--name", "localhost", "--send", "GET / HT", &server.address];
    let began = Instant::now();
    let ended = run("client", &arguments);
    assert_eq!(ended.status, Some(1), "{ended:?}");
    let took = began.elapsed();
    assert!(took >= Duration::from_millis(2900) && took < Duration::from_secs(10), "{took:?}");
    assert_eq!(ask(&server, &files), Some(0), "others are served");
    assert!(server.line().contains("TLS_"));
}

#[test]
fn who_comes_when_all_places_are_taken_waits_for_one() {
    let (server, files) = server(&["--connections", "2", "--handshake-timeout", "2"]);
    let idle: Vec<TcpStream> = (0..2).map(|_| TcpStream::connect(&server.address).expect("a connection")).collect();
    let began = Instant::now();
    assert_eq!(ask(&server, &files), Some(0));
    let waited = began.elapsed();
    assert!(waited >= Duration::from_millis(1500), "it was served beside two others: {waited:?}");
    drop(idle);
}

#[test]
fn an_alert_of_the_servers_arrives_though_more_was_sent_than_it_read() {
    let (server, _files) = server(&[]);
    for _ in 0..5 {
        let socket = TcpStream::connect(&server.address).expect("a connection");
        let said = flooded(socket).expect("the server takes it all and answers");
        assert_eq!(said[5..], [2, AlertDescription::UNEXPECTED_MESSAGE.0]);
    }
}

/// Ticks of processor time that a process has used, a hundred a second.
#[cfg(target_os = "linux")]
fn ticks(process: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).expect("a process");
    // Its name, in parentheses, may have spaces. utime and stime are the fields 14 and 15.
    let (_, fields) = stat.rsplit_once(')').expect("a name");
    fields.split_whitespace().skip(11).take(2).map(|field| field.parse::<u64>().expect("a number")).sum()
}

#[cfg(target_os = "linux")]
#[test]
fn a_server_without_files_left_waits_and_says_so_once() {
    let files = Files::new();
    let (root, errors) = (files.path("ca.pem"), files.path("errors.txt"));
    let arguments = ["--certificate", "ecdsa", "--write-ca", &root, "--handshake-timeout", "60", "--timeout", "60"];
    let server = RunningServer::start_with_files(12, &errors, &arguments);
    let idle: Vec<TcpStream> = (0..20).map(|_| TcpStream::connect(&server.address).expect("a connection")).collect();
    // Until it is out of files.
    let deadline = Instant::now() + PATIENCE;
    while std::fs::read_to_string(&errors).expect("a file").is_empty() {
        assert!(Instant::now() < deadline, "it does not run out of files");
        thread::sleep(Duration::from_millis(20));
    }
    let before = ticks(server.id());
    thread::sleep(Duration::from_secs(2));
    let used = ticks(server.id()) - before;
    assert!(used < 40, "{used} of 200 ticks");
    let said = std::fs::read_to_string(&errors).expect("a file");
    assert_eq!(said.matches("no connection can be accepted").count(), 1, "{said}");
    drop(idle);
    assert_eq!(ask(&server, &files), Some(0), "it goes on once there are files again");
}
