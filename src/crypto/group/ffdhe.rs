//! Finite-field Diffie-Hellman in the named groups of RFC 7919.
//!
//! Their primes are safe: `p = 2q + 1` with `q` prime, and 2 generates the subgroup of order `q`. So every element but 1
//! and `p - 1` is as good as any other (RFC 7919, section 5.1).

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};
use rand_core::CryptoRng;

use super::KeyPair;
use crate::error::{Error, ErrorKind};
use crate::glass::Secret;
use crate::wire::codepoint::NamedGroup;

/// The generator of all these groups.
const GENERATOR: u8 = 2;

/// RFC 7919, appendix A.1.
const FFDHE2048: &str = concat!(
    "ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695a9e13641146433fbcc939dce249b3ef9",
    "7d2fe363630c75d8f681b202aec4617ad3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935",
    "984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797abc0ab182b324fb61d108a94bb2c8e3fb",
    "b96adab760d7f4681d4f42a3de394df4ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61",
    "9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005c58ef1837d1683b2c6f34a26c1b2effa",
    "886b423861285c97ffffffffffffffff",
);
/// RFC 7919, appendix A.2.
const FFDHE3072: &str = concat!(
    "ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695a9e13641146433fbcc939dce249b3ef9",
    "7d2fe363630c75d8f681b202aec4617ad3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935",
    "984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797abc0ab182b324fb61d108a94bb2c8e3fb",
    "b96adab760d7f4681d4f42a3de394df4ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61",
    "9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005c58ef1837d1683b2c6f34a26c1b2effa",
    "886b4238611fcfdcde355b3b6519035bbc34f4def99c023861b46fc9d6e6c9077ad91d2691f7f7ee598cb0fac186d91c",
    "aefe130985139270b4130c93bc437944f4fd4452e2d74dd364f2e21e71f54bff5cae82ab9c9df69ee86d2bc522363a0d",
    "abc521979b0deada1dbf9a42d5c4484e0abcd06bfa53ddef3c1b20ee3fd59d7c25e41d2b66c62e37ffffffffffffffff",
);

/// A group of this module: its prime, and what follows from it.
struct Group {
    prime: &'static str,
    bits: u32,
    /// Bytes of a private key. RFC 7919, appendix A, asks for 225 bits at 2048, and for 275 at 3072.
    private_length: usize,
}

impl Group {
    fn of(group: NamedGroup) -> Option<Self> {
        match group {
            NamedGroup::FFDHE2048 => Some(Self { prime: FFDHE2048, bits: 2048, private_length: 32 }),
            NamedGroup::FFDHE3072 => Some(Self { prime: FFDHE3072, bits: 3072, private_length: 40 }),
            _ => None,
        }
    }

    fn known(group: NamedGroup) -> Result<Self, Error> {
        Self::of(group).ok_or_else(|| ErrorKind::Internal("not one of the finite-field groups we have").into())
    }

    fn params(&self) -> Result<BoxedMontyParams, Error> {
        let prime: Option<BoxedUint> = BoxedUint::from_be_hex(self.prime, self.bits).into();
        let odd: Option<Odd<BoxedUint>> = prime.and_then(|prime| Odd::new(prime).into());
        Ok(BoxedMontyParams::new(odd.ok_or(ErrorKind::Internal("a prime of RFC 7919 is not written right"))?))
    }

    /// `base^exponent mod p`, in as many bytes as `p` has.
    fn power(&self, base: &[u8], exponent: &[u8]) -> Result<Box<[u8]>, Error> {
        let number = |bytes: &[u8], bits| {
            BoxedUint::from_be_slice(bytes, bits).map_err(|_| ErrorKind::Internal("a number is longer than its group"))
        };
        let base = BoxedMontyForm::new(number(base, self.bits)?, &self.params()?);
        let bits = u32::try_from(exponent.len() * 8).map_err(|_| ErrorKind::Internal("an exponent is too long"))?;
        Ok(base.pow(&number(exponent, bits)?).retrieve().to_be_bytes())
    }

    fn prime(&self) -> Vec<u8> {
        (0..self.prime.len() / 2)
            .filter_map(|i| u8::from_str_radix(self.prime.get(2 * i..2 * i + 2)?, 16).ok())
            .collect()
    }
}

/// The prime and the generator, as they stand in `ServerDHParams`.
pub fn parameters(group: NamedGroup) -> Option<(Vec<u8>, Vec<u8>)> {
    Some((Group::of(group)?.prime(), vec![GENERATOR]))
}

/// The named group of this prime and this generator, if it is one of ours.
pub fn group_of(prime: &[u8], generator: &[u8]) -> Option<NamedGroup> {
    super::FFDHE.into_iter().find(|group| {
        parameters(*group)
            .is_some_and(|(p, g)| p == without_leading_zeros(prime) && g == without_leading_zeros(generator))
    })
}

pub(super) fn generate<R: CryptoRng>(group: NamedGroup, rng: &mut R) -> Result<KeyPair, Error> {
    let group = Group::known(group)?;
    let private = Secret::filled(group.private_length, |bytes| {
        rng.fill_bytes(bytes);
        Ok::<(), Error>(())
    })?;
    let public = group.power(&[GENERATOR], &private)?.into_vec();
    Ok(KeyPair { private, public })
}

/// Z without its leading zeros, as TLS 1.2 has it (RFC 5246, section 8.1.2). How many there are shows in the time that
/// what follows takes, which can give Z away to who may ask often about the same private key; ours are used once
/// (Raccoon attack, 2020).
pub(super) fn agree(group: NamedGroup, private: &Secret, peer: &[u8]) -> Result<Secret, Error> {
    check_public(group, peer)?;
    let shared = Secret::from(Group::known(group)?.power(without_leading_zeros(peer), private)?);
    Ok(Secret::copy_of(without_leading_zeros(&shared)))
}

/// RFC 7919, section 5.1: `1 < public < p - 1`.
pub(super) fn check_public(group: NamedGroup, public: &[u8]) -> Result<(), ErrorKind> {
    let Some(group) = Group::of(group) else { return Err(ErrorKind::BadKeyShare) };
    let mut last = group.prime();
    // p is odd: p - 1 differs in its last bit.
    if let Some(low) = last.last_mut() {
        *low -= 1;
    }
    let public = without_leading_zeros(public);
    let above_one = public.len() > 1 || public.first().is_some_and(|low| *low > 1);
    let below_last = public.len() < last.len() || (public.len() == last.len() && public < &last[..]);
    if above_one && below_last { Ok(()) } else { Err(ErrorKind::BadKeyShare) }
}

fn without_leading_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    &bytes[zeros..]
}
