//! What every byte of a certificate says.
//!
//! A display reads certificates that no check has accepted, so nothing here fails: what cannot be followed becomes a leaf
//! named `Unparsed`, and reading goes on behind it.

mod element;
mod extension;
mod value;

use const_oid::ObjectIdentifier;

use self::element::{any, element, next_tag, primitive, says, tag};
use self::extension::extensions;
use crate::wire::oid::{ID_EC_PUBLIC_KEY, ID_EXTENSION_REQ, RSA_ENCRYPTION};
use crate::wire::{Field, FieldName, FieldValue, Reader, parse};

/// The fields of a certificate in DER, by their names in RFC 5280, section 4.1. They tile `der`, whatever it is:
///
/// ```text
/// Certificate  ::=  SEQUENCE  {
///      tbsCertificate       TBSCertificate,
///      signatureAlgorithm   AlgorithmIdentifier,
///      signatureValue       BIT STRING  }
/// ```
///
/// Every element is a field made of its tag, its length and its contents. What the contents say is the value of the
/// element and of its innermost contents: texts, dates in ISO 8601, object identifiers with their names, numbers, the
/// names of the bits of a key usage.
pub fn annotate(der: &[u8]) -> Vec<Field> {
    all(der, FieldName::X509Certificate, |r| {
        element(r, FieldName::TbsCertificate, tag::SEQUENCE, tbs_certificate);
        signature(r);
    })
}

/// The fields of a certificate signing request in DER, by their names in RFC 2986, section 4, as [`annotate`] does:
///
/// ```text
/// CertificationRequest ::= SEQUENCE {
///      certificationRequestInfo CertificationRequestInfo,
///      signatureAlgorithm AlgorithmIdentifier{{ SignatureAlgorithms }},
///      signature          BIT STRING }
/// ```
pub fn annotate_request(der: &[u8]) -> Vec<Field> {
    all(der, FieldName::CertificationRequest, |r| {
        element(r, FieldName::CertificationRequestInfo, tag::SEQUENCE, request_info);
        signature(r);
    })
}

/// A distinguished name, given in DER, in the order in which it stands there: `C=SE, O=Example`. `None` where nothing of it
/// can be read.
pub(super) fn name_in_words(der: &[u8]) -> Option<String> {
    let mut fields = parse(der, |r| {
        name(r, FieldName::Subject);
        r.rest(FieldName::Unparsed);
        Ok(())
    })
    .fields;
    match fields.first_mut()?.value.take()? {
        FieldValue::Text { text } if !text.is_empty() => Some(text),
        _ => None,
    }
}

fn all<'a>(der: &'a [u8], name: FieldName, read: impl FnOnce(&mut Reader<'a>)) -> Vec<Field> {
    parse(der, |r| {
        element(r, name, tag::SEQUENCE, read);
        r.rest(FieldName::Unparsed);
        Ok(())
    })
    .fields
}

/// `TBSCertificate` (RFC 5280, section 4.1.2).
fn tbs_certificate(r: &mut Reader<'_>) {
    let version = element(r, FieldName::X509Version, tag::explicit(0), |r| version(r, FieldName::DerValue));
    says(r, version.flatten());
    primitive(r, FieldName::SerialNumber, tag::INTEGER, |bytes| Some(value::hex(bytes)));
    algorithm(r, FieldName::X509Signature);
    name(r, FieldName::Issuer);
    element(r, FieldName::Validity, tag::SEQUENCE, |r| {
        time(r, FieldName::NotBefore);
        time(r, FieldName::NotAfter);
    });
    name(r, FieldName::Subject);
    public_key(r);
    // issuerUniqueID and subjectUniqueID, which nobody uses.
    while next_tag(r).is_some_and(|tag| matches!(tag, 0x81 | 0x82 | 0xa1 | 0xa2)) {
        any(r, FieldName::Unparsed);
    }
    element(r, FieldName::X509Extensions, tag::explicit(3), |r| {
        element(r, FieldName::DerValue, tag::SEQUENCE, extensions);
    });
}

/// `CertificationRequestInfo` (RFC 2986, section 4.1).
fn request_info(r: &mut Reader<'_>) {
    version(r, FieldName::X509Version);
    name(r, FieldName::Subject);
    public_key(r);
    element(r, FieldName::Attributes, tag::explicit(0), |r| {
        while element(r, FieldName::AttributeTypeAndValue, tag::SEQUENCE, request_attribute).is_some() {}
    });
}

/// `Attribute` (RFC 2986, section 4.1), which may hold the extensions that are asked for (RFC 2985, section 5.4.2).
fn request_attribute(r: &mut Reader<'_>) {
    let kind = oid(r, FieldName::AttributeType);
    element(r, FieldName::AttributeValue, tag::SET, |r| {
        if kind == Some(ID_EXTENSION_REQ) {
            element(r, FieldName::X509Extensions, tag::SEQUENCE, extensions);
        }
    });
}

