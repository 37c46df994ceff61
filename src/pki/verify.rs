//! What a client checks about a server's certificate, and a server about a client's: one verdict, and beside it every
//! check by itself.
//!
//! The verdict is one call of rustls-webpki, which stops at the first thing it finds wrong, followed by what webpki leaves
//! to its callers or ignores: the name, the key usage of the leaf and of its issuers, the kind of key. The checks beside it ask for one thing each, so
//! that a reader sees which of them notice a defect and which do not. They hold all together exactly when the verdict
//! does.

use core::time::Duration;

use der::Decode;
use rustls_pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, Error as PathError, anchor_from_trusted_cert};
use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::ext::pkix::KeyUsage;

use super::issuer::{self, may_sign_certificates};
pub use super::path::MAX_INTERMEDIATES;
use super::path::{Purpose, Subject, concerns, describe, find_path, not_before, presented, to_certificate_error};
use super::subject::subject;
use crate::crypto::signature::{KeyAlgorithm, PublicKey};
use crate::error::{CertificateError, ErrorKind};
use crate::trace::{Check, CheckName, Outcome};
use crate::wire::reference::Reference;

/// What a connection asks of the peer's certificate.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Who shows it.
    pub holder: Holder,
    /// The time, in Unix seconds.
    pub now: u64,
    /// What the key is used for.
    pub usage: KeyUse,
}

/// Who shows a certificate.
#[derive(Clone, Debug)]
pub enum Holder {
    /// A server.
    Server {
        /// The host name or IP address that the client meant to reach.
        name: String,
        /// The kind of key that the cipher suite calls for.
        key: KeyAlgorithm,
    },
    /// A client. Nobody knows beforehand who it will be.
    Client,
}

impl Holder {
    const fn purpose(&self) -> Purpose {
        match self {
            Self::Server { .. } => Purpose::Server,
            Self::Client => Purpose::Client,
        }
    }
}

/// What a key exchange uses the certificate's key for (RFC 5246, section 7.4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// The server signs its ephemeral public key: DHE and ECDHE. The client signs the handshake.
    DigitalSignature,
    /// The client encrypts `pre_master_secret` to it: RSA.
    KeyEncipherment,
}

/// What came of checking a certificate chain.
#[derive(Clone, Debug)]
pub struct Verification {
    /// Every check by itself.
    pub checks: Vec<Check>,
    /// The one verdict, which decides.
    pub verdict: Result<(), CertificateError>,
}

impl Verification {
    /// The verdict, as a check among the others.
    pub fn verdict_check(&self) -> Check {
        let outcome = match &self.verdict {
            Ok(()) => Outcome::Passed,
            Err(error) => Outcome::Failed { reason: error.to_string() },
        };
        check(CheckName::CertificateVerdict, "", outcome)
    }
}

/// Checks the certificates that a peer sent, its own first, all in DER, against the trust anchors: certificates in DER
/// of which only name, key and name constraints count (RFC 5280, section 6.1.1). Anchors that are malformed are passed
/// over. A path has at most [`MAX_INTERMEDIATES`] certificates between the peer's and an anchor.
pub fn verify_chain(chain: &[Vec<u8>], anchors: &[Vec<u8>], requirement: &Requirement) -> Verification {
    let chain: Vec<CertificateDer<'_>> = chain.iter().map(|der| CertificateDer::from(&der[..])).collect();
    let anchors: Vec<CertificateDer<'_>> = anchors.iter().map(|der| CertificateDer::from(&der[..])).collect();
    let anchors: Vec<TrustAnchor<'_>> = anchors.iter().filter_map(|der| anchor_from_trusted_cert(der).ok()).collect();

    let Some((leaf_der, intermediates)) = chain.split_first() else {
        let checks = unasked(requirement, "no certificate was sent", &CertificateError::None);
        return Verification { checks, verdict: Err(CertificateError::None) };
    };
    let leaf = match EndEntityCert::try_from(leaf_der) {
        Ok(leaf) => leaf,
        Err(error) => {
            let error = to_certificate_error(&error);
            let checks = unasked(requirement, "the certificate cannot be read", &error);
            return Verification { checks, verdict: Err(error) };
        }
    };
    let asked = Asked { chain: &chain, leaf_der, leaf: &leaf, intermediates, anchors: &anchors, requirement };
    // Where there is a path without fault, the checks are made of its certificates: a server may send others too.
    let path = find_path(&leaf, intermediates, &anchors, asked.now(), asked.purpose());
    let verdict = match &path {
        Ok(path) => issuers_may_sign(path).and_then(|()| asked.own_verdict()),
        Err(error) => Err(asked.path_error(error)),
    };
    let mut checks = match &path {
        Ok(path) => Asked { intermediates: path, ..asked }.path_checks(),
        Err(_) => asked.path_checks(),
    };
    checks.extend(asked.leaf_checks());
    checks.sort_by_key(|check| check.name);
    Verification { checks, verdict }
}

