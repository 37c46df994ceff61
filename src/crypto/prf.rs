//! The pseudorandom function of TLS 1.2 (RFC 5246, section 5).

use super::hash::HashAlgorithm;

/// Fills `out` with `PRF(secret, label, seed)`, where the seed is the concatenation of its parts.
pub fn prf(hash: HashAlgorithm, secret: &[u8], label: &[u8], seed: &[&[u8]], out: &mut [u8]) {
    // P_hash(secret, seed) = HMAC_hash(secret, A(1) + seed) + HMAC_hash(secret, A(2) + seed) + …
    // with A(0) = seed and A(i) = HMAC_hash(secret, A(i - 1)); the PRF's seed is label + seed.
    let labelled: Vec<&[u8]> = core::iter::once(label).chain(seed.iter().copied()).collect();
    let mut a = hash.hmac(secret, &labelled);
    let mut rest = out;
    while !rest.is_empty() {
        let message: Vec<&[u8]> = core::iter::once(&a[..]).chain(labelled.iter().copied()).collect();
        let block = hash.hmac(secret, &message);
        let length = block.len().min(rest.len());
        let (now, later) = rest.split_at_mut(length);
        now.copy_from_slice(&block[..length]);
        rest = later;
        a = hash.hmac(secret, &[&a]);
    }
}
