//! A connection whose handshake is complete.

use core::fmt::Write;
use std::sync::Arc;

use super::handshake::Handshake;
use crate::error::Error;
use crate::glass::Secret;
use crate::protocol::connection::state::{self, Context};
use crate::protocol::record::channel::{Content, unexpected};
use crate::protocol::record::inbound::Inbound;
use crate::trace::{Action, Negotiated, Recorder, Role};
use crate::wire::alert::Alert;
use crate::wire::codepoint::{AlertDescription, ContentType, HandshakeType};
use crate::wire::handshake::tls12;
use crate::wire::handshake::tls12::HelloRequest;

/// Where a unit of a TLS 1.2 handshake leads.
pub(crate) type Next<S> = state::Next<S, Established>;

/// Both `Finished` are checked.
#[derive(Debug)]
pub(crate) struct Established {
    /// What the connection came to.
    pub(crate) handshake: Handshake,
    /// Kept for the key log, and for what else is derived from it.
    pub(crate) master_secret: Arc<Secret>,
}

impl state::Established for Established {
    const CLOSES_BOTH_DIRECTIONS: bool = true;

    fn negotiated(&self) -> Negotiated {
        self.handshake.negotiated()
    }

    fn key_log(&self) -> String {
        format!("CLIENT_RANDOM {} {}", hex(&self.handshake.client_random), hex(&self.master_secret))
    }

    fn handle(&mut self, content: Content, open: bool, cx: &mut Context<'_>) -> Result<Action, Error> {
        let role = self.handshake.role;
        let message = match content {
            Content::Handshake(message) => message,
            other => return Err(unexpected(&other, ContentType::APPLICATION_DATA)),
        };
        refuse_renegotiation(role, open, &message, cx)?;
        Ok(if role == Role::Server { Action::ReceiveClientHello } else { Action::ReceiveHelloRequest })
    }

    /// RFC 5246, section 7.2.2: a session whose connection failed is not resumed.
    fn failed(&mut self, trace: &mut Recorder) {
        if let Some(handle) = &self.handshake.terms.handle {
            self.handshake.sessions.forget(handle, trace);
        }
    }
}

/// RFC 5246, section 7.2.2: after `no_renegotiation` the peer may go on. Renegotiation has been the ground of attacks
/// (RFC 5746), and nothing here needs it. Servers ask for it with `HelloRequest`, clients begin it with `ClientHello`.
fn refuse_renegotiation(role: Role, open: bool, message: &Inbound, cx: &mut Context<'_>) -> Result<(), Error> {
    match (role, message.kind) {
        (Role::Server, HandshakeType::CLIENT_HELLO) => {
            message.unexpected(&[HandshakeType::CLIENT_HELLO], tls12::reference, cx.trace);
        }
        (Role::Server, _) => {
            return Err(message.unexpected(&[HandshakeType::CLIENT_HELLO], tls12::reference, cx.trace));
        }
        (_, HandshakeType::HELLO_REQUEST) => {
            message.read::<HelloRequest>(cx.trace)?;
        }
        _ => return Err(message.unexpected(&[HandshakeType::HELLO_REQUEST], tls12::reference, cx.trace)),
    }
    if !open {
        return Ok(());
    }
    cx.send_alert(Alert::warning(AlertDescription::NO_RENEGOTIATION))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
