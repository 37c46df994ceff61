//! The client's offer, and the server's flight that answers it. Nothing is believed until the flight is complete.

use super::authenticate::CheckCertificate;
use super::certificate::{Answer, Contribution};
use super::{ClientState, Settings};
use crate::crypto::group;
use crate::crypto::signature::{KeyAlgorithm, PublicKey};
use crate::error::{Error, ErrorKind};
use crate::tls12::channel::Inbound;
use crate::tls12::connection::Context;
use crate::tls12::handshake::{Handshake, Transcript};
use crate::tls12::share::ServerShare;
use crate::tls12::suite::{Cipher, KeyExchange, Suite};
use crate::trace::{Event, Reference, Role, Value, ValueName};
use crate::wire::FieldName;
use crate::wire::codepoint::{CodePoint, CompressionMethod, EcPointFormat, HandshakeType, ProtocolVersion};
use crate::wire::extension::Extension;
use crate::wire::handshake::{self, Certificate, CertificateRequest, ClientHello, ServerHello, ServerHelloDone};

/// Nothing has happened yet.
#[derive(Debug)]
pub(crate) struct SendClientHello {
    pub(crate) settings: Settings,
}

impl SendClientHello {
    pub(super) fn send(self, cx: &mut Context<'_>) -> Result<ClientState, Error> {
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
        let hello = ClientHello {
            client_version: ProtocolVersion::TLS_1_2,
            random,
            session_id: Vec::new(),
            cipher_suites: config.cipher_suites.clone(),
            compression_methods: vec![CompressionMethod::NULL],
            extensions: offer(&settings),
        };
        let written = handshake::write(&hello)?;
        cx.send_handshake::<ClientHello>(&written)?;
        let mut transcript = Transcript::default();
        transcript.add(&written.bytes);
        Ok(ClientState::ExpectServerHello(ExpectServerHello { settings, hello, transcript }))
    }
}

/// The extensions of an offer.
fn offer(settings: &Settings) -> Vec<Extension> {
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
    transcript: Transcript,
}

