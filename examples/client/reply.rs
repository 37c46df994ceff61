//! The reply, up to the end that HTTP gives it.

use std::io::{self, Write};

use tls_glass::party::http::{BadBody, Body};

/// The longest head that is waited for.
const MAX_HEAD: usize = 64 * 1024;
const MAX_HEADERS: usize = 128;

/// What is still to come of a reply.
pub struct Reply {
    part: Part,
    /// Whether the request was a `HEAD`, whose reply has no body.
    head_only: bool,
}

enum Part {
    /// The rest of the head; what is here of it.
    Head(Vec<u8>),
    /// The rest of the body.
    Body(Body),
    /// Not HTTP: whatever comes before the connection closes.
    Anything,
}

impl Reply {
    /// The reply to a request that begins like this.
    pub fn to(request: &[u8]) -> Self {
        Self { part: Part::Head(Vec::new()), head_only: request.starts_with(b"HEAD ") }
    }

    /// Takes what came, and writes head and body to `out`, the body without its framing.
    pub fn receive(&mut self, data: &[u8], out: &mut impl Write) -> io::Result<()> {
        let bad = |error: BadBody| io::Error::other(format!("the reply cannot be read: {error}"));
        let mut rest = data.to_vec();
        while !rest.is_empty() && !self.is_complete() {
            match &mut self.part {
                Part::Anything => {
                    out.write_all(&rest)?;
                    rest.clear();
                }
                Part::Body(body) => {
                    let mut written = Ok(());
                    let taken = body.take(&rest, |contents| {
                        if written.is_ok() {
                            written = out.write_all(contents);
                        }
                    });
                    written?;
                    rest.drain(..taken.map_err(bad)?);
                }
                Part::Head(head) => {
                    head.append(&mut rest);
                    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
                    let mut response = httparse::Response::new(&mut headers);
                    let (length, next) = match response.parse(head) {
                        Ok(httparse::Status::Partial) if head.len() <= MAX_HEAD => return Ok(()),
                        Ok(httparse::Status::Partial) => return Err(io::Error::other("the reply's head is too long")),
                        Err(_) if !b"HTTP/".iter().zip(head.iter()).all(|(one, other)| one == other) => {
                            (0, Part::Anything)
                        }
                        Err(error) => {
                            return Err(io::Error::other(format!("the reply's head cannot be read: {error}")));
                        }
                        Ok(httparse::Status::Complete(length)) => (
                            length,
                            match response.code.unwrap_or(0) {
                                // RFC 9110, section 15.2: another reply follows.
                                100..200 => Part::Head(Vec::new()),
                                _ if self.head_only => Part::Body(Body::NONE),
                                status => Part::Body(Body::of_response(status, response.headers).map_err(bad)?),
                            },
                        ),
                    };
                    rest = head.split_off(length);
                    out.write_all(head)?;
                    self.part = next;
                }
            }
        }
        out.flush()
    }

    /// Whether all of it is here, by what it says itself.
    pub fn is_complete(&self) -> bool {
        matches!(&self.part, Part::Body(body) if body.is_complete())
    }

    /// Whether all of it is here if the connection was closed in good order; else what is missing.
    pub fn end(&self) -> Result<(), &'static str> {
        match &self.part {
            Part::Anything => Ok(()),
            Part::Body(body) if body.may_end_with_connection() => Ok(()),
            Part::Body(_) => Err("the peer closed before the end of the reply's body"),
            Part::Head(head) if head.is_empty() => Err("the peer closed without a reply"),
            Part::Head(_) => Err("the peer closed before the end of the reply's head"),
        }
    }
}
