//! The one place that asks rustls-webpki for paths: what it is asked, with which signature algorithms, what it answers.

use core::time::Duration;

use rustls_pki_types::{
    AlgorithmIdentifier, CertificateDer, InvalidSignature, SignatureVerificationAlgorithm, TrustAnchor, UnixTime,
    alg_id,
};
use webpki::{EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter, KeyUsage};

use super::verify::moment;
use crate::crypto::signature::{KeyAlgorithm, PublicKey};
use crate::error::CertificateError;
use crate::wire::codepoint::SignatureScheme;

/// What a certificate on a path is to serve for (RFC 5280, section 4.2.1.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A TLS server.
    Server,
    /// A TLS client.
    Client,
    /// Anything: the extension is not looked at, except that it must not be empty.
    Any,
}

impl ExtendedKeyUsageValidator for Purpose {
    fn validate(&self, purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        match self {
            Self::Server => KeyUsage::server_auth().validate(purposes),
            Self::Client => KeyUsage::client_auth().validate(purposes),
            Self::Any => Ok(()),
        }
    }
}

/// Looks for a path from `leaf` over some of `intermediates` to an anchor, on which all certificates hold at `time` and
/// serve for `purpose` (RFC 5280, section 6). Returns the path's intermediate certificates, the leaf's issuer first.
pub(super) fn find_path<'a>(
    leaf: &EndEntityCert<'_>,
    intermediates: &'a [CertificateDer<'_>],
    anchors: &[TrustAnchor<'_>],
    time: UnixTime,
    purpose: Purpose,
) -> Result<Vec<CertificateDer<'a>>, Error> {
    let path = leaf.verify_for_usage(ALGORITHMS, anchors, intermediates, time, purpose, None, None)?;
    Ok(path.intermediate_certificates().map(|certificate| certificate.der().into_owned()).collect())
}

/// The first moment at which a certificate holds. `None` if there is none, or it cannot be read.
pub(super) fn not_before(der: &CertificateDer<'_>) -> Option<UnixTime> {
    let certificate = EndEntityCert::try_from(der).ok()?;
    let epoch = UnixTime::since_unix_epoch(Duration::ZERO);
    match find_path(&certificate, &[], &[], epoch, Purpose::Any) {
        Err(Error::CertNotValidYet { not_before, .. }) => Some(not_before),
        Err(error) if concerns(&error) == Subject::Dates => None,
        _ => Some(epoch),
    }
}

/// What an answer of webpki is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// The dates of a certificate.
    Dates,
    /// The purposes of a certificate.
    Purpose,
    /// Anything else: signatures, issuers, constraints, form.
    Path,
}

/// What an error is about.
pub(super) fn concerns(error: &Error) -> Subject {
    match error {
        Error::CertExpired { .. } | Error::CertNotValidYet { .. } | Error::InvalidCertValidity | Error::BadDerTime => {
            Subject::Dates
        }
        Error::RequiredEkuNotFoundContext(_) | Error::EmptyEkuExtension => Subject::Purpose,
        _ => Subject::Path,
    }
}

/// webpki's error as the connection's.
pub(super) fn to_certificate_error(error: &Error) -> CertificateError {
    let why = || describe(error);
    match error {
        Error::UnknownIssuer => CertificateError::UnknownIssuer,
        Error::CertExpired { .. } | Error::CertNotValidYet { .. } => CertificateError::NotValidNow(why()),
        Error::CertNotValidForName(_) => CertificateError::NotForThisName(why()),
        Error::RequiredEkuNotFoundContext(_)
        | Error::EmptyEkuExtension
        | Error::CaUsedAsEndEntity
        | Error::EndEntityUsedAsCa
        | Error::PathLenConstraintViolated => CertificateError::WrongUsage(why()),
        _ => CertificateError::Bad(why()),
    }
}

