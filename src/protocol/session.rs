//! Sessions: what a party keeps of a connection so that a later one can resume it (RFC 5246, section 7.3; RFC 5077).
//!
//! Only sessions whose `master_secret` is bound to their handshake are kept (RFC 7627, section 5.3).

pub(crate) mod ticket_key;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ticket_key::TicketKey;

use crate::crypto::hash::HashAlgorithm;
use crate::crypto::signature::PublicKey;
use crate::entropy::Entropy;
use crate::error::Error;
use crate::glass::Secret;
use crate::pki::not_after;
use crate::protocol::suite::tls12::Suite;
use crate::trace::{Account, Names, Recorder, Value, ValueName};
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
pub const MASTER_SECRET_LENGTH: usize = 48;
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
    /// What the values are called that the session has of the peer.
    pub(crate) peer: Names,
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

impl Session {
    /// The values that whoever keeps the session has by it.
    fn values(&self) -> impl Iterator<Item = ValueName> {
        let peer = self.peer;
        [
            Some(ValueName::MasterSecret),
            self.server_key.is_some().then_some(peer.public_key),
            self.client_certificate.is_some().then_some(peer.chain[0]),
            self.client_certificate.is_some().then_some(peer.public_key),
            matches!(self.handle, Handle::Ticket(_)).then_some(ValueName::SessionTicket),
        ]
        .into_iter()
        .flatten()
    }
}

/// The sessions of a party, and what a server makes tickets with.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    /// The oldest comes first.
    kept: Vec<Session>,
    pub(crate) ticket_key: Option<TicketKey>,
}

impl Sessions {
    fn values(&self) -> BTreeSet<ValueName> {
        self.kept.iter().flat_map(Session::values).collect()
    }
}

/// Where a party keeps its sessions, from connection to connection. A server program's connections share one.
#[derive(Clone, Debug, Default)]
pub(crate) struct SessionStore(Arc<Mutex<Sessions>>);

impl SessionStore {
    /// The sessions, for one unit. Nothing is left half done where a thread may panic with them.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Sessions> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a session, in the place of a former one of this name.
    pub(crate) fn keep(&self, session: Session, now: u64, trace: &mut Recorder) {
        let mut sessions = self.lock();
        sessions.kept.retain(|kept| now < kept.expires && kept.handle != session.handle);
        if sessions.kept.len() >= MOST {
            sessions.kept.remove(0);
        }
        sessions.kept.push(session);
        trace.kept_in_sessions(&sessions.values());
    }

    /// Takes the latest session out that `fits` and has not expired: it is the connection's from now on, its ticket that of
    /// the messages.
    pub(crate) fn take(&self, now: u64, trace: &mut Recorder, fits: impl Fn(&Session) -> bool) -> Option<Session> {
        let mut sessions = self.lock();
        sessions.kept.retain(|session| now < session.expires);
        let session = sessions.kept.iter().rposition(fits).map(|at| sessions.kept.remove(at));
        for name in session.iter().flat_map(Session::values) {
            let account = if name == ValueName::SessionTicket { Account::Handshake } else { Account::Connection };
            trace.held_already(account, name);
        }
        trace.kept_in_sessions(&sessions.values());
        session
    }

    /// Forgets a session.
    pub(crate) fn forget(&self, handle: &Handle, trace: &mut Recorder) {
        let mut sessions = self.lock();
        sessions.kept.retain(|session| session.handle != *handle);
        trace.kept_in_sessions(&sessions.values());
    }

    /// Sessions go unless they are to stay, and so does the ticket key.
    pub(crate) fn restrict(&self, keeps_sessions: bool, keeps_key: bool, trace: &mut Recorder) {
        let mut sessions = self.lock();
        if !keeps_sessions {
            sessions.kept.clear();
        }
        trace.kept_in_sessions(&sessions.values());
        if !keeps_key {
            sessions.ticket_key = None;
            trace.release(|_, name| name == ValueName::SessionTicketKey);
        }
    }
}

/// A session ID of our own.
pub(crate) fn draw_id(reference: Reference, entropy: &mut Entropy, trace: &mut Recorder) -> Result<Vec<u8>, Error> {
    let mut id = vec![0; ID_LENGTH];
    trace.start();
    entropy.fill("session_id", &mut id)?;
    trace.computation("Random", Vec::new(), vec![Value::new(ValueName::SessionId, &id)], reference);
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
