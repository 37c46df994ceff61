//! The fields of certificates and requests tile them, whatever they are, and say what is in them.

use proptest::prelude::*;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::pki::issue::request;
use tls_glass::pki::{annotate, annotate_request};
use tls_glass::wire::{Field, FieldName, FieldValue, tiles};

use crate::{BOTH, NOW, authority, key, rng};

fn server_certificate(algorithm: KeyAlgorithm) -> Vec<u8> {
    let csr = request(key(algorithm), &["example.test"], &mut rng(4)).expect("a request");
    let names = ["example.test", "192.0.2.7", "2001:db8::7"];
    authority().issue(&csr, &names, NOW, &mut rng(5)).expect("a chain").remove(0)
}

/// The first field that lies at the end of a path of names, anywhere in the tree.
fn find<'a>(fields: &'a [Field], path: &[FieldName]) -> Option<&'a Field> {
    let (name, rest) = path.split_first()?;
    fields.iter().find_map(|field| {
        if field.name != *name {
            return find(&field.children, path);
        }
        if rest.is_empty() { Some(field) } else { find(&field.children, rest) }
    })
}

fn text(fields: &[Field], path: &[FieldName]) -> String {
    match find(fields, path).unwrap_or_else(|| panic!("{path:?} is not there")).value.clone() {
        Some(FieldValue::Text { text }) => text,
        other => panic!("{path:?} says {other:?}"),
    }
}

fn count(fields: &[Field], name: FieldName) -> usize {
    fields.iter().map(|field| usize::from(field.name == name) + count(&field.children, name)).sum()
}

#[test]
fn a_certificate_says_what_it_was_made_to_say() {
    use FieldName as F;
    for algorithm in BOTH {
        let der = server_certificate(algorithm);
        let fields = annotate(&der);
        assert_eq!(tiles(&fields, 0, der.len()), Ok(()));
        assert_eq!(count(&fields, F::Unparsed), 0, "every byte has a name");
        assert_eq!(fields.len(), 1);
        assert_eq!((fields[0].name, fields[0].end), (F::X509Certificate, der.len()));

        assert_eq!(text(&fields, &[F::X509Version]), "v3");
        assert_eq!(text(&fields, &[F::Issuer]), "CN=tls-glass demonstration intermediate");
        assert_eq!(text(&fields, &[F::Subject]), "CN=example.test");
        assert_eq!(text(&fields, &[F::Subject, F::AttributeType]), "commonName (2.5.4.3)");
        assert_eq!(text(&fields, &[F::Subject, F::AttributeValue, F::DerValue]), "example.test");
        assert_eq!(text(&fields, &[F::NotBefore]), "2026-11-19T12:00:00Z");
        assert_eq!(text(&fields, &[F::NotAfter]), "2027-02-17T12:00:00Z");
        assert_eq!(text(&fields, &[F::X509SignatureAlgorithm]), "ecdsa-with-SHA256 (1.2.840.10045.4.3.2)");
        assert_eq!(text(&fields, &[F::BasicConstraints]), "cA FALSE");
        assert_eq!(text(&fields, &[F::ExtKeyUsage]), "serverAuth (1.3.6.1.5.5.7.3.1)");
        assert_eq!(text(&fields, &[F::SubjectAltName]), "example.test, 192.0.2.7, 2001:db8::7");
        assert_eq!(text(&fields, &[F::SubjectAltName, F::DnsName]), "example.test");
        let serial = find(&fields, &[F::SerialNumber]).expect("a serial number");
        assert!((17..=18).contains(&serial.children[2].len()), "the serial number is random");

        match algorithm {
            KeyAlgorithm::Rsa => {
                assert_eq!(text(&fields, &[F::KeyUsage]), "digitalSignature, keyEncipherment");
                assert_eq!(text(&fields, &[F::RsaPublicKey, F::Modulus]), "2048 bits");
                assert_eq!(text(&fields, &[F::RsaPublicKey, F::PublicExponent]), "65537");
                assert_eq!(
                    text(&fields, &[F::SubjectPublicKeyInfo, F::Algorithm]),
                    "rsaEncryption (1.2.840.113549.1.1.1)"
                );
            }
            KeyAlgorithm::EcdsaP256 => {
                assert_eq!(text(&fields, &[F::KeyUsage]), "digitalSignature");
                assert_eq!(find(&fields, &[F::SubjectPublicKey, F::EcPoint]).expect("a point").len(), 65);
                assert_eq!(
                    text(&fields, &[F::SubjectPublicKeyInfo, F::Algorithm, F::Parameters]),
                    "secp256r1 (1.2.840.10045.3.1.7)"
                );
            }
        }
    }
}