impl ExpectServerHello {
    pub(super) fn handle(self, message: &Inbound, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { settings, hello, mut transcript } = self;
        let config = &settings.config;
        expect(message, &[HandshakeType::SERVER_HELLO], cx)?;
        let (answer, layout) = message.read::<ServerHello>(cx.trace)?;
        let refuse = |kind: ErrorKind, field| Err(layout.error(kind, field));
        if answer.server_version != ProtocolVersion::TLS_1_2 {
            return refuse(ErrorKind::ProtocolVersion(answer.server_version), FieldName::ServerVersion);
        }
        let suite = match Suite::of(answer.cipher_suite) {
            Some(suite) if hello.cipher_suites.contains(&suite.id) => suite,
            _ => {
                return refuse(ErrorKind::CipherSuiteNotOffered(answer.cipher_suite), FieldName::CipherSuite);
            }
        };
        if answer.compression_method != CompressionMethod::NULL {
            let what = FieldName::CompressionMethod;
            return refuse(ErrorKind::NotOffered { what }, what);
        }
        let mut encrypt_then_mac = false;
        let mut extended_master_secret = false;
        let mut application_protocol = None;
        for extension in &answer.extensions {
            let kind = extension.extension_type();
            // RFC 5246, section 7.4.1.4: an answer to what was not asked ends the connection.
            if !hello.extensions.iter().any(|offered| offered.extension_type() == kind) {
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
                    return Err(layout.illegal(FieldName::ExtensionType, reason));
                }
                Extension::EncryptThenMac => encrypt_then_mac = true,
                Extension::ExtendedMasterSecret => extended_master_secret = true,
                Extension::RenegotiationInfo(data) if !data.is_empty() => {
                    return refuse(ErrorKind::BadRenegotiationInfo, FieldName::RenegotiatedConnection);
                }
                // RFC 7301, section 3.1: exactly one, and one that was offered.
                Extension::ApplicationProtocols(names) => {
                    application_protocol = match &names[..] {
                        [name] => {
                            config.application_protocols.iter().find(|offered| offered.as_bytes() == name).cloned()
                        }
                        _ => None,
                    };
                    if application_protocol.is_none() {
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
        cx.channel.negotiated();
        transcript.add(&message.bytes);
        let handshake = Handshake {
            role: Role::Client,
            suite,
            client_random: hello.random,
            server_random: answer.random,
            extended_master_secret,
            encrypt_then_mac,
            group: None,
            signature_scheme: None,
            application_protocol,
            server_key: None,
            client_auth: None,
            transcript,
        };
        cx.trace.event(Event::Negotiated(handshake.negotiated()));
        Ok(match suite.certificate_key {
            Some(certificate_key) => {
                ClientState::ExpectCertificate(ExpectCertificate { settings, handshake, certificate_key })
            }
            None => ClientState::ExpectServerKeyExchange(ExpectServerKeyExchange { settings, handshake, chain: None }),
        })
    }
}

/// The parameters are settled.
#[derive(Debug)]
pub(crate) struct ExpectCertificate {
    settings: Settings,
    handshake: Handshake,
    certificate_key: KeyAlgorithm,
}

/// The server's certificate and those of its issuers, unchecked, and the kind of key that the suite calls for.
#[derive(Debug)]
pub(crate) struct Chain {
    pub(super) certificates: Vec<Vec<u8>>,
    pub(super) key: KeyAlgorithm,
}

impl ExpectCertificate {
    pub(super) fn handle(self, message: &Inbound, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { settings, mut handshake, certificate_key } = self;
        expect(message, &[HandshakeType::CERTIFICATE], cx)?;
        let (certificate, layout) = message.read::<Certificate>(cx.trace)?;
        cx.trace.certificates(&certificate, layout.buffer);
        let certificates = certificate.certificate_list;
        if let Some(key) = certificates.first().and_then(|leaf| PublicKey::from_certificate(leaf).ok()) {
            cx.trace.held(ValueName::ServerPublicKey, key.spki());
        }
        for (name, der) in ValueName::CHAIN.into_iter().zip(&certificates) {
            cx.trace.held(name, der);
        }
        handshake.transcript.add(&message.bytes);
        let chain = Some(Chain { certificates, key: certificate_key });
        Ok(match handshake.key_exchange() {
            KeyExchange::Rsa => {
                let (share, answer) = (None, None);
                ClientState::ExpectServerHelloDone(ExpectServerHelloDone { settings, handshake, chain, share, answer })
            }
            _ => ClientState::ExpectServerKeyExchange(ExpectServerKeyExchange { settings, handshake, chain }),
        })
    }
}

/// The server's one-time public key is due.
#[derive(Debug)]
pub(crate) struct ExpectServerKeyExchange {
    settings: Settings,
    handshake: Handshake,
    /// Here unless the server shows none.
    chain: Option<Chain>,
}

impl ExpectServerKeyExchange {
    pub(super) fn handle(self, message: &Inbound, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { settings, mut handshake, chain } = self;
        let config = &settings.config;
        expect(message, &[HandshakeType::SERVER_KEY_EXCHANGE], cx)?;
        let (share, layout) = ServerShare::read(message, &handshake, cx)?;
        let refuse = |what| Err(layout.error(ErrorKind::NotOffered { what }, what));
        let finite = share.group.is_ffdhe();
        if !config.offered_groups(settings.own_key()).contains(&share.group) {
            return refuse(if finite { FieldName::DhPBytes } else { FieldName::NamedCurve });
        }
        if let (Some(signed), Some(chain)) = (&share.signed, &chain) {
            if !config.signature_schemes.contains(&signed.scheme) {
                return refuse(FieldName::SignatureAlgorithm);
            }
            if !chain.key.schemes().contains(&signed.scheme) {
                let reason = "the signature scheme does not go with the cipher suite";
                return Err(layout.illegal(FieldName::SignatureAlgorithm, reason));
            }
            handshake.signature_scheme = Some(signed.scheme);
        }
        let field = if finite { FieldName::DhYsBytes } else { FieldName::Point };
        group::check_public(share.group, &share.public).map_err(|kind| layout.error(kind, field))?;
        handshake.transcript.add(&message.bytes);
        cx.trace.held(ValueName::ServerOneTimePublicKey, &share.public);
        handshake.group = Some(share.group);
        cx.trace.event(Event::Negotiated(handshake.negotiated()));
        let (share, answer) = (Some(share), None);
        Ok(ClientState::ExpectServerHelloDone(ExpectServerHelloDone { settings, handshake, chain, share, answer }))
    }
}

/// The server's flight is complete but for its end.
#[derive(Debug)]
pub(crate) struct ExpectServerHelloDone {
    settings: Settings,
    handshake: Handshake,
    /// Here unless the server shows none.
    chain: Option<Chain>,
    /// Here if the key exchange has one.
    share: Option<ServerShare>,
    /// Here if the server has asked for a certificate.
    answer: Option<Answer>,
}

impl ExpectServerHelloDone {
    pub(super) fn handle(self, message: &Inbound, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { settings, mut handshake, chain, share, answer } = self;
        if message.kind == HandshakeType::CERTIFICATE_REQUEST && answer.is_none() {
            let (request, layout) = message.read::<CertificateRequest>(cx.trace)?;
            if chain.is_none() {
                return Err(layout.error(ErrorKind::AnonymousServerAsks, FieldName::CertificateTypes));
            }
            handshake.transcript.add(&message.bytes);
            let schemes = &settings.config.signature_schemes;
            let answer = Some(Answer::to(&request, settings.identity.as_ref(), schemes));
            let next = Self { settings, handshake, chain, share, answer };
            return Ok(ClientState::ExpectServerHelloDone(next));
        }
        expect(message, &[HandshakeType::SERVER_HELLO_DONE], cx)?;
        message.read::<ServerHelloDone>(cx.trace)?;
        handshake.transcript.add(&message.bytes);
        Ok(match (chain, share) {
            (Some(chain), share) => {
                let config = settings.config;
                ClientState::CheckCertificate(CheckCertificate { config, handshake, chain, share, answer })
            }
            // Nobody says who the server is, and the client has asked for nothing else.
            (None, Some(share)) => Contribution::OneTime(share).after(None, handshake),
            (None, None) => {
                return Err(ErrorKind::Internal("a key exchange without certificate and one-time key").into());
            }
        })
    }
}

fn expect(message: &Inbound, expected: &'static [HandshakeType], cx: &mut Context<'_>) -> Result<(), Error> {
    if expected.contains(&message.kind) { Ok(()) } else { Err(message.unexpected(expected, cx.trace)) }
}
