//! How the server chooses from what the client offers. Pure: an offer goes in, a choice comes out.

use super::Settings;
use crate::crypto::signature::KeyAlgorithm;
use crate::error::ErrorKind;
use crate::protocol::session::{Resumption, Session};
use crate::protocol::suite::tls12::{KeyExchange, Suite};
use crate::wire::FieldName;
use crate::wire::codepoint::{CipherSuite, EcPointFormat, NamedGroup, SignatureScheme};
use crate::wire::extension::Extension;
use crate::wire::handshake::ClientHello;

/// What the server chose.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) suite: &'static Suite,
    /// The group of the ephemeral keys and the scheme that signs the server's, where the key exchange has them.
    pub(crate) ephemeral: Option<(NamedGroup, Option<SignatureScheme>)>,
    pub(crate) application_protocol: Option<String>,
}

/// The server's first suite that the client offers, whose key the server has, and for which all else is in common.
///
/// On failure, says what there was nothing in common of: the one that came closest.
pub(crate) fn negotiate(settings: &Settings, offer: &Offer<'_>) -> Result<Choice, (ErrorKind, FieldName)> {
    let offered = offer.cipher_suites;
    let cipher_suites = FieldName::CipherSuites;
    let mut closest = (ErrorKind::NothingInCommon { what: cipher_suites }, cipher_suites);
    for id in settings.config.cipher_suites.iter().filter(|id| offered.contains(id)) {
        let Some(suite) = Suite::of(*id) else { continue };
        if suite.certificate_key.is_some_and(|key| key != settings.identity.key.algorithm()) {
            continue;
        }
        match ephemeral(settings, offer, *suite) {
            Ok(ephemeral) => {
                let application_protocol = choose_protocol(settings, offer)?;
                return Ok(Choice { suite, ephemeral, application_protocol });
            }
            // RFC 7919, section 4: if finite-field groups were all that did not fit, the alert says so.
            Err(_) if closest.0 == ErrorKind::NoFiniteFieldInCommon => {}
            Err(missing) => closest = missing,
        }
    }
    Err(closest)
}

type Ephemeral = Option<(NamedGroup, Option<SignatureScheme>)>;

/// What the suite's key exchange needs in common.
fn ephemeral(settings: &Settings, offer: &Offer<'_>, suite: Suite) -> Result<Ephemeral, (ErrorKind, FieldName)> {
    let missing = |what| (ErrorKind::NothingInCommon { what }, what);
    // RFC 8422, section 4: the curve of the server's certificate must be one of the client's, too.
    if suite.certificate_key == Some(KeyAlgorithm::EcdsaP256)
        && offer.groups.is_some_and(|groups| !groups.contains(&NamedGroup::SECP256R1))
    {
        return Err(missing(FieldName::NamedGroupList));
    }
    let group = match suite.key_exchange {
        KeyExchange::Rsa => return Ok(None),
        KeyExchange::Ecdhe => choose_curve(settings, offer).ok_or(missing(FieldName::NamedGroupList))?,
        KeyExchange::Dhe | KeyExchange::DhAnon => choose_finite_field(settings, offer).ok_or_else(|| {
            let named = offer.groups.is_some_and(|groups| groups.iter().any(|group| group.is_ffdhe()));
            let what = FieldName::NamedGroupList;
            if named { (ErrorKind::NoFiniteFieldInCommon, what) } else { missing(what) }
        })?,
    };
    let scheme = if suite.key_exchange.is_signed() {
        Some(choose_scheme(settings, offer).ok_or(missing(FieldName::SupportedSignatureAlgorithms))?)
    } else {
        None
    };
    Ok(Some((group, scheme)))
}

/// RFC 8422, section 4: a client that names no groups leaves the choice to the server. Such clients are old, so
/// secp256r1 is the likelier one to be understood.
fn choose_curve(settings: &Settings, offer: &Offer<'_>) -> Option<NamedGroup> {
    let offered = offer.groups.unwrap_or(&[NamedGroup::SECP256R1]);
    settings.config.groups.iter().copied().find(|group| !group.is_ffdhe() && offered.contains(group))
}

/// RFC 7919, section 4: a client that names finite-field groups gets one of them or none; one that names none does not
/// know of their names, and gets the one that is the likeliest to be long enough and not too long for it.
fn choose_finite_field(settings: &Settings, offer: &Offer<'_>) -> Option<NamedGroup> {
    let offered = offer.groups.unwrap_or_default();
    let own = || settings.config.groups.iter().copied().filter(|group| group.is_ffdhe());
    if offered.iter().any(|group| group.is_ffdhe()) {
        own().find(|group| offered.contains(group))
    } else {
        own().find(|group| *group == NamedGroup::FFDHE2048)
    }
}

/// RFC 5246, section 7.4.1.4.1: a client that names no schemes means SHA-1, which we do not sign with.
fn choose_scheme(settings: &Settings, offer: &Offer<'_>) -> Option<SignatureScheme> {
    let offered = offer.signature_schemes.unwrap_or_default();
    let possible = settings.identity.key.schemes();
    settings
        .config
        .signature_schemes
        .iter()
        .copied()
        .find(|scheme| offered.contains(scheme) && possible.contains(scheme))
}

/// RFC 7301, section 3.2: an offer without any in common is fatal; no offer is none.
pub(crate) fn choose_protocol(
    settings: &Settings,
    offer: &Offer<'_>,
) -> Result<Option<String>, (ErrorKind, FieldName)> {
    let own = &settings.config.application_protocols;
    let (Some(offered), false) = (offer.application_protocols, own.is_empty()) else {
        return Ok(None);
    };
    own.iter()
        .find(|name| offered.iter().any(|offered| offered == name.as_bytes()))
        .map(|name| Some(name.clone()))
        .ok_or((ErrorKind::NoApplicationProtocol, FieldName::ProtocolNameList))
}

/// The extensions of an offer, by name. Those we do not use are left out.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether an extension without contents is there")]
pub(crate) struct Offer<'a> {
    pub(crate) cipher_suites: &'a [CipherSuite],
    pub(crate) server_name: Option<&'a str>,
    /// `session_ticket`: empty if the client has none yet.
    pub(crate) ticket: Option<&'a [u8]>,
    pub(crate) groups: Option<&'a [NamedGroup]>,
    pub(crate) signature_schemes: Option<&'a [SignatureScheme]>,
    pub(crate) application_protocols: Option<&'a [Vec<u8>]>,
    pub(crate) ec_point_formats: bool,
    pub(crate) encrypt_then_mac: bool,
    pub(crate) extended_master_secret: bool,
    /// Whether the client knows RFC 5746, by extension or by signalling suite.
    pub(crate) renegotiation_info: bool,
}

impl<'a> Offer<'a> {
    pub(crate) fn of(hello: &'a ClientHello) -> Result<Self, (ErrorKind, FieldName)> {
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

/// What becomes of the session.
#[derive(Debug)]
pub(crate) enum Continuity {
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
    pub(crate) fn begun(offer: &Offer<'_>, Settings { config, .. }: &Settings) -> Self {
        let bound = offer.extended_master_secret && config.extended_master_secret;
        match config.resumption {
            Resumption::SessionId if bound => Self::Kept,
            Resumption::SessionTicket if bound && offer.ticket.is_some() => Self::HandedOut,
            _ => Self::None,
        }
    }
}
