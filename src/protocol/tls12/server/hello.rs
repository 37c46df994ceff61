//! The client's offer, and what the server makes of it.

use super::flight::SendServerHello;
use super::negotiate::{Choice, Continuity, Offer, choose_protocol, negotiate};
use super::{ClientCertificates, ServerState, Settings};
use crate::error::{Error, ErrorKind};
use crate::protocol::connection::state::Context;
use crate::protocol::handshake::transcript::Transcript;
use crate::protocol::record::inbound::{Inbound, Layout};
use crate::protocol::session::{Handle, Resumption, Session, fingerprint};
use crate::protocol::suite::Cipher;
use crate::protocol::suite::tls12::KeyExchange;
use crate::trace::{Account, ValueName};
use crate::wire::FieldName;
use crate::wire::codepoint::{CompressionMethod, EcPointFormat, HandshakeType, ProtocolVersion};
use crate::wire::extension::Extension;
use crate::wire::handshake::ClientHello;
use crate::wire::handshake::tls12;

/// Nothing has happened yet.
#[derive(Debug)]
pub(crate) struct ExpectClientHello {
    pub(crate) settings: Settings,
}

impl ExpectClientHello {
    pub(super) const EXPECTED: &[HandshakeType] = &[HandshakeType::CLIENT_HELLO];

    pub(crate) fn handle(self, message: &Inbound, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { settings } = self;
        if !Self::EXPECTED.contains(&message.kind) {
            return Err(message.unexpected(Self::EXPECTED, tls12::reference, cx.trace));
        }
        let (hello, layout) = message.read::<ClientHello>(cx.trace)?;
        // RFC 5246, appendix E.1: the client speaks everything up to the version it names.
        if hello.client_version.0 < ProtocolVersion::TLS_1_2.0 {
            let kind = ErrorKind::ProtocolVersion(hello.client_version);
            return Err(layout.error(kind, FieldName::ClientVersion));
        }
        if !hello.compression_methods.contains(&CompressionMethod::NULL) {
            return Err(layout.illegal(FieldName::CompressionMethods, "null must be among the compression methods"));
        }
        let mut transcript = Transcript::default();
        transcript.add(&message.bytes);
        let received = Received { settings, hello, layout, transcript };
        let offer = received.offer()?;
        Ok(match (received.settings.config.resumption, offer.ticket) {
            (Resumption::SessionTicket, Some(ticket)) if !ticket.is_empty() => {
                let ticket = ticket.to_vec();
                cx.trace.held(Account::Handshake, ValueName::SessionTicket, &ticket);
                ServerState::OpenSessionTicket(OpenSessionTicket { received, ticket })
            }
            (Resumption::SessionId, _) => {
                let id = Handle::Id(received.hello.session_id.clone());
                let fits = |session: &Session| session.handle == id && fits(session, &offer, &received.settings);
                let session = received.settings.sessions.take(cx.environment.now(), cx.trace, fits);
                received.answer(session, cx)?
            }
            _ => received.answer(None, cx)?,
        })
    }
}

/// The offer is read, and brings a session along.
#[derive(Debug)]
pub(crate) struct OpenSessionTicket {
    received: Received,
    ticket: Vec<u8>,
}

impl OpenSessionTicket {
    /// RFC 5077, section 3.1: a ticket that the server cannot use leads to a full handshake.
    pub(crate) fn open(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { received, ticket } = self;
        let session = {
            let sessions = received.settings.sessions.lock();
            sessions.ticket_key.as_ref().and_then(|key| key.open(&ticket, received.settings.peer, cx.trace))
        };
        let session = session.filter(|session| cx.environment.now() < session.expires);
        if let Some(session) = &session {
            cx.trace.held(Account::Connection, ValueName::MasterSecret, &session.master_secret);
            if let Some(certificate) = &session.client_certificate {
                cx.trace.held(Account::Connection, received.settings.peer.chain[0], certificate);
            }
        }
        received.answer(session, cx)
    }
}

/// A `ClientHello` that is well formed.
#[derive(Debug)]
struct Received {
    settings: Settings,
    hello: ClientHello,
    layout: Layout,
    transcript: Transcript,
}

