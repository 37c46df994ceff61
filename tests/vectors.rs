//! Against published test vectors, each with its source.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::HashMap;

use tls_glass::crypto::aead::AeadAlgorithm;
use tls_glass::crypto::group;
use tls_glass::crypto::hash::HashAlgorithm;
use tls_glass::crypto::prf::prf;
use tls_glass::glass::Secret;
use tls_glass::protocol::suite::Cipher;
use tls_glass::protocol::tls12::key_schedule::{Binding, KEY_EXPANSION, data_keys, master_secret};
use tls_glass::wire::codepoint::NamedGroup;

fn hex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2), "{text}");
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hex digits")).collect()
}

fn hex_array<const N: usize>(text: &str) -> [u8; N] {
    hex(text).try_into().expect("the right length")
}

/// "TLS 1.2 PRF test vectors" on the mailing list of the IETF's TLS working group:
/// <https://www.ietf.org/mail-archive/web/tls/current/msg03416.html>.
#[test]
fn the_prf_gives_what_the_working_groups_list_says() {
    let vectors = [
        (
            HashAlgorithm::Sha256,
            "9bbe436ba940f017b17652849a71db35",
            "a0ba9f936cda311827a6f796ffd5198c",
            "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af\
             0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701\
             87347b66",
        ),
        (
            HashAlgorithm::Sha384,
            "b80b733d6ceefcdc71566ea48e5567df",
            "cd665cf6a8447dd6ff8b27555edb7465",
            "7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b1233c9146a0\
             e534cb400fed2700884f9dc236f80edd8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d918425\
             9b5bf8cd4d90fa0d31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee691c8f3a26854308d5eaa3be85e099070\
             3d73e56f",
        ),
    ];
    for (hash, secret, seed, output) in vectors {
        let (secret, seed, expected) = (hex(secret), hex(seed), hex(output));
        let mut out = vec![0; expected.len()];
        prf(hash, &secret, b"test label", &[&seed], &mut out);
        assert_eq!(out, expected, "{hash:?}");
        // A seed in parts is the parts in a row, and a shorter output is the start of a longer one.
        let mut start = [0; 12];
        prf(hash, &secret, b"test label", &[&seed[..5], &seed[5..]], &mut start);
        assert_eq!(start, expected[..12], "{hash:?}");
    }
}

/// The source stands in the file.
#[test]
fn the_key_schedule_with_extended_master_secret_is_nists() {
    let text = include_str!("vectors/tls12-kdf-rfc7627.txt");
    let mut cases = 0;
    for block in text.split("\n\n").skip(1) {
        let case: HashMap<&str, &str> = block.lines().filter_map(|line| line.split_once(" = ")).collect();
        let (hash, aead) = match case["hashAlg"] {
            "SHA2-256" => (HashAlgorithm::Sha256, AeadAlgorithm::Aes128Gcm),
            "SHA2-384" => (HashAlgorithm::Sha384, AeadAlgorithm::Aes256Gcm),
            other => panic!("no suite of ours has {other}"),
        };
        let master =
            master_secret(hash, &hex(case["preMasterSecret"]), &Binding::SessionHash(hex(case["sessionHash"])));
        assert_eq!(&master[..], hex(case["masterSecret"]), "case {}", case["tcId"]);

        let (client, server) = (hex_array(case["clientRandom"]), hex_array(case["serverRandom"]));
        let key_block = hex(case["keyBlock"]);
        let mut out = vec![0; key_block.len()];
        prf(hash, &master, KEY_EXPANSION.as_bytes(), &[&server, &client], &mut out);
        assert_eq!(out, key_block, "case {}", case["tcId"]);

        let keys = data_keys(hash, Cipher::Aead(aead), &master, &server, &client);
        let parts = [keys.client.key, keys.server.key, keys.client.fixed_iv, keys.server.fixed_iv];
        let joined: Vec<u8> = parts.iter().flat_map(|part| part.iter().copied()).collect();
        assert_eq!(joined, key_block[..2 * (aead.key_length() + 4)], "case {}", case["tcId"]);
        cases += 1;
    }
    assert_eq!(cases, 4);
}

/// RFC 7748, section 6.1.
#[test]
fn x25519_is_that_of_rfc_7748() {
    let alice = Secret::copy_of(&hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
    let bob = Secret::copy_of(&hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
    let alice_public = hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    let bob_public = hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    let shared = hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    assert_eq!(&group::agree(NamedGroup::X25519, &alice, &bob_public).expect("a secret")[..], shared);
    assert_eq!(&group::agree(NamedGroup::X25519, &bob, &alice_public).expect("a secret")[..], shared);
}

/// RFC 7748, section 6.1: an all-zero result may be refused; RFC 8422, section 5.11: it must.
#[test]
fn x25519_refuses_points_that_give_a_secret_everybody_knows() {
    let private = Secret::copy_of(&hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
    let mut one = [0; 32];
    one[0] = 1;
    for public in [[0; 32], one] {
        group::agree(NamedGroup::X25519, &private, &public).expect_err("a point of small order");
    }
    group::agree(NamedGroup::X25519, &private, &[9; 31]).expect_err("31 bytes");
}

/// NIST CAVP, "ECC CDH Primitive (SP 800-56A Section 5.7.1.2)", `KAS_ECC_CDH_PrimitiveTest.txt`, \[P-256\], COUNT = 0:
/// <https://csrc.nist.gov/CSRC/media/Projects/Cryptographic-Algorithm-Validation-Program/documents/components/ecccdhtestvectors.zip>.
#[test]
fn p_256_is_nists() {
    let private = Secret::copy_of(&hex("7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534"));
    let peer = hex("04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287\
         db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac");
    let shared = hex("46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b");
    assert_eq!(&group::agree(NamedGroup::SECP256R1, &private, &peer).expect("a secret")[..], shared);

    let mut off_curve = peer.clone();
    off_curve[64] ^= 1;
    group::agree(NamedGroup::SECP256R1, &private, &off_curve).expect_err("a point that is not on the curve");
    let compressed = [&[2], &peer[1..33]].concat();
    group::agree(NamedGroup::SECP256R1, &private, &compressed).expect_err("the compressed form");
    group::agree(NamedGroup::SECP256R1, &private, &[0]).expect_err("the point at infinity");
}

/// "The Galois/Counter Mode of Operation (GCM)", its authors' submission to NIST, appendix B, test cases 4 and 16: with
/// additional data, and a plaintext that is no multiple of the block.
#[test]
fn gcm_is_its_authors() {
    let nonce = hex_array("cafebabefacedbaddecaf888");
    let aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    let plaintext = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72\
         1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    let vectors = [
        (
            AeadAlgorithm::Aes128Gcm,
            "feffe9928665731c6d6a8f9467308308",
            "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e\
             21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091\
             5bc94fbc3221a5db94fae95ae7121a47",
        ),
        (
            AeadAlgorithm::Aes256Gcm,
            "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa\
             8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662\
             76fc6ece0f4e1768cddf8853bb2d551b",
        ),
    ];
    for (algorithm, key, ciphertext) in vectors {
        let (key, expected) = (hex(key), hex(ciphertext));
        assert_eq!(algorithm.seal(&key, &nonce, &aad, &plaintext), Ok(expected.clone()), "{algorithm:?}");
        assert_eq!(algorithm.open(&key, &nonce, &aad, &expected), Ok(plaintext.clone()), "{algorithm:?}");
        for at in [0, expected.len() - 17, expected.len() - 1] {
            let mut changed = expected.clone();
            changed[at] ^= 1;
            algorithm.open(&key, &nonce, &aad, &changed).expect_err("a changed byte");
        }
    }
}
