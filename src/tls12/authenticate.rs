//! How each side judges what the other shows of itself: a chain of certificates, and a signature by the key in it.

use super::connection::Context;
use crate::crypto::signature::PublicKey;
use crate::error::{CertificateError, Error, ErrorKind, Place};
use crate::pki::verify::{Holder, Requirement, verify_chain};
use crate::trace::{CheckName, Event, Outcome, Reference, Value, ValueName};
use crate::wire::codepoint::SignatureScheme;

/// The peer's certificates, its own first, all in DER, unchecked; and where they stand.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) certificates: Vec<Vec<u8>>,
    pub(super) place: Place,
}

/// Checks the peer's certificates and gives the public key in its own.
///
/// # Errors
/// `ErrorKind::Certificate`, with the verdict of RFC 5280, section 6.
pub(super) fn check_chain(
    Chain { certificates: chain, place }: &Chain,
    trust_anchors: &[Vec<u8>],
    requirement: &Requirement,
    cx: &mut Context<'_>,
) -> Result<PublicKey, Error> {
    let names = match requirement.holder {
        Holder::Server { .. } => ValueName::CHAIN,
        Holder::Client => ValueName::CLIENT_CHAIN,
    };
    cx.trace.start();
    let verification = verify_chain(chain, trust_anchors, requirement);
    let inputs = names
        .into_iter()
        .zip(chain)
        .chain(core::iter::repeat(ValueName::RootCertificate).zip(trust_anchors))
        .map(|(name, der)| Value::new(name, der))
        .collect();
    cx.trace.computation("CertificatePathValidation", inputs, Vec::new(), Reference::new(5280, "6"));
    let verdict = verification.verdict_check();
    verification.checks.into_iter().for_each(|check| cx.trace.event(Event::Check(check)));
    cx.trace.event(Event::Check(verdict));
    verification.verdict.map_err(|error| Error { place: Some(place.clone()), ..error.into() })?;
    PublicKey::from_certificate(chain.first().ok_or(CertificateError::None)?)
}

/// A signature of the peer's, and what it is over.
pub(super) struct SignatureCheck<'a> {
    pub(super) key: (ValueName, &'a PublicKey),
    pub(super) scheme: SignatureScheme,
    pub(super) content: (ValueName, &'a [u8]),
    pub(super) signature: (ValueName, &'a [u8]),
    pub(super) check: CheckName,
    pub(super) reference: Reference,
    /// What it is if the signature is wrong, and where that stands.
    pub(super) error: ErrorKind,
    pub(super) place: Place,
}

impl SignatureCheck<'_> {
    /// Verifies the signature.
    ///
    /// # Errors
    /// The error named, if the signature is wrong or of a scheme that does not go with the key.
    pub(super) fn verify(self, cx: &mut Context<'_>) -> Result<(), Error> {
        let Self { key: (key_name, key), scheme, content, signature, check, reference, error, place } = self;
        cx.trace.start();
        let verified = key.verify(scheme, content.1, signature.1);
        cx.trace.computation(
            format!("{scheme}.Verify"),
            vec![
                Value::new(key_name, key.spki()),
                Value::new(content.0, content.1),
                Value::new(signature.0, signature.1),
            ],
            Vec::new(),
            reference,
        );
        let outcome = match &verified {
            Ok(()) => Outcome::Passed,
            Err(error) => Outcome::Failed { reason: error.to_string() },
        };
        cx.trace.check(check, "", outcome, reference);
        verified.map_err(|_| Error { kind: error, place: Some(place) })
    }
}
