//! The application above TLS: where a request ends, wherever its bytes are cut, and what is answered.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use tls_glass::party::http::{Answer, Body, Responder};

const GET: &str = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";

/// What is answered to this, given in pieces of so many bytes; and whether the connection closes.
fn answers(request: &str, piece: usize) -> (String, bool) {
    let (mut responder, mut all) = (Responder::default(), String::new());
    for bytes in request.as_bytes().chunks(piece) {
        if let Answer::Respond { response, close } = responder.receive(bytes) {
            all += core::str::from_utf8(&response).expect("text");
            if close {
                return (all, true);
            }
        }
    }
    (all, false)
}

#[test]
fn a_request_behind_another_with_a_body_is_answered_too() {
    for head in [
        "POST /one HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello\r\n\r\nok",
        "POST /one HTTP/1.1\r\nHost: a\r\ncontent-length: 11\r\nContent-Length: 11\r\n\r\nhello\r\n\r\nok",
        "POST /one HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
        "POST /one HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=\"y\"\r\n0\r\n\r\n12345\r\n0\r\n\r\n",
        "POST /one HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\nExpires: never\r\nA: b\r\n\r\n",
        "GET /one HTTP/1.1\r\nHost: a\r\n\r\n",
    ] {
        let both = format!("{head}{GET}");
        for piece in [1, 2, 7, both.len()] {
            let (answered, close) = answers(&both, piece);
            assert_eq!(answered.matches("HTTP/1.1 200 OK\r\n").count(), 2, "{head:?} by {piece}: {answered}");
            assert!(
                answered.contains("reply to /one")
                    && answered.ends_with("reply to /next was encrypted with the server-to-client data key.\n")
            );
            assert!(!close, "{head:?}");
            // Not before all of it is here.
            let (early, _) = answers(&head[..head.len() - 1], piece);
            assert_eq!(early, "", "{head:?} by {piece}");
        }
    }
}

#[test]
fn a_body_whose_end_cannot_be_told_is_answered_with_400_and_the_end() {
    for framing in [
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
        "Content-Length: 3\r\nContent-Length: 4\r\n\r\n",
        "Content-Length: +3\r\n\r\n",
        "Content-Length: 99999999999999999999999\r\n\r\n",
        "Content-Length: \r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nx\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n",
    ] {
        for piece in [1, 1000] {
            let (answered, close) = answers(&format!("POST / HTTP/1.1\r\n{framing}{GET}"), piece);
            assert!(answered.starts_with("HTTP/1.1 400 Bad Request\r\n"), "{framing:?} by {piece}: {answered}");
            assert!(close && answered.matches("HTTP/1.1").count() == 1, "{framing:?}");
        }
    }
}

#[test]
fn a_line_between_chunks_has_a_longest_length() {
    let endless = format!("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;{}", "x".repeat(5000));
    assert!(answers(&endless, 100).0.starts_with("HTTP/1.1 400"));
}

#[test]
fn a_response_ends_where_its_framing_says() {
    let header = |name: &'static str, value: &'static str| httparse::Header { name, value: value.as_bytes() };
    for (status, headers, data, contents, taken, complete, may_end) in [
        (200, vec![header("Content-Length", "3")], "abcdef", "abc", 3, true, true),
        (200, vec![header("Content-Length", "9")], "abcdef", "abcdef", 6, false, false),
        (200, vec![header("Transfer-Encoding", "chunked")], "3\r\nabc\r\n0\r\n\r\nrest", "abc", 13, true, true),
        (200, vec![header("Transfer-Encoding", "chunked")], "3\r\nabc\r\n", "abc", 8, false, false),
        (200, vec![], "abcdef", "abcdef", 6, false, true),
        (204, vec![], "abcdef", "", 0, true, true),
        (304, vec![header("Content-Length", "3")], "abcdef", "", 0, true, true),
    ] {
        let mut body = Body::of_response(status, &headers).expect("a framing");
        let mut got = Vec::new();
        let took = body.take(data.as_bytes(), |bytes| got.extend_from_slice(bytes)).expect("a body");
        assert_eq!((core::str::from_utf8(&got), took), (Ok(contents), taken), "{status} {data:?}");
        assert_eq!((body.is_complete(), body.may_end_with_connection()), (complete, may_end), "{status} {data:?}");
    }
}
