//! What is asked of the issuers on a path beside what webpki asks: that their keys may sign certificates, and that RSA keys
//! are of a length that we work with.

use der::{Decode, Encode};
use rustls_pki_types::{CertificateDer, TrustAnchor};
use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::ext::pkix::KeyUsage;

use super::subject::subject;
use crate::crypto::rsa;

/// Whether a certificate's key may sign certificates (RFC 5280, section 6.1.4 (n)): a certificate without a key usage does
/// not restrict its key.
///
/// # Errors
/// If its key usage cannot be read.
pub(super) fn may_sign_certificates(der: &[u8]) -> der::Result<bool> {
    let certificate = CertificateInner::<Raw>::from_der(der)?;
    let usage = certificate.tbs_certificate().get_extension::<KeyUsage>()?;
    Ok(usage.is_none_or(|(_critical, usage)| usage.key_cert_sign()))
}

/// Which issuer of the chain's certificates has an RSA key that is too short or too long for us, in words.
pub(super) fn unfit_key(chain: &[CertificateDer<'_>], anchors: &[TrustAnchor<'_>]) -> Option<String> {
    let chain: Vec<_> =
        chain.iter().map(|der| CertificateInner::<Raw>::from_der(der).ok().map(|read| (der, read))).collect();
    let issues = |name: &[u8]| {
        chain.iter().flatten().any(|(_, read)| read.tbs_certificate().issuer().to_der().is_ok_and(|der| der == name))
    };
    let of_chain = chain.iter().enumerate().filter_map(|(at, read)| {
        let (der, read) = read.as_ref()?;
        let certificate = read.tbs_certificate();
        issues(&certificate.subject().to_der().ok()?).then_some(())?;
        let bits = rsa::unfit_bits(&certificate.subject_public_key_info().to_der().ok()?)?;
        Some((subject(at, der), bits))
    });
    let of_anchors = anchors.iter().filter_map(|anchor| {
        issues(&sequence(&anchor.subject)?).then_some(())?;
        Some(("the trusted authority".to_owned(), rsa::unfit_bits(&sequence(&anchor.subject_public_key_info)?)?))
    });
    let (name, bits) = of_chain.chain(of_anchors).next()?;
    let (least, most) = (rsa::PUBLIC_BITS.start(), rsa::PUBLIC_BITS.end());
    Some(format!("the RSA key of {name} has {bits} bits, {least} to {most} are accepted"))
}

/// A SEQUENCE with these contents: trust anchors come without the tag and the length.
fn sequence(contents: &[u8]) -> Option<Vec<u8>> {
    der::asn1::AnyRef::new(der::Tag::Sequence, contents).and_then(|any| any.to_der()).ok()
}