impl Received {
    fn offer(&self) -> Result<Offer<'_>, Error> {
        Offer::of(&self.hello).map_err(|(kind, field)| self.layout.error(kind, field))
    }

    /// Resumes the session that the client asks for, if it may be resumed, and else begins a new one.
    fn answer(self, session: Option<Session>, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let offer = self.offer()?;
        let refused = |(kind, field)| self.layout.error(kind, field);
        let session = session.filter(|session| fits(session, &offer, &self.settings));
        // RFC 7627, section 5.3: all sessions here have their master_secret bound.
        if session.is_some() && !offer.extended_master_secret {
            return Err(self.layout.error(ErrorKind::ResumedUnbound, FieldName::Extensions));
        }
        let session = session.map_or_else(|| Continuity::begun(&offer, &self.settings), Continuity::Resumed);
        let choice = if let Continuity::Resumed(Session { suite, .. }) = &session {
            let application_protocol = choose_protocol(&self.settings, &offer).map_err(refused)?;
            Choice { suite, ephemeral: None, application_protocol }
        } else {
            // The session is not resumed: the values that were loaded from it for this connection are no longer used.
            cx.trace.release(|account, _| account == Account::Connection);
            negotiate(&self.settings, &offer).map_err(refused)?
        };
        let answers = answers(&offer, &choice, &session, &self.settings);
        cx.channel.negotiated();
        let server_name = offer.server_name.map(ToOwned::to_owned);
        let Self { settings, hello, transcript, .. } = self;
        Ok(ServerState::SendServerHello(SendServerHello {
            settings,
            hello,
            choice,
            answers,
            session,
            server_name,
            transcript,
        }))
    }
}

/// Whether a session suits what the client offers and the server accepts now. It is for one server name only (RFC 6066,
/// section 3), its suite must be offered again (RFC 5246, section 7.4.1.2), and where clients have to show who they are,
/// the one that began it must have; the authorities that vouched for it must be trusted still.
fn fits(session: &Session, offer: &Offer<'_>, Settings { config, .. }: &Settings) -> bool {
    let id = session.suite.common.id;
    offer.cipher_suites.contains(&id)
        && config.cipher_suites.contains(&id)
        && config.extended_master_secret
        && offer.server_name == session.server_name.as_deref()
        && session.trust == fingerprint(&config.trust_anchors)
        && (config.client_certificates != ClientCertificates::Required || session.client_certificate.is_some())
}

/// The answers to the client's extensions: never to one that it did not send. With a session that goes on, its name and the
/// key exchange are not spoken of again (RFC 6066, section 3; RFC 8422, section 4).
fn answers(offer: &Offer<'_>, choice: &Choice, session: &Continuity, settings: &Settings) -> Vec<Extension> {
    let resumed = matches!(session, Continuity::Resumed(_));
    let mut answers = Vec::new();
    if offer.server_name.is_some() && !resumed {
        answers.push(Extension::ServerName(None));
    }
    // RFC 7366, section 3: not with AEAD, which has no MAC of its own.
    if offer.encrypt_then_mac && settings.config.encrypt_then_mac && matches!(choice.suite.cipher, Cipher::Cbc(_)) {
        answers.push(Extension::EncryptThenMac);
    }
    if offer.extended_master_secret && settings.config.extended_master_secret {
        answers.push(Extension::ExtendedMasterSecret);
    }
    if offer.renegotiation_info {
        answers.push(Extension::RenegotiationInfo(Vec::new()));
    }
    if matches!(session, Continuity::HandedOut) {
        answers.push(Extension::SessionTicket(Vec::new()));
    }
    if offer.ec_point_formats && !resumed && choice.suite.key_exchange == KeyExchange::Ecdhe {
        answers.push(Extension::EcPointFormats(vec![EcPointFormat::UNCOMPRESSED]));
    }
    if let Some(name) = &choice.application_protocol {
        answers.push(Extension::ApplicationProtocols(vec![name.as_bytes().to_vec()]));
    }
    answers
}
