//! The server's side of the handshake.

mod client_certificate;
mod flight;
mod flight_plan;
mod hello;
mod key_exchange;
mod negotiate;

use std::sync::Arc;

use client_certificate::{CheckCertificate, ExpectCertificate};
use flight::{
    GenerateEphemeralKey, SendCertificate, SendCertificateRequest, SendServerHello, SendServerHelloDone,
    SendServerKeyExchange, SignServerKeyExchange,
};
pub(crate) use hello::ExpectClientHello;
use hello::OpenSessionTicket;
use key_exchange::{DecryptPreMasterSecret, ExpectClientKeyExchange};

use crate::crypto::group;
use crate::crypto::signature::KeyAlgorithm;
use crate::error::{Error, ErrorKind};
use crate::protocol::connection::state::{Context, State};
use crate::protocol::handshake::identity::Identity;
use crate::protocol::record::channel::Content;
use crate::protocol::session::{Resumption, SessionStore};
use crate::protocol::suite::tls12::Suite;
use crate::protocol::tls12::both::Finish;
use crate::protocol::tls12::established::{Established, Next};
use crate::trace::{Action, Expected, Names};
use crate::wire::codepoint::{CipherSuite, NamedGroup, SignatureScheme};

/// What a server accepts. Lists are in order of preference.
#[derive(Clone, Debug)]
pub struct ServerConfig {
    /// Cipher suites.
    pub cipher_suites: Vec<CipherSuite>,
    /// Groups for ephemeral keys: curves for ECDHE, finite fields for DHE.
    pub groups: Vec<NamedGroup>,
    /// Schemes to sign with; those that the key cannot make are passed over.
    pub signature_schemes: Vec<SignatureScheme>,
    /// Application protocols (RFC 7301); none to pass over the client's offer.
    pub application_protocols: Vec<String>,
    /// Whether to accept `extended_master_secret` (RFC 7627).
    pub extended_master_secret: bool,
    /// Whether to accept `encrypt_then_mac` (RFC 7366).
    pub encrypt_then_mac: bool,
    /// How sessions of former connections are resumed.
    pub resumption: Resumption,
    /// Whether clients are asked who they are. Anonymous servers never ask.
    pub client_certificates: ClientCertificates,
    /// Certificates of authorities whose word on clients counts, in DER.
    pub trust_anchors: Vec<Vec<u8>>,
}

impl ServerConfig {
    /// Refuses what could not be kept on the wire.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.cipher_suites.is_empty() || self.cipher_suites.iter().any(|id| Suite::of(*id).is_none()) {
            return Err(ErrorKind::Internal("cipher_suites: at least one is needed, and all must be known").into());
        }
        if self.groups.iter().any(|group| !group::SUPPORTED.contains(group)) {
            return Err(ErrorKind::Internal("groups: one of them is not supported").into());
        }
        // RFC 5246, section 7.4.4: a request names at least one.
        if self.client_certificates != ClientCertificates::None && self.signature_schemes.is_empty() {
            return Err(ErrorKind::Internal("signature_schemes: a server that asks for certificates needs one").into());
        }
        if self.application_protocols.iter().any(|name| name.is_empty() || name.len() > 255) {
            return Err(ErrorKind::Internal("application_protocols: a name has 1 to 255 bytes").into());
        }
        Ok(())
    }
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            cipher_suites: Suite::usual().map(|suite| suite.common.id).collect(),
            groups: group::SUPPORTED.to_vec(),
            signature_schemes: [KeyAlgorithm::EcdsaP256, KeyAlgorithm::Rsa]
                .iter()
                .flat_map(|key| key.schemes())
                .copied()
                .collect(),
            application_protocols: Vec::new(),
            extended_master_secret: true,
            encrypt_then_mac: true,
            resumption: Resumption::None,
            client_certificates: ClientCertificates::None,
            trust_anchors: Vec::new(),
        }
    }
}

/// Whether a server asks its clients for certificates (RFC 5246, section 7.4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientCertificates {
    /// It does not.
    None,
    /// It does, and goes on without.
    Requested,
    /// It does, and refuses clients that have none.
    Required,
}

/// What all states of a server share.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) config: ServerConfig,
    pub(crate) identity: Arc<Identity>,
    /// What the client's values are called.
    pub(crate) peer: Names,
    /// Where its sessions are kept.
    pub(crate) sessions: SessionStore,
}

