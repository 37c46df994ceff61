//! The one place that asks rustls-webpki for paths: what it is asked, with which signature algorithms, what it answers.

use core::time::Duration;

use der::DateTime;
use rustls_pki_types::{
    AlgorithmIdentifier, CertificateDer, InvalidSignature, SignatureVerificationAlgorithm, TrustAnchor, UnixTime,
    alg_id,
};
use webpki::{EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter, KeyUsage, VerifiedPath};

use super::issuer::may_sign_certificates;
use crate::crypto::algorithm_name;
use crate::crypto::signature::{KeyAlgorithm, PublicKey};
use crate::error::CertificateError;
use crate::wire::codepoint::SignatureScheme;
use crate::wire::printable;

/// The most intermediate certificates that a path may have. It is webpki's limit, which cannot be set.
pub const MAX_INTERMEDIATES: usize = 6;

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
///
/// Where there are several paths, one comes first whose issuers may all sign certificates. If there is none of those, the
/// path that is found has an issuer that may not: webpki does not ask for that itself.
pub(super) fn find_path<'a>(
    leaf: &EndEntityCert<'_>,
    intermediates: &'a [CertificateDer<'_>],
    anchors: &[TrustAnchor<'_>],
    time: UnixTime,
    purpose: Purpose,
) -> Result<Vec<CertificateDer<'a>>, Error> {
    let find = |accept: Option<&dyn Fn(&VerifiedPath<'_>) -> Result<(), Error>>| {
        let path = leaf.verify_for_usage(ALGORITHMS, anchors, intermediates, time, purpose, None, accept)?;
        Ok(path.intermediate_certificates().map(|certificate| certificate.der().into_owned()).collect())
    };
    find(Some(&issuers_may_sign)).or_else(|_| find(None))
}

/// Has webpki look for another path where an issuer on this one may not sign certificates. Which error that is does not
/// matter: nobody sees it.
fn issuers_may_sign(path: &VerifiedPath<'_>) -> Result<(), Error> {
    let may_sign = |der: &CertificateDer<'_>| may_sign_certificates(der).is_ok_and(|may| may);
    if path.intermediate_certificates().all(|certificate| may_sign(&certificate.der())) {
        Ok(())
    } else {
        Err(Error::EndEntityUsedAsCa)
    }
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
        Error::CertNotValidForName(context) => format!("it is for {}", presented(&context.presented, false)),
        Error::RequiredEkuNotFoundContext(_) => "a certificate is for other purposes than this".into(),
        Error::EmptyEkuExtension => "a certificate has an empty list of purposes".into(),
        Error::CaUsedAsEndEntity => "an authority's own certificate is used as another's".into(),
        Error::EndEntityUsedAsCa => "a certificate is signed with a key that may not sign certificates".into(),
        Error::PathLenConstraintViolated => "an authority stands lower on the path than it may".into(),
        Error::NameConstraintViolation => "an authority has signed for a name that it may not sign for".into(),
        Error::InvalidSignatureForPublicKey => "the signature on a certificate is wrong".into(),
        Error::SignatureAlgorithmMismatch => "a certificate names two signature algorithms".into(),
        Error::UnsupportedSignatureAlgorithmContext(context) => {
            let name = algorithm_name::of_signature(&context.signature_algorithm_id);
            format!("a certificate is signed with {name}, which is not supported: {SUPPORTED}")
        }
        Error::UnsupportedSignatureAlgorithmForPublicKeyContext(context) => {
            let signature = algorithm_name::of_signature(&context.signature_algorithm_id);
            let key = algorithm_name::of_key(&context.public_key_algorithm_id);
            format!("a certificate is signed with {signature} by a key of {key}, which is not supported: {SUPPORTED}")
        }
        Error::MaximumPathDepthExceeded => {
            format!("the path has more than {MAX_INTERMEDIATES} intermediate certificates")
        }
        Error::UnsupportedCertVersion => "a certificate is not of version 3".into(),
        Error::UnsupportedCriticalExtension => "a certificate has a critical extension that is not understood".into(),
        Error::BadDer | Error::TrailingData(_) => "a certificate is malformed".into(),
        other => format!("a certificate is not accepted: {other}"),
    }
}

/// What signatures on certificates are verified, in words.
const SUPPORTED: &str = "RSA with SHA-256, SHA-384 or SHA-512 and ECDSA P-256 with SHA-256 are";

/// The names in a certificate, which webpki quotes in its own notation: `DnsName("example.test")`. With `kinds`, each is
/// preceded by its kind. webpki has escaped what is not printable.
pub(super) fn presented(names: &[String], kinds: bool) -> String {
    let names: Vec<String> = names
        .iter()
        .map(|quoted| {
            let (kind, rest) = quoted.split_once('(').unwrap_or(("", quoted));
            let name = rest.strip_suffix(')').unwrap_or(rest).trim_matches('"');
            match kind {
                "DnsName" if kinds => format!("the host name {name}"),
                "IpAddress" if kinds => format!("the IP address {name}"),
                _ => name.to_owned(),
            }
        })
        .collect();
    printable(&names.join(", "))
}

/// A moment in ISO 8601, as in `2026-11-20T21:08:20Z`.
fn moment(time: UnixTime) -> String {
    DateTime::from_unix_duration(Duration::from_secs(time.as_secs()))
        .map_or_else(|_| format!("{} s after 1970", time.as_secs()), |time| time.to_string())
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