fn signature(r: &mut Reader<'_>) {
    algorithm(r, FieldName::X509SignatureAlgorithm);
    element(r, FieldName::X509SignatureValue, tag::BIT_STRING, |r| {
        unused_bits(r);
        r.rest(FieldName::DerValue);
    });
}

/// Versions count from zero.
fn version(r: &mut Reader<'_>, name: FieldName) -> Option<String> {
    primitive(r, name, tag::INTEGER, |bytes| match bytes {
        [number @ 0..=2] => Some(format!("v{}", number + 1)),
        _ => None,
    })
}

/// `AlgorithmIdentifier` (RFC 5280, section 4.1.1.2). Returns the algorithm.
fn algorithm(r: &mut Reader<'_>, name: FieldName) -> Option<ObjectIdentifier> {
    let algorithm = element(r, name, tag::SEQUENCE, |r| {
        let algorithm = oid(r, FieldName::Algorithm);
        match next_tag(r) {
            Some(tag::NULL) => {
                primitive(r, FieldName::Parameters, tag::NULL, |_| None);
            }
            Some(tag::OBJECT_IDENTIFIER) => {
                oid(r, FieldName::Parameters);
            }
            _ => any(r, FieldName::Parameters),
        }
        algorithm
    })
    .flatten();
    says(r, algorithm.map(|oid| value::oid(&oid)));
    algorithm
}

/// `Name` (RFC 5280, section 4.1.2.4).
fn name(r: &mut Reader<'_>, name: FieldName) {
    let text = element(r, name, tag::SEQUENCE, |r| {
        let mut parts = Vec::new();
        while let Some(mut part) = element(r, FieldName::RelativeDistinguishedName, tag::SET, relative_name) {
            says(r, Some(part.join(" + ")));
            parts.append(&mut part);
        }
        parts.join(", ")
    });
    says(r, text);
}

fn relative_name(r: &mut Reader<'_>) -> Vec<String> {
    let mut parts = Vec::new();
    while let Some(part) = element(r, FieldName::AttributeTypeAndValue, tag::SEQUENCE, |r| {
        let kind = oid(r, FieldName::AttributeType).map(|oid| value::attribute_type(&oid));
        let tag = next_tag(r)?;
        let text = primitive(r, FieldName::AttributeValue, tag, |bytes| value::text(tag, bytes))?;
        Some(format!("{}={text}", kind?))
    }) {
        says(r, part.clone());
        parts.extend(part);
    }
    parts
}

/// `Time` (RFC 5280, section 4.1.2.5).
fn time(r: &mut Reader<'_>, name: FieldName) {
    if let Some(tag @ (tag::UTC_TIME | tag::GENERALIZED_TIME)) = next_tag(r) {
        primitive(r, name, tag, |bytes| value::time(tag, bytes));
    }
}

/// `SubjectPublicKeyInfo` (RFC 5280, section 4.1.2.7; RFC 8017, appendix A.1.1; RFC 5480, section 2.2).
fn public_key(r: &mut Reader<'_>) {
    element(r, FieldName::SubjectPublicKeyInfo, tag::SEQUENCE, |r| {
        let algorithm = algorithm(r, FieldName::Algorithm);
        element(r, FieldName::SubjectPublicKey, tag::BIT_STRING, |r| {
            unused_bits(r);
            match algorithm {
                Some(RSA_ENCRYPTION) => {
                    element(r, FieldName::RsaPublicKey, tag::SEQUENCE, |r| {
                        primitive(r, FieldName::Modulus, tag::INTEGER, value::bit_length);
                        primitive(r, FieldName::PublicExponent, tag::INTEGER, value::number);
                    });
                }
                Some(ID_EC_PUBLIC_KEY) => {
                    r.rest(FieldName::EcPoint);
                }
                _ => {}
            }
        });
    });
}

/// An object identifier, with its name.
fn oid(r: &mut Reader<'_>, name: FieldName) -> Option<ObjectIdentifier> {
    let mut oid = None;
    primitive(r, name, tag::OBJECT_IDENTIFIER, |bytes| {
        oid = ObjectIdentifier::from_bytes(bytes).ok();
        oid.as_ref().map(value::oid)
    });
    oid
}

/// How many bits at the end of a bit string do not count (X.690, section 8.6.2.2). Returns that number.
fn unused_bits(r: &mut Reader<'_>) -> u8 {
    if r.is_at_end() { 0 } else { r.u8(FieldName::DerUnusedBits).unwrap_or_default() }
}
