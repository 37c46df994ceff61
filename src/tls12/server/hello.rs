//! The client's offer, and what the server makes of it.

use super::flight::SendServerHello;
use super::negotiate::{Choice, choose_protocol, negotiate};
use super::{ClientCertificates, ServerState, Settings};
use crate::error::{Error, ErrorKind};
use crate::tls12::channel::{Inbound, Layout};
use crate::tls12::connection::Context;
use crate::tls12::handshake::Transcript;
use crate::tls12::session::{Handle, Resumption, Session, fingerprint};
use crate::tls12::suite::{Cipher, KeyExchange};
use crate::trace::ValueName;
use crate::wire::FieldName;
use crate::wire::codepoint::{
    CipherSuite, CompressionMethod, EcPointFormat, HandshakeType, NamedGroup, ProtocolVersion, SignatureScheme,
};
use crate::wire::extension::Extension;
use crate::wire::handshake::ClientHello;

/// Nothing has happened yet.
#[derive(Debug)]
pub(crate) struct ExpectClientHello {
    pub(crate) settings: Settings,
}

/// The extensions of an offer, by name. Those we do not use are left out.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether an extension without contents is there")]
pub(super) struct Offer<'a> {
    pub(super) cipher_suites: &'a [CipherSuite],
    pub(super) server_name: Option<&'a str>,
    /// `session_ticket`: empty if the client has none yet.
    pub(super) ticket: Option<&'a [u8]>,
    pub(super) groups: Option<&'a [NamedGroup]>,
    pub(super) signature_schemes: Option<&'a [SignatureScheme]>,
    pub(super) application_protocols: Option<&'a [Vec<u8>]>,
    pub(super) ec_point_formats: bool,
    pub(super) encrypt_then_mac: bool,
    pub(super) extended_master_secret: bool,
    /// Whether the client knows RFC 5746, by extension or by signalling suite.
    pub(super) renegotiation_info: bool,
}

impl ExpectClientHello {
    pub(super) fn handle(self, message: &Inbound, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { settings } = self;
        if message.kind != HandshakeType::CLIENT_HELLO {
            return Err(message.unexpected(&[HandshakeType::CLIENT_HELLO], cx.trace));
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
                cx.trace.held(ValueName::SessionTicket, &ticket);
                ServerState::OpenSessionTicket(OpenSessionTicket { received, ticket })
            }
            (Resumption::SessionId, _) => {
                let id = Handle::Id(received.hello.session_id.clone());
                let fits = |session: &Session| session.handle == id && fits(session, &offer, &received.settings);
                let session = cx.sessions.take(cx.environment.now(), fits);
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
    pub(super) fn open(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { received, ticket } = self;
        let session = cx.sessions.ticket_key.as_ref().and_then(|key| key.open(&ticket, cx.trace));
        let session = session.filter(|session| cx.environment.now() < session.expires);
        if let Some(session) = &session {
            cx.trace.held(ValueName::MasterSecret, &session.master_secret);
            if let Some(certificate) = &session.client_certificate {
                cx.trace.held(ValueName::ClientCertificate, certificate);
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
            Choice { suite, one_time: None, application_protocol }
        } else {
            cx.trace.erased_all(|name| OF_SESSION.contains(&name) && !cx.sessions.have(name));
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

/// What the server has of a session that the client asks for. The ticket stays where the hello is: among the messages.
const OF_SESSION: [ValueName; 3] = [ValueName::MasterSecret, ValueName::ClientCertificate, ValueName::ClientPublicKey];

/// Whether a session suits what the client offers and the server accepts now. It is for one server name only (RFC 6066,
/// section 3), its suite must be offered again (RFC 5246, section 7.4.1.2), and where clients have to show who they are,
/// the one that began it must have; the authorities that vouched for it must be trusted still.
fn fits(session: &Session, offer: &Offer<'_>, Settings { config, .. }: &Settings) -> bool {
    let id = session.suite.id;
    offer.cipher_suites.contains(&id)
        && config.cipher_suites.contains(&id)
        && config.extended_master_secret
        && offer.server_name == session.server_name.as_deref()
        && session.trust == fingerprint(&config.trust_anchors)
        && (config.client_certificates != ClientCertificates::Required || session.client_certificate.is_some())
}

/// What becomes of the session.
#[derive(Debug)]
pub(super) enum Continuity {
    /// It is new, and ends with the connection.
    None,
    /// It is new, and the server keeps it under an ID.
    Kept,
    /// It is new, and the client gets it in a ticket.
    HandedOut,
    /// It goes on.
    Resumed(Session),
}

impl Continuity {
    fn begun(offer: &Offer<'_>, Settings { config, .. }: &Settings) -> Self {
        let bound = offer.extended_master_secret && config.extended_master_secret;
        match config.resumption {
            Resumption::SessionId if bound => Self::Kept,
            Resumption::SessionTicket if bound && offer.ticket.is_some() => Self::HandedOut,
            _ => Self::None,
        }
    }
}

impl<'a> Offer<'a> {
    fn of(hello: &'a ClientHello) -> Result<Self, (ErrorKind, FieldName)> {
        let mut offer = Self {
            cipher_suites: &hello.cipher_suites,
            renegotiation_info: hello.cipher_suites.contains(&CipherSuite::TLS_EMPTY_RENEGOTIATION_INFO_SCSV),
            ..Self::default()
        };
        for extension in &hello.extensions {
            match extension {
                Extension::ServerName(name) => offer.server_name = name.as_deref(),
                Extension::SessionTicket(ticket) => offer.ticket = Some(ticket),
                Extension::SupportedGroups(groups) => offer.groups = Some(groups),
                Extension::SignatureAlgorithms(schemes) => offer.signature_schemes = Some(schemes),
                Extension::ApplicationProtocols(names) => offer.application_protocols = Some(names),
                // RFC 8422, section 5.1.2: clients must name the uncompressed form.
                Extension::EcPointFormats(formats) if !formats.contains(&EcPointFormat::UNCOMPRESSED) => {
                    let what = FieldName::EcPointFormat;
                    return Err((ErrorKind::NotOffered { what }, what));
                }
                Extension::EcPointFormats(_) => offer.ec_point_formats = true,
                Extension::EncryptThenMac => offer.encrypt_then_mac = true,
                Extension::ExtendedMasterSecret => offer.extended_master_secret = true,
                // RFC 5746, section 3.6: not empty means that somebody takes this for a renegotiation.
                Extension::RenegotiationInfo(data) if !data.is_empty() => {
                    return Err((ErrorKind::BadRenegotiationInfo, FieldName::RenegotiatedConnection));
                }
                Extension::RenegotiationInfo(_) => offer.renegotiation_info = true,
                Extension::Other { .. } => {}
            }
        }
        Ok(offer)
    }
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
