//! The primes of an RSA key (FIPS 186-5, appendix A.1.3: probable primes).
//!
//! A start is drawn. Of the odd numbers behind it, those with a small factor are struck out ([`sieve`]); of the others, one after
//! the other is tried, in random order: by Fermat's test, which nearly no composite passes, and only then by the test that decides
//! ([`miller_rabin`]). docs/decisions/prime-search.md says why the search is our own, and what the standard says of
//! candidates that are neighbours.

#[cfg(any(target_family = "wasm", test))]
mod fermat;
#[cfg(not(target_family = "wasm"))]
mod fermat_by_library;
mod miller_rabin;
mod sieve;
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;

use crypto_bigint::BoxedUint;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind};
#[cfg(target_family = "wasm")]
use fermat::passes as passes_fermat;
#[cfg(not(target_family = "wasm"))]
use fermat_by_library::passes as passes_fermat;
use miller_rabin::MillerRabin;

/// Bits of each of the two primes: half of those of the modulus.
pub(super) const BITS: u32 = 1024;
const BYTES: usize = BITS as usize / 8;

/// The public exponent of the keys that the primes are for. FIPS 186-5, appendix A.1.1: odd, and above 2^16.
pub(super) const PUBLIC_EXPONENT: u32 = 65_537;

/// How often a start is drawn before the search gives up. Once in 100,000 times there is no prime in the interval behind it.
const STARTS: u32 = 16;

const NONE_FOUND: ErrorKind = ErrorKind::Internal("the random numbers led to no primes for an RSA key");

/// Two primes of a key with [`PUBLIC_EXPONENT`], far enough from each other.
pub(super) fn pair<R: CryptoRng>(rng: &mut R) -> Result<[Zeroizing<BoxedUint>; 2], Error> {
    let p = prime(rng)?;
    for _ in 0..STARTS {
        let q = prime(rng)?;
        if are_far_apart(&p, &q) {
            return Ok([p, q]);
        }
    }
    Err(NONE_FOUND.into())
}

/// FIPS 186-5, appendix A.1.3, step 5.5: `|p - q| > 2^(nlen/2 - 100)`, where the modulus has `nlen` bits.
fn are_far_apart(p: &BoxedUint, q: &BoxedUint) -> bool {
    let (larger, smaller) = if p > q { (p, q) } else { (q, p) };
    let difference = Zeroizing::new(larger.wrapping_sub(smaller));
    *difference > BoxedUint::one_with_precision(BITS).shl(BITS - 100)
}

/// A prime of [`BITS`] bits, of which the two highest are set, so that a product of two has twice as many. One less than it
/// has no factor in common with [`PUBLIC_EXPONENT`].
fn prime<R: CryptoRng>(rng: &mut R) -> Result<Zeroizing<BoxedUint>, Error> {
    for _ in 0..STARTS {
        let start = start(rng);
        let mut offsets = sieve::without_small_factors(&start);
        while let Some(offset) = take_any(&mut offsets, rng) {
            let candidate = candidate(&start, offset).filter(|candidate| passes_fermat(candidate));
            if let Some(prime) = candidate.and_then(|candidate| probable_prime(&candidate, rng)) {
                return Ok(prime);
            }
        }
    }
    Err(NONE_FOUND.into())
}

/// The candidate as a number, if it is a prime.
fn probable_prime<R: CryptoRng>(candidate: &[u8; BYTES], rng: &mut R) -> Option<Zeroizing<BoxedUint>> {
    let candidate = Zeroizing::new(BoxedUint::from_be_slice(candidate, BITS).ok()?);
    MillerRabin::of(&candidate)?.is_probable_prime(rng).then_some(candidate)
}

/// Where to search, big-endian: a random number of [`BITS`] bits, the two highest and the lowest of which are set.
fn start<R: CryptoRng>(rng: &mut R) -> Zeroizing<[u8; BYTES]> {
    let mut start = Zeroizing::new([0; BYTES]);
    rng.fill_bytes(&mut start[..]);
    start[0] |= 0b1100_0000;
    start[BYTES - 1] |= 1;
    start
}

/// Takes out one of the offsets that are left. Each is as likely as any other, to one part in 2^20.
fn take_any<R: CryptoRng>(offsets: &mut Vec<u16>, rng: &mut R) -> Option<u16> {
    let index = (u64::from(rng.next_u32()) * u64::try_from(offsets.len()).ok()?) >> 32;
    let index = usize::try_from(index).ok().filter(|index| *index < offsets.len())?;
    Some(offsets.swap_remove(index))
}

/// The odd number that is so many odd numbers behind the start, unless it has more bits.
fn candidate(start: &[u8; BYTES], offset: u16) -> Option<Zeroizing<[u8; BYTES]>> {
    let mut candidate = Zeroizing::new(*start);
    let mut carry = 2 * u32::from(offset);
    for byte in candidate.iter_mut().rev() {
        let [low, rest @ ..] = (u32::from(*byte) + carry).to_le_bytes();
        *byte = low;
        carry = u32::from_le_bytes([rest[0], rest[1], rest[2], 0]);
    }
    (carry == 0).then_some(candidate)
}
