//! Object identifiers have names: those that our certificates have, and the same names that a larger database gives.

use std::collections::BTreeSet;

use const_oid::ObjectIdentifier;
use const_oid::db::DB;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::pki::issue::{INTERMEDIATE_NAME, client_profile, request};
use tls_glass::pki::profile::{Issuer, certify};
use tls_glass::pki::{annotate, annotate_request};
use tls_glass::wire::oid::{ATTRIBUTE_TYPES, NAMES, attribute_type, name};
use tls_glass::wire::{Field, FieldName, FieldValue};

use crate::{BOTH, NOW, authority, key, rng};

fn parsed(dotted: &str) -> ObjectIdentifier {
    ObjectIdentifier::new(dotted).unwrap_or_else(|error| panic!("{dotted}: {error}"))
}

#[test]
fn the_tables_are_sorted_and_name_each_object_identifier_once() {
    for table in [NAMES, ATTRIBUTE_TYPES] {
        assert!(table.is_sorted_by(|(one, _), (next, _)| one < next));
        for (dotted, _) in table {
            assert_eq!(parsed(dotted).to_string(), *dotted);
        }
    }
    for (dotted, text) in NAMES {
        assert_eq!(name(&parsed(dotted)), Some(*text));
    }
    for (dotted, text) in ATTRIBUTE_TYPES {
        assert_eq!(attribute_type(&parsed(dotted)), Some(*text));
        assert!(name(&parsed(dotted)).is_some(), "{dotted} has a long name, too");
    }
    assert!(NAMES.len() <= 100, "each party's memory holds the table");
}

/// What the database knows and does not know is as its version 0.10 has it.
#[test]
fn names_are_those_of_the_database() {
    let mut unknown = Vec::new();
    for (dotted, text) in NAMES {
        let mut names = DB.find_names_for_oid(parsed(dotted)).peekable();
        if names.peek().is_none() {
            unknown.push(*text);
            continue;
        }
        let known = names.any(|name| {
            name == *text
                || ["id-ce-", "id-kp-", "id-pe-", "id-at-"].iter().any(|arc| name.strip_prefix(arc) == Some(text))
        });
        assert!(known, "{dotted} is not {text}");
    }
    let expected = [
        "ecdsa-with-SHA1",
        "secp256k1",
        "jurisdictionLocalityName",
        "jurisdictionStateOrProvinceName",
        "jurisdictionCountryName",
        "tlsfeature",
        "organizationIdentifier",
    ];
    assert_eq!(unknown, expected);
    for (dotted, text) in ATTRIBUTE_TYPES {
        let mut names = DB.find_names_for_oid(parsed(dotted));
        assert!(names.any(|name| name.eq_ignore_ascii_case(text)), "{dotted} is not {text}");
    }
}

/// What the fields say that hold an object identifier.
fn identifiers(fields: &[Field], found: &mut BTreeSet<String>) {
    for field in fields {
        let tag = field.children.first().and_then(|first| first.value.as_ref());
        if matches!(tag, Some(FieldValue::Code { code: 0x06, .. })) {
            let Some(FieldValue::Text { text }) = &field.value else { panic!("{field:?} says nothing") };
            found.insert(text.clone());
        }
        identifiers(&field.children, found);
    }
}

#[test]
fn every_object_identifier_of_our_certificates_has_a_name() {
    let mut found = BTreeSet::new();
    for algorithm in BOTH {
        let csr = request(key(algorithm), &["example.test"], &mut rng(4)).expect("a request");
        identifiers(&annotate_request(&csr), &mut found);
        for der in authority().issue(&csr, &["example.test", "192.0.2.7"], NOW, &mut rng(5)).expect("a chain") {
            identifiers(&annotate(&der), &mut found);
        }
        let issuer = Issuer { name: INTERMEDIATE_NAME, key: &authority().intermediate_key };
        let public = key(algorithm).public_key().expect("a public key");
        let client = certify(&client_profile("Alice", NOW), &public, issuer, &mut rng(6)).expect("a certificate");
        identifiers(&annotate(&client), &mut found);
    }
    identifiers(&annotate(&authority().root), &mut found);
    // Two keys, two signatures, a curve, a name, six extensions, an extended key usage, a request's attribute.
    assert!(found.len() >= 12, "{found:?}");
    for text in &found {
        assert!(text.ends_with(')'), "{text} has no name");
    }
}

#[test]
fn an_unknown_object_identifier_shows_its_numbers() {
    // commonName becomes 2.5.4.99, which X.520 does not have among the names of anything.
    let csr = request(key(KeyAlgorithm::EcdsaP256), &["example.test"], &mut rng(4)).expect("a request");
    let at = csr.windows(5).position(|bytes| bytes == [0x06, 0x03, 0x55, 0x04, 0x03]).expect("a common name");
    let mut changed = csr;
    changed[at + 4] = 99;
    let mut found = BTreeSet::new();
    let fields = annotate_request(&changed);
    identifiers(&fields, &mut found);
    assert!(found.contains("2.5.4.99"), "{found:?}");
    assert_eq!(subject(&fields), Some("2.5.4.99=example.test".into()));
}

fn subject(fields: &[Field]) -> Option<String> {
    fields.iter().find_map(|field| match (&field.value, field.name) {
        (Some(FieldValue::Text { text }), FieldName::Subject) => Some(text.clone()),
        _ => subject(&field.children),
    })
}
