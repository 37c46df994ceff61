//! The Miller-Rabin test (FIPS 186-5, appendix B.3.1; Handbook of Applied Cryptography, algorithm 4.24).
//!
//! How long a round takes depends on its verdict, and on how often 2 divides the candidate's predecessor; on nothing else about
//! the candidate.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd, SquareAssign};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::{BITS, BYTES};

/// Rounds with random bases (FIPS 186-5, table B.1: primes of 1024 bits, error probability 2^-112).
const ROUNDS: u32 = 5;

/// How often a base is drawn before the round counts as failed. A draw fits three times of four.
const DRAWS: u32 = 128;

/// A candidate `w`, and what all rounds need of it: `w - 1 = 2^twos * odd_part`.
pub(super) struct MillerRabin {
    params: BoxedMontyParams,
    predecessor: Zeroizing<BoxedUint>,
    odd_part: Zeroizing<BoxedUint>,
    twos: u32,
    /// `w - 1` in Montgomery form.
    minus_one: Zeroizing<BoxedMontyForm>,
}

impl MillerRabin {
    /// Prepares the test of a number above 1 in [`BITS`] bits. Even numbers have none.
    pub(super) fn of(candidate: &BoxedUint) -> Option<Self> {
        let params = BoxedMontyParams::new(Odd::new(candidate.clone()).into_option()?);
        let predecessor = Zeroizing::new(candidate.wrapping_sub(BoxedUint::one()));
        let twos = predecessor.trailing_zeros();
        let odd_part = Zeroizing::new(predecessor.shr(twos));
        let minus_one = Zeroizing::new(-BoxedMontyForm::one(&params));
        Some(Self { params, predecessor, odd_part, twos, minus_one })
    }

    /// Whether no round shows that the candidate is composite.
    pub(super) fn is_probable_prime<R: CryptoRng>(&self, rng: &mut R) -> bool {
        (0..ROUNDS).all(|_| self.random_base(rng).is_some_and(|base| self.passes(&base)))
    }

    /// A round with a base below the candidate.
    pub(super) fn passes(&self, base: &BoxedUint) -> bool {
        let base = Zeroizing::new(BoxedMontyForm::new(base.clone(), &self.params));
        let mut power = Zeroizing::new(base.pow(&self.odd_part));
        let one = self.params.as_ref().one();
        if power.as_montgomery() == one || power.as_montgomery() == self.minus_one.as_montgomery() {
            return true;
        }
        // Once it is 1 it stays so, and never gets to be -1.
        (1..self.twos).any(|_| {
            power.square_assign();
            power.as_montgomery() == self.minus_one.as_montgomery()
        })
    }

    /// A random number above 1 and below `w - 1`.
    fn random_base<R: CryptoRng>(&self, rng: &mut R) -> Option<Zeroizing<BoxedUint>> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        for _ in 0..DRAWS {
            rng.fill_bytes(&mut bytes[..]);
            let base = Zeroizing::new(BoxedUint::from_be_slice(&bytes[..], BITS).ok()?);
            if *base > BoxedUint::one() && *base < *self.predecessor {
                return Some(base);
            }
        }
        None
    }
}
