//! A handshake whose keys are all here, on either side: what comes next depends on who resumes and who promised a ticket.

use std::sync::Arc;

use super::Finish;
use super::certificate_verify::Prepared;
use super::finished::{ExpectChangeCipherSpec, FINISHED, SendChangeCipherSpec};
use super::new_session_ticket::{ExpectNewSessionTicket, SealSessionTicket};
use crate::glass::Secret;
use crate::protocol::connection::state::Context;
use crate::protocol::handshake::transcript::{Transcript, hash_transcript};
use crate::protocol::record::protection::Protection;
use crate::protocol::session::{Handle, Session};
use crate::protocol::tls12::established::Established;
use crate::protocol::tls12::handshake::Handshake;
use crate::protocol::tls12::key_schedule;
use crate::trace::{Account, Role, Value, ValueName};
use crate::wire::handshake::tls12;

/// All keys are here; nothing is protected yet.
#[derive(Debug)]
pub(crate) struct Keyed {
    pub(crate) handshake: Handshake,
    pub(crate) master_secret: Arc<Secret>,
}

impl Keyed {
    /// In a full handshake the client is the first to protect what it sends, in one that resumes a session the server is.
    pub(crate) fn begin(self, Prepared { read, write }: Prepared) -> Finish {
        let first = if self.handshake.terms.resumed { Role::Server } else { Role::Client };
        if self.handshake.role == first {
            self.send_change(write, Some(read))
        } else {
            self.await_change(read, Some(write))
        }
    }

    /// Own `ChangeCipherSpec` is next, after the ticket if the server has promised one.
    pub(crate) fn send_change(self, write: Protection, read: Option<Protection>) -> Finish {
        if self.handshake.role == Role::Server && self.handshake.terms.ticket_due {
            Finish::SealSessionTicket(SealSessionTicket { keyed: self, write, read })
        } else {
            Finish::SendChangeCipherSpec(SendChangeCipherSpec { keyed: self, write, read })
        }
    }

    /// The peer's `ChangeCipherSpec` is next, after the ticket if the server has promised one.
    pub(crate) fn await_change(self, read: Protection, write: Option<Protection>) -> Finish {
        if self.handshake.role == Role::Client && self.handshake.terms.ticket_due {
            Finish::ExpectNewSessionTicket(ExpectNewSessionTicket { keyed: self, read, write })
        } else {
            Finish::ExpectChangeCipherSpec(ExpectChangeCipherSpec { keyed: self, read, write })
        }
    }

    /// The session, under this handle.
    pub(crate) fn session(&self, handle: Handle) -> Session {
        let Handshake { peer, suite, server_key, terms, .. } = &self.handshake;
        Session {
            handle,
            peer: *peer,
            suite,
            master_secret: Arc::clone(&self.master_secret),
            server_name: terms.server_name.clone(),
            expires: terms.expires,
            trust: terms.trust,
            server_key: server_key.clone(),
            client_certificate: terms.client_certificate.clone(),
        }
    }

    /// The `verify_data` of this side's `Finished` if it comes next.
    pub(crate) fn verify_data(&self, role: Role, cx: &mut Context<'_>) -> [u8; tls12::VERIFY_DATA_LENGTH] {
        let (label, name) = match role {
            Role::Server => ("server finished", ValueName::ServerVerifyData),
            _ => ("client finished", ValueName::ClientVerifyData),
        };
        let hash = hash_transcript(
            &self.handshake.transcript,
            self.handshake.suite.common.hash,
            ValueName::HandshakeHash,
            FINISHED,
            cx.trace,
        );
        cx.trace.start();
        let verify_data =
            key_schedule::verify_data(self.handshake.suite.common.hash, &self.master_secret, label, &hash);
        cx.trace.computation(
            "PRF",
            vec![
                Value::new(ValueName::MasterSecret, &self.master_secret),
                Value::new(ValueName::Label, label.as_bytes()),
                Value::new(ValueName::HandshakeHash, &hash),
            ],
            vec![Value::new(name, &verify_data)],
            FINISHED,
        );
        verify_data
    }

    /// The messages have done their work: they go, and with them what the party had from them only. The session stays, if
    /// it can be resumed: from now on, since both `Finished` are checked (RFC 5077, section 3.3).
    pub(crate) fn establish(self, cx: &mut Context<'_>) -> Established {
        if let Some(handle) = &self.handshake.terms.handle {
            self.handshake.sessions.keep(self.session(handle.clone()), cx.environment.now(), cx.trace);
        }
        let Self { mut handshake, master_secret } = self;
        handshake.transcript = Transcript::default();
        cx.trace.release(|account, _| account == Account::Handshake);
        Established { handshake, master_secret }
    }
}
