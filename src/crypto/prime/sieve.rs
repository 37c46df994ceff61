//! Which numbers behind a start are worth a test: those without a small factor.

use zeroize::Zeroizing;

use super::{BYTES, PUBLIC_EXPONENT};

/// How many odd numbers are looked at, from the start on.
const INTERVAL: usize = 4096;
/// Factors are sought below this: the product of two of them fits into 32 bits.
const LIMIT: usize = 65_536;

/// The offsets of the odd numbers in the interval that have no factor below [`LIMIT`], and whose predecessor has none in
/// common with [`PUBLIC_EXPONENT`] (FIPS 186-5, appendix A.1.3). The number at offset `i` is `start + 2i`.
///
/// Only the start is divided (Handbook of Applied Cryptography, note 4.51 (ii)); from its remainder follows which of the others a
/// prime divides.
pub(super) fn without_small_factors(start: &[u8; BYTES]) -> Zeroizing<Vec<u16>> {
    let mut struck = Zeroizing::new(vec![false; INTERVAL]);
    let primes = odd_primes();
    for primes in primes.chunks(2) {
        let remainder = remainder(start, primes.iter().copied().map(u64::from).product());
        for prime in primes {
            strike(&mut struck, *prime, remainder, 0);
        }
    }
    let exponent = u64::from(PUBLIC_EXPONENT);
    strike(&mut struck, PUBLIC_EXPONENT, remainder(start, exponent), 1);

    // Room for all of them: a vector that grows leaves its bytes behind.
    let mut left = Zeroizing::new(Vec::with_capacity(INTERVAL));
    left.extend((0..).zip(struck.iter()).filter(|(_, struck)| !**struck).map(|(offset, _)| offset));
    left
}

/// Strikes out the numbers that leave `unwanted` when they are divided by the prime. `start` is the interval's first number,
/// or what it leaves when it is divided by a multiple of the prime.
fn strike(struck: &mut [bool], prime: u32, start: u64, unwanted: u64) {
    let prime = u64::from(prime);
    // 2i = unwanted - start (mod prime); what is odd gets even by adding the prime.
    let twice = (prime + unwanted - start % prime) % prime;
    let first = if twice.is_multiple_of(2) { twice / 2 } else { twice.midpoint(prime) };
    let (Ok(first), Ok(step)) = (usize::try_from(first), usize::try_from(prime)) else { return };
    for struck in struck.iter_mut().skip(first).step_by(step) {
        *struck = true;
    }
}

/// What a big-endian number leaves when it is divided by a number of 32 bits.
fn remainder(number: &[u8; BYTES], divisor: u64) -> u64 {
    let (words, _) = number.as_chunks();
    words.iter().fold(0, |remainder, word| ((remainder << 32) | u64::from(u32::from_be_bytes(*word))) % divisor)
}

/// The odd primes below [`LIMIT`].
pub(super) fn odd_primes() -> Vec<u32> {
    // The number at index i is 2i + 1.
    let mut composite = vec![false; LIMIT / 2];
    let mut primes = Vec::new();
    for index in 1..composite.len() {
        if composite[index] {
            continue;
        }
        let prime = 2 * index + 1;
        // Its square has the index (prime^2 - 1) / 2 = 2 index (index + 1).
        for multiple in (2 * index * (index + 1)..composite.len()).step_by(prime) {
            composite[multiple] = true;
        }
        primes.extend(u32::try_from(prime));
    }
    primes
}
