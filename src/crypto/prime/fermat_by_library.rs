//! Fermat's test with base 2, where the library's arithmetic has limbs of 64 bits, and is as fast as code of our own.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd, Resize};
use zeroize::Zeroizing;

use super::{BITS, BYTES};

/// Whether the candidate passes: an odd number, big-endian, with its highest bit set.
pub(super) fn passes(candidate: &[u8; BYTES]) -> bool {
    let number = BoxedUint::from_be_slice(candidate, BITS).ok();
    let Some(number) = number.and_then(|number| Odd::new(number).into_option()) else { return false };
    let predecessor = Zeroizing::new(number.wrapping_sub(BoxedUint::one()));
    let params = BoxedMontyParams::new(number);
    let two = BoxedMontyForm::new(BoxedUint::from(2_u32).resize(BITS), &params);
    let power = Zeroizing::new(two.pow(&predecessor));
    power.as_montgomery() == params.as_ref().one()
}
