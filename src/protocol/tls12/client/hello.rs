//! The client's offer, and the hello with which the server answers it.

use super::flight::{ExpectCertificate, ExpectServerKeyExchange};
use super::{ClientConfig, ClientState, Settings, expect};
use crate::error::{Error, ErrorKind};
use crate::protocol::connection::state::Context;
use crate::protocol::handshake::transcript::Transcript;
use crate::protocol::record::inbound::{Inbound, Layout};
use crate::protocol::session::{Handle, Resumption, Session, Terms, draw_id, end_of_lifetime, fingerprint};
use crate::protocol::suite::Cipher;
use crate::protocol::suite::tls12::{KeyExchange, Suite};
use crate::protocol::tls12::both::Finish;
use crate::protocol::tls12::both::derive::DeriveDataKeys;
use crate::protocol::tls12::handshake::Handshake;
use crate::trace::{Account, Event, Role, Value, ValueName};
use crate::wire::FieldName;
use crate::wire::codepoint::{CodePoint, CompressionMethod, EcPointFormat, HandshakeType, ProtocolVersion};
use crate::wire::extension::Extension;
use crate::wire::handshake::{self, ClientHello, ServerHello};
use crate::wire::reference::Reference;

/// Nothing has happened yet.
#[derive(Debug)]
pub(crate) struct SendClientHello {
    pub(crate) settings: Settings,
}

impl SendClientHello {
    pub(crate) fn send(self, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { settings } = self;
        let config = &settings.config;
        let mut random = [0; 32];
        cx.trace.start();
        cx.environment.entropy.fill("client_random", &mut random)?;
        cx.trace.computation(
            "Random",
            Vec::new(),
            vec![Value::new(ValueName::ClientRandom, &random)],
            Reference::new(5246, "7.4.1.2"),
        );
        let session = resumable(&settings, cx);
        let hello = ClientHello {
            client_version: ProtocolVersion::TLS_1_2,
            random,
            session_id: session_id(session.as_ref(), cx)?,
            cipher_suites: config.cipher_suites.clone(),
            compression_methods: vec![CompressionMethod::NULL],
            extensions: offer(&settings, session.as_ref()),
        };
        let written = handshake::write(&hello)?;
        cx.send_handshake::<ClientHello>(&written)?;
        let mut transcript = Transcript::default();
        transcript.add(&written.bytes);
        Ok(ClientState::ExpectServerHello(ExpectServerHello { settings, hello, session, transcript }))
    }
}

/// The session to ask for, if there is one for this server: it leaves the place where sessions are kept. It is asked for
/// with `extended_master_secret` and its suite only (RFC 7627, section 5.3; RFC 5246, section 7.4.1.2).
fn resumable(settings: &Settings, cx: &mut Context<'_>) -> Option<Session> {
    let config = &settings.config;
    let wanted = config.resumption != Resumption::None && config.extended_master_secret;
    let brings_tickets = config.resumption == Resumption::SessionTicket;
    let trust = fingerprint(&config.trust_anchors);
    settings.sessions.take(cx.environment.now(), cx.trace, |session| {
        wanted
            && session.server_name.as_deref() == Some(&config.server_name)
            && session.trust == trust
            && config.cipher_suites.contains(&session.suite.common.id)
            && (brings_tickets || matches!(session.handle, Handle::Id(_)))
    })
}

/// The ID of the session, if it has one. A ticket has none: the client makes one up, to know by its return that the server
/// took the ticket (RFC 5077, section 3.4).
fn session_id(session: Option<&Session>, cx: &mut Context<'_>) -> Result<Vec<u8>, Error> {
    match session.map(|session| &session.handle) {
        None => Ok(Vec::new()),
        Some(Handle::Id(id)) => Ok(id.clone()),
        Some(Handle::Ticket(_)) => draw_id(Reference::new(5077, "3.4"), &mut cx.environment.entropy, cx.trace),
    }
}

