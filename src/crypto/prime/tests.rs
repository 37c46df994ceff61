//! The search, and each of its tests by itself: against another implementation, and against numbers that deceive.

#![allow(clippy::disallowed_types, reason = "a seeded generator drives the functions under test")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

use chacha20::ChaCha20Rng;
use crypto_bigint::{BoxedUint, ConcatenatingMul, Limb, NonZero, Resize};
use crypto_primes::{Flavor, is_prime};
use rand_core::SeedableRng;

use super::miller_rabin::MillerRabin;
use super::{
    BITS, BYTES, PUBLIC_EXPONENT, are_far_apart, candidate, fermat, fermat_by_library, pair, probable_prime, sieve,
    start, take_any,
};

/// The prime of the second Oakley group (RFC 2409, section 6.2).
const OAKLEY_GROUP_2: &str = concat!(
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404dd",
    "ef9519b3cd3a431b302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed",
    "ee386bfb5a899fa5ae9f24117c4b1fe649286651ece65381ffffffffffffffff",
);
/// `6k + 1`, `12k + 1` and `18k + 1` are primes, so that their product is a Carmichael number (Chernick, 1939). It has 1024 bits.
const CHERNICK_K: &str = "38e0f8e6c07a3c97823b0ebe433a5751532de43847518bc6718a1af55e945b4857309f34bfa2d8c111e3b";
/// `p` and `2p - 1` are primes; their product, of 1024 bits, passes a round of Miller-Rabin with base 2.
const PSEUDOPRIME_P: &str = concat!(
    "ac1d2fc346b05de43b69ce33734d2a2edc53c22f25113556ca875f060498ce903ba6479e5dad9b820428f0f11c663cd1",
    "3a83953c2fe4add83a6851861e708ac5",
);

fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

fn small(number: u32) -> BoxedUint {
    BoxedUint::from(number).resize(BITS)
}

fn hex(digits: &str) -> BoxedUint {
    BoxedUint::from_be_hex(&format!("{digits:0>256}"), BITS).expect("a number of at most 1024 bits")
}

fn bytes(number: &BoxedUint) -> [u8; BYTES] {
    number.to_be_bytes()[..].try_into().expect("1024 bits")
}

fn number(bytes: &[u8; BYTES]) -> BoxedUint {
    BoxedUint::from_be_slice(bytes, BITS).expect("1024 bits")
}

fn remainder(number: &BoxedUint, divisor: u32) -> u32 {
    let divisor = NonZero::new(Limb::from_u32(divisor)).expect("not 0");
    u32::try_from(number.rem_limb(divisor).0).expect("less than the divisor")
}

fn has_no_factor(number: u32) -> bool {
    (2..=number.isqrt()).all(|factor| !number.is_multiple_of(factor))
}

/// Composite numbers that pass Fermat's test with base 2.
fn deceivers() -> [BoxedUint; 2] {
    let factors = [6, 12, 18].map(|factor| hex(CHERNICK_K).wrapping_mul(small(factor)).wrapping_add(small(1)));
    let chernick = factors.iter().fold(small(1), |product, factor| product.wrapping_mul(factor));
    let factor = hex(PSEUDOPRIME_P);
    let other = factor.wrapping_add(&factor).wrapping_sub(small(1));
    [chernick, factor.wrapping_mul(&other)]
}

#[test]
fn the_primes_to_divide_by_are_all_below_65536_but_2() {
    let primes = sieve::odd_primes();
    // There are 6542 with 2 (OEIS A007053).
    assert_eq!(primes.len(), 6541);
    assert_eq!((primes[..5].to_vec(), primes.last()), (vec![3, 5, 7, 11, 13], Some(&65_521)));
    for prime in primes {
        assert!(has_no_factor(prime), "{prime}");
    }
}

