//! The extensions of certificates (RFC 5280, section 4.2).

use const_oid::ObjectIdentifier;

use super::element::{contents, element, next_tag, primitive, says, tag};
use super::{oid, unused_bits, value};
use crate::wire::oid::{
    ID_CE_AUTHORITY_KEY_IDENTIFIER, ID_CE_BASIC_CONSTRAINTS, ID_CE_EXT_KEY_USAGE, ID_CE_KEY_USAGE,
    ID_CE_SUBJECT_ALT_NAME, ID_CE_SUBJECT_KEY_IDENTIFIER,
};
use crate::wire::{FieldName, Reader};

/// `Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension`, without the tag and length around them.
pub(super) fn extensions(r: &mut Reader<'_>) {
    while let Some(kind) = element(r, FieldName::X509Extension, tag::SEQUENCE, extension) {
        says(r, kind.map(|kind| value::oid(&kind)));
    }
}

/// ```text
/// Extension  ::=  SEQUENCE  {
///      extnID      OBJECT IDENTIFIER,
///      critical    BOOLEAN DEFAULT FALSE,
///      extnValue   OCTET STRING }
/// ```
fn extension(r: &mut Reader<'_>) -> Option<ObjectIdentifier> {
    let kind = oid(r, FieldName::ExtnId);
    primitive(r, FieldName::Critical, tag::BOOLEAN, value::boolean);
    element(r, FieldName::ExtnValue, tag::OCTET_STRING, |r| match kind {
        Some(ID_CE_BASIC_CONSTRAINTS) => basic_constraints(r),
        Some(ID_CE_KEY_USAGE) => key_usage(r),
        Some(ID_CE_EXT_KEY_USAGE) => extended_key_usage(r),
        Some(ID_CE_SUBJECT_ALT_NAME) => subject_alt_name(r),
        Some(ID_CE_SUBJECT_KEY_IDENTIFIER) => {
            primitive(r, FieldName::SubjectKeyIdentifier, tag::OCTET_STRING, |bytes| Some(value::hex(bytes)));
        }
        Some(ID_CE_AUTHORITY_KEY_IDENTIFIER) => authority_key_identifier(r),
        _ => {}
    });
    kind
}

/// RFC 5280, section 4.2.1.9. `cA` is false where it is left out.
fn basic_constraints(r: &mut Reader<'_>) {
    let text = element(r, FieldName::BasicConstraints, tag::SEQUENCE, |r| {
        let ca = primitive(r, FieldName::Ca, tag::BOOLEAN, value::boolean);
        let length = primitive(r, FieldName::PathLenConstraint, tag::INTEGER, value::number);
        let ca = ca.unwrap_or_else(|| "FALSE".into());
        length.map_or_else(|| format!("cA {ca}"), |length| format!("cA {ca}, pathLenConstraint {length}"))
    });
    says(r, text);
}

/// RFC 5280, section 4.2.1.3.
fn key_usage(r: &mut Reader<'_>) {
    let text = element(r, FieldName::KeyUsage, tag::BIT_STRING, |r| {
        let unused = unused_bits(r);
        contents(r, |bytes| value::key_usage(bytes, unused))
    });
    says(r, text.flatten());
}

/// RFC 5280, section 4.2.1.12.
fn extended_key_usage(r: &mut Reader<'_>) {
    let text = element(r, FieldName::ExtKeyUsage, tag::SEQUENCE, |r| {
        let mut purposes = Vec::new();
        while next_tag(r) == Some(tag::OBJECT_IDENTIFIER) {
            purposes.extend(oid(r, FieldName::KeyPurposeId).map(|purpose| value::oid(&purpose)));
        }
        purposes.join(", ")
    });
    says(r, text);
}

/// RFC 5280, section 4.2.1.6.
fn subject_alt_name(r: &mut Reader<'_>) {
    let text = element(r, FieldName::SubjectAltName, tag::SEQUENCE, |r| {
        let mut names = Vec::new();
        while let Some(tag) = next_tag(r) {
            names.extend(general_name(r, tag));
        }
        names.join(", ")
    });
    says(r, text);
}

fn general_name(r: &mut Reader<'_>, tag: u8) -> Option<String> {
    const RFC822_NAME: u8 = tag::implicit(1);
    const DNS_NAME: u8 = tag::implicit(2);
    const URI: u8 = tag::implicit(6);
    const IP_ADDRESS: u8 = tag::implicit(7);

    let text = |bytes: &[u8]| value::text(tag::IA5_STRING, bytes);
    match tag {
        DNS_NAME => primitive(r, FieldName::DnsName, tag, text),
        IP_ADDRESS => primitive(r, FieldName::GeneralName, tag, value::ip_address),
        RFC822_NAME | URI => primitive(r, FieldName::GeneralName, tag, text),
        _ => element(r, FieldName::GeneralName, tag, |_| None).flatten(),
    }
}

/// RFC 5280, section 4.2.1.1.
fn authority_key_identifier(r: &mut Reader<'_>) {
    let text = element(r, FieldName::AuthorityKeyIdentifier, tag::SEQUENCE, |r| {
        primitive(r, FieldName::KeyIdentifier, tag::implicit(0), |bytes| Some(value::hex(bytes)))
    });
    says(r, text.flatten());
}
