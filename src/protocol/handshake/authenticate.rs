//! How each side judges what the other shows of itself: a chain of certificates, and a signature by the key in it.

use crate::crypto::signature::PublicKey;
use crate::error::{CertificateError, Error, ErrorKind};
use crate::pki::verify::{Requirement, verify_chain};
use crate::trace::{CheckName, Event, Names, Outcome, Recorder, Value, ValueName};
use crate::wire::codepoint::SignatureScheme;
use crate::wire::place::Place;
use crate::wire::reference::Reference;

/// The peer's certificates, its own first, all in DER, unchecked; and where they stand.
#[derive(Debug)]
pub(crate) struct Chain {
    pub(crate) certificates: Vec<Vec<u8>>,
    pub(crate) place: Place,
}

/// Checks the peer's certificates, whose names are `peer`'s, and gives the public key in its own.
///
/// # Errors
/// `ErrorKind::Certificate`, with the verdict of RFC 5280, section 6.
pub(crate) fn check_chain(
    Chain { certificates: chain, place }: &Chain,
    peer: Names,
    trust_anchors: &[Vec<u8>],
    requirement: &Requirement,
    trace: &mut Recorder,
) -> Result<PublicKey, Error> {
    trace.start();
    let verification = verify_chain(chain, trust_anchors, requirement);
    let inputs = peer
        .chain
        .into_iter()
        .zip(chain)
        .chain(core::iter::repeat(ValueName::RootCertificate).zip(trust_anchors))
        .map(|(name, der)| Value::new(name, der))
        .collect();
    trace.computation("CertificatePathValidation", inputs, Vec::new(), Reference::new(5280, "6"));
    let verdict = verification.verdict_check();
    verification.checks.into_iter().for_each(|check| trace.event(Event::Check(check)));
    trace.event(Event::Check(verdict));
    verification.verdict.map_err(|error| Error { place: Some(place.clone()), ..error.into() })?;
    PublicKey::from_certificate(chain.first().ok_or(CertificateError::None)?)
}

/// A signature of the peer's, and what it is over.
pub(crate) struct SignatureCheck<'a> {
    pub(crate) key: (ValueName, &'a PublicKey),
    pub(crate) scheme: SignatureScheme,
    pub(crate) content: (ValueName, &'a [u8]),
    pub(crate) signature: (ValueName, &'a [u8]),
    pub(crate) check: CheckName,
    pub(crate) reference: Reference,
    /// What it is if the signature is wrong, and where that stands.
    pub(crate) error: ErrorKind,
    pub(crate) place: Place,
}

impl SignatureCheck<'_> {
    /// Verifies the signature.
    ///
    /// # Errors
    /// The error named, if the signature is wrong or of a scheme that does not go with the key.
    pub(crate) fn verify(self, trace: &mut Recorder) -> Result<(), Error> {
        let Self { key: (key_name, key), scheme, content, signature, check, reference, error, place } = self;
        trace.start();
        let verified = key.verify(scheme, content.1, signature.1);
        trace.computation(
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
        trace.check(check, "", outcome, reference);
        verified.map_err(|_| Error { kind: error, place: Some(place) })
    }
}