#[test]
fn the_sieve_leaves_what_has_no_small_factor_and_nothing_else() {
    let mut rng = rng(1);
    let start = start(&mut rng);
    let left = sieve::without_small_factors(&start);
    let factors = sieve::odd_primes();
    for offset in 0..4096 {
        let candidate = number(&candidate(&start, offset).expect("no overflow"));
        let good = factors.iter().all(|factor| remainder(&candidate, *factor) != 0);
        assert_eq!(left.contains(&offset), good && remainder(&candidate, PUBLIC_EXPONENT) != 1, "{offset}");
    }
    // The share of numbers without a factor below 65,536 is 2 e^-gamma / ln 65,536 of the odd ones (Mertens): 415 of 4096.
    assert!((300..530).contains(&left.len()), "{}", left.len());
}

#[test]
fn the_sieve_strikes_out_what_leaves_1_when_divided_by_the_exponent() {
    let mut rng = rng(2);
    let mut start = start(&mut rng);
    // The next multiple of the exponent, plus 1, that is odd.
    let over = remainder(&number(&start), PUBLIC_EXPONENT);
    let to_next = PUBLIC_EXPONENT - over + 1;
    let to_next = if to_next.is_multiple_of(2) { to_next } else { to_next + PUBLIC_EXPONENT };
    *start = bytes(&number(&start).wrapping_add(small(to_next)));
    assert_eq!(remainder(&number(&start), PUBLIC_EXPONENT), 1);
    for offset in sieve::without_small_factors(&start).iter() {
        let candidate = candidate(&start, *offset).expect("no overflow");
        assert_ne!(remainder(&number(&candidate), PUBLIC_EXPONENT), 1, "{offset}");
    }
    let offset_0 = number(&start).wrapping_sub(small(1));
    assert_eq!(remainder(&offset_0, PUBLIC_EXPONENT), 0);
    assert!(!sieve::without_small_factors(&start).contains(&0));
}

#[test]
fn candidates_lie_behind_the_start_and_have_no_more_bits() {
    let mut start = [0xff; BYTES];
    assert_eq!(candidate(&start, 0).as_deref(), Some(&start));
    assert!(candidate(&start, 1).is_none());
    start[BYTES - 1] = 0xf1;
    assert_eq!(candidate(&start, 7).as_deref(), Some(&[0xff; BYTES]));
    assert!(candidate(&start, 8).is_none());
    let start = start_of(3);
    for offset in [0, 1, 127, 128, 4095] {
        let expected = number(&start).wrapping_add(small(2 * u32::from(offset)));
        assert_eq!(candidate(&start, offset).map(|bytes| number(&bytes)), Some(expected));
    }
}

fn start_of(seed: u8) -> [u8; BYTES] {
    *start(&mut rng(seed))
}

#[test]
fn starts_have_their_fixed_bits_and_random_others() {
    let (mut ones, mut zeros) = ([0_u8; BYTES], [0_u8; BYTES]);
    for seed in 0..64 {
        for (at, byte) in start_of(seed).into_iter().enumerate() {
            ones[at] |= byte;
            zeros[at] |= !byte;
        }
    }
    assert_eq!(ones, [0xff; BYTES]);
    let mut expected = [0xff; BYTES];
    expected[0] = 0b0011_1111;
    expected[BYTES - 1] = 0b1111_1110;
    assert_eq!(zeros, expected);
}

#[test]
fn all_that_are_left_are_taken_once_each_equally_often_first() {
    let mut rng = rng(4);
    let mut firsts = [0; 8];
    for _ in 0..4000 {
        let mut left = vec![0, 1, 2, 3, 4, 5, 6, 7];
        let mut taken: Vec<_> = std::iter::from_fn(|| take_any(&mut left, &mut rng)).collect();
        firsts[usize::from(taken[0])] += 1;
        taken.sort_unstable();
        assert_eq!(taken, [0, 1, 2, 3, 4, 5, 6, 7]);
    }
    // 500 each; the standard deviation is 21.
    assert!(firsts.iter().all(|count| (400..600).contains(count)), "{firsts:?}");
    assert_eq!(take_any(&mut Vec::new(), &mut rng), None);
}

