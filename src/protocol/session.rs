//! Sessions: what a party keeps of a connection so that a later one can resume it (RFC 5246, section 7.3; RFC 5077).
//!
//! Only sessions whose `master_secret` is bound to their handshake are kept (RFC 7627, section 5.3).

pub(crate) mod ticket_key;

use std::sync::Arc;

use ticket_key::TicketKey;

use crate::crypto::hash::HashAlgorithm;
use crate::crypto::signature::PublicKey;
use crate::error::Error;
use crate::glass::Secret;
use crate::pki::not_after;
use crate::protocol::connection::Context;
use crate::protocol::suite::Suite;
use crate::trace::{Value, ValueName};
use crate::wire::reference::Reference;

/// How connections are resumed, if they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resumption {
    /// No session outlives its connection.
    #[default]
    None,
    /// The server keeps the session, and names it (RFC 5246, section 7.4.1.3).
    SessionId,
    /// The server encrypts the session, and the client keeps that (RFC 5077).
    SessionTicket,
}

/// Bytes of a `master_secret` (RFC 5246, section 8.1).
pub(crate) const MASTER_SECRET_LENGTH: usize = 48;
/// Seconds for which a session may be resumed: well below the day that RFC 5246, appendix F.1.4, takes for the most.
pub(crate) const LIFETIME: u32 = 2 * 60 * 60;
/// Bytes of a session ID of ours: the most there may be.
const ID_LENGTH: usize = 32;
/// The most sessions that a party keeps; the oldest goes first.
const MOST: usize = 256;

/// What two connections have in common.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) handle: Handle,
    pub(crate) suite: &'static Suite,
    /// In the one place where it rests, whoever uses it.
    pub(crate) master_secret: Arc<Secret>,
    /// The name that the client meant to reach.
    pub(crate) server_name: Option<String>,
    /// Unix time in seconds from which on it is not resumed.
    pub(crate) expires: u64,
    /// The client's side: the key of the server's certificate, which was checked when the session began.
    pub(crate) server_key: Option<PublicKey>,
    /// A hash of the authorities that were trusted when the session began: of others, it says nothing.
    pub(crate) trust: [u8; 32],
    /// The server's side: the certificate with which the client showed who it is, in DER.
    pub(crate) client_certificate: Option<Vec<u8>>,
}

/// What a client names a session by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Handle {
    /// The server has the session under this ID.
    Id(Vec<u8>),
    /// The server has nothing: the session is in this ticket.
    Ticket(Vec<u8>),
}

/// The sessions of a party, and what a server makes tickets with.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    /// The oldest comes first.
    kept: Vec<Session>,
    pub(crate) ticket_key: Option<TicketKey>,
}

impl Sessions {
    /// Keeps a session, in the place of a former one of this name.
    pub(crate) fn keep(&mut self, session: Session, now: u64) {
        self.kept.retain(|kept| now < kept.expires);
        self.forget(&session.handle);
        if self.kept.len() >= MOST {
            self.kept.remove(0);
        }
        self.kept.push(session);
    }

    /// Takes the latest session out that `fits` and has not expired.
    pub(crate) fn take(&mut self, now: u64, fits: impl Fn(&Session) -> bool) -> Option<Session> {
        self.kept.retain(|session| now < session.expires);
        let at = self.kept.iter().rposition(fits)?;
        Some(self.kept.remove(at))
    }

    /// RFC 5246, section 7.2.2: a session whose connection failed is not resumed.
    pub(crate) fn forget(&mut self, handle: &Handle) {
        self.kept.retain(|session| session.handle != *handle);
    }

    /// Whether a session that is kept has a value of this name.
    pub(crate) fn have(&self, name: ValueName) -> bool {
        self.kept.iter().any(|session| match name {
            ValueName::MasterSecret => true,
            ValueName::ServerPublicKey => session.server_key.is_some(),
            ValueName::ClientCertificate | ValueName::ClientPublicKey => session.client_certificate.is_some(),
            ValueName::SessionTicket => matches!(session.handle, Handle::Ticket(_)),
            _ => false,
        })
    }

    /// Sessions go unless they are to stay, and so does the ticket key. Gives the names of the values that were in what goes.
    pub(crate) fn restrict(&mut self, keeps_sessions: bool, keeps_key: bool) -> Vec<ValueName> {
        let values = [
            ValueName::MasterSecret,
            ValueName::ServerPublicKey,
            ValueName::ClientCertificate,
            ValueName::ClientPublicKey,
            ValueName::SessionTicket,
            ValueName::SessionTicketKey,
        ];
        let has = |sessions: &Self, name| match name {
            ValueName::SessionTicketKey => sessions.ticket_key.is_some(),
            _ => sessions.have(name),
        };
        let before = values.into_iter().filter(|name| has(self, *name)).collect::<Vec<_>>();
        if !keeps_sessions {
            self.kept.clear();
        }
        if !keeps_key {
            self.ticket_key = None;
        }
        before.into_iter().filter(|name| !has(self, *name)).collect()
    }
}

/// A session ID of our own.
pub(crate) fn draw_id(reference: Reference, cx: &mut Context<'_>) -> Result<Vec<u8>, Error> {
    let mut id = vec![0; ID_LENGTH];
    cx.trace.start();
    cx.environment.entropy.fill("session_id", &mut id)?;
    cx.trace.computation("Random", Vec::new(), vec![Value::new(ValueName::SessionId, &id)], reference);
    Ok(id)
}

/// What the hellos say about the session of a connection.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    /// Whether the connection resumes a session.
    pub(crate) resumed: bool,
    /// How the session is named next time, as far as is known yet.
    pub(crate) handle: Option<Handle>,
    /// Whether a `NewSessionTicket` is still to come.
    pub(crate) ticket_due: bool,
    pub(crate) server_name: Option<String>,
    /// Unix time in seconds from which on the session is not resumed.
    pub(crate) expires: u64,
    /// The server's side: the client's certificate, once it is checked.
    pub(crate) client_certificate: Option<Vec<u8>>,
    /// A hash of the authorities that are trusted.
    pub(crate) trust: [u8; 32],
}

/// When a session that begins now is resumed no longer, in Unix seconds.
pub(crate) fn end_of_lifetime(now: u64) -> u64 {
    now.saturating_add(u64::from(LIFETIME))
}

/// A hash of these certificates of authorities.
pub(crate) fn fingerprint(trust_anchors: &[Vec<u8>]) -> [u8; 32] {
    let hashes: Vec<u8> = trust_anchors.iter().flat_map(|der| HashAlgorithm::Sha256.hash(der)).collect();
    HashAlgorithm::Sha256.hash(&hashes).try_into().unwrap_or_default()
}

impl Terms {
    /// RFC 5246, appendix F.1.4: no session outlasts the certificate that it began with.
    pub(crate) fn limit_to(&mut self, chain: &[Vec<u8>]) {
        if let Some(end) = chain.first().and_then(|leaf| not_after(leaf)) {
            self.expires = self.expires.min(end);
        }
    }
}
