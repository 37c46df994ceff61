//! The client's side of the handshake.

mod authenticate;
mod certificate;
mod flight;
mod hello;
mod key_exchange;

use std::sync::Arc;

use authenticate::{CheckCertificate, VerifyServerKeyExchange};
use certificate::SendCertificate;
use flight::{ExpectCertificate, ExpectServerHelloDone, ExpectServerKeyExchange};
use hello::ExpectServerHello;
pub(crate) use hello::SendClientHello;
use key_exchange::{GenerateEphemeralKey, GeneratePreMasterSecret, SendClientKeyExchange};

use rustls_pki_types::ServerName;

use crate::crypto::group;
use crate::crypto::signature::KeyAlgorithm;
use crate::error::{Error, ErrorKind};
use crate::protocol::connection::state::{Context, State};
use crate::protocol::handshake::identity::Identity;
use crate::protocol::record::channel::Content;
use crate::protocol::record::inbound::Inbound;
use crate::protocol::session::{Resumption, SessionStore};
use crate::protocol::suite::tls12::{KeyExchange, Suite};
use crate::protocol::tls12::both::Finish;
use crate::protocol::tls12::established::{Established, Next};
use crate::trace::{Action, Expected, Names};
use crate::wire::codepoint::{CipherSuite, HandshakeType, NamedGroup, SignatureScheme};
use crate::wire::handshake::tls12;

/// What a client offers and whom it means to reach. Lists are in order of preference.
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// The host name or IP address of the server.
    pub server_name: String,
    /// Cipher suites to offer, all of them ours.
    pub cipher_suites: Vec<CipherSuite>,
    /// Groups to offer for ephemeral keys: curves for ECDHE, finite fields for DHE.
    pub groups: Vec<NamedGroup>,
    /// Signature schemes to accept.
    pub signature_schemes: Vec<SignatureScheme>,
    /// Application protocols to offer (RFC 7301); none for no offer.
    pub application_protocols: Vec<String>,
    /// Whether to offer `extended_master_secret` (RFC 7627).
    pub extended_master_secret: bool,
    /// Whether to offer `encrypt_then_mac` (RFC 7366), with CBC suites.
    pub encrypt_then_mac: bool,
    /// How sessions of former connections are resumed. A client that has a ticket brings it; one that has none takes the
    /// server's session ID.
    pub resumption: Resumption,
    /// Certificates of authorities to trust, in DER.
    pub trust_anchors: Vec<Vec<u8>>,
}

impl ClientConfig {
    /// Everything we have, for a server of this name, trusting nobody.
    pub fn new(server_name: &str) -> Self {
        Self {
            server_name: server_name.to_owned(),
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
            trust_anchors: Vec::new(),
        }
    }

    /// Refuses what could not be said or kept on the wire.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if ServerName::try_from(&self.server_name[..]).is_err() {
            return Err(ErrorKind::Internal("server_name: it is neither a host name nor an IP address").into());
        }
        if self.cipher_suites.is_empty() || self.cipher_suites.iter().any(|id| Suite::of(*id).is_none()) {
            return Err(ErrorKind::Internal("cipher_suites: at least one is needed, and all must be known").into());
        }
        if self.groups.iter().any(|group| !group::SUPPORTED.contains(group)) {
            return Err(ErrorKind::Internal("groups: one of them is not supported").into());
        }
        for key_exchange in self.key_exchanges() {
            let groups = key_exchange.groups();
            if !groups.is_empty() && !self.groups.iter().any(|group| groups.contains(group)) {
                return Err(ErrorKind::Internal("groups: a key exchange that is offered has none").into());
            }
            if key_exchange.is_signed() && self.signature_schemes.is_empty() {
                return Err(ErrorKind::Internal("signature_schemes: ECDHE and DHE need one").into());
            }
        }
        if self.application_protocols.iter().any(|name| name.is_empty() || name.len() > 255) {
            return Err(ErrorKind::Internal("application_protocols: a name has 1 to 255 bytes").into());
        }
        Ok(())
    }

    /// The groups that the offer names: those for the key exchanges that are offered, then the curve that ECDSA
    /// certificates are on, since a client that does not name it cannot be shown one (RFC 8422, section 4), and some
    /// servers take none from it.
    fn offered_groups(&self, own_key: Option<KeyAlgorithm>) -> Vec<NamedGroup> {
        let is_of_use = |group: &NamedGroup| self.key_exchanges().any(|exchange| exchange.groups().contains(group));
        let mut groups: Vec<NamedGroup> = self.groups.iter().copied().filter(is_of_use).collect();
        let ecdsa = own_key == Some(KeyAlgorithm::EcdsaP256)
            || self.suites().any(|suite| suite.certificate_key == Some(KeyAlgorithm::EcdsaP256));
        if ecdsa && !groups.contains(&NamedGroup::SECP256R1) {
            groups.push(NamedGroup::SECP256R1);
        }
        groups
    }

    fn suites(&self) -> impl Iterator<Item = &'static Suite> {
        self.cipher_suites.iter().filter_map(|id| Suite::of(*id))
    }

    fn key_exchanges(&self) -> impl Iterator<Item = KeyExchange> {
        self.suites().map(|suite| suite.key_exchange)
    }
}