/// The extensions of an offer.
fn offer(settings: &Settings, session: Option<&Session>) -> Vec<Extension> {
    let config = &settings.config;
    let mut extensions = Vec::new();
    // RFC 6066, section 3: literal addresses are not host names.
    if config.server_name.parse::<core::net::IpAddr>().is_err() {
        // Nor do they end in a dot.
        let name = config.server_name.strip_suffix('.').unwrap_or(&config.server_name);
        extensions.push(Extension::ServerName(Some(name.to_owned())));
    }
    if config.encrypt_then_mac && config.suites().any(|suite| matches!(suite.cipher, Cipher::Cbc(_))) {
        extensions.push(Extension::EncryptThenMac);
    }
    if config.extended_master_secret {
        extensions.push(Extension::ExtendedMasterSecret);
    }
    if config.resumption == Resumption::SessionTicket {
        let ticket = match session.map(|session| &session.handle) {
            Some(Handle::Ticket(ticket)) => ticket.clone(),
            _ => Vec::new(),
        };
        extensions.push(Extension::SessionTicket(ticket));
    }
    extensions.push(Extension::RenegotiationInfo(Vec::new()));
    let groups = config.offered_groups(settings.own_key());
    if !groups.is_empty() {
        extensions.push(Extension::SupportedGroups(groups));
    }
    if config.key_exchanges().any(|exchange| exchange == KeyExchange::Ecdhe) {
        extensions.push(Extension::EcPointFormats(vec![EcPointFormat::UNCOMPRESSED]));
    }
    if !config.signature_schemes.is_empty() {
        extensions.push(Extension::SignatureAlgorithms(config.signature_schemes.clone()));
    }
    if !config.application_protocols.is_empty() {
        let names = config.application_protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        extensions.push(Extension::ApplicationProtocols(names));
    }
    extensions
}

/// The offer is out.
#[derive(Debug)]
pub(crate) struct ExpectServerHello {
    settings: Settings,
    hello: ClientHello,
    /// The session that the client has asked for.
    session: Option<Session>,
    transcript: Transcript,
}

impl ExpectServerHello {
    pub(super) const EXPECTED: &[HandshakeType] = &[HandshakeType::SERVER_HELLO];

    pub(crate) fn handle(self, message: &Inbound, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { settings, hello, session, mut transcript } = self;
        let config = &settings.config;
        expect(message, Self::EXPECTED, cx)?;
        let (answer, layout) = message.read::<ServerHello>(cx.trace)?;
        let refuse = |kind: ErrorKind, field| Err(layout.error(kind, field));
        if answer.server_version != ProtocolVersion::TLS_1_2 {
            return refuse(ErrorKind::ProtocolVersion(answer.server_version), FieldName::ServerVersion);
        }
        let suite = match Suite::of(answer.cipher_suite) {
            Some(suite) if hello.cipher_suites.contains(&suite.common.id) => suite,
            _ => {
                return refuse(ErrorKind::CipherSuiteNotOffered(answer.cipher_suite), FieldName::CipherSuite);
            }
        };
        if answer.compression_method != CompressionMethod::NULL {
            let what = FieldName::CompressionMethod;
            return refuse(ErrorKind::NotOffered { what }, what);
        }
        let answers = Answers::read(&answer, &layout, &hello, config, *suite)?;
        // RFC 5246, section 7.4.1.3: the server resumes the session that it is asked for if it names it in turn.
        let session = session.filter(|_| answer.session_id == hello.session_id);
        if let Some(session) = &session {
            if session.suite.common.id != suite.common.id {
                let what = FieldName::CipherSuite;
                return refuse(ErrorKind::ResumedDifferently { what }, what);
            }
            if !answers.extended_master_secret {
                return refuse(ErrorKind::ResumedUnbound, FieldName::Extensions);
            }
        } else {
            // The session is not resumed: the values that were loaded from it for this connection are no longer used. The ticket is
            // still held, as a part of the ClientHello that the transcript keeps.
            cx.trace.release(|account, _| account == Account::Connection);
        }
        cx.channel.negotiated();
        transcript.add(&message.bytes);
        let fresh = end_of_lifetime(cx.environment.now());
        let named =
            config.resumption != Resumption::None && answers.extended_master_secret && !answer.session_id.is_empty();
        let terms = Terms {
            resumed: session.is_some(),
            handle: match &session {
                Some(session) => Some(session.handle.clone()),
                None => named.then(|| Handle::Id(answer.session_id.clone())),
            },
            ticket_due: answers.ticket_due,
            server_name: Some(config.server_name.clone()),
            expires: session.as_ref().map_or(fresh, |session| session.expires),
            client_certificate: None,
            trust: fingerprint(&config.trust_anchors),
        };
        let handshake = Handshake {
            role: Role::Client,
            names: settings.names,
            peer: settings.peer,
            sessions: settings.sessions.clone(),
            suite,
            client_random: hello.random,
            server_random: answer.random,
            extended_master_secret: answers.extended_master_secret,
            encrypt_then_mac: answers.encrypt_then_mac,
            group: None,
            signature_scheme: None,
            application_protocol: answers.application_protocol,
            server_key: session.as_ref().and_then(|session| session.server_key.clone()),
            client_auth: None,
            terms,
            transcript,
        };
        cx.trace.event(Event::Negotiated(handshake.negotiated()));
        if let Some(Session { master_secret, .. }) = session {
            let derive = DeriveDataKeys { handshake, master_secret };
            return Ok(ClientState::Finish(Finish::DeriveDataKeys(derive)));
        }
        Ok(match suite.certificate_key {
            Some(certificate_key) => {
                ClientState::ExpectCertificate(ExpectCertificate { settings, handshake, certificate_key })
            }
            None => ClientState::ExpectServerKeyExchange(ExpectServerKeyExchange { settings, handshake, shown: None }),
        })
    }
}

