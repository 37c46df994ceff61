//! Where the body of an HTTP message ends (RFC 9112, section 6).

/// What is still to come of a message's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body(Part);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// So many bytes.
    Length(u64),
    /// Whatever comes before the connection closes.
    UntilClose,
    /// A chunk's size and the end of its line (RFC 9112, section 7.1).
    ChunkSize(Line),
    /// So many bytes of a chunk.
    Chunk(u64),
    /// The end of line behind a chunk.
    ChunkEnd(Line),
    /// Trailer fields, up to an empty line (section 7.1.2).
    Trailer(Line),
    /// Nothing.
    Complete,
    /// Nobody knows: it could not be read.
    Broken,
}

/// A line of a chunked body, as far as it is here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Line(Vec<u8>);

/// The longest line of a chunked body that is taken: a chunk's size with its extensions, or a trailer field.
const MAX_LINE: usize = 1024;

/// A body whose length cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadBody(&'static str);

impl core::fmt::Display for BadBody {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.0)
    }
}

impl core::error::Error for BadBody {}

impl Body {
    /// No body at all.
    pub const NONE: Self = Self(Part::Complete);

    /// The body of a request with these header fields: without a length it has none (RFC 9112, section 6.3).
    pub fn of_request(headers: &[httparse::Header<'_>]) -> Result<Self, BadBody> {
        Ok(Self::framed(headers)?.unwrap_or(Self::NONE))
    }

    /// The body of a response with these header fields to a request that is no `HEAD`: without a length it ends with the
    /// connection.
    pub fn of_response(status: u16, headers: &[httparse::Header<'_>]) -> Result<Self, BadBody> {
        match status {
            100..200 | 204 | 304 => Ok(Self::NONE),
            _ => Ok(Self::framed(headers)?.unwrap_or(Self(Part::UntilClose))),
        }
    }

    /// As the header fields say: chunked, or of a length. A message that says both is refused, as it may be an attempt to
    /// have two readers see different messages (RFC 9112, section 6.3).
    fn framed(headers: &[httparse::Header<'_>]) -> Result<Option<Self>, BadBody> {
        let values = |name: &'static str| {
            headers.iter().filter(move |header| header.name.eq_ignore_ascii_case(name)).map(|header| header.value)
        };
        let mut lengths = values("content-length");
        let mut codings = values("transfer-encoding");
        match (lengths.next(), codings.next()) {
            (None, None) => Ok(None),
            (Some(_), Some(_)) => Err(BadBody("a message has both Content-Length and Transfer-Encoding")),
            (None, Some(coding)) => {
                if coding.eq_ignore_ascii_case(b"chunked") && codings.next().is_none() {
                    Ok(Some(Self(Part::ChunkSize(Line::default()))))
                } else {
                    Err(BadBody("a message has a Transfer-Encoding other than chunked"))
                }
            }
            (Some(length), None) => {
                // Digits only: a sign would pass `parse`.
                let digits = length.iter().all(u8::is_ascii_digit).then(|| core::str::from_utf8(length).ok()).flatten();
                match digits.and_then(|digits| digits.parse().ok()) {
                    Some(number) if lengths.all(|other| other == length) => Ok(Some(Self::of_length(number))),
                    _ => Err(BadBody("a message's Content-Length is no number, or several")),
                }
            }
        }
    }

    const fn of_length(length: u64) -> Self {
        Self(if length == 0 { Part::Complete } else { Part::Length(length) })
    }

    /// Whether nothing of it is still to come.
    pub const fn is_complete(&self) -> bool {
        matches!(self.0, Part::Complete)
    }

    /// Whether it is complete if the connection closes now, in good order.
    pub const fn may_end_with_connection(&self) -> bool {
        matches!(self.0, Part::Complete | Part::UntilClose)
    }

    /// Takes what belongs to it from the beginning of `data` and hands the contents, without chunks' sizes and trailers,
    /// to `contents`. Gives the number of bytes that it took.
    pub fn take(&mut self, data: &[u8], mut contents: impl FnMut(&[u8])) -> Result<usize, BadBody> {
        let mut rest = data;
        while !rest.is_empty() && !self.is_complete() {
            self.0 = match core::mem::replace(&mut self.0, Part::Broken) {
                Part::Complete => Part::Complete,
                Part::Broken => return Err(BadBody("a message's body could not be read")),
                Part::UntilClose => {
                    contents(rest);
                    rest = &[];
                    Part::UntilClose
                }
                Part::Length(left) => match take_up_to(left, &mut rest, &mut contents) {
                    0 => Part::Complete,
                    left => Part::Length(left),
                },
                Part::Chunk(left) => match take_up_to(left, &mut rest, &mut contents) {
                    0 => Part::ChunkEnd(Line::default()),
                    left => Part::Chunk(left),
                },
                Part::ChunkSize(mut line) => match line.take(&mut rest)? {
                    None => Part::ChunkSize(line),
                    Some(text) => match chunk_size(&text)? {
                        0 => Part::Trailer(Line::default()),
                        size => Part::Chunk(size),
                    },
                },
                Part::ChunkEnd(mut line) => match line.take(&mut rest)? {
                    None => Part::ChunkEnd(line),
                    Some(line) if line == b"\r\n" => Part::ChunkSize(Line::default()),
                    Some(_) => return Err(BadBody("a chunk is longer than its size")),
                },
                Part::Trailer(mut line) => match line.take(&mut rest)? {
                    None => Part::Trailer(line),
                    Some(line) if line == b"\r\n" => Part::Complete,
                    Some(_) => Part::Trailer(Line::default()),
                },
            };
        }
        Ok(data.len() - rest.len())
    }
}

impl Line {
    /// Takes bytes up to the end of the line, and gives the line, its end included, once all of it is here.
    fn take(&mut self, rest: &mut &[u8]) -> Result<Option<Vec<u8>>, BadBody> {
        let end = rest.iter().position(|byte| *byte == b'\n');
        let (line, after) = rest.split_at(end.map_or(rest.len(), |at| at + 1));
        if self.0.len() + line.len() > MAX_LINE {
            return Err(BadBody("a line between chunks is too long"));
        }
        self.0.extend_from_slice(line);
        *rest = after;
        Ok(end.is_some().then(|| core::mem::take(&mut self.0)))
    }
}

/// The size that a line says.
fn chunk_size(line: &[u8]) -> Result<u64, BadBody> {
    match httparse::parse_chunk_size(line) {
        Ok(httparse::Status::Complete((_, size))) => Ok(size),
        _ => Err(BadBody("a chunk's size cannot be read")),
    }
}

/// Hands up to `left` bytes of `rest` on; gives what is then left.
fn take_up_to(left: u64, rest: &mut &[u8], contents: &mut impl FnMut(&[u8])) -> u64 {
    let taken = usize::try_from(left).unwrap_or(usize::MAX).min(rest.len());
    contents(&rest[..taken]);
    *rest = &rest[taken..];
    left - taken as u64
}
