//! RSA (RFC 8017): keys of TLS certificates, signatures, encryption.
//!
//! A private key comes in as the PKCS#8 that rests in memory and is parsed anew for every operation: the parsed form
//! would be usable to whoever reads the memory, and would not look like the key.

use core::mem;

use der::Decode;
use der::asn1::UintRef;
use rand_core::CryptoRng;
use rsa::hazmat::{rsa_decrypt_and_check, rsa_encrypt};
use rsa::pkcs1::{self, DecodeRsaPublicKey, RsaPrivateKeyRef};
use rsa::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, PrivateKeyInfoRef};
use rsa::traits::{PaddingScheme, PrivateKeyParts, PublicKeyParts, SignatureScheme as Padding};
use rsa::{BoxedUint, Pkcs1v15Encrypt, Pkcs1v15Sign, Pss, RsaPrivateKey, RsaPublicKey};
use sha2::{Digest, Sha256, Sha384, Sha512};
use x509_cert::spki::SubjectPublicKeyInfoRef;
use zeroize::{Zeroize, Zeroizing};

use crate::crypto::part::Part;
use crate::crypto::prime;
use crate::error::{Error, ErrorKind};
use crate::glass::Secret;
use crate::wire::codepoint::SignatureScheme;

/// Bits of the modulus of a private key that we work with.
const PRIVATE_BITS: core::ops::RangeInclusive<u32> = 2048..=4096;
/// Bits of the modulus of somebody else's public key.
pub(crate) const PUBLIC_BITS: core::ops::RangeInclusive<u32> = 2048..=8192;

/// The schemes that a private key signs with, best first.
pub(super) const SCHEMES: &[SignatureScheme] = &[
    SignatureScheme::RSA_PSS_RSAE_SHA256,
    SignatureScheme::RSA_PSS_RSAE_SHA384,
    SignatureScheme::RSA_PSS_RSAE_SHA512,
    SignatureScheme::RSA_PKCS1_SHA256,
    SignatureScheme::RSA_PKCS1_SHA384,
    SignatureScheme::RSA_PKCS1_SHA512,
];

const BROKEN_KEY: ErrorKind = ErrorKind::Internal("an own RSA private key does not work");

/// A new private key of 2048 bits, in PKCS#8.
pub(super) fn generate<R: CryptoRng>(rng: &mut R) -> Result<Secret, Error> {
    let [mut p, mut q] = prime::pair(rng)?;
    // The library takes d modulo the least common multiple of p - 1 and q - 1, and checks that the parts belong together. FIPS
    // 186-5, appendix A.1.1, wants d above 2^(nlen/2), where the modulus has nlen bits.
    let key = RsaPrivateKey::from_p_q(mem::take(&mut *p), mem::take(&mut *q), prime::PUBLIC_EXPONENT.into())
        .ok()
        .filter(|key| key.d().bits() > prime::BITS)
        .ok_or(ErrorKind::Internal("no RSA key could be made"))?;
    let pkcs8 = key.to_pkcs8_der().map_err(|_| BROKEN_KEY)?;
    Ok(Secret::copy_of(pkcs8.as_bytes()))
}

/// Whether `pkcs8` is a private key that we work with.
pub(super) fn check_private(pkcs8: &[u8]) -> Result<(), Error> {
    let key = RsaPrivateKey::from_pkcs8_der(pkcs8)
        .map_err(|_| ErrorKind::Internal("the RSA private key is malformed, or has more than two primes"))?;
    if PRIVATE_BITS.contains(&key.n().bits()) {
        Ok(())
    } else {
        Err(ErrorKind::Internal("the RSA private key is shorter than 2048 or longer than 4096 bits").into())
    }
}

/// The public half, as `SubjectPublicKeyInfo`.
pub(super) fn public_of(pkcs8: &[u8]) -> Result<Vec<u8>, Error> {
    let spki = private(pkcs8)?.to_public_key().to_public_key_der().map_err(|_| BROKEN_KEY)?;
    Ok(spki.into_vec())
}