/// What the server's extensions say.
#[derive(Debug, Default)]
struct Answers {
    encrypt_then_mac: bool,
    extended_master_secret: bool,
    /// Whether a `NewSessionTicket` will come.
    ticket_due: bool,
    application_protocol: Option<String>,
}

impl Answers {
    /// Refuses whatever does not answer the offer.
    fn read(
        hello: &ServerHello,
        layout: &Layout,
        offer: &ClientHello,
        config: &ClientConfig,
        suite: Suite,
    ) -> Result<Self, Error> {
        let refuse = |kind: ErrorKind, field| Err(layout.error(kind, field));
        let mut answers = Self::default();
        for extension in &hello.extensions {
            let kind = extension.extension_type();
            // RFC 5246, section 7.4.1.4: an answer to what was not asked ends the connection.
            if !offer.extensions.iter().any(|offered| offered.extension_type() == kind) {
                let error = ErrorKind::ExtensionNotOffered(kind);
                return Err(layout.error_about(error, FieldName::ExtensionType, kind.code()));
            }
            match extension {
                // RFC 6066, section 3: a server's answer is empty.
                Extension::ServerName(Some(_)) => {
                    return Err(layout.illegal(FieldName::ServerNameList, "a server's server_name is empty"));
                }
                // RFC 5246, section 7.4.1.4.1: servers must not send it.
                Extension::SignatureAlgorithms(_) => {
                    let error = ErrorKind::ExtensionNotOffered(kind);
                    return Err(layout.error_about(error, FieldName::ExtensionType, kind.code()));
                }
                // RFC 7366, section 3: not with AEAD, which has no MAC of its own.
                Extension::EncryptThenMac if matches!(suite.cipher, Cipher::Aead(_)) => {
                    let reason = "encrypt_then_mac does not go with an AEAD cipher suite";
                    return Err(layout.illegal_about(FieldName::ExtensionType, kind.code(), reason));
                }
                Extension::EncryptThenMac => answers.encrypt_then_mac = true,
                Extension::ExtendedMasterSecret => answers.extended_master_secret = true,
                // RFC 5077, section 3.2: the ticket itself comes in a message of its own.
                Extension::SessionTicket(ticket) if !ticket.is_empty() => {
                    return Err(layout.illegal(FieldName::TicketBytes, "a server's session_ticket is empty"));
                }
                Extension::SessionTicket(_) => answers.ticket_due = true,
                Extension::RenegotiationInfo(data) if !data.is_empty() => {
                    return refuse(ErrorKind::BadRenegotiationInfo, FieldName::RenegotiatedConnection);
                }
                // RFC 7301, section 3.1: exactly one, and one that was offered.
                Extension::ApplicationProtocols(names) => {
                    answers.application_protocol = match &names[..] {
                        [name] => {
                            config.application_protocols.iter().find(|offered| offered.as_bytes() == name).cloned()
                        }
                        _ => None,
                    };
                    if answers.application_protocol.is_none() {
                        let what = FieldName::ProtocolName;
                        return refuse(ErrorKind::NotOffered { what }, what);
                    }
                }
                // RFC 8422, section 5.2: the uncompressed form must be among them.
                Extension::EcPointFormats(formats) if !formats.contains(&EcPointFormat::UNCOMPRESSED) => {
                    let what = FieldName::EcPointFormat;
                    return refuse(ErrorKind::NotOffered { what }, what);
                }
                _ => {}
            }
        }
        Ok(answers)
    }
}