/// An error in words.
pub(super) fn describe(error: &Error) -> String {
    match error {
        Error::UnknownIssuer => "no trusted authority has signed it, directly or through the others".into(),
        Error::CertExpired { not_after, .. } => format!("a certificate held until {}", moment(*not_after)),
        Error::CertNotValidYet { not_before, .. } => format!("a certificate holds from {}", moment(*not_before)),
        Error::InvalidCertValidity => "a certificate ends before it begins".into(),
        Error::BadDerTime => "a date in a certificate is malformed".into(),
        Error::CertNotValidForName(context) if context.presented.is_empty() => "it is for no name at all".into(),
        Error::CertNotValidForName(context) => format!("it is for {}", presented(&context.presented)),
        Error::RequiredEkuNotFoundContext(_) => "a certificate is for other purposes than this".into(),
        Error::EmptyEkuExtension => "a certificate has an empty list of purposes".into(),
        Error::CaUsedAsEndEntity => "an authority's own certificate is used as another's".into(),
        Error::EndEntityUsedAsCa => "a certificate is signed with a key that may not sign certificates".into(),
        Error::PathLenConstraintViolated => "an authority stands lower on the path than it may".into(),
        Error::NameConstraintViolation => "an authority has signed for a name that it may not sign for".into(),
        Error::InvalidSignatureForPublicKey => "the signature on a certificate is wrong".into(),
        Error::SignatureAlgorithmMismatch => "a certificate names two signature algorithms".into(),
        Error::UnsupportedSignatureAlgorithmContext(_) | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => {
            "a certificate is signed with an algorithm that is not supported".into()
        }
        Error::UnsupportedCertVersion => "a certificate is not of version 3".into(),
        Error::UnsupportedCriticalExtension => "a certificate has a critical extension that is not understood".into(),
        Error::BadDer | Error::TrailingData(_) => "a certificate is malformed".into(),
        other => format!("a certificate is not accepted: {other}"),
    }
}

/// The names in a certificate, which webpki quotes in its own notation: `DnsName("example.test")`.
fn presented(names: &[String]) -> String {
    let names: Vec<&str> = names
        .iter()
        .map(|name| name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(name).trim_matches('"'))
        .collect();
    names.join(", ")
}

/// The signature algorithms of certificates that we verify.
const ALGORITHMS: &[&dyn SignatureVerificationAlgorithm] = &[
    &Algorithm { signature: alg_id::ECDSA_SHA256, scheme: SignatureScheme::ECDSA_SECP256R1_SHA256 },
    &Algorithm { signature: alg_id::RSA_PKCS1_SHA256, scheme: SignatureScheme::RSA_PKCS1_SHA256 },
    &Algorithm { signature: alg_id::RSA_PKCS1_SHA384, scheme: SignatureScheme::RSA_PKCS1_SHA384 },
    &Algorithm { signature: alg_id::RSA_PKCS1_SHA512, scheme: SignatureScheme::RSA_PKCS1_SHA512 },
    &Algorithm { signature: alg_id::RSA_PSS_SHA256, scheme: SignatureScheme::RSA_PSS_RSAE_SHA256 },
    &Algorithm { signature: alg_id::RSA_PSS_SHA384, scheme: SignatureScheme::RSA_PSS_RSAE_SHA384 },
    &Algorithm { signature: alg_id::RSA_PSS_SHA512, scheme: SignatureScheme::RSA_PSS_RSAE_SHA512 },
];

/// A signature algorithm of certificates, in terms of [`PublicKey::verify`].
#[derive(Debug)]
struct Algorithm {
    signature: AlgorithmIdentifier,
    scheme: SignatureScheme,
}

impl Algorithm {
    fn key(&self) -> KeyAlgorithm {
        match self.scheme {
            SignatureScheme::ECDSA_SECP256R1_SHA256 => KeyAlgorithm::EcdsaP256,
            _ => KeyAlgorithm::Rsa,
        }
    }
}

impl SignatureVerificationAlgorithm for Algorithm {
    fn verify_signature(&self, public_key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let key = PublicKey::from_key_bits(self.key(), public_key).ok_or(InvalidSignature)?;
        key.verify(self.scheme, message, signature).map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        match self.key() {
            KeyAlgorithm::EcdsaP256 => alg_id::ECDSA_P256,
            KeyAlgorithm::Rsa => alg_id::RSA_ENCRYPTION,
        }
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }
}
