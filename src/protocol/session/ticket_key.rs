//! Session tickets (RFC 5077): the server encrypts a session with a key that only it has, and the client brings it back.
//!
//! `ticket = key_name[16] || nonce[12] || AES-256-GCM(key, nonce, key_name, state)`. Its makeup is nobody's business but the
//! server's; section 4 recommends another, of the same parts.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{Handle, MASTER_SECRET_LENGTH, Session};
use crate::crypto::aead::AeadAlgorithm;
use crate::entropy::Entropy;
use crate::error::{Error, ErrorKind};
use crate::glass::Secret;
use crate::protocol::suite::tls12::Suite;
use crate::trace::{Account, CheckName, Names, Outcome, Recorder, Value, ValueName};
use crate::wire::codepoint::CipherSuite;
use crate::wire::reference::Reference;

const AEAD: AeadAlgorithm = AeadAlgorithm::Aes256Gcm;
const KEY_NAME_LENGTH: usize = 16;
const NONCE_LENGTH: usize = 12;
const REFERENCE: Reference = Reference::new(5077, "4");

/// What a server makes tickets with. One key serves many connections: whoever has it can open each of them.
#[derive(Debug)]
pub(crate) struct TicketKey {
    name: [u8; KEY_NAME_LENGTH],
    key: Secret,
}

impl TicketKey {
    pub(crate) fn generate(entropy: &mut Entropy, trace: &mut Recorder) -> Result<Self, Error> {
        let mut name = [0; KEY_NAME_LENGTH];
        trace.start();
        entropy.fill("session ticket key name", &mut name)?;
        let key = Secret::filled(AEAD.key_length(), |bytes| entropy.fill("session ticket key", bytes))?;
        trace.computation("Random", Vec::new(), vec![Value::new(ValueName::SessionTicketKey, &key)], REFERENCE);
        trace.held(Account::Party, ValueName::SessionTicketKey, &key);
        Ok(Self { name, key })
    }

    /// A ticket for this session.
    pub(crate) fn seal(
        &self,
        session: &Session,
        entropy: &mut Entropy,
        trace: &mut Recorder,
    ) -> Result<Vec<u8>, Error> {
        let mut nonce = [0; NONCE_LENGTH];
        entropy.fill("session ticket nonce", &mut nonce)?;
        let state = encode(session)?;
        trace.start();
        let sealed = AEAD.seal(&self.key, &nonce, &self.name, &state)?;
        let ticket = [&self.name[..], &nonce, &sealed].concat();
        trace.computation(
            format!("{}.Seal", AEAD.name()),
            vec![
                Value::new(ValueName::SessionTicketKey, &self.key),
                Value::new(ValueName::Nonce, &nonce),
                Value::new(ValueName::AdditionalData, &self.name),
                Value::new(ValueName::MasterSecret, &session.master_secret),
            ],
            vec![Value::new(ValueName::SessionTicket, &ticket)],
            REFERENCE,
        );
        Ok(ticket)
    }

    /// The session in a ticket, if this key made it. Whatever else a ticket may be is no error: it is not ours.
    pub(crate) fn open(&self, ticket: &[u8], client: Names, trace: &mut Recorder) -> Option<Session> {
        trace.start();
        let session = open_with(&self.key, ticket, client).filter(|_| ticket.starts_with(&self.name));
        trace.computation(
            function(),
            vec![Value::new(ValueName::SessionTicketKey, &self.key), Value::new(ValueName::SessionTicket, ticket)],
            session.iter().map(|session| Value::new(ValueName::MasterSecret, &session.master_secret)).collect(),
            REFERENCE,
        );
        let outcome = match &session {
            Some(_) => Outcome::Passed,
            None => Outcome::Failed { reason: "the ticket does not open with this server's key".to_owned() },
        };
        trace.check(CheckName::TicketAuthentic, "", outcome, REFERENCE);
        session
    }
}

/// The session in a ticket, for whoever has the key.
pub(crate) fn open_with(key: &[u8], ticket: &[u8], client: Names) -> Option<Session> {
    let (name, rest) = ticket.split_at_checked(KEY_NAME_LENGTH)?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_LENGTH>()?;
    let state = Zeroizing::new(AEAD.open(key, nonce, name, sealed).ok()?);
    decode(&state, ticket, client)
}

/// The function that opens a ticket.
pub(crate) fn function() -> String {
    format!("{}.Open", AEAD.name())
}

/// `cipher_suite[2] || master_secret[48] || expires[8] || trust[32] || length[2] || server_name || client_certificate`
fn encode(session: &Session) -> Result<Zeroizing<Vec<u8>>, Error> {
    let server_name = session.server_name.as_deref().unwrap_or_default().as_bytes();
    let certificate = session.client_certificate.as_deref().unwrap_or_default();
    let too_long = ErrorKind::Internal("a server name is too long for a session ticket");
    let length = u16::try_from(server_name.len()).map_err(|_| too_long)?;
    let parts: [&[u8]; 7] = [
        &session.suite.common.id.0.to_be_bytes(),
        &session.master_secret,
        &session.expires.to_be_bytes(),
        &session.trust,
        &length.to_be_bytes(),
        server_name,
        certificate,
    ];
    // Of its final size from the start: a Vec that grows leaves its bytes behind.
    Ok(Zeroizing::new(parts.concat()))
}

fn decode(state: &[u8], ticket: &[u8], client: Names) -> Option<Session> {
    let (suite, rest) = state.split_first_chunk()?;
    let (master_secret, rest) = rest.split_at_checked(MASTER_SECRET_LENGTH)?;
    let (expires, rest) = rest.split_first_chunk()?;
    let (trust, rest) = rest.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let (server_name, certificate) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    Some(Session {
        handle: Handle::Ticket(ticket.to_vec()),
        peer: client,
        suite: Suite::of(CipherSuite(u16::from_be_bytes(*suite)))?,
        master_secret: Arc::new(Secret::copy_of(master_secret)),
        server_name: Some(core::str::from_utf8(server_name).ok()?.to_owned()).filter(|name| !name.is_empty()),
        expires: u64::from_be_bytes(*expires),
        trust: *trust,
        server_key: None,
        client_certificate: Some(certificate.to_vec()).filter(|certificate| !certificate.is_empty()),
    })
}
