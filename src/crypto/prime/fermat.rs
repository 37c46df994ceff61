//! Fermat's test with base 2: whether `2^(n-1) = 1 (mod n)`, which holds for every odd prime and for hardly any other number
//! (Handbook of Applied Cryptography, section 4.2.1).
//!
//! Nearly all the time of a search goes into powers of 2 that show candidates to be composite, so on wasm these have code of their
//! own. To multiply by 2 is a shift. A limb leaves some of its bits free, so that a column of products is summed up in one wide
//! number, and carries wait until the sums are complete. This test only sorts out: that a number is prime is decided by
//! [`miller_rabin`](super::miller_rabin), which shares nothing with it.
//!
//! How long it takes does not depend on the candidate.

use zeroize::Zeroizing;

use super::{BITS, BYTES};

/// Bits of a number in each limb, which has 32.
const LIMB_BITS: u32 = 28;
const MASK: u32 = (1 << LIMB_BITS) - 1;

/// Limbs of a number, an even number of them.
///
/// `R = 2^(LIMBS * LIMB_BITS)`, by which Montgomery's reduction divides, is more than 2^12 times any candidate. So what is squared
/// may be up to 4 times the candidate, and what comes out is below twice.
const LIMBS: usize = (BITS as usize + 12).div_ceil(LIMB_BITS as usize).next_multiple_of(2);

type Number = [u32; LIMBS];

/// For each limb of a product, the sum of what belongs there: at most 38 products of two numbers below 2^29, and as many of two
/// below 2^28, which is less than 2^64.
type Sums = [u64; 2 * LIMBS];

/// Whether the candidate passes: an odd number, big-endian, with its highest bit set.
pub(super) fn passes(candidate: &[u8; BYTES]) -> bool {
    let modulus = Modulus::of(candidate);
    let mut power = modulus.one();
    let mut sums = Zeroizing::new([0; 2 * LIMBS]);
    // The exponent n - 1 has the bits of n, but for the last.
    let bits = candidate.iter().flat_map(|byte| (0..8).rev().map(move |place| (byte >> place) & 1));
    for bit in bits.take(8 * BYTES - 1) {
        square(&power, &mut sums);
        modulus.reduce(&mut sums, &mut power);
        for limb in power.iter_mut() {
            *limb <<= bit;
        }
    }
    square(&power, &mut sums);
    modulus.reduce(&mut sums, &mut power);

    // Divided by R, what stands for a number is the number itself, and at most n.
    sums.fill(0);
    for (sum, limb) in sums.iter_mut().zip(power.iter()) {
        *sum = u64::from(*limb);
    }
    modulus.reduce(&mut sums, &mut power);
    power[0] == 1 && power[1..].iter().all(|limb| *limb == 0)
}

/// A candidate, as what is computed with is reduced by it.
struct Modulus {
    limbs: Zeroizing<Number>,
    /// `-1 / n`, modulo `2^LIMB_BITS`.
    inverse: u32,
}

impl Modulus {
    fn of(candidate: &[u8; BYTES]) -> Self {
        let mut limbs = Zeroizing::new([0; LIMBS]);
        let places = (0..BITS).step_by(8).map(|place| (place / LIMB_BITS, place % LIMB_BITS));
        for ((limb, shift), byte) in places.zip(candidate.iter().rev()) {
            let byte = u64::from(*byte) << shift;
            limbs[limb as usize] |= low(byte);
            limbs[limb as usize + 1] |= low(byte >> LIMB_BITS);
        }
        // Newton's iteration: 3 bits are right at first, since the square of an odd number is 1 (mod 8), and twice as many after
        // each step.
        let mut inverse = limbs[0];
        for _ in 0..5 {
            inverse = inverse.wrapping_mul(2_u32.wrapping_sub(limbs[0].wrapping_mul(inverse)));
        }
        Self { limbs, inverse: inverse.wrapping_neg() & MASK }
    }

