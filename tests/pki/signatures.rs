//! Keys and signatures among themselves.

use crypto_bigint::{BoxedUint, Lcm, NonZero, Resize};
use tls_glass::crypto::signature::{KeyAlgorithm, PrivateKey};
use tls_glass::pki::issue::{check_request, request};
use tls_glass::wire::codepoint::SignatureScheme;

use crate::{BOTH, authority, key, rng};

#[test]
fn every_scheme_round_trips_and_notices_changes() {
    for algorithm in BOTH {
        let (private, public) = (key(algorithm), key(algorithm).public_key().expect("a public key"));
        for scheme in private.schemes() {
            let mut signature = private.sign(*scheme, b"message", &mut rng(7)).expect("a signature");
            assert_eq!(public.verify(*scheme, b"message", &signature), Ok(()), "{scheme}");
            assert!(public.verify(*scheme, b"massage", &signature).is_err(), "{scheme}");
            for other in BOTH.iter().flat_map(|algorithm| algorithm.schemes()).filter(|other| *other != scheme) {
                assert!(public.verify(*other, b"message", &signature).is_err(), "{scheme} passes as {other}");
            }
            let last = signature.len() - 1;
            signature[last] ^= 1;
            assert!(public.verify(*scheme, b"message", &signature).is_err(), "{scheme}");
            assert!(public.verify(*scheme, b"message", &[]).is_err(), "{scheme}");
        }
    }
}

#[test]
fn a_key_makes_only_signatures_of_its_kind() {
    let rsa = key(KeyAlgorithm::Rsa);
    let p256 = key(KeyAlgorithm::EcdsaP256);
    assert!(rsa.sign(SignatureScheme::ECDSA_SECP256R1_SHA256, b"", &mut rng(7)).is_err());
    assert!(p256.sign(SignatureScheme::RSA_PSS_RSAE_SHA256, b"", &mut rng(7)).is_err());
    assert!(p256.sign(SignatureScheme::ED25519, b"", &mut rng(7)).is_err());
    assert!(p256.rsa_decrypt_raw(&[0; 256], &mut rng(7)).is_err());
    let public = p256.public_key().expect("a public key");
    assert!(public.rsa_encrypt(b"secret", &mut rng(7)).is_err());
    assert_eq!(public.rsa_modulus_length(), None);
}

#[test]
fn the_parts_of_a_private_key_lie_in_its_pkcs8() {
    for (algorithm, names) in [
        (KeyAlgorithm::Rsa, &["d", "p", "q", "dP", "dQ", "qInv", "pkcs8"][..]),
        (KeyAlgorithm::EcdsaP256, &["d", "pkcs8"][..]),
    ] {
        let key = key(algorithm);
        let parts = key.parts().expect("the parts");
        assert_eq!(parts.iter().map(|part| part.name).collect::<Vec<_>>(), names);
        for part in &parts {
            let places = key.pkcs8().windows(part.bytes.len()).filter(|window| *window == part.bytes).count();
            assert_eq!(places, 1, "{algorithm} {}", part.name);
        }
        assert_eq!(format!("{:?}", parts[0]), format!("d[{} bytes]", parts[0].bytes.len()));
        assert_eq!(format!("{key:?}"), format!("PrivateKey({algorithm})"));
    }
}

/// FIPS 186-5, appendix A.1.1.
#[test]
fn an_rsa_key_has_the_private_exponent_that_the_standard_asks_for() {
    let parts = key(KeyAlgorithm::Rsa).parts().expect("the parts");
    let number = |name| {
        let part = parts.iter().find(|part| part.name == name).expect("a part");
        BoxedUint::from_be_slice(&part.bytes, 2048).expect("at most 2048 bits")
    };
    let one = BoxedUint::one_with_precision(2048);
    let (p, q, d) = (number("p"), number("q"), number("d"));
    assert_eq!((p.bits(), q.bits(), p.wrapping_mul(&q).bits()), (1024, 1024, 2048));
    let least_common_multiple = p.wrapping_sub(&one).lcm(&q.wrapping_sub(&one));
    assert!(d.bits() > 1024 && d < least_common_multiple);
    let modulus = NonZero::new(least_common_multiple).expect("not 0");
    assert!(d.mul_mod(&BoxedUint::from(65_537_u32).resize(2048), &modulus.resize(2048)).is_one().to_bool());
}

#[test]
fn a_key_survives_its_pkcs8() {
    for algorithm in BOTH {
        let again = PrivateKey::from_pkcs8(key(algorithm).pkcs8()).expect("an own key");
        assert_eq!(again.algorithm(), algorithm);
        assert_eq!(again.public_key().expect("a public key"), key(algorithm).public_key().expect("a public key"));
    }
    let pkcs8 = key(KeyAlgorithm::Rsa).pkcs8();
    assert!(PrivateKey::from_pkcs8(&pkcs8[1..]).is_err());
    assert!(PrivateKey::from_pkcs8(&[]).is_err());
}

#[test]
fn the_same_seed_gives_the_same_key_and_signatures() {
    for algorithm in BOTH {
        let again = PrivateKey::generate(algorithm, &mut rng(if algorithm == KeyAlgorithm::Rsa { 1 } else { 2 }));
        let again = again.expect("a key");
        assert_eq!(again.pkcs8(), key(algorithm).pkcs8());
        for scheme in again.schemes() {
            let sign = |key: &PrivateKey| key.sign(*scheme, b"message", &mut rng(8)).expect("a signature");
            assert_eq!(sign(&again), sign(key(algorithm)));
        }
    }
}

#[test]
fn a_request_that_is_changed_or_signed_by_another_key_is_refused() {
    let csr = request(key(KeyAlgorithm::EcdsaP256), &["example.test"], &mut rng(4)).expect("a request");
    assert!(check_request(&csr).is_ok());
    for at in 0..csr.len() {
        let mut changed = csr.clone();
        changed[at] ^= 0x01;
        assert!(check_request(&changed).is_err(), "byte {at}");
    }
    for end in 0..csr.len() {
        assert!(check_request(&csr[..end]).is_err(), "cut at {end}");
    }
    assert!(check_request(&authority().root).is_err(), "a certificate is no request");
}
