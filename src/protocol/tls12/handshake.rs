//! What client and server both know of a handshake once the hellos are exchanged.

use crate::crypto::signature::PublicKey;
use crate::protocol::handshake::identity::ClientAuth;
use crate::protocol::handshake::transcript::Transcript;
use crate::protocol::session::{SessionStore, Terms};
use crate::protocol::suite::tls12::{KeyExchange, Suite};
use crate::trace::{Names, Negotiated, Role};
use crate::wire::codepoint::{NamedGroup, ProtocolVersion, SignatureScheme};

/// A handshake whose parameters are settled.
#[derive(Debug)]
pub(crate) struct Handshake {
    /// Which side this is.
    pub(crate) role: Role,
    /// What this side's values are called.
    pub(crate) names: Names,
    /// What the peer's are called.
    pub(crate) peer: Names,
    pub(crate) suite: &'static Suite,
    pub(crate) client_random: [u8; 32],
    pub(crate) server_random: [u8; 32],
    /// Whether both sides bind `master_secret` to the transcript (RFC 7627).
    pub(crate) extended_master_secret: bool,
    /// Whether both sides take the MAC of what is encrypted already (RFC 7366); with CBC suites only.
    pub(crate) encrypt_then_mac: bool,
    /// The group of the ephemeral keys, once the server has named it.
    pub(crate) group: Option<NamedGroup>,
    /// How the server signs its ephemeral key, once it has said so.
    pub(crate) signature_scheme: Option<SignatureScheme>,
    /// RFC 7301.
    pub(crate) application_protocol: Option<String>,
    /// The key of the server's certificate, once the client has checked it.
    pub(crate) server_key: Option<PublicKey>,
    /// Who the client shows that it is, if it does.
    pub(crate) client_auth: Option<ClientAuth>,
    /// Where sessions are kept.
    pub(crate) sessions: SessionStore,
    /// What becomes of the session.
    pub(crate) terms: Terms,
    pub(crate) transcript: Transcript,
}

impl Handshake {
    pub(crate) fn negotiated(&self) -> Negotiated {
        Negotiated {
            version: ProtocolVersion::TLS_1_2,
            cipher_suite: self.suite.common.id,
            group: self.group,
            signature_scheme: self.signature_scheme,
            application_protocol: self.application_protocol.clone(),
            extended_master_secret: self.extended_master_secret,
            encrypt_then_mac: self.encrypt_then_mac,
            resumed: self.terms.resumed,
        }
    }

    pub(crate) fn key_exchange(&self) -> KeyExchange {
        self.suite.key_exchange
    }
}
