//! What client and server both know of a handshake once the hellos are exchanged.

use super::identity::ClientAuth;
use super::session::Terms;
use super::suite::{KeyExchange, Suite};
use crate::crypto::signature::PublicKey;
use crate::trace::{Negotiated, Role};
use crate::wire::codepoint::{NamedGroup, ProtocolVersion, SignatureScheme};

/// A handshake whose parameters are settled.
#[derive(Debug)]
pub(crate) struct Handshake {
    /// Whose side this is.
    pub(crate) role: Role,
    pub(crate) suite: &'static Suite,
    pub(crate) client_random: [u8; 32],
    pub(crate) server_random: [u8; 32],
    /// Whether both sides bind `master_secret` to the transcript (RFC 7627).
    pub(crate) extended_master_secret: bool,
    /// Whether both sides take the MAC of what is encrypted already (RFC 7366); with CBC suites only.
    pub(crate) encrypt_then_mac: bool,
    /// The group of the one-time keys, once the server has named it.
    pub(crate) group: Option<NamedGroup>,
    /// How the server signs its one-time key, once it has said so.
    pub(crate) signature_scheme: Option<SignatureScheme>,
    /// RFC 7301.
    pub(crate) application_protocol: Option<String>,
    /// The key of the server's certificate, once the client has checked it.
    pub(crate) server_key: Option<PublicKey>,
    /// Who the client shows that it is, if it does.
    pub(crate) client_auth: Option<ClientAuth>,
    /// What becomes of the session.
    pub(crate) terms: Terms,
    pub(crate) transcript: Transcript,
}

impl Handshake {
    pub(crate) fn negotiated(&self) -> Negotiated {
        Negotiated {
            version: ProtocolVersion::TLS_1_2,
            cipher_suite: self.suite.id,
            group: self.group,
            signature_scheme: self.signature_scheme,
            application_protocol: self.application_protocol.clone(),
            extended_master_secret: self.extended_master_secret,
            encrypt_then_mac: self.encrypt_then_mac,
            resumed: self.terms.resumed,
        }
    }

    /// The hash of all messages so far, with the suite's hash function.
    pub(crate) fn transcript_hash(&self) -> Vec<u8> {
        self.suite.hash.hash(self.transcript.messages())
    }

    pub(crate) fn key_exchange(&self) -> KeyExchange {
        self.suite.key_exchange
    }
}

/// `handshake_messages`: all messages sent and received, headers included, without `HelloRequest` (RFC 5246, section
/// 7.4.9). Kept as bytes, since the hash function is chosen after the first message.
#[derive(Debug, Default)]
pub(crate) struct Transcript(Vec<u8>);

impl Transcript {
    pub(crate) fn add(&mut self, message: &[u8]) {
        self.0.extend_from_slice(message);
    }

    /// All messages, one after the other.
    pub(crate) fn messages(&self) -> &[u8] {
        &self.0
    }
}
