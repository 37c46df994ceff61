//! The client's offer, and what the server makes of it.

use super::flight::SendServerHello;
use super::negotiate::{Choice, negotiate};
use super::{ServerState, Settings};
use crate::error::{Error, ErrorKind};
use crate::tls12::channel::Inbound;
use crate::tls12::connection::Context;
use crate::tls12::handshake::Transcript;
use crate::tls12::suite::{Cipher, KeyExchange};
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
    pub(super) server_name: bool,
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
        // RFC 6066, section 3: a client's list has at least one name.
        if hello.extensions.contains(&Extension::ServerName(None)) {
            return Err(layout.illegal(FieldName::ExtensionData, "a client's server_name has a name"));
        }
        let offer = Offer::of(&hello).map_err(|(kind, field)| layout.error(kind, field))?;
        let choice = negotiate(&settings, &offer).map_err(|(kind, field)| layout.error(kind, field))?;
        let answers = answers(&offer, &choice, &settings);
        cx.channel.negotiated();
        let mut transcript = Transcript::default();
        transcript.add(&message.bytes);
        Ok(ServerState::SendServerHello(SendServerHello {
            settings,
            choice,
            answers,
            client_version: hello.client_version,
            client_random: hello.random,
            transcript,
        }))
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
                Extension::ServerName(name) => offer.server_name = name.is_some(),
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

/// The answers to the client's extensions: never to one that it did not send.
fn answers(offer: &Offer<'_>, choice: &Choice, settings: &Settings) -> Vec<Extension> {
    let mut answers = Vec::new();
    if offer.server_name {
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
    if offer.ec_point_formats && choice.suite.key_exchange == KeyExchange::Ecdhe {
        answers.push(Extension::EcPointFormats(vec![EcPointFormat::UNCOMPRESSED]));
    }
    if let Some(name) = &choice.application_protocol {
        answers.push(Extension::ApplicationProtocols(vec![name.as_bytes().to_vec()]));
    }
    answers
}
