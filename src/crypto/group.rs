//! Groups for key agreement (RFC 7748, RFC 8422, RFC 7919).

pub mod ffdhe;

use p256::elliptic_curve::sec1::ToSec1Point;
use rand_core::CryptoRng;
use x25519_dalek::{PublicKey, StaticSecret, x25519};
use zeroize::Zeroize;

use crate::error::{Error, ErrorKind};
use crate::glass::Secret;
use crate::wire::codepoint::NamedGroup;

/// The curves we can use, best first.
pub const CURVES: [NamedGroup; 2] = [NamedGroup::X25519, NamedGroup::SECP256R1];
/// The finite-field groups we can use, best first.
pub const FFDHE: [NamedGroup; 2] = [NamedGroup::FFDHE2048, NamedGroup::FFDHE3072];
/// All groups we can use, best first.
pub const SUPPORTED: [NamedGroup; 4] =
    [NamedGroup::X25519, NamedGroup::SECP256R1, NamedGroup::FFDHE2048, NamedGroup::FFDHE3072];

/// An ephemeral key pair.
#[derive(Debug)]
pub struct KeyPair {
    /// The private key: 32 bytes, a scalar (secp256r1, big-endian) or the bytes of RFC 7748 (x25519); of a finite-field
    /// group the exponent, 32 or 40 bytes.
    pub private: Secret,
    /// The public key as it stands on the wire.
    pub public: Vec<u8>,
}

/// Makes a key pair.
pub fn generate<R: CryptoRng>(group: NamedGroup, rng: &mut R) -> Result<KeyPair, Error> {
    match group {
        NamedGroup::X25519 => {
            let private = Secret::filled(32, |bytes| {
                rng.fill_bytes(bytes);
                Ok::<(), Error>(())
            })?;
            let public = PublicKey::from(&x25519_secret(&private)?).to_bytes().to_vec();
            Ok(KeyPair { private, public })
        }
        NamedGroup::SECP256R1 => {
            let key = <p256::SecretKey as p256::elliptic_curve::Generate>::generate_from_rng(rng);
            let mut bytes = key.to_bytes();
            let private = Secret::copy_of(&bytes);
            bytes.zeroize();
            Ok(KeyPair { private, public: key.public_key().to_sec1_point(false).as_bytes().to_vec() })
        }
        _ => ffdhe::generate(group, rng),
    }
}

/// The shared secret Z: 32 bytes, for x25519 the u-coordinate (RFC 7748, section 6.1), for secp256r1 the x-coordinate
/// (RFC 8422, section 5.10). Of a finite-field group, Z has as many bytes as it needs (RFC 5246, section 8.1.2).
///
/// A public key that is not a valid element, or that would give a secret known to everybody, is refused.
pub fn agree(group: NamedGroup, private: &Secret, peer: &[u8]) -> Result<Secret, Error> {
    match group {
        NamedGroup::X25519 => {
            let peer: [u8; 32] = peer.try_into().map_err(|_| ErrorKind::BadKeyShare)?;
            let shared = x25519_secret(private)?.diffie_hellman(&PublicKey::from(peer));
            if !shared.was_contributory() {
                return Err(ErrorKind::BadKeyShare.into());
            }
            Ok(Secret::copy_of(shared.as_bytes()))
        }
        NamedGroup::SECP256R1 => {
            // RFC 8422, section 5.11: only the uncompressed form, and only points on the curve.
            if peer.first() != Some(&4) {
                return Err(ErrorKind::BadKeyShare.into());
            }
            let peer = p256::PublicKey::from_sec1_bytes(peer).map_err(|_| ErrorKind::BadKeyShare)?;
            let key = p256::SecretKey::from_slice(private)
                .map_err(|_| ErrorKind::Internal("an own one-time private key does not parse"))?;
            let shared = p256::ecdh::diffie_hellman(key.to_nonzero_scalar(), peer.as_affine());
            Ok(Secret::copy_of(shared.raw_secret_bytes()))
        }
        _ => ffdhe::agree(group, private, peer),
    }
}

/// Whether a peer's public key is an element of the group, and none that gives a secret known to everybody: with x25519 that
/// is so if the result is zero (RFC 8422, section 5.11), which does not depend on the private key.
pub fn check_public(group: NamedGroup, public: &[u8]) -> Result<(), ErrorKind> {
    let valid = match group {
        NamedGroup::X25519 => <[u8; 32]>::try_from(public).is_ok_and(|public| x25519(ANY_SCALAR, public) != [0; 32]),
        NamedGroup::SECP256R1 => public.first() == Some(&4) && p256::PublicKey::from_sec1_bytes(public).is_ok(),
        _ => return ffdhe::check_public(group, public),
    };
    if valid { Ok(()) } else { Err(ErrorKind::BadKeyShare) }
}

/// RFC 7748, section 5: every scalar is a multiple of 8 once it is decoded, which is what all points of small order have in
/// common.
const ANY_SCALAR: [u8; 32] = [1; 32];

/// The function that [`agree`] computes, as its standard names it.
pub fn agreement_name(group: NamedGroup) -> &'static str {
    match group {
        NamedGroup::X25519 => "X25519",
        NamedGroup::SECP256R1 => "ECDH",
        _ => "DH",
    }
}

fn x25519_secret(private: &Secret) -> Result<StaticSecret, Error> {
    let bytes: &[u8; 32] =
        (&**private).try_into().map_err(|_| ErrorKind::Internal("an own one-time private key has the wrong length"))?;
    Ok(StaticSecret::from(*bytes))
}