/// One chain and what is asked of it.
#[derive(Clone, Copy)]
struct Asked<'a> {
    /// All that was sent.
    chain: &'a [CertificateDer<'a>],
    leaf_der: &'a CertificateDer<'a>,
    leaf: &'a EndEntityCert<'a>,
    intermediates: &'a [CertificateDer<'a>],
    anchors: &'a [TrustAnchor<'a>],
    requirement: &'a Requirement,
}

/// A path to a trust anchor, apart from dates and purposes.
struct Path<'a> {
    /// A moment at which all its certificates hold.
    moment: UnixTime,
    /// Its intermediate certificates, the issuer of the server's certificate first.
    intermediates: Vec<CertificateDer<'a>>,
}

impl Asked<'_> {
    fn now(&self) -> UnixTime {
        UnixTime::since_unix_epoch(Duration::from_secs(self.requirement.now))
    }

    fn purpose(&self) -> Purpose {
        self.requirement.holder.purpose()
    }

    /// What the verdict covers besides the path.
    fn own_verdict(&self) -> Result<(), CertificateError> {
        if let Holder::Server { name, key } = &self.requirement.holder {
            self.name(name)?;
            self.key_usage()?;
            return self.key_fits(*key);
        }
        self.key_usage()?;
        self.key().map(|_| ())
    }

    /// The checks that concern all certificates from the server's to the trust anchor.
    fn path_checks(&self) -> Vec<Check> {
        let (path, outcome) = self.path();
        let intermediates = path.as_ref().map_or(self.intermediates, |path| &path.intermediates);
        let mut checks = vec![
            check(CheckName::CertificatePath, "", outcome),
            check(CheckName::CertificateIssuerKeyUsage, "", issuer_outcome(intermediates)),
        ];
        checks.extend(
            core::iter::once(self.leaf_der).chain(intermediates).enumerate().map(|(at, der)| self.dates(at, der)),
        );
        let usage = match &path {
            Some(path) => self.purpose_on_path(path),
            None => self.purpose_of_leaf(),
        };
        checks.push(check(CheckName::CertificateExtendedKeyUsage, "", usage));
        checks
    }

    /// The checks that concern the peer's own certificate only.
    fn leaf_checks(&self) -> Vec<Check> {
        let usage = match self.key_usage() {
            Err(CertificateError::Bad(reason)) => Outcome::NotReached { reason },
            answer => outcome(answer),
        };
        let usage = check(CheckName::CertificateKeyUsage, "", usage);
        match &self.requirement.holder {
            Holder::Server { name, key } => vec![
                check(CheckName::CertificateName, name, outcome(self.name(name))),
                usage,
                check(CheckName::CertificateKeyFitsSuite, "", outcome(self.key_fits(*key))),
            ],
            Holder::Client => {
                let known = outcome(self.key().map(|_| ()));
                vec![usage, check(CheckName::CertificateKeyKind, "", known)]
            }
        }
    }

    /// Whether a path of valid signatures leads to a trust anchor, apart from dates and purposes.
    ///
    /// webpki looks at dates before all else, so it is asked about a moment at which the certificates hold: now, or else
    /// the first moment of one of them. If they hold together at all, it is from one of those on.
    fn path(&self) -> (Option<Path<'_>>, Outcome) {
        /// More moments than the longest path has certificates; a bound on the work that a long chain can cause.
        const MOMENTS: usize = 8;

        let mut moments = vec![self.now()];
        for der in core::iter::once(self.leaf_der).chain(self.intermediates) {
            if let Some(moment) = not_before(der).filter(|moment| !moments.contains(moment)) {
                moments.push(moment);
            }
        }
        let mut unasked = "the certificates of the chain never hold at the same time";
        for moment in moments.into_iter().take(MOMENTS) {
            match find_path(self.leaf, self.intermediates, self.anchors, moment, Purpose::Any) {
                Ok(intermediates) => return (Some(Path { moment, intermediates }), Outcome::Passed),
                Err(error) => match concerns(&error) {
                    Subject::Dates => {}
                    Subject::Purpose => unasked = "the purposes of a certificate cannot be read",
                    Subject::Path => {
                        return (None, Outcome::Failed { reason: self.path_reason(&error) });
                    }
                },
            }
        }
        (None, Outcome::NotReached { reason: unasked.into() })
    }

    /// webpki's error about the path as the connection's.
    fn path_error(&self, error: &PathError) -> CertificateError {
        match self.issuer_with_unfit_key(error) {
            Some(why) => CertificateError::Bad(why),
            None => to_certificate_error(error),
        }
    }

    /// webpki's error about the path in words.
    fn path_reason(&self, error: &PathError) -> String {
        self.issuer_with_unfit_key(error).unwrap_or_else(|| describe(error))
    }

    /// What is wrong with an issuer's key, where that is why a signature was refused. webpki only says that it was.
    fn issuer_with_unfit_key(&self, error: &PathError) -> Option<String> {
        let PathError::InvalidSignatureForPublicKey = error else { return None };
        issuer::unfit_key(self.chain, self.anchors)
    }

    /// Whether a certificate holds now. `at` is its place in the chain.
    fn dates(&self, at: usize, der: &CertificateDer<'_>) -> Check {
        let subject = subject(at, der);
        let outcome = match EndEntityCert::try_from(der) {
            Err(error) => {
                Outcome::NotReached { reason: format!("the certificate cannot be read: {}", describe(&error)) }
            }
            // No trust anchor is given, so no path can be found. The library checks dates before it looks for one.
            Ok(certificate) => match find_path(&certificate, &[], &[], self.now(), Purpose::Any) {
                Err(error) if concerns(&error) == Subject::Dates => Outcome::Failed { reason: describe(&error) },
                _ => Outcome::Passed,
            },
        };
        check(CheckName::CertificateDates, &subject, outcome)
    }

    /// Whether every certificate of a path may serve a TLS server. Apart from that, the path is known to be right.
    fn purpose_on_path(&self, path: &Path<'_>) -> Outcome {
        match find_path(self.leaf, &path.intermediates, self.anchors, path.moment, self.purpose()) {
            Ok(_) => Outcome::Passed,
            Err(error) => Outcome::Failed { reason: describe(&error) },
        }
    }

    /// Whether the server's certificate may serve a TLS server, where no path is known.
    fn purpose_of_leaf(&self) -> Outcome {
        let Some(moment) = not_before(self.leaf_der) else {
            return Outcome::NotReached { reason: "the certificate's dates cannot be read".into() };
        };
        // No trust anchor is given, so no path can be found. The library checks purposes before it looks for one.
        match find_path(self.leaf, &[], &[], moment, self.purpose()) {
            Err(error) if concerns(&error) == Subject::Purpose => Outcome::Failed { reason: describe(&error) },
            Ok(_) | Err(PathError::UnknownIssuer) => Outcome::Passed,
            Err(error) => Outcome::NotReached { reason: describe(&error) },
        }
    }

    fn name(&self, expected: &str) -> Result<(), CertificateError> {
        let name = ServerName::try_from(expected)
            .map_err(|_| CertificateError::NotForThisName("what was asked for is no host name or IP address".into()))?;
        self.leaf.verify_is_valid_for_subject_name(&name).map_err(|error| match (error, &name) {
            // An address may stand in a certificate as a host name, where it does not count.
            (PathError::CertNotValidForName(context), ServerName::IpAddress(_)) if !context.presented.is_empty() => {
                let names = presented(&context.presented, true);
                CertificateError::NotForThisName(format!("it is for {names}, not for the IP address {expected}"))
            }
            (error @ PathError::CertNotValidForName(_), _) => {
                let why = format!("{}, not for {expected}", describe(&error));
                CertificateError::NotForThisName(why)
            }
            (error, _) => to_certificate_error(&error),
        })
    }

    /// Our own reading: webpki ignores the key usage of a server's certificate.
    fn key_usage(&self) -> Result<(), CertificateError> {
        let unreadable = |_| CertificateError::Bad("its key usage cannot be read".into());
        let certificate = CertificateInner::<Raw>::from_der(self.leaf_der).map_err(unreadable)?;
        let usage = certificate.tbs_certificate().get_extension::<KeyUsage>().map_err(unreadable)?;
        // RFC 5280, section 4.2.1.3: a certificate without the extension does not restrict its key.
        let Some((_critical, usage)) = usage else { return Ok(()) };
        let (allowed, missing) = match self.requirement.usage {
            KeyUse::DigitalSignature => (usage.digital_signature(), "digitalSignature"),
            KeyUse::KeyEncipherment => (usage.key_encipherment(), "keyEncipherment"),
        };
        if allowed { Ok(()) } else { Err(CertificateError::WrongUsage(format!("its key usage lacks {missing}"))) }
    }

    /// The kind of its key, if it is one that we work with.
    fn key(&self) -> Result<KeyAlgorithm, CertificateError> {
        let key = PublicKey::from_certificate(self.leaf_der).map_err(|error| match error.kind {
            ErrorKind::Certificate(error) => CertificateError::WrongUsage(reason(&error)),
            other => CertificateError::WrongUsage(other.to_string()),
        })?;
        Ok(key.algorithm())
    }

    fn key_fits(&self, asked: KeyAlgorithm) -> Result<(), CertificateError> {
        let key = self.key()?;
        if key == asked {
            Ok(())
        } else {
            Err(CertificateError::WrongUsage(format!("its key is {key}, and the cipher suite calls for {asked}")))
        }
    }
}