    /// `R mod n`, which stands for 1: `2^BITS - n`, and from there on doubled.
    fn one(&self) -> Zeroizing<Number> {
        let mut one = Zeroizing::new([0; LIMBS]);
        one[(BITS / LIMB_BITS) as usize] = 1 << (BITS % LIMB_BITS);
        self.subtract_if_not_below(&mut one);
        for _ in BITS as usize..LIMBS * LIMB_BITS as usize {
            let mut carry = 0;
            for limb in one.iter_mut() {
                let doubled = (*limb << 1) | carry;
                (*limb, carry) = (doubled & MASK, doubled >> LIMB_BITS);
            }
            self.subtract_if_not_below(&mut one);
        }
        one
    }

    /// Subtracts the modulus from a number that is not below it.
    fn subtract_if_not_below(&self, number: &mut Number) {
        let mut difference = Zeroizing::new([0; LIMBS]);
        let mut borrow = 0;
        for (index, difference) in difference.iter_mut().enumerate() {
            let limb = number[index].wrapping_sub(self.limbs[index]).wrapping_sub(borrow);
            (*difference, borrow) = (limb & MASK, limb >> (u32::BITS - 1));
        }
        let keep = borrow.wrapping_neg();
        for (limb, difference) in number.iter_mut().zip(difference.iter()) {
            *limb = (*limb & keep) | (difference & !keep);
        }
    }

    /// Montgomery's reduction (Handbook of Applied Cryptography, algorithm 14.32): the number that the sums make, divided by `R`.
    ///
    /// Multiples of the modulus are added that make the lower half 0, for two limbs at a time.
    fn reduce(&self, sums: &mut Sums, result: &mut Number) {
        let factor = |sum: u64| u64::from(low(sum).wrapping_mul(self.inverse) & MASK);
        let (n0, n1) = (u64::from(self.limbs[0]), u64::from(self.limbs[1]));
        for at in (0..LIMBS).step_by(2) {
            let first = factor(sums[at]);
            let next = sums[at + 1] + first * n1 + ((sums[at] + first * n0) >> LIMB_BITS);
            let second = factor(next);
            sums[at + 2] += (next + second * n0) >> LIMB_BITS;
            add_products(sums, at, &self.limbs, 2, [first, second], n1);
        }
        let mut carry = 0;
        for (limb, sum) in result.iter_mut().zip(&sums[LIMBS..]) {
            carry += sum;
            *limb = low(carry);
            carry >>= LIMB_BITS;
        }
    }
}

/// A square. Products that occur twice are computed once (Handbook of Applied Cryptography, algorithm 14.16).
fn square(number: &Number, sums: &mut Sums) {
    sums.fill(0);
    for at in (0..LIMBS).step_by(2) {
        let (first, second) = (u64::from(number[at]), u64::from(number[at + 1]));
        sums[2 * at] += first * first;
        sums[2 * at + 1] += 2 * first * second;
        sums[2 * at + 2] += second * second;
        add_products(sums, at, number, at + 2, [2 * first, 2 * second], 0);
    }
}

/// Adds the products of two neighbouring limbs, the first of which belongs `at` this place, with the limbs of a number that stand
/// `from` another place on. Those of the second limb begin one earlier, with `previous`.
#[expect(clippy::inline_always, reason = "nearly all the time of a search is spent here")]
#[inline(always)]
fn add_products(sums: &mut Sums, at: usize, number: &Number, from: usize, limbs: [u64; 2], mut previous: u64) {
    // Where the compiler optimises for size, this is faster than an iterator.
    let mut index = from;
    while index < LIMBS {
        let limb = u64::from(number[index]);
        sums[at + index] =
            sums[at + index].wrapping_add(limbs[0].wrapping_mul(limb)).wrapping_add(limbs[1].wrapping_mul(previous));
        previous = limb;
        index += 1;
    }
    sums[at + LIMBS] += limbs[1] * previous;
}

/// The bits that a limb holds.
#[expect(clippy::cast_possible_truncation, reason = "what does not fit is masked")]
fn low(wide: u64) -> u32 {
    (wide & u64::from(MASK)) as u32
}
