//! The server's flight that follows its hello. Nothing is believed until the flight is complete.

use super::authenticate::CheckCertificate;
use super::certificate::{Answer, Contribution};
use super::{ClientState, Settings, expect};
use crate::crypto::group::check_public;
use crate::crypto::signature::{KeyAlgorithm, PublicKey};
use crate::error::{Error, ErrorKind};
use crate::protocol::connection::state::Context;
use crate::protocol::handshake::authenticate::Chain;
use crate::protocol::handshake::certificates::record_certificates;
use crate::protocol::record::inbound::Inbound;
use crate::protocol::suite::tls12::KeyExchange;
use crate::protocol::tls12::handshake::Handshake;
use crate::protocol::tls12::server_share::ServerShare;
use crate::trace::{Account, Event};
use crate::wire::FieldName;
use crate::wire::codepoint::HandshakeType;
use crate::wire::handshake::tls12::{Certificate, CertificateRequest, ServerHelloDone};

/// The parameters are settled.
#[derive(Debug)]
pub(crate) struct ExpectCertificate {
    pub(crate) settings: Settings,
    pub(crate) handshake: Handshake,
    pub(crate) certificate_key: KeyAlgorithm,
}

/// Who the server says it is, unchecked, and the kind of key that the suite calls for.
#[derive(Debug)]
pub(crate) struct Shown {
    chain: Chain,
    key: KeyAlgorithm,
}

impl ExpectCertificate {
    pub(super) const EXPECTED: &[HandshakeType] = &[HandshakeType::CERTIFICATE];

    pub(crate) fn handle(self, message: &Inbound, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { settings, mut handshake, certificate_key } = self;
        expect(message, Self::EXPECTED, cx)?;
        let (certificate, layout) = message.read::<Certificate>(cx.trace)?;
        record_certificates(layout.buffer, &message.bytes, &layout.fields, cx.trace);
        let place = layout.find(FieldName::CertificateList);
        let certificates = certificate.certificate_list;
        if let Some(key) = certificates.first().and_then(|leaf| PublicKey::from_certificate(leaf).ok()) {
            cx.trace.held(Account::Connection, handshake.peer.public_key, key.spki());
        }
        for (name, der) in handshake.peer.chain.into_iter().zip(&certificates) {
            cx.trace.held(Account::Handshake, name, der);
        }
        handshake.transcript.add(&message.bytes);
        let shown = Some(Shown { chain: Chain { certificates, place }, key: certificate_key });
        Ok(match handshake.key_exchange() {
            KeyExchange::Rsa => {
                let (share, answer) = (None, None);
                ClientState::ExpectServerHelloDone(ExpectServerHelloDone { settings, handshake, shown, share, answer })
            }
            _ => ClientState::ExpectServerKeyExchange(ExpectServerKeyExchange { settings, handshake, shown }),
        })
    }
}

/// The server's ephemeral public key is due.
#[derive(Debug)]
pub(crate) struct ExpectServerKeyExchange {
    pub(crate) settings: Settings,
    pub(crate) handshake: Handshake,
    /// Here unless the server shows none.
    pub(crate) shown: Option<Shown>,
}

impl ExpectServerKeyExchange {
    pub(super) const EXPECTED: &[HandshakeType] = &[HandshakeType::SERVER_KEY_EXCHANGE];

    pub(crate) fn handle(self, message: &Inbound, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { settings, mut handshake, shown } = self;
        let config = &settings.config;
        expect(message, Self::EXPECTED, cx)?;
        let (share, layout) = ServerShare::read(message, &handshake, cx)?;
        let refuse = |what| Err(layout.error(ErrorKind::NotOffered { what }, what));
        let groups = handshake.key_exchange().groups();
        let (group, public) = match handshake.key_exchange() {
            KeyExchange::Ecdhe => (FieldName::NamedCurve, FieldName::Point),
            _ => (FieldName::DhPBytes, FieldName::DhYsBytes),
        };
        // RFC 8422, section 5.4: with ECDHE it is a curve, whatever else was offered.
        if !groups.contains(&share.group) || !config.offered_groups(settings.own_key()).contains(&share.group) {
            return refuse(group);
        }
        if let (Some(signed), Some(shown)) = (&share.signed, &shown) {
            if !config.signature_schemes.contains(&signed.scheme) {
                return refuse(FieldName::SignatureAlgorithm);
            }
            if !shown.key.schemes().contains(&signed.scheme) {
                let reason = "the signature scheme does not go with the cipher suite";
                return Err(layout.illegal(FieldName::SignatureAlgorithm, reason));
            }
            handshake.signature_scheme = Some(signed.scheme);
        }
        check_public(share.group, &share.public).map_err(|kind| layout.error(kind, public))?;
        handshake.transcript.add(&message.bytes);
        cx.trace.held(Account::Handshake, handshake.peer.ephemeral_public_key, &share.public);
        handshake.group = Some(share.group);
        cx.trace.event(Event::Negotiated(handshake.negotiated()));
        let (share, answer) = (Some(share), None);
        Ok(ClientState::ExpectServerHelloDone(ExpectServerHelloDone { settings, handshake, shown, share, answer }))
    }
}

/// The server's flight is complete but for its end.
#[derive(Debug)]
pub(crate) struct ExpectServerHelloDone {
    settings: Settings,
    handshake: Handshake,
    /// Here unless the server shows none.
    shown: Option<Shown>,
    /// Here if the key exchange has one.
    share: Option<ServerShare>,
    /// Here if the server has asked for a certificate.
    answer: Option<Answer>,
}

impl ExpectServerHelloDone {
    /// The server asks for a certificate once, and only if it has shown its own (RFC 5246, section 7.4.4).
    pub(super) fn expected(&self) -> &'static [HandshakeType] {
        if self.answer.is_none() && self.shown.is_some() {
            &[HandshakeType::CERTIFICATE_REQUEST, HandshakeType::SERVER_HELLO_DONE]
        } else {
            &[HandshakeType::SERVER_HELLO_DONE]
        }
    }

    pub(crate) fn handle(self, message: &Inbound, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let expected = self.expected();
        let Self { settings, mut handshake, shown, share, answer } = self;
        if message.kind == HandshakeType::CERTIFICATE_REQUEST && answer.is_none() {
            let (request, layout) = message.read::<CertificateRequest>(cx.trace)?;
            if shown.is_none() {
                return Err(layout.error(ErrorKind::AnonymousServerAsks, FieldName::CertificateTypes));
            }
            handshake.transcript.add(&message.bytes);
            let schemes = &settings.config.signature_schemes;
            let answer = Some(Answer::to(&request, settings.identity.as_ref(), schemes));
            let next = Self { settings, handshake, shown, share, answer };
            return Ok(ClientState::ExpectServerHelloDone(next));
        }
        expect(message, expected, cx)?;
        message.read::<ServerHelloDone>(cx.trace)?;
        handshake.transcript.add(&message.bytes);
        Ok(match (shown, share) {
            (Some(Shown { chain, key }), share) => {
                let config = settings.config;
                ClientState::CheckCertificate(CheckCertificate { config, handshake, chain, key, share, answer })
            }
            // Anonymous key exchange, which only a client that asks for nothing else gets: there is no certificate to check.
            (None, Some(share)) => Contribution::Ephemeral(share).after(None, handshake),
            (None, None) => {
                return Err(ErrorKind::Internal("a key exchange without certificate and one-time key").into());
            }
        })
    }
}