#[test]
fn an_authoritys_certificate_names_its_rights_and_keys() {
    use FieldName as F;
    let root = annotate(&authority().root);
    let intermediate = annotate(&authority().intermediate);
    assert_eq!(text(&root, &[F::BasicConstraints]), "cA TRUE");
    assert_eq!(text(&intermediate, &[F::BasicConstraints]), "cA TRUE, pathLenConstraint 0");
    assert_eq!(text(&intermediate, &[F::BasicConstraints, F::PathLenConstraint]), "0");
    assert_eq!(text(&intermediate, &[F::KeyUsage]), "keyCertSign");
    assert_eq!(
        text(&intermediate, &[F::AuthorityKeyIdentifier, F::KeyIdentifier]),
        text(&root, &[F::SubjectKeyIdentifier]),
        "the intermediate names the root's key as its issuer's"
    );
    assert_eq!(text(&root, &[F::NotAfter]), "2036-11-19T12:00:00Z");
    assert_eq!(text(&intermediate, &[F::NotAfter]), "2029-11-19T12:00:00Z");
    assert_eq!(count(&root, F::Unparsed) + count(&intermediate, F::Unparsed), 0);
}

#[test]
fn a_request_says_what_it_asks_for() {
    use FieldName as F;
    for algorithm in BOTH {
        let csr = request(key(algorithm), &["example.test", "127.0.0.1"], &mut rng(4)).expect("a request");
        let fields = annotate_request(&csr);
        assert_eq!(tiles(&fields, 0, csr.len()), Ok(()));
        assert_eq!(count(&fields, F::Unparsed), 0, "every byte has a name");
        assert_eq!(text(&fields, &[F::CertificationRequestInfo, F::X509Version]), "v1");
        assert_eq!(text(&fields, &[F::CertificationRequestInfo, F::Subject]), "CN=example.test");
        assert_eq!(text(&fields, &[F::Attributes, F::SubjectAltName]), "example.test, 127.0.0.1");
    }
}

#[test]
fn every_date_form_is_read() {
    // Behind 2049 dates have four-digit years.
    use tls_glass::pki::profile::{Constraints, Issuer, Profile, certify};
    let profile = Profile {
        subject: "late".into(),
        not_before: 2_524_607_999,
        not_after: 2_524_608_000,
        constraints: Constraints::EndEntity,
        key_usage: None,
        extended_key_usage: None,
        names: Vec::new(),
    };
    let key = key(KeyAlgorithm::EcdsaP256);
    let issuer = Issuer { name: "late", key };
    let der = certify(&profile, &key.public_key().expect("a public key"), issuer, &mut rng(6)).expect("a certificate");
    let fields = annotate(&der);
    assert_eq!(text(&fields, &[FieldName::NotBefore]), "2049-12-31T23:59:59Z");
    assert_eq!(text(&fields, &[FieldName::NotAfter]), "2050-01-01T00:00:00Z");
}

/// Something in the manner of DER: elements within elements, of tags that certificates have.
fn der_like() -> impl Strategy<Value = Vec<u8>> {
    let tags = prop::sample::select(vec![0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x17, 0x30, 0x31, 0x80, 0xa0, 0xa3]);
    let wrap = |tag: u8, contents: Vec<u8>| {
        let length = u16::try_from(contents.len()).expect("a small element").to_be_bytes();
        [&[tag, 0x82][..], &length, &contents].concat()
    };
    let leaf = (tags.clone(), prop::collection::vec(any::<u8>(), 0..12)).prop_map(move |(tag, bytes)| wrap(tag, bytes));
    leaf.prop_recursive(8, 64, 6, move |inner| {
        (tags.clone(), prop::collection::vec(inner, 0..6)).prop_map(move |(tag, parts)| wrap(tag, parts.concat()))
    })
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_tiled(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(tiles(&annotate(&bytes), 0, bytes.len()), Ok(()));
        prop_assert_eq!(tiles(&annotate_request(&bytes), 0, bytes.len()), Ok(()));
    }

    #[test]
    fn arbitrary_elements_are_tiled(bytes in der_like()) {
        prop_assert_eq!(tiles(&annotate(&bytes), 0, bytes.len()), Ok(()));
        prop_assert_eq!(tiles(&annotate_request(&bytes), 0, bytes.len()), Ok(()));
    }

    #[test]
    fn changed_certificates_are_tiled(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
        rsa in any::<bool>(),
    ) {
        let mut der = server_certificate(if rsa { KeyAlgorithm::Rsa } else { KeyAlgorithm::EcdsaP256 });
        for (at, byte) in changes {
            let at = at.index(der.len());
            der[at] = byte;
        }
        prop_assert_eq!(tiles(&annotate(&der), 0, der.len()), Ok(()));
        der.truncate(cut.index(der.len()));
        prop_assert_eq!(tiles(&annotate(&der), 0, der.len()), Ok(()));
    }

    #[test]
    fn changed_requests_are_tiled(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut der = request(key(KeyAlgorithm::Rsa), &["example.test"], &mut rng(4)).expect("a request");
        let at = at.index(der.len());
        der[at] = byte;
        prop_assert_eq!(tiles(&annotate_request(&der), 0, der.len()), Ok(()));
    }
}
