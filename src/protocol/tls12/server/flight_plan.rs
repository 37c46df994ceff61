//! What the states of the server's flight carry from its hello to its end.

use super::{ClientCertificates, Settings};
use crate::protocol::tls12::handshake::Handshake;
use crate::wire::codepoint::{NamedGroup, ProtocolVersion, SignatureScheme};

/// What all later states of the flight carry.
#[derive(Debug)]
pub(crate) struct Flight {
    pub(crate) settings: Settings,
    pub(crate) handshake: Handshake,
    pub(crate) client_version: ProtocolVersion,
    /// The group of the ephemeral keys and the scheme that signs the server's, where the key exchange has them.
    pub(crate) ephemeral: Option<(NamedGroup, Option<SignatureScheme>)>,
}

impl Flight {
    /// Whether the server asks for the client's certificate. One that does not show who it is must not (RFC 5246, section
    /// 7.4.4).
    pub(crate) fn asks_for_certificate(&self) -> bool {
        let is_known = self.handshake.suite.certificate_key.is_some();
        is_known && self.settings.config.client_certificates != ClientCertificates::None
    }
}
