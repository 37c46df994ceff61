//! How the server chooses from what the client offers. Pure: an offer goes in, a choice comes out.

use super::Settings;
use super::hello::Offer;
use crate::crypto::signature::KeyAlgorithm;
use crate::error::ErrorKind;
use crate::tls12::suite::{KeyExchange, Suite};
use crate::wire::FieldName;
use crate::wire::codepoint::{NamedGroup, SignatureScheme};

/// What the server chose.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) suite: &'static Suite,
    /// Group and signature scheme, where the key exchange has them.
    pub(super) ecdhe: Option<(NamedGroup, SignatureScheme)>,
    pub(super) application_protocol: Option<String>,
}

/// The server's first suite that the client offers, whose key the server has, and for which all else is in common.
///
/// On failure, says what there was nothing in common of: the one that came closest.
pub(super) fn negotiate(settings: &Settings, offer: &Offer<'_>) -> Result<Choice, (ErrorKind, FieldName)> {
    let offered = offer.cipher_suites;
    let mut missing = FieldName::CipherSuites;
    for id in settings.config.cipher_suites.iter().filter(|id| offered.contains(id)) {
        let Some(suite) = Suite::of(*id) else { continue };
        if suite.certificate_key != settings.identity.key.algorithm() {
            continue;
        }
        // RFC 8422, section 4: the curve of the server's certificate must be one of the client's, too.
        if suite.certificate_key == KeyAlgorithm::EcdsaP256
            && offer.groups.is_some_and(|groups| !groups.contains(&NamedGroup::SECP256R1))
        {
            missing = FieldName::NamedGroupList;
            continue;
        }
        let ecdhe = match suite.key_exchange {
            KeyExchange::Rsa => None,
            KeyExchange::Ecdhe => {
                let Some(group) = choose_group(settings, offer) else {
                    missing = FieldName::NamedGroupList;
                    continue;
                };
                let Some(scheme) = choose_scheme(settings, offer) else {
                    missing = FieldName::SupportedSignatureAlgorithms;
                    continue;
                };
                Some((group, scheme))
            }
        };
        let application_protocol = choose_protocol(settings, offer)?;
        return Ok(Choice { suite, ecdhe, application_protocol });
    }
    Err((ErrorKind::NothingInCommon { what: missing }, missing))
}

/// RFC 8422, section 4: a client that names no groups leaves the choice to the server. Such clients are old, so
/// secp256r1 is the likelier one to be understood.
fn choose_group(settings: &Settings, offer: &Offer<'_>) -> Option<NamedGroup> {
    let offered = offer.groups.unwrap_or(&[NamedGroup::SECP256R1]);
    settings.config.groups.iter().copied().find(|group| offered.contains(group))
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
fn choose_protocol(settings: &Settings, offer: &Offer<'_>) -> Result<Option<String>, (ErrorKind, FieldName)> {
    let own = &settings.config.application_protocols;
    let (Some(offered), false) = (offer.application_protocols, own.is_empty()) else {
        return Ok(None);
    };
    own.iter()
        .find(|name| offered.iter().any(|offered| offered == name.as_bytes()))
        .map(|name| Some(name.clone()))
        .ok_or((ErrorKind::NoApplicationProtocol, FieldName::ProtocolNameList))
}
