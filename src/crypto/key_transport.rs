//! RSA key transport in TLS 1.2, as the server takes it (RFC 5246, section 7.4.7.1).

use rand_core::CryptoRng;
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};
use zeroize::{Zeroize, Zeroizing};

use super::signature::PrivateKey;
use crate::error::Error;
use crate::wire::codepoint::ProtocolVersion;

/// The server's side of RSA key transport, with the countermeasure of RFC 5246, section 7.4.7.1, against attackers who
/// learn from how a server treats malformed ciphertexts (Bleichenbacher 1998, Klima et al. 2003).
///
/// Returns the `pre_master_secret` that the client encrypted if the ciphertext is `key`'s encryption of exactly 48 bytes
/// that start with `client_version`, the version that the client offered in its `ClientHello`. In all other cases it
/// returns `client_version` followed by the last 46 bytes of `random`, which must have been drawn before, and is overwritten
/// here. Which of the two it is shows neither in the result, nor in an error, nor in the course of the computation.
///
/// Fails only if the own key is broken.
pub fn decrypt_pre_master_secret<R: CryptoRng>(
    key: &PrivateKey,
    ciphertext: &[u8],
    client_version: ProtocolVersion,
    random: &mut [u8; 48],
    rng: &mut R,
) -> Result<Box<[u8; 48]>, Error> {
    let version = client_version.0.to_be_bytes();
    let modulus = key.public_key()?.rsa_modulus()?;

    // Anybody can see whether a ciphertext is too long, too short or too large. To keep one course of computation,
    // the number 1 is decrypted in its place: it gives 1, whose padding is wrong.
    let mut one = vec![0; modulus.len()];
    if let Some(last) = one.last_mut() {
        *last = 1;
    }
    let in_range = ciphertext.len() == modulus.len() && ciphertext < &modulus[..];
    let encoded = Zeroizing::new(key.rsa_decrypt_raw(if in_range { ciphertext } else { &one }, rng)?);

    // EM = 0x00 || 0x02 || PS || 0x00 || M, where M is 48 bytes and PS has no zero byte (RFC 8017, section 7.2.2). PS
    // has at least 8 bytes since the key has at least 256.
    let (head, message) = encoded.split_at(encoded.len() - 48);
    let padding = &head[2..head.len() - 1];
    let mut good = head[0].ct_eq(&0) & head[1].ct_eq(&2) & head[head.len() - 1].ct_eq(&0);
    for byte in padding {
        good &= !byte.ct_eq(&0);
    }
    good &= message[..2].ct_eq(&version);

    let mut secret = Box::new([0; 48]);
    random[..2].copy_from_slice(&version);
    select(good, message, random, &mut secret[..]);
    random.zeroize();
    Ok(secret)
}

/// `yes` if `choice`, else `no`, without a branch.
fn select(choice: Choice, yes: &[u8], no: &[u8], out: &mut [u8]) {
    for (out, (yes, no)) in out.iter_mut().zip(yes.iter().zip(no)) {
        *out = u8::conditional_select(no, yes, choice);
    }
}