/// A state of the server's handshake.
#[derive(Debug)]
pub(crate) enum ServerState {
    ExpectClientHello(ExpectClientHello),
    OpenSessionTicket(OpenSessionTicket),
    SendServerHello(SendServerHello),
    SendCertificate(SendCertificate),
    GenerateEphemeralKey(GenerateEphemeralKey),
    SignServerKeyExchange(SignServerKeyExchange),
    SendServerKeyExchange(SendServerKeyExchange),
    SendCertificateRequest(SendCertificateRequest),
    SendServerHelloDone(SendServerHelloDone),
    ExpectCertificate(ExpectCertificate),
    CheckCertificate(CheckCertificate),
    ExpectClientKeyExchange(ExpectClientKeyExchange),
    DecryptPreMasterSecret(DecryptPreMasterSecret),
    Finish(Finish),
}

impl State for ServerState {
    type Established = Established;

    fn action(&self) -> Action {
        match self {
            Self::ExpectClientHello(_) => Action::ReceiveClientHello,
            Self::OpenSessionTicket(_) => Action::OpenSessionTicket,
            Self::SendServerHello(_) => Action::SendServerHello,
            Self::SendCertificate(_) => Action::SendCertificate,
            Self::GenerateEphemeralKey(_) => Action::GenerateEphemeralKey,
            Self::SignServerKeyExchange(_) => Action::SignServerKeyExchange,
            Self::SendServerKeyExchange(_) => Action::SendServerKeyExchange,
            Self::SendCertificateRequest(_) => Action::SendCertificateRequest,
            Self::SendServerHelloDone(_) => Action::SendServerHelloDone,
            Self::ExpectCertificate(_) => Action::ReceiveCertificate,
            Self::CheckCertificate(_) => Action::CheckCertificate,
            Self::ExpectClientKeyExchange(_) => Action::ReceiveClientKeyExchange,
            Self::DecryptPreMasterSecret(_) => Action::DecryptPreMasterSecret,
            Self::Finish(state) => state.action(),
        }
    }

    fn awaited(&self) -> Option<Expected> {
        let messages = match self {
            Self::ExpectClientHello(_) => ExpectClientHello::EXPECTED,
            Self::ExpectCertificate(_) => ExpectCertificate::EXPECTED,
            Self::ExpectClientKeyExchange(_) => ExpectClientKeyExchange::EXPECTED,
            Self::Finish(state) => return state.awaited(),
            _ => return None,
        };
        Some(Expected::Handshake { messages })
    }

    fn perform(self, cx: &mut Context<'_>) -> Result<Next<Self>, Error> {
        match self {
            Self::OpenSessionTicket(state) => state.open(cx),
            Self::SendServerHello(state) => state.send(cx),
            Self::SendCertificate(state) => state.send(cx),
            Self::GenerateEphemeralKey(state) => state.generate(cx),
            Self::SignServerKeyExchange(state) => state.sign(cx),
            Self::SendServerKeyExchange(state) => state.send(cx),
            Self::SendCertificateRequest(state) => state.send(cx),
            Self::SendServerHelloDone(state) => state.send(cx),
            Self::CheckCertificate(state) => state.check(cx),
            Self::DecryptPreMasterSecret(state) => state.decrypt(cx),
            Self::Finish(state) => return state.perform(cx).map(|next| next.map(Self::Finish)),
            Self::ExpectClientHello(_) | Self::ExpectCertificate(_) | Self::ExpectClientKeyExchange(_) => {
                Err(ErrorKind::Internal("a state that awaits a message was asked to act").into())
            }
        }
        .map(Next::State)
    }

    fn handle(self, content: Content, cx: &mut Context<'_>) -> Result<Next<Self>, Error> {
        match self {
            Self::ExpectClientHello(state) => state.handle(&content.into_handshake()?, cx),
            Self::ExpectCertificate(state) => state.handle(&content.into_handshake()?, cx),
            Self::ExpectClientKeyExchange(state) => state.handle(&content.into_handshake()?, cx),
            Self::Finish(state) => return state.handle(content, cx).map(|next| next.map(Self::Finish)),
            _ => Err(ErrorKind::Internal("a state that awaits nothing was given a message").into()),
        }
        .map(Next::State)
    }
}