/// What all states of a client share until it has made its contribution.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) config: ClientConfig,
    /// What the client's values are called.
    pub(crate) names: Names,
    /// What those of the server are called that it means to reach.
    pub(crate) peer: Names,
    /// Where its sessions are kept.
    pub(crate) sessions: SessionStore,
    /// Who the client is, if it can show it.
    pub(crate) identity: Option<Arc<Identity>>,
}

impl Settings {
    fn own_key(&self) -> Option<KeyAlgorithm> {
        self.identity.as_ref().map(|identity| identity.key.algorithm())
    }
}

/// A state of the client's handshake.
#[derive(Debug)]
pub(crate) enum ClientState {
    SendClientHello(SendClientHello),
    ExpectServerHello(ExpectServerHello),
    ExpectCertificate(ExpectCertificate),
    ExpectServerKeyExchange(ExpectServerKeyExchange),
    ExpectServerHelloDone(ExpectServerHelloDone),
    CheckCertificate(CheckCertificate),
    VerifyServerKeyExchange(VerifyServerKeyExchange),
    SendCertificate(SendCertificate),
    GeneratePreMasterSecret(GeneratePreMasterSecret),
    GenerateEphemeralKey(GenerateEphemeralKey),
    SendClientKeyExchange(SendClientKeyExchange),
    Finish(Finish),
}

impl State for ClientState {
    type Established = Established;

    fn action(&self) -> Action {
        match self {
            Self::SendClientHello(_) => Action::SendClientHello,
            Self::ExpectServerHello(_) => Action::ReceiveServerHello,
            Self::ExpectCertificate(_) => Action::ReceiveCertificate,
            Self::ExpectServerKeyExchange(_) => Action::ReceiveServerKeyExchange,
            Self::ExpectServerHelloDone(_) => Action::ReceiveServerHelloDone,
            Self::CheckCertificate(_) => Action::CheckCertificate,
            Self::VerifyServerKeyExchange(_) => Action::VerifyServerKeyExchange,
            Self::SendCertificate(_) => Action::SendCertificate,
            Self::GeneratePreMasterSecret(_) => Action::GeneratePreMasterSecret,
            Self::GenerateEphemeralKey(_) => Action::GenerateEphemeralKey,
            Self::SendClientKeyExchange(_) => Action::SendClientKeyExchange,
            Self::Finish(state) => state.action(),
        }
    }

    fn action_on(&self, kind: HandshakeType) -> Action {
        match (self, kind) {
            (Self::ExpectServerHelloDone(_), HandshakeType::CERTIFICATE_REQUEST) => Action::ReceiveCertificateRequest,
            _ => self.action(),
        }
    }

    fn awaited(&self) -> Option<Expected> {
        let messages = match self {
            Self::ExpectServerHello(_) => ExpectServerHello::EXPECTED,
            Self::ExpectCertificate(_) => ExpectCertificate::EXPECTED,
            Self::ExpectServerKeyExchange(_) => ExpectServerKeyExchange::EXPECTED,
            Self::ExpectServerHelloDone(state) => state.expected(),
            Self::Finish(state) => return state.awaited(),
            _ => return None,
        };
        Some(Expected::Handshake { messages })
    }

    fn perform(self, cx: &mut Context<'_>) -> Result<Next<Self>, Error> {
        match self {
            Self::SendClientHello(state) => state.send(cx),
            Self::CheckCertificate(state) => state.check(cx),
            Self::VerifyServerKeyExchange(state) => state.verify(cx),
            Self::SendCertificate(state) => state.send(cx),
            Self::GeneratePreMasterSecret(state) => state.generate(cx),
            Self::GenerateEphemeralKey(state) => state.generate(cx),
            Self::SendClientKeyExchange(state) => state.send(cx),
            Self::Finish(state) => return state.perform(cx).map(|next| next.map(Self::Finish)),
            _ => Err(ErrorKind::Internal("a state that awaits a message was asked to act").into()),
        }
        .map(Next::State)
    }

    fn handle(self, content: Content, cx: &mut Context<'_>) -> Result<Next<Self>, Error> {
        // RFC 5246, section 7.4.1.1: a HelloRequest in the middle of a handshake is passed over, and never hashed.
        if let Content::Handshake(message) = &content
            && message.kind == HandshakeType::HELLO_REQUEST
        {
            message.read::<crate::wire::handshake::tls12::HelloRequest>(cx.trace)?;
            return Ok(Next::State(self));
        }
        match self {
            Self::ExpectServerHello(state) => state.handle(&content.into_handshake()?, cx),
            Self::ExpectCertificate(state) => state.handle(&content.into_handshake()?, cx),
            Self::ExpectServerKeyExchange(state) => state.handle(&content.into_handshake()?, cx),
            Self::ExpectServerHelloDone(state) => state.handle(&content.into_handshake()?, cx),
            Self::Finish(state) => return state.handle(content, cx).map(|next| next.map(Self::Finish)),
            _ => Err(ErrorKind::Internal("a state that awaits nothing was given a message").into()),
        }
        .map(Next::State)
    }
}

/// Refuses any other message than those expected.
fn expect(message: &Inbound, expected: &'static [HandshakeType], cx: &mut Context<'_>) -> Result<(), Error> {
    if expected.contains(&message.kind) {
        Ok(())
    } else {
        Err(message.unexpected(expected, tls12::reference, cx.trace))
    }
}
