//! The application above TLS: one HTTP/1.1 request, one response (RFC 9112).

mod body;

use core::fmt::Write;

pub use body::{BadBody, Body};

use crate::glass::Secret;

/// The longest request head that is waited for.
const MAX_REQUEST: usize = 16 * 1024;

/// A request to `host` for `path`, with a cookie: something that nobody else should read. With content it is sent there (`POST`).
pub fn request(host: &str, path: &str, cookie: &[u8], content: Option<&[u8]>) -> Vec<u8> {
    let method = if content.is_some() { "POST" } else { "GET" };
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: session=");
    for byte in cookie {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.push_str("\r\n");
    if let Some(content) = content {
        let length = content.len();
        let _ = write!(text, "Content-Type: text/plain; charset=utf-8\r\nContent-Length: {length}\r\n");
    }
    text.push_str("Connection: close\r\n\r\n");
    [text.as_bytes(), content.unwrap_or_default()].concat()
}

/// Reads requests from what arrives and answers each, once its body is here too.
#[derive(Debug, Default)]
pub struct Responder {
    /// What is here of a request's head.
    received: Vec<u8>,
    /// The request whose body is not all here.
    pending: Option<Pending>,
    /// What a request is answered with, instead of a line that names its path.
    reply: Option<Secret>,
}

/// A request whose head was read. What its body holds is passed over.
#[derive(Debug)]
struct Pending {
    body: Body,
    response: Vec<u8>,
    close: bool,
}

/// What a responder makes of what arrived so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The request is not complete.
    Wait,
    /// The response; after it the connection closes if `close` says so.
    Respond {
        /// The whole response; several, where several requests were complete.
        response: Vec<u8>,
        /// Whether no further request is expected.
        close: bool,
    },
}

impl Responder {
    /// What every request that can be read is answered with: the content of the response.
    pub(super) fn reply_with(&mut self, reply: Secret) {
        self.reply = Some(reply);
    }

    /// Takes bytes of application data.
    pub fn receive(&mut self, data: &[u8]) -> Answer {
        let mut responses = Vec::new();
        let mut rest = data;
        loop {
            let Some(Pending { body, response, close }) = &mut self.pending else {
                match self.read_head(rest) {
                    None => break,
                    Some((pending, taken)) => (self.pending, rest) = (Some(pending), &rest[taken..]),
                }
                continue;
            };
            if let Ok(taken) = body.take(rest, |_| {}) {
                rest = &rest[taken..];
            } else {
                (*body, *response, *close) = (Body::NONE, unreadable(), true);
            }
            if !body.is_complete() {
                break;
            }
            responses.append(response);
            let close = *close;
            self.pending = None;
            if close {
                return Answer::Respond { response: responses, close };
            }
        }
        if responses.is_empty() { Answer::Wait } else { Answer::Respond { response: responses, close: false } }
    }

    /// Reads a request's head, if all of it is here. Gives the request, and how much of `data` belonged to the head.
    fn read_head(&mut self, data: &[u8]) -> Option<(Pending, usize)> {
        let before = self.received.len();
        self.received.extend_from_slice(data);
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut headers);
        let (pending, taken) = match request.parse(&self.received) {
            Ok(httparse::Status::Complete(length)) => (respond(&request, self.reply.as_deref()), length - before),
            Ok(httparse::Status::Partial) if self.received.len() <= MAX_REQUEST => return None,
            Ok(httparse::Status::Partial) | Err(_) => {
                (Pending { body: Body::NONE, response: unreadable(), close: true }, data.len())
            }
        };
        // Not cleared: the request would stay in the memory.
        self.received = Vec::new();
        Some((pending, taken))
    }
}

fn unreadable() -> Vec<u8> {
    message("HTTP/1.1 400 Bad Request", b"The request could not be read.\n", true)
}

fn respond(request: &httparse::Request<'_, '_>, reply: Option<&[u8]>) -> Pending {
    let Ok(content) = Body::of_request(request.headers) else {
        return Pending { body: Body::NONE, response: unreadable(), close: true };
    };
    let version = request.version.unwrap_or(0);
    let connection = request
        .headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case("connection"))
        .map_or("", |header| core::str::from_utf8(header.value).unwrap_or_default());
    // RFC 9112, section 9.3: HTTP/1.1 stays open unless told to close, HTTP/1.0 closes unless told to stay open.
    let close = if version == 0 {
        !connection.eq_ignore_ascii_case("keep-alive")
    } else {
        connection.eq_ignore_ascii_case("close")
    };
    let path = request.path.unwrap_or("/");
    let usual = format!("This reply to {path} was encrypted with the server-to-client data key.\n");
    let body = if request.method == Some("HEAD") { &[] } else { reply.unwrap_or(usual.as_bytes()) };
    Pending { body: content, response: message(&format!("HTTP/1.{version} 200 OK"), body, close), close }
}

fn message(status: &str, body: &[u8], close: bool) -> Vec<u8> {
    let connection = if close { "close" } else { "keep-alive" };
    let length = body.len();
    let head = format!(
        "{status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {length}\r\n\
         Connection: {connection}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}
