//! What a certificate is to say, and the certificate that says it.

use core::net::IpAddr;
use core::str::FromStr;
use core::time::Duration;

use const_oid::ObjectIdentifier;
use der::asn1::{Any, BitString, Ia5String, SetOfVec, Utf8StringRef};
use der::{DateTime, Decode, Encode};
use rand_core::CryptoRng;
use rustls_pki_types::DnsName;
use x509_cert::TbsCertificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{self, Builder, CertificateBuilder};
use x509_cert::der::flagset::FlagSet;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAltName, SubjectKeyIdentifier,
};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::request::RequestBuilder;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfoOwned, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};

pub use x509_cert::ext::pkix::KeyUsages;

use crate::crypto::signature::{CertificateSigner, PrivateKey, PublicKey};
use crate::error::{Error, ErrorKind};
use crate::wire::oid::COMMON_NAME;
pub use crate::wire::oid::{ID_KP_CLIENT_AUTH, ID_KP_SERVER_AUTH};

/// The longest common name that RFC 5280, appendix A.1, allows (`ub-common-name`).
const COMMON_NAME_MAX: usize = 64;

/// What a certificate is to say about its subject.
#[derive(Clone, Debug)]
pub struct Profile {
    /// The subject's common name. Empty for a subject without a name, whose `names` then are critical (RFC 5280, section
    /// 4.2.1.6).
    pub subject: String,
    /// The first moment at which it holds, in Unix seconds.
    pub not_before: u64,
    /// The last moment at which it holds, in Unix seconds.
    pub not_after: u64,
    /// Whether the subject may issue certificates itself.
    pub constraints: Constraints,
    /// What the subject's key may be used for (RFC 5280, section 4.2.1.3); `None` leaves it open.
    pub key_usage: Option<FlagSet<KeyUsages>>,
    /// What the certificate may be used for (RFC 5280, section 4.2.1.12); `None` leaves it open.
    pub extended_key_usage: Option<Vec<ObjectIdentifier>>,
    /// Host names and IP addresses that the subject answers to (RFC 5280, section 4.2.1.6).
    pub names: Vec<String>,
}

/// `BasicConstraints` (RFC 5280, section 4.2.1.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraints {
    /// The subject issues no certificates.
    EndEntity,
    /// The subject issues certificates.
    Authority {
        /// How many intermediate certificates may follow below it on a path; `None` for any number.
        path_length: Option<u8>,
    },
}

/// Who signs a certificate.
#[derive(Clone, Copy, Debug)]
pub struct Issuer<'a> {
    /// The common name in its own certificate.
    pub name: &'a str,
    /// Its key.
    pub key: &'a PrivateKey,
}

/// A certificate in DER that says what `profile` says of the holder of `subject_key`.
///
/// Its serial number comes from `rng`: 17 bytes (RFC 5280, section 4.1.2.2). Key identifiers are the SHA-1 hashes of RFC
/// 5280, section 4.2.1.2, method 1.
pub fn certify<R: CryptoRng>(
    profile: &Profile,
    subject_key: &PublicKey,
    issuer: Issuer<'_>,
    rng: &mut R,
) -> Result<Vec<u8>, Error> {
    const UNFIT: ErrorKind = ErrorKind::Internal("a certificate cannot say what it was asked to say");

    let names = general_names(&profile.names)?;
    let validity = Validity::new(time(profile.not_before)?, time(profile.not_after)?);
    let contents = Contents {
        profile,
        subject: name(&profile.subject)?,
        issuer: name(issuer.name)?,
        names: SubjectAltName(names),
    };
    let spki = SubjectPublicKeyInfoOwned::from_der(subject_key.spki()).map_err(|_| UNFIT)?;
    let builder = CertificateBuilder::new(contents, SerialNumber::generate(rng), validity, spki).map_err(|_| UNFIT)?;
    signed(builder, issuer.key, rng)?.to_der().map_err(|_| UNFIT.into())
}

/// A certificate signing request (PKCS #10, RFC 2986) in DER: the public half of `key`, the names that the certificate
/// is wanted for, and a signature that proves possession of the private half, which stays where it is.
pub fn request<R: CryptoRng>(key: &PrivateKey, names: &[&str], rng: &mut R) -> Result<Vec<u8>, Error> {
    const UNFIT: ErrorKind = ErrorKind::Internal("a certificate signing request cannot be built");

    let mut builder = RequestBuilder::new(name(common_name(names))?).map_err(|_| UNFIT)?;
    builder.add_extension(&SubjectAltName(general_names(names)?)).map_err(|_| UNFIT)?;
    signed(builder, key, rng)?.to_der().map_err(|_| UNFIT.into())
}

