//! The client's certificate, where the server asks for it.

use super::flight_plan::Flight;
use super::key_exchange::ExpectClientKeyExchange;
use super::{ClientCertificates, ServerState};
use crate::crypto::signature::PublicKey;
use crate::error::{Error, ErrorKind};
use crate::glass::Secret;
use crate::pki::verify::{Holder, KeyUse, Requirement};
use crate::protocol::connection::state::Context;
use crate::protocol::handshake::authenticate::{Chain, check_chain};
use crate::protocol::handshake::certificates::record_certificates;
use crate::protocol::handshake::identity::ClientAuth;
use crate::protocol::record::inbound::Inbound;
use crate::trace::Account;
use crate::wire::FieldName;
use crate::wire::codepoint::{HandshakeType, NamedGroup};
use crate::wire::handshake::tls12;
use crate::wire::handshake::tls12::Certificate;

/// The server's flight is out, and asks for a certificate.
#[derive(Debug)]
pub(crate) struct ExpectCertificate {
    pub(crate) flight: Flight,
    pub(crate) ephemeral_key: Option<(NamedGroup, Secret)>,
}

impl ExpectCertificate {
    pub(super) const EXPECTED: &[HandshakeType] = &[HandshakeType::CERTIFICATE];

    pub(crate) fn handle(self, message: &Inbound, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { mut flight, ephemeral_key } = self;
        if !Self::EXPECTED.contains(&message.kind) {
            return Err(message.unexpected(Self::EXPECTED, tls12::reference, cx.trace));
        }
        let (certificate, layout) = message.read::<Certificate>(cx.trace)?;
        record_certificates(layout.buffer, &message.bytes, &layout.fields, cx.trace);
        let place = layout.find(FieldName::CertificateList);
        let chain = Chain { certificates: certificate.certificate_list, place };
        flight.handshake.transcript.add(&message.bytes);
        let Some(leaf) = chain.certificates.first() else {
            if flight.settings.config.client_certificates == ClientCertificates::Required {
                return Err(layout.error(ErrorKind::NoClientCertificate, FieldName::CertificateList));
            }
            return Ok(ServerState::ExpectClientKeyExchange(ExpectClientKeyExchange { flight, ephemeral_key }));
        };
        if let Ok(key) = PublicKey::from_certificate(leaf) {
            cx.trace.held(Account::Connection, flight.handshake.peer.public_key, key.spki());
        }
        cx.trace.held(Account::Connection, flight.handshake.peer.chain[0], leaf);
        Ok(ServerState::CheckCertificate(CheckCertificate { flight, ephemeral_key, chain }))
    }
}

/// The client's certificate is here, unchecked.
#[derive(Debug)]
pub(crate) struct CheckCertificate {
    flight: Flight,
    ephemeral_key: Option<(NamedGroup, Secret)>,
    chain: Chain,
}

impl CheckCertificate {
    pub(crate) fn check(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { mut flight, ephemeral_key, chain } = self;
        let config = &flight.settings.config;
        let now = cx.environment.now();
        let requirement = Requirement { holder: Holder::Client, now, usage: KeyUse::DigitalSignature };
        let key = check_chain(&chain, flight.handshake.peer, &config.trust_anchors, &requirement, cx.trace)?;
        let schemes = config.signature_schemes.clone();
        flight.handshake.terms.limit_to(&chain.certificates);
        flight.handshake.terms.client_certificate = chain.certificates.into_iter().next();
        flight.handshake.client_auth = Some(ClientAuth::Peer { key, schemes });
        Ok(ServerState::ExpectClientKeyExchange(ExpectClientKeyExchange { flight, ephemeral_key }))
    }
}
