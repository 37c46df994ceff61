//! Bytes between a party and a socket, and how long each may take.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use super::Endpoint;
use tls_glass::party::Advance;

/// How long a peer may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For the next bytes to come, or for room for ours.
    pub silence: Duration,
    /// For the whole handshake, and for the whole connection, if that is limited.
    pub handshake: Option<Duration>,
    pub connection: Option<Duration>,
}

/// How long the socket is kept for an alert to arrive. A socket that is closed while bytes of the peer's are unread resets the
/// connection, and the peer then may lose what it has not read yet (RFC 1122, section 4.2.2.13).
const LINGER: Duration = Duration::from_secs(1);

/// Carries bytes between a party and a socket until the party is done. `each` sees every unit before its bytes leave.
///
/// # Errors
/// The socket's, those of `each`, and one with a sentence in it where a limit has passed.
pub fn drive<P: Endpoint>(
    party: &mut P,
    socket: &mut TcpStream,
    limits: Limits,
    mut each: impl FnMut(&mut P, &Advance) -> io::Result<()>,
) -> io::Result<()> {
    let mut socket = Timed { socket, limits, began: Instant::now(), handshake_over: false };
    let mut buffer = [0; 16 * 1024];
    loop {
        while let Some(advance) = party.advance() {
            socket.handshake_over |= party.negotiated().is_some();
            each(party, &advance)?;
            // A peer that has hung up gets no more bytes; what it sent before is still in the socket.
            if let Err(error) = socket.write_all(&advance.output)
                && !party.is_closed()
                && !matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset)
            {
                return Err(error);
            }
        }
        if party.is_closed() {
            // Whoever has said why the connection ends sees to it that it is heard.
            if party.error().is_some_and(|error| error.alert().is_some()) {
                socket.let_arrive();
            }
            return Ok(());
        }
        match socket.read(&mut buffer) {
            Ok(0) => party.receive_end(),
            Ok(length) => party.receive(&buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => party.receive_end(),
            Err(error) => return Err(error),
        }
    }
}

/// A socket on which everything takes a limited time.
struct Timed<'a> {
    socket: &'a mut TcpStream,
    limits: Limits,
    began: Instant,
    handshake_over: bool,
}

impl Timed<'_> {
    /// How long the next call may take.
    fn patience(&self) -> io::Result<Duration> {
        let handshake = self.limits.handshake.filter(|_| !self.handshake_over);
        let mut patience = self.limits.silence;
        for (limit, what) in [(handshake, "the handshake takes"), (self.limits.connection, "the connection lasts")] {
            let Some(limit) = limit else { continue };
            match limit.checked_sub(self.began.elapsed()) {
                Some(left) if !left.is_zero() => patience = patience.min(left),
                _ => {
                    let sentence = format!("{what} longer than {} s", limit.as_secs_f64());
                    return Err(io::Error::new(io::ErrorKind::TimedOut, sentence));
                }
            }
        }
        Ok(patience)
    }

    /// A call's error, or which limit has passed where it ended for want of time.
    fn judge(&self, error: io::Error) -> io::Error {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => self.patience().err().unwrap_or(error),
            _ => error,
        }
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            self.socket.set_read_timeout(Some(self.patience()?))?;
            match self.socket.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.judge(error)),
                Ok(length) => return Ok(length),
            }
        }
    }

    /// `write_all` of the standard library has a limit for each part only.
    fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            self.socket.set_write_timeout(Some(self.patience()?))?;
            match self.socket.write(bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(length) => bytes = &bytes[length..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.judge(error)),
            }
        }
        Ok(())
    }

    /// Says that nothing more will be sent, and reads on, for a limited time, until the peer has closed too. What it still
    /// sends is nothing to us.
    fn let_arrive(&mut self) {
        let until = Instant::now() + LINGER;
        let mut ignored = [0; 16 * 1024];
        if self.socket.shutdown(Shutdown::Write).is_err() {
            return;
        }
        while let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
            if self.socket.set_read_timeout(Some(left)).is_err() {
                return;
            }
            match self.socket.read(&mut ignored) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
        }
    }
}