/// The name that also stands in the subject field: the first, unless it is too long for it.
pub(super) fn common_name<'a>(names: &[&'a str]) -> &'a str {
    names.first().copied().filter(|name| name.len() <= COMMON_NAME_MAX).unwrap_or_default()
}

/// Signs what `builder` has built, with `key`.
fn signed<B: Builder, R: CryptoRng>(mut builder: B, key: &PrivateKey, rng: &mut R) -> Result<B::Output, Error> {
    const UNSIGNED: ErrorKind = ErrorKind::Internal("a certificate or request cannot be put together");

    let signer = CertificateSigner(key.public_key()?);
    let message = builder.finalize(&signer).map_err(|_| UNSIGNED)?;
    let signature = key.sign(key.algorithm().certificate_scheme(), &message, rng)?;
    let signature = BitString::from_bytes(&signature).map_err(|_| UNSIGNED)?;
    builder.assemble(signature, &signer).map_err(|_| UNSIGNED.into())
}

/// A distinguished name that is a common name only; empty for an empty one.
fn name(common_name: &str) -> Result<Name, Error> {
    const UNFIT: ErrorKind = ErrorKind::Internal("a common name does not fit into a certificate");

    if common_name.is_empty() {
        return Ok(Name::default());
    }
    let value = Any::from(Utf8StringRef::new(common_name).map_err(|_| UNFIT)?);
    let attribute = SetOfVec::try_from([AttributeTypeAndValue { oid: COMMON_NAME, value }]).map_err(|_| UNFIT)?;
    let sequence = RdnSequence::from(vec![RelativeDistinguishedName::from(attribute)]);
    Ok(Name::hazmat_from_rdn_sequence(sequence))
}

fn general_names<S: AsRef<str>>(names: &[S]) -> Result<Vec<GeneralName>, Error> {
    names.iter().map(|name| general_name(name.as_ref())).collect()
}

fn general_name(name: &str) -> Result<GeneralName, Error> {
    const UNFIT: ErrorKind = ErrorKind::Internal("a name for a certificate is neither a host name nor an IP address");

    if let Ok(address) = IpAddr::from_str(name) {
        return Ok(address.into());
    }
    DnsName::try_from(name.strip_prefix("*.").unwrap_or(name)).map_err(|_| UNFIT)?;
    Ok(GeneralName::DnsName(Ia5String::new(name).map_err(|_| UNFIT)?))
}

/// `UTCTime` up to the year 2049, `GeneralizedTime` after it (RFC 5280, section 4.1.2.5).
fn time(unix: u64) -> Result<Time, Error> {
    DateTime::from_unix_duration(Duration::from_secs(unix))
        .map(Time::from)
        .map_err(|_| ErrorKind::Internal("a date is later than a certificate can say").into())
}

/// A profile in the form that the builder asks questions of.
struct Contents<'a> {
    profile: &'a Profile,
    subject: Name,
    issuer: Name,
    names: SubjectAltName,
}

impl BuilderProfile for Contents<'_> {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        subject_key: SubjectPublicKeyInfoRef<'_>,
        issuer_key: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        let mut extensions = Vec::new();
        let mut add = |extension: &dyn Fn(&[Extension]) -> der::Result<Extension>| -> der::Result<()> {
            let extension = extension(&extensions)?;
            extensions.push(extension);
            Ok(())
        };
        let subject = tbs.subject();
        let (ca, path_len_constraint) = match self.profile.constraints {
            Constraints::EndEntity => (false, None),
            Constraints::Authority { path_length } => (true, path_length),
        };
        add(&|so_far| BasicConstraints { ca, path_len_constraint }.to_extension(subject, so_far))?;
        if let Some(usage) = self.profile.key_usage {
            add(&|so_far| KeyUsage(usage).to_extension(subject, so_far))?;
        }
        if let Some(purposes) = &self.profile.extended_key_usage {
            add(&|so_far| ExtendedKeyUsage(purposes.clone()).to_extension(subject, so_far))?;
        }
        if !self.names.0.is_empty() {
            add(&|so_far| self.names.to_extension(subject, so_far))?;
        }
        let identifier = SubjectKeyIdentifier::try_from(subject_key)?;
        add(&|so_far| identifier.to_extension(subject, so_far))?;
        let identifier = AuthorityKeyIdentifier::try_from(issuer_key)?;
        add(&|so_far| identifier.to_extension(subject, so_far))?;
        Ok(extensions)
    }
}