/// The numbers that give a private key away, each as it stands in the PKCS#8, without a sign byte.
pub(super) fn parts(pkcs8: &[u8]) -> Result<Vec<Part>, Error> {
    let info = PrivateKeyInfoRef::try_from(pkcs8).map_err(|_| BROKEN_KEY)?;
    let key = RsaPrivateKeyRef::try_from(info.private_key.as_bytes()).map_err(|_| BROKEN_KEY)?;
    let numbers = [
        ("d", &key.private_exponent),
        ("p", &key.prime1),
        ("q", &key.prime2),
        ("dP", &key.exponent1),
        ("dQ", &key.exponent2),
        ("qInv", &key.coefficient),
    ];
    Ok(numbers.map(|(name, number)| Part { name, bytes: number.as_bytes().to_vec() }).into())
}

/// Signs `message`, which is hashed as `scheme` says. Blinded with numbers from `rng`, which PSS also takes its salt from.
pub(super) fn sign<R: CryptoRng>(
    pkcs8: &[u8],
    scheme: SignatureScheme,
    message: &[u8],
    rng: &mut R,
) -> Result<Vec<u8>, Error> {
    let key = private(pkcs8)?;
    let rng = Some(rng);
    match scheme {
        SignatureScheme::RSA_PSS_RSAE_SHA256 => Pss::<Sha256>::new().sign(rng, &key, &Sha256::digest(message)),
        SignatureScheme::RSA_PSS_RSAE_SHA384 => Pss::<Sha384>::new().sign(rng, &key, &Sha384::digest(message)),
        SignatureScheme::RSA_PSS_RSAE_SHA512 => Pss::<Sha512>::new().sign(rng, &key, &Sha512::digest(message)),
        SignatureScheme::RSA_PKCS1_SHA256 => Pkcs1v15Sign::new::<Sha256>().sign(rng, &key, &Sha256::digest(message)),
        SignatureScheme::RSA_PKCS1_SHA384 => Pkcs1v15Sign::new::<Sha384>().sign(rng, &key, &Sha384::digest(message)),
        SignatureScheme::RSA_PKCS1_SHA512 => Pkcs1v15Sign::new::<Sha512>().sign(rng, &key, &Sha512::digest(message)),
        _ => return Err(ErrorKind::Internal("an RSA key was asked for a signature that it cannot make").into()),
    }
    .map_err(|_| BROKEN_KEY.into())
}

/// Whether `signature` is `scheme`'s signature of `message`. PSS salts have to be as long as the hash.
pub(super) fn verifies(spki: &[u8], scheme: SignatureScheme, message: &[u8], signature: &[u8]) -> bool {
    let Ok(key) = RsaPublicKey::from_public_key_der(spki) else {
        return false;
    };
    match scheme {
        SignatureScheme::RSA_PSS_RSAE_SHA256 => Pss::<Sha256>::new().verify(&key, &Sha256::digest(message), signature),
        SignatureScheme::RSA_PSS_RSAE_SHA384 => Pss::<Sha384>::new().verify(&key, &Sha384::digest(message), signature),
        SignatureScheme::RSA_PSS_RSAE_SHA512 => Pss::<Sha512>::new().verify(&key, &Sha512::digest(message), signature),
        SignatureScheme::RSA_PKCS1_SHA256 => {
            Pkcs1v15Sign::new::<Sha256>().verify(&key, &Sha256::digest(message), signature)
        }
        SignatureScheme::RSA_PKCS1_SHA384 => {
            Pkcs1v15Sign::new::<Sha384>().verify(&key, &Sha384::digest(message), signature)
        }
        SignatureScheme::RSA_PKCS1_SHA512 => {
            Pkcs1v15Sign::new::<Sha512>().verify(&key, &Sha512::digest(message), signature)
        }
        _ => return false,
    }
    .is_ok()
}

