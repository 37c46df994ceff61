//! RSA key transport: what the server makes of good and bad ciphertexts (RFC 5246, section 7.4.7.1).

use rsa::pkcs8::DecodePublicKey;
use rsa::traits::PublicKeyParts;
use tls_glass::crypto::key_transport::decrypt_pre_master_secret;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::wire::codepoint::ProtocolVersion;

use crate::{key, rng};

const RANDOM: [u8; 48] = [0xaa; 48];

fn decrypt(ciphertext: &[u8]) -> [u8; 48] {
    let key = key(KeyAlgorithm::Rsa);
    *decrypt_pre_master_secret(key, ciphertext, ProtocolVersion::TLS_1_2, &mut RANDOM.clone(), &mut rng(12))
        .expect("no ciphertext is an error")
}

/// What every bad ciphertext gives: the version that the client offered, and the random bytes.
fn fallback() -> [u8; 48] {
    let mut expected = RANDOM;
    expected[..2].copy_from_slice(&[3, 3]);
    expected
}

/// A `pre_master_secret` of TLS 1.2.
fn message() -> [u8; 48] {
    core::array::from_fn(|at| if at < 2 { 3 } else { u8::try_from(at).expect("a small number") })
}

/// RSAEP of an encoded message: the number as it is, without padding.
fn encrypt_raw(encoded: &[u8]) -> Vec<u8> {
    let spki = key(KeyAlgorithm::Rsa).public_key().expect("a public key");
    let public = rsa::RsaPublicKey::from_public_key_der(spki.spki()).expect("an RSA key");
    let number = rsa::BoxedUint::from_be_slice(encoded, public.n_bits_precision()).expect("a number");
    rsa::hazmat::rsa_encrypt(&public, &number).expect("a ciphertext").to_be_bytes().into()
}

/// `EM = 0x00 || 0x02 || PS || 0x00 || M` for a key of 256 bytes.
fn encode(message: &[u8]) -> Vec<u8> {
    let mut encoded = vec![0x55; 256];
    encoded[..2].copy_from_slice(&[0, 2]);
    encoded[255 - message.len()] = 0;
    encoded[256 - message.len()..].copy_from_slice(message);
    encoded
}

fn encrypt(message: &[u8]) -> Vec<u8> {
    let public = key(KeyAlgorithm::Rsa).public_key().expect("a public key");
    public.rsa_encrypt(message, &mut rng(11)).expect("a ciphertext")
}

#[test]
fn a_good_ciphertext_gives_the_clients_secret() {
    assert_eq!(decrypt(&encrypt(&message())), message());
    assert_eq!(decrypt(&encrypt_raw(&encode(&message()))), message());
}

#[test]
fn a_message_of_another_length_gives_the_random_value() {
    let long: Vec<u8> = [&message()[..], &message()[..]].concat();
    for length in [0, 1, 46, 47, 49, 50, 96] {
        assert_eq!(decrypt(&encrypt(&long[..length])), fallback(), "{length} bytes");
    }
    // The same 48 bytes at the end, behind a zero that is not where it has to be.
    assert_eq!(decrypt(&encrypt(&[&[0][..], &message()[..]].concat())), fallback());
    assert_eq!(decrypt(&encrypt(&[&[7, 0][..], &message()[..]].concat())), fallback());
}

#[test]
fn a_wrong_version_gives_the_random_value() {
    for version in [[3, 1], [3, 2], [3, 4], [2, 3], [0, 0], [3, 0x83]] {
        let mut message = message();
        message[..2].copy_from_slice(&version);
        assert_eq!(decrypt(&encrypt(&message)), fallback(), "{version:?}");
    }
}

#[test]
fn wrong_padding_gives_the_random_value() {
    let good = encode(&message());
    let mut cases = vec![("first byte", 0, 1), ("block type", 1, 1), ("no separator", 207, 9), ("empty", 2, 0)];
    cases.extend((2..207).map(|at| ("a zero in the padding string", at, 0)));
    for (what, at, byte) in cases {
        let mut encoded = good.clone();
        encoded[at] = byte;
        assert_eq!(decrypt(&encrypt_raw(&encoded)), fallback(), "{what}: byte {at} is {byte}");
    }
}

#[test]
fn a_ciphertext_that_is_no_number_below_the_modulus_gives_the_random_value() {
    let good = encrypt(&message());
    assert_eq!(decrypt(&[]), fallback());
    assert_eq!(decrypt(&good[1..]), fallback());
    assert_eq!(decrypt(&[&[0][..], &good[..]].concat()), fallback());
    assert_eq!(decrypt(&[0xff; 256]), fallback());
    assert_eq!(decrypt(&[0; 256]), fallback());

    let spki = key(KeyAlgorithm::Rsa).public_key().expect("a public key");
    let public = rsa::RsaPublicKey::from_public_key_der(spki.spki()).expect("an RSA key");
    let modulus = public.n().to_be_bytes();
    assert_eq!(decrypt(&modulus), fallback(), "the modulus itself");
    let mut below = modulus.to_vec();
    below[255] -= 1;
    assert_eq!(decrypt(&below), fallback(), "n - 1 decrypts to n - 1");
}

#[test]
fn the_fallback_has_the_version_that_the_client_offered() {
    let ciphertext = encrypt(&message());
    let secret = decrypt_pre_master_secret(
        key(KeyAlgorithm::Rsa),
        &ciphertext,
        ProtocolVersion::TLS_1_3,
        &mut RANDOM.clone(),
        &mut rng(12),
    );
    let mut expected = RANDOM;
    expected[..2].copy_from_slice(&[3, 4]);
    assert_eq!(*secret.expect("no ciphertext is an error"), expected);
}

#[test]
fn a_key_that_is_not_rsa_is_an_error() {
    let key = key(KeyAlgorithm::EcdsaP256);
    assert!(
        decrypt_pre_master_secret(key, &[0; 256], ProtocolVersion::TLS_1_2, &mut RANDOM.clone(), &mut rng(12)).is_err()
    );
}