#[test]
fn a_published_prime_passes_and_its_neighbours_do_not() {
    let prime = hex(OAKLEY_GROUP_2);
    assert!(fermat::passes(&bytes(&prime)) && fermat_by_library::passes(&bytes(&prime)));
    assert!(probable_prime(&bytes(&prime), &mut rng(5)).is_some());
    for distance in [2, 4, 6] {
        let neighbour = prime.wrapping_sub(small(distance));
        assert!(!fermat::passes(&bytes(&neighbour)) && !fermat_by_library::passes(&bytes(&neighbour)));
        assert!(probable_prime(&bytes(&neighbour), &mut rng(5)).is_none());
    }
    assert!(probable_prime(&bytes(&prime.wrapping_sub(small(1))), &mut rng(5)).is_none());
}

#[test]
fn what_deceives_the_test_that_sorts_out_is_refused_by_the_one_that_decides() {
    for deceiver in deceivers() {
        assert_eq!(deceiver.bits(), BITS);
        assert!(fermat::passes(&bytes(&deceiver)) && fermat_by_library::passes(&bytes(&deceiver)));
        assert!(!is_prime(Flavor::Any, &deceiver));
        assert!(probable_prime(&bytes(&deceiver), &mut rng(6)).is_none());
    }
    let [chernick, pseudoprime] = deceivers();
    let passes = |number: &BoxedUint, base| MillerRabin::of(number).expect("odd").passes(&small(base));
    assert!(!passes(&chernick, 2));
    assert!(passes(&pseudoprime, 2) && !passes(&pseudoprime, 3));
}

#[test]
fn rounds_tell_small_primes_from_small_composites() {
    // The two bases suffice below 1,373,653 (OEIS A014233); 2047 is the first that passes with base 2 alone (A001262).
    let passes = |number, base| MillerRabin::of(&small(number)).expect("odd").passes(&small(base));
    for number in (5..2200).step_by(2) {
        let is_prime = has_no_factor(number);
        assert_eq!(passes(number, 2) && passes(number, 3), is_prime, "{number}");
        assert_eq!(passes(number, 2), is_prime || number == 2047, "{number}");
    }
    assert!(MillerRabin::of(&small(4)).is_none());
}

#[test]
fn all_tests_agree_with_another_implementation() {
    let start = start_of(7);
    let left = sieve::without_small_factors(&start);
    let mut primes = 0;
    for offset in left.iter().take(100) {
        let candidate = candidate(&start, *offset).expect("no overflow");
        let expected = is_prime(Flavor::Any, &number(&candidate));
        assert_eq!(fermat::passes(&candidate), expected, "{offset}");
        assert_eq!(fermat_by_library::passes(&candidate), expected, "{offset}");
        assert_eq!(probable_prime(&candidate, &mut rng(8)).is_some(), expected, "{offset}");
        primes += usize::from(expected);
    }
    assert!(primes > 0);
}

#[test]
fn primes_of_a_pair_are_what_a_key_asks_for() {
    let mut found = Vec::new();
    for seed in 0..4 {
        let primes = pair(&mut rng(seed)).expect("two primes");
        for prime in &primes {
            assert!(is_prime(Flavor::Any, &**prime));
            assert_eq!(prime.bits(), BITS);
            assert!(prime.bit(BITS - 2).to_bool());
            assert_ne!(remainder(prime, PUBLIC_EXPONENT), 1);
        }
        let [p, q] = &primes;
        assert!(are_far_apart(p, q));
        assert_eq!(p.concatenating_mul(&**q).bits(), 2 * BITS);
        assert_eq!(primes, pair(&mut rng(seed)).expect("the same primes"));
        found.extend(primes);
    }
    for (index, prime) in found.iter().enumerate() {
        assert!(!found[..index].contains(prime));
    }
}

#[test]
fn two_primes_are_far_apart_above_2_to_the_924() {
    let bound = BoxedUint::one_with_precision(BITS).shl(924);
    let p = hex(OAKLEY_GROUP_2);
    let apart = |distance: &BoxedUint| {
        let q = p.wrapping_sub(distance);
        let result = are_far_apart(&p, &q);
        assert_eq!(result, are_far_apart(&q, &p));
        result
    };
    assert!(!apart(&small(0)));
    assert!(!apart(&bound.wrapping_sub(small(2))));
    assert!(!apart(&bound));
    assert!(apart(&bound.wrapping_add(small(2))));
    assert!(apart(&bound.wrapping_mul(small(3))));
}
