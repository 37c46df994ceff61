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
    /// The group of the one-time keys and the scheme that signs the server's, where the key exchange has them.
    pub(super) one_time: Option<(NamedGroup, Option<SignatureScheme>)>,
    pub(super) application_protocol: Option<String>,
}

/// The server's first suite that the client offers, whose key the server has, and for which all else is in common.
///
/// On failure, says what there was nothing in common of: the one that came closest.
pub(super) fn negotiate(settings: &Settings, offer: &Offer<'_>) -> Result<Choice, (ErrorKind, FieldName)> {
    let offered = offer.cipher_suites;
    let cipher_suites = FieldName::CipherSuites;
    let mut closest = (ErrorKind::NothingInCommon { what: cipher_suites }, cipher_suites);
    for id in settings.config.cipher_suites.iter().filter(|id| offered.contains(id)) {
        let Some(suite) = Suite::of(*id) else { continue };
        if suite.certificate_key.is_some_and(|key| key != settings.identity.key.algorithm()) {
            continue;
        }
        match one_time(settings, offer, *suite) {
            Ok(one_time) => {
                let application_protocol = choose_protocol(settings, offer)?;
                return Ok(Choice { suite, one_time, application_protocol });
            }
            // RFC 7919, section 4: if finite-field groups were all that did not fit, the alert says so.
            Err(_) if closest.0 == ErrorKind::NoFiniteFieldInCommon => {}
            Err(missing) => closest = missing,
        }
    }
    Err(closest)
}

type OneTime = Option<(NamedGroup, Option<SignatureScheme>)>;

/// What the suite's key exchange needs in common.
fn one_time(settings: &Settings, offer: &Offer<'_>, suite: Suite) -> Result<OneTime, (ErrorKind, FieldName)> {
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
pub(super) fn choose_protocol(
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
