//! What client and server are given to say to each other: as HTTP, in as many records as it takes.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use common::{Parties, SERVER_NAME, Wire, accept, key_of, offer};
use tls_glass::protocol::suite::tls12::SUITES;
use tls_glass::trace::ValueName;
use tls_glass::wire::codepoint::CipherSuite;
use tls_glass::wire::record::MAX_PLAINTEXT;

const SUITE: CipherSuite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;

/// Carries bytes until nobody has anything to do, and closes nothing. Gives what each record brought the client, too.
fn exchange(parties: &mut Parties) -> (Wire, Vec<usize>) {
    let (mut wire, mut pieces) = (Wire::default(), Vec::new());
    loop {
        if let Some(advance) = parties.client.advance() {
            pieces.extend(advance.received.as_ref().map(Vec::len));
            wire.reply.extend(advance.received.iter().flatten());
            parties.server.receive(&advance.output);
        } else if let Some(advance) = parties.server.advance() {
            wire.request.extend(advance.received.iter().flatten());
            parties.client.receive(&advance.output);
        } else {
            return (wire, pieces);
        }
    }
}

#[test]
fn a_reply_that_no_record_holds_is_cut_and_joined_again_under_every_suite() {
    let text = "Entry: 1.00\n".repeat(1_700);
    for suite in SUITES {
        let suite = suite.common.id;
        let mut parties = Parties::new(key_of(suite));
        parties.prepare(offer(suite), accept());
        parties.client.request_with(SERVER_NAME, "/account", Some("user: alice\n")).expect("well formed");
        parties.server.reply_with(&text);
        let (wire, pieces) = exchange(&mut parties);
        assert_eq!(pieces.len(), 2, "{suite}");
        assert_eq!(pieces[0], MAX_PLAINTEXT, "{suite}");
        let reply = String::from_utf8(wire.reply).expect("text");
        let (head, body) = reply.split_once("\r\n\r\n").expect("a head");
        assert!(head.contains(&format!("Content-Length: {}", text.len())), "{suite}: {head}");
        assert_eq!(body, text, "{suite}");
        // Both keep all of it until the connection is over.
        for holdings in [parties.client.holdings(), parties.server.holdings()] {
            assert_eq!(holdings.iter().filter(|holding| holding.name == ValueName::Reply).count(), 1, "{suite}");
        }
    }
}

#[test]
fn content_is_sent_with_its_length_in_bytes() {
    let mut parties = Parties::new(key_of(SUITE));
    parties.prepare(offer(SUITE), accept());
    let content = "user: älice\n";
    parties.client.request_with(SERVER_NAME, "/account", Some(content)).expect("well formed");
    let (wire, pieces) = exchange(&mut parties);
    let request = String::from_utf8(wire.request).expect("text");
    assert!(request.starts_with("POST /account HTTP/1.1\r\nHost: bank.example\r\nCookie: session="), "{request}");
    assert!(request.contains("\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 13\r\n"), "{request}");
    assert!(request.ends_with(&format!("\r\nConnection: close\r\n\r\n{content}")), "{request}");
    assert_eq!(pieces.len(), 1);
    assert!(wire.reply.ends_with(b"This reply to /account was encrypted with the server-to-client data key.\n"));
}

#[test]
fn what_is_to_be_said_is_of_one_connection() {
    let mut parties = Parties::new(key_of(SUITE));
    parties.prepare(offer(SUITE), accept());
    parties.server.reply_with("Balance: 1.00\n");
    parties.prepare(offer(SUITE), accept());
    parties.client.request(SERVER_NAME, "/account").expect("well formed");
    let (wire, _) = exchange(&mut parties);
    assert!(wire.request.starts_with(b"GET /account HTTP/1.1\r\n"));
    assert!(!wire.reply.ends_with(b"Balance: 1.00\n") && wire.reply.ends_with(b"data key.\n"));
}
