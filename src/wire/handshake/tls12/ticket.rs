//! How a server hands a session to its client for keeping.

use crate::wire::codepoint::HandshakeType;
use crate::wire::handshake::Message;
use crate::wire::reference::Reference;
use crate::wire::{DecodeError, EncodeError, FieldName, LengthPrefix, Reader, Writer};

/// `NewSessionTicket`: the session, encrypted with a key that only the server has, for the client to bring along next time.
///
/// ```text
/// struct {
///     uint32 ticket_lifetime_hint;
///     opaque ticket<0..2^16-1>;
/// } NewSessionTicket;
/// ```
///
/// (RFC 5077, section 3.3), sent by the server before its `ChangeCipherSpec`, in the clear, if its `ServerHello` has said
/// so. A server that has changed its mind sends an empty ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSessionTicket {
    /// For how many seconds the server means to take the ticket; zero if it does not say.
    pub ticket_lifetime_hint: u32,
    /// The ticket. Only the server can make anything of its contents.
    pub ticket: Vec<u8>,
}

impl Message for NewSessionTicket {
    const TYPE: HandshakeType = HandshakeType::NEW_SESSION_TICKET;
    const NAME: FieldName = FieldName::NewSessionTicket;
    const REFERENCE: Reference = Reference::new(5077, "3.3");

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            ticket_lifetime_hint: r.u32(FieldName::TicketLifetimeHint)?,
            ticket: r.opaque(FieldName::Ticket, FieldName::TicketBytes, LengthPrefix::U16, 0..=0xffff)?.to_vec(),
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.u32(FieldName::TicketLifetimeHint, self.ticket_lifetime_hint);
        w.opaque(FieldName::Ticket, FieldName::TicketBytes, LengthPrefix::U16, &self.ticket)
    }
}
