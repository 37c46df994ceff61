//! The server hands the client a ticket for the next connection (RFC 5077, section 3.3).

use super::Finish;
use super::keyed::Keyed;
use crate::error::{Error, ErrorKind};
use crate::protocol::connection::state::Context;
use crate::protocol::record::channel::{Content, unexpected};
use crate::protocol::record::protection::Protection;
use crate::protocol::session::Handle;
use crate::trace::{Account, ValueName};
use crate::wire::codepoint::{ContentType, HandshakeType};
use crate::wire::handshake::tls12;
use crate::wire::handshake::tls12::NewSessionTicket;
use crate::wire::handshake::{self};

/// The most bytes of a ticket: one that is longer might not fit into a hello. A server that has one sends none, a client that
/// gets one passes it over.
const MOST: usize = 1 << 14;

/// The server has promised a ticket; its own `ChangeCipherSpec` comes next.
#[derive(Debug)]
pub(crate) struct SealSessionTicket {
    pub(crate) keyed: Keyed,
    pub(crate) write: Protection,
    /// Here if the client's `ChangeCipherSpec` is still to come.
    pub(crate) read: Option<Protection>,
}

impl SealSessionTicket {
    pub(crate) fn seal(self, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { keyed, write, read } = self;
        let no_key = ErrorKind::Internal("a session ticket is due, and there is no key to make it with");
        let session = keyed.session(Handle::Ticket(Vec::new()));
        let mut ticket = {
            let sessions = keyed.handshake.sessions.lock();
            let key = sessions.ticket_key.as_ref().ok_or(no_key)?;
            key.seal(&session, &mut cx.environment.entropy, cx.trace)?
        };
        if ticket.len() > MOST {
            ticket.clear();
        } else {
            cx.trace.held(Account::Handshake, ValueName::SessionTicket, &ticket);
        }
        Ok(Finish::SendNewSessionTicket(SendNewSessionTicket { keyed, write, read, ticket }))
    }
}

/// The ticket is made.
#[derive(Debug)]
pub(crate) struct SendNewSessionTicket {
    keyed: Keyed,
    write: Protection,
    read: Option<Protection>,
    ticket: Vec<u8>,
}

impl SendNewSessionTicket {
    pub(crate) fn send(self, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { mut keyed, write, read, ticket } = self;
        let left = keyed.handshake.terms.expires.saturating_sub(cx.environment.now());
        let ticket_lifetime_hint = u32::try_from(left).unwrap_or(u32::MAX);
        let written = handshake::write(&NewSessionTicket { ticket_lifetime_hint, ticket })?;
        cx.send_handshake::<NewSessionTicket>(&written)?;
        keyed.handshake.transcript.add(&written.bytes);
        keyed.handshake.terms.ticket_due = false;
        Ok(keyed.send_change(write, read))
    }
}

/// The client has been promised a ticket; the server's `ChangeCipherSpec` comes after it.
#[derive(Debug)]
pub(crate) struct ExpectNewSessionTicket {
    pub(crate) keyed: Keyed,
    pub(crate) read: Protection,
    /// Here if own `ChangeCipherSpec` is still to be sent.
    pub(crate) write: Option<Protection>,
}

impl ExpectNewSessionTicket {
    pub(super) const EXPECTED: &[HandshakeType] = &[HandshakeType::NEW_SESSION_TICKET];

    pub(crate) fn handle(self, content: &Content, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { mut keyed, read, write } = self;
        let Content::Handshake(message) = content else {
            return Err(unexpected(content, ContentType::HANDSHAKE));
        };
        if !Self::EXPECTED.contains(&message.kind) {
            return Err(message.unexpected(Self::EXPECTED, tls12::reference, cx.trace));
        }
        let (NewSessionTicket { ticket_lifetime_hint, ticket }, _) = message.read(cx.trace)?;
        keyed.handshake.transcript.add(&message.bytes);
        let bound = keyed.handshake.extended_master_secret;
        let terms = &mut keyed.handshake.terms;
        terms.ticket_due = false;
        // RFC 5077, section 3.3: an empty one means that there is none after all.
        if bound && (1..=MOST).contains(&ticket.len()) {
            if ticket_lifetime_hint > 0 {
                let end = cx.environment.now().saturating_add(u64::from(ticket_lifetime_hint));
                terms.expires = terms.expires.min(end);
            }
            cx.trace.held(Account::Handshake, ValueName::SessionTicket, &ticket);
            terms.handle = Some(Handle::Ticket(ticket));
        }
        Ok(keyed.await_change(read, write))
    }
}