/// All checks of a chain whose first certificate is missing or unreadable.
fn unasked(requirement: &Requirement, reason: &str, error: &CertificateError) -> Vec<Check> {
    let of_all = [
        CheckName::CertificateIssuerKeyUsage,
        CheckName::CertificateDates,
        CheckName::CertificateExtendedKeyUsage,
        CheckName::CertificateKeyUsage,
    ];
    let mut names = of_all.to_vec();
    names.extend_from_slice(match requirement.holder {
        Holder::Server { .. } => &[CheckName::CertificateName, CheckName::CertificateKeyFitsSuite],
        Holder::Client => &[CheckName::CertificateKeyKind],
    });
    names.sort();
    let mut checks = vec![check(CheckName::CertificatePath, "", failed(error))];
    checks.extend(names.into_iter().map(|name| check(name, "", Outcome::NotReached { reason: reason.into() })));
    checks
}

/// Whether every issuer on a path may sign certificates. An anchor's key usage does not count.
fn issuers_may_sign(intermediates: &[CertificateDer<'_>]) -> Result<(), CertificateError> {
    intermediates.iter().enumerate().try_for_each(|(at, der)| {
        // The peer's own certificate is the first.
        let name = subject(at + 1, der);
        match may_sign_certificates(der) {
            Ok(true) => Ok(()),
            Ok(false) => Err(CertificateError::WrongUsage(format!("the key usage of {name} lacks keyCertSign"))),
            Err(_) => Err(CertificateError::Bad(format!("the key usage of {name} cannot be read"))),
        }
    })
}

/// The same as a check's answer: of an issuer that cannot be read, it is not known.
fn issuer_outcome(intermediates: &[CertificateDer<'_>]) -> Outcome {
    match issuers_may_sign(intermediates) {
        Err(CertificateError::Bad(reason)) => Outcome::NotReached { reason },
        answer => outcome(answer),
    }
}

fn check(name: CheckName, subject: &str, outcome: Outcome) -> Check {
    let reference = match name {
        CheckName::CertificateIssuerKeyUsage => Reference::new(5280, "6.1.4"),
        CheckName::CertificateDates => Reference::new(5280, "4.1.2.5"),
        CheckName::CertificateName => Reference::new(9525, "6"),
        CheckName::CertificateExtendedKeyUsage => Reference::new(5280, "4.2.1.12"),
        CheckName::CertificateKeyUsage | CheckName::CertificateKeyFitsSuite => Reference::new(5246, "7.4.2"),
        CheckName::CertificateKeyKind => Reference::new(5246, "7.4.6"),
        _ => Reference::new(5280, "6.1"),
    };
    Check { name, subject: subject.into(), outcome, reference }
}

fn outcome(answer: Result<(), CertificateError>) -> Outcome {
    answer.map_or_else(|error| failed(&error), |()| Outcome::Passed)
}

fn failed(error: &CertificateError) -> Outcome {
    Outcome::Failed { reason: reason(error) }
}

/// Why, without the words that say which check it was.
fn reason(error: &CertificateError) -> String {
    match error {
        CertificateError::Bad(why)
        | CertificateError::NotValidNow(why)
        | CertificateError::NotForThisName(why)
        | CertificateError::WrongUsage(why) => why.clone(),
        CertificateError::None | CertificateError::UnknownIssuer => error.to_string(),
    }
}