/// RSADP (RFC 8017, section 5.1.2): the number that `ciphertext` decrypts to, in as many bytes as the modulus has.
///
/// Blinded with numbers from `rng`, and checked against faults by encrypting the result again. `ciphertext` has to be
/// as long as the modulus and below it.
pub(super) fn decrypt_raw<R: CryptoRng>(pkcs8: &[u8], ciphertext: &[u8], rng: &mut R) -> Result<Box<[u8]>, Error> {
    let key = private(pkcs8)?;
    let length = key.size();
    if ciphertext.len() != length {
        return Err(ErrorKind::Internal("an RSA ciphertext is not as long as the modulus").into());
    }
    let ciphertext = BoxedUint::from_be_slice(ciphertext, key.n().bits_precision()).map_err(|_| BROKEN_KEY)?;
    let mut number = rsa_decrypt_and_check(&key, Some(rng), &ciphertext)
        .map_err(|_| ErrorKind::Internal("an RSA private key or a number to decrypt with it is out of range"))?;
    let bytes = Zeroizing::new(number.to_be_bytes());
    number.zeroize();
    // The library rounds the length up to whole machine words.
    let surplus = bytes.len() - length;
    Ok(bytes[surplus..].into())
}

/// RSAVP1 (RFC 8017, section 5.2.2): what the private key was applied to if it gave `number`, in as many bytes as the modulus
/// has. `number` has to be below the modulus.
pub(super) fn recover_raw(spki: &[u8], number: &[u8]) -> Result<Vec<u8>, Error> {
    let out_of_range = || ErrorKind::Internal("a number to apply an RSA public key to is out of range");
    let key = RsaPublicKey::from_public_key_der(spki).map_err(|_| BROKEN_KEY)?;
    let number = BoxedUint::from_be_slice(number, key.n().bits_precision()).map_err(|_| out_of_range())?;
    let bytes = rsa_encrypt(&key, &number).map_err(|_| out_of_range())?.to_be_bytes();
    // The library rounds the length up to whole machine words.
    Ok(bytes[bytes.len() - key.size()..].to_vec())
}

/// RSAES-PKCS1-v1_5 (RFC 8017, section 7.2.1). `message` has to be 11 bytes shorter than the modulus, or more.
pub(super) fn encrypt<R: CryptoRng>(spki: &[u8], message: &[u8], rng: &mut R) -> Result<Vec<u8>, Error> {
    RsaPublicKey::from_public_key_der(spki)
        .ok()
        .and_then(|key| Pkcs1v15Encrypt.encrypt(rng, &key, message).ok())
        .ok_or_else(|| ErrorKind::Internal("a message is too long to encrypt with this RSA key").into())
}

/// Whether `spki` is a public key that we work with.
pub(super) fn is_public(spki: &[u8]) -> bool {
    RsaPublicKey::from_public_key_der(spki).is_ok_and(|key| PUBLIC_BITS.contains(&key.n().bits()))
}

/// The modulus n, big-endian, without leading zeros: its length is what RFC 8017 calls k.
pub(super) fn modulus(spki: &[u8]) -> Option<Vec<u8>> {
    let key = RsaPublicKey::from_public_key_der(spki).ok()?;
    let bytes = key.n().to_be_bytes();
    Some(bytes[bytes.len() - key.size()..].to_vec())
}

/// Bits of the modulus, where `spki` is an RSA key that is too short or too long to work with.
pub(crate) fn unfit_bits(spki: &[u8]) -> Option<u32> {
    let info =
        SubjectPublicKeyInfoRef::try_from(spki).ok().filter(|info| info.algorithm.oid == pkcs1::ALGORITHM_OID)?;
    let key = pkcs1::RsaPublicKey::<UintRef<'_>>::from_der(info.subject_public_key.as_bytes()?).ok()?;
    let modulus = key.modulus;
    let bits = 8 * u32::try_from(modulus.as_bytes().len()).ok()? - modulus.as_bytes().first()?.leading_zeros();
    (!PUBLIC_BITS.contains(&bits)).then_some(bits)
}

/// `RSAPublicKey` (RFC 8017, appendix A.1.1) as `SubjectPublicKeyInfo`, if we work with keys of its length.
pub(super) fn spki_of_key_bits(key: &[u8]) -> Option<Vec<u8>> {
    let key = RsaPublicKey::from_pkcs1_der(key).ok().filter(|key| PUBLIC_BITS.contains(&key.n().bits()))?;
    Some(key.to_public_key_der().ok()?.into_vec())
}

fn private(pkcs8: &[u8]) -> Result<RsaPrivateKey, Error> {
    RsaPrivateKey::from_pkcs8_der(pkcs8).map_err(|_| BROKEN_KEY.into())
}
