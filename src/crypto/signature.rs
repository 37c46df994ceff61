//! Long-lived key pairs, of servers and of authorities, and their signatures.

use core::fmt;

use der::asn1::{Any, AnyRef, Null};
use der::{Decode, Document, Encode};
use p256::ecdsa::signature::{Keypair, Signer, Verifier};
use p256::ecdsa::{DerSignature, SigningKey, VerifyingKey};
use p256::elliptic_curve::Generate;
use p256::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, PrivateKeyInfoRef};
use rand_core::CryptoRng;
use serde::Serialize;
use webpki::EndEntityCert;
use x509_cert::spki::{self, AlgorithmIdentifierOwned, DynSignatureAlgorithmIdentifier, SubjectPublicKeyInfoRef};
use zeroize::Zeroize;

use super::{algorithm_name, rsa};
use crate::crypto::part::Part;
use crate::error::{CertificateError, Error, ErrorKind};
use crate::glass::Secret;
use crate::wire::codepoint::SignatureScheme;
use crate::wire::oid::{ECDSA_WITH_SHA_256, ID_EC_PUBLIC_KEY, RSA_ENCRYPTION, SHA_256_WITH_RSA_ENCRYPTION};

/// What kind of key a certificate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum KeyAlgorithm {
    /// RSA (RFC 8017): signs, and decrypts what was encrypted to it.
    Rsa,
    /// ECDSA on the curve P-256 (RFC 5480, RFC 6979): signs.
    #[serde(rename = "ecdsa_p256")]
    EcdsaP256,
}

impl fmt::Display for KeyAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rsa => "RSA",
            Self::EcdsaP256 => "ECDSA P-256",
        })
    }
}

/// A long-lived private key. It rests as PKCS#8 (RFC 5958), in one place, and is parsed anew for every operation.
pub struct PrivateKey {
    algorithm: KeyAlgorithm,
    pkcs8: Secret,
}

const BROKEN_KEY: ErrorKind = ErrorKind::Internal("an own P-256 private key does not work");

impl PrivateKey {
    /// A new key: RSA of 2048 bits, or P-256.
    pub fn generate<R: CryptoRng>(algorithm: KeyAlgorithm, rng: &mut R) -> Result<Self, Error> {
        let pkcs8 = match algorithm {
            KeyAlgorithm::Rsa => rsa::generate(rng)?,
            KeyAlgorithm::EcdsaP256 => {
                let key = p256::SecretKey::generate_from_rng(rng);
                Secret::copy_of(key.to_pkcs8_der().map_err(|_| BROKEN_KEY)?.as_bytes())
            }
        };
        Ok(Self { algorithm, pkcs8 })
    }

    /// Takes a key in PKCS#8 DER: RSA of 2048 to 4096 bits, or P-256. The caller sees to the original.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, Error> {
        let info = PrivateKeyInfoRef::try_from(der)
            .map_err(|_| ErrorKind::Internal("the private key is not an unencrypted PKCS#8 structure"))?;
        let algorithm = match info.algorithm.oid {
            RSA_ENCRYPTION => {
                rsa::check_private(der)?;
                KeyAlgorithm::Rsa
            }
            ID_EC_PUBLIC_KEY => {
                p256::SecretKey::try_from(info)
                    .map_err(|_| ErrorKind::Internal("the private key is malformed, or not on the curve P-256"))?;
                KeyAlgorithm::EcdsaP256
            }
            _ => return Err(ErrorKind::Internal("the private key is of another kind than RSA or ECDSA P-256").into()),
        };
        Ok(Self { algorithm, pkcs8: Secret::copy_of(der) })
    }

    /// Its kind.
    pub fn algorithm(&self) -> KeyAlgorithm {
        self.algorithm
    }

    /// The bytes it rests as, PKCS#8 DER, to be written to a file.
    pub fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }

    /// What gives the key away, as it stands in the PKCS#8, which comes last: `d`, `p`, `q`, `dP`, `dQ` and `qInv` of an
    /// RSA key (RFC 8017, section 3.2), the scalar `d` of a P-256 key. Numbers are big-endian, without a sign byte.
    pub fn parts(&self) -> Result<Vec<Part>, Error> {
        let mut parts = match self.algorithm {
            KeyAlgorithm::Rsa => rsa::parts(&self.pkcs8)?,
            KeyAlgorithm::EcdsaP256 => {
                let mut scalar = self.p256()?.to_bytes();
                let part = Part { name: "d", bytes: scalar.to_vec() };
                scalar.zeroize();
                vec![part]
            }
        };
        parts.push(Part { name: "pkcs8", bytes: self.pkcs8.to_vec() });
        Ok(parts)
    }

    /// The public half.
    pub fn public_key(&self) -> Result<PublicKey, Error> {
        let spki = match self.algorithm {
            KeyAlgorithm::Rsa => rsa::public_of(&self.pkcs8)?,
            KeyAlgorithm::EcdsaP256 => {
                self.p256()?.public_key().to_public_key_der().map_err(|_| BROKEN_KEY)?.into_vec()
            }
        };
        Ok(PublicKey { algorithm: self.algorithm, spki })
    }

    /// The schemes it can sign with, best first.
    pub fn schemes(&self) -> &'static [SignatureScheme] {
        self.algorithm.schemes()
    }

    /// Signs `message`, which is hashed as `scheme` says (RFC 8446, section 4.2.3).
    ///
    /// RSA operations are blinded with numbers from `rng`, and PSS takes its salt from there, as long as the hash. ECDSA
    /// signatures follow from key and message alone (RFC 6979) and come as DER (RFC 3279, section 2.2.3).
    pub fn sign<R: CryptoRng>(&self, scheme: SignatureScheme, message: &[u8], rng: &mut R) -> Result<Vec<u8>, Error> {
        match (self.algorithm, scheme) {
            (KeyAlgorithm::Rsa, _) => rsa::sign(&self.pkcs8, scheme, message, rng),
            (KeyAlgorithm::EcdsaP256, SignatureScheme::ECDSA_SECP256R1_SHA256) => {
                let signature: DerSignature =
                    SigningKey::from(self.p256()?).try_sign(message).map_err(|_| BROKEN_KEY)?;
                Ok(signature.as_bytes().to_vec())
            }
            _ => Err(ErrorKind::Internal("a P-256 key was asked for a signature that it cannot make").into()),
        }
    }

    /// RSADP (RFC 8017, section 5.1.2), without a look at the padding: as many bytes as the modulus has. `ciphertext` has
    /// to be as long as the modulus and below it. Blinded with numbers from `rng`.
    pub fn rsa_decrypt_raw<R: CryptoRng>(&self, ciphertext: &[u8], rng: &mut R) -> Result<Box<[u8]>, Error> {
        match self.algorithm {
            KeyAlgorithm::Rsa => rsa::decrypt_raw(&self.pkcs8, ciphertext, rng),
            KeyAlgorithm::EcdsaP256 => Err(NOT_RSA.into()),
        }
    }

    fn p256(&self) -> Result<p256::SecretKey, Error> {
        p256::SecretKey::from_pkcs8_der(&self.pkcs8).map_err(|_| BROKEN_KEY.into())
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({})", self.algorithm)
    }
}

const NOT_RSA: ErrorKind = ErrorKind::Internal("an RSA operation was asked of a key that is not RSA");

/// A public key, as it stands in a certificate.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    algorithm: KeyAlgorithm,
    spki: Vec<u8>,
}

impl PublicKey {
    /// Takes a `SubjectPublicKeyInfo` (RFC 5280, section 4.1): RSA of 2048 to 8192 bits, or P-256.
    pub fn from_spki(der: &[u8]) -> Result<Self, Error> {
        let bad = |why: &str| CertificateError::Bad(why.into());
        let info = SubjectPublicKeyInfoRef::try_from(der).map_err(|_| bad("its public key is malformed"))?;
        let algorithm = match info.algorithm.oid {
            RSA_ENCRYPTION if rsa::is_public(der) => KeyAlgorithm::Rsa,
            RSA_ENCRYPTION => return Err(bad("its RSA key is malformed, or has not 2048 to 8192 bits").into()),
            ID_EC_PUBLIC_KEY if p256::PublicKey::from_public_key_der(der).is_ok() => KeyAlgorithm::EcdsaP256,
            _ => return Err(bad(&unsupported(&info)).into()),
        };
        Ok(Self { algorithm, spki: der.to_vec() })
    }

    /// The public key of a certificate. Nothing else about the certificate is looked at.
    pub fn from_certificate(der: &[u8]) -> Result<Self, Error> {
        let certificate = der.into();
        let certificate =
            EndEntityCert::try_from(&certificate).map_err(|_| CertificateError::Bad("it is malformed".into()))?;
        Self::from_spki(&certificate.subject_public_key_info())
    }

    /// The key from the bits of a `SubjectPublicKeyInfo`: an `RSAPublicKey`, or an uncompressed or compressed `ECPoint`.
    pub(crate) fn from_key_bits(algorithm: KeyAlgorithm, bits: &[u8]) -> Option<Self> {
        let spki = match algorithm {
            KeyAlgorithm::Rsa => rsa::spki_of_key_bits(bits)?,
            KeyAlgorithm::EcdsaP256 => {
                p256::PublicKey::from_sec1_bytes(bits).ok()?.to_public_key_der().ok()?.into_vec()
            }
        };
        Some(Self { algorithm, spki })
    }

    /// Its kind.
    pub fn algorithm(&self) -> KeyAlgorithm {
        self.algorithm
    }

    /// Its `SubjectPublicKeyInfo` in DER.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// Checks a signature of `message`; `ErrorKind::BadSignature` if it is wrong, or of a scheme that does not go with
    /// the key.
    pub fn verify(&self, scheme: SignatureScheme, message: &[u8], signature: &[u8]) -> Result<(), Error> {
        let right = match (self.algorithm, scheme) {
            (KeyAlgorithm::Rsa, _) => rsa::verifies(&self.spki, scheme, message, signature),
            (KeyAlgorithm::EcdsaP256, SignatureScheme::ECDSA_SECP256R1_SHA256) => {
                self.p256_verifies(message, signature)
            }
            _ => false,
        };
        if right { Ok(()) } else { Err(ErrorKind::BadSignature.into()) }
    }

    /// RSAES-PKCS1-v1_5 (RFC 8017, section 7.2.1); the padding comes from `rng`.
    pub fn rsa_encrypt<R: CryptoRng>(&self, message: &[u8], rng: &mut R) -> Result<Vec<u8>, Error> {
        match self.algorithm {
            KeyAlgorithm::Rsa => rsa::encrypt(&self.spki, message, rng),
            KeyAlgorithm::EcdsaP256 => Err(NOT_RSA.into()),
        }
    }

    /// RSAVP1 (RFC 8017, section 5.2.2), without a look at the padding: as many bytes as the modulus has. `number` has to be
    /// below the modulus.
    pub fn rsa_recover_raw(&self, number: &[u8]) -> Result<Vec<u8>, Error> {
        match self.algorithm {
            KeyAlgorithm::Rsa => rsa::recover_raw(&self.spki, number),
            KeyAlgorithm::EcdsaP256 => Err(NOT_RSA.into()),
        }
    }

    /// Bytes of an RSA key's modulus, which every ciphertext and signature has too; `None` for other keys.
    pub fn rsa_modulus_length(&self) -> Option<usize> {
        self.rsa_modulus().ok().map(|modulus| modulus.len())
    }

    pub(crate) fn rsa_modulus(&self) -> Result<Vec<u8>, Error> {
        let modulus = match self.algorithm {
            KeyAlgorithm::Rsa => rsa::modulus(&self.spki),
            KeyAlgorithm::EcdsaP256 => None,
        };
        modulus.ok_or_else(|| NOT_RSA.into())
    }

    fn p256_verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match (VerifyingKey::from_public_key_der(&self.spki), DerSignature::try_from(signature)) {
            (Ok(key), Ok(signature)) => key.verify(message, &signature).is_ok(),
            _ => false,
        }
    }
}

/// Why a key is none that we work with: it is of another kind, or on another curve, or not on its curve.
fn unsupported(info: &SubjectPublicKeyInfoRef<'_>) -> String {
    let algorithm = info.algorithm.to_der().unwrap_or_default();
    let algorithm = AnyRef::from_der(&algorithm).map(|sequence| algorithm_name::of_key(sequence.value()));
    match algorithm.as_deref() {
        Ok("ECDSA P-256") | Err(_) => "its public key is malformed".into(),
        Ok(name) => format!("its public key is {name}, which is not supported: RSA and ECDSA P-256 are"),
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.algorithm)
    }
}

impl KeyAlgorithm {
    /// The schemes that keys of this kind sign with, best first.
    pub fn schemes(self) -> &'static [SignatureScheme] {
        match self {
            Self::Rsa => rsa::SCHEMES,
            Self::EcdsaP256 => &[SignatureScheme::ECDSA_SECP256R1_SHA256],
        }
    }

    /// The scheme that such a key signs certificates and requests with.
    pub(crate) fn certificate_scheme(self) -> SignatureScheme {
        match self {
            Self::Rsa => SignatureScheme::RSA_PKCS1_SHA256,
            Self::EcdsaP256 => SignatureScheme::ECDSA_SECP256R1_SHA256,
        }
    }
}

/// What the certificate builder asks of a signer: a public key, and the algorithm that its private half signs
/// certificates with. The signature itself is made by [`PrivateKey::sign`].
pub(crate) struct CertificateSigner(pub(crate) PublicKey);

impl Keypair for CertificateSigner {
    type VerifyingKey = PublicKey;

    fn verifying_key(&self) -> PublicKey {
        self.0.clone()
    }
}

impl DynSignatureAlgorithmIdentifier for CertificateSigner {
    fn signature_algorithm_identifier(&self) -> spki::Result<AlgorithmIdentifierOwned> {
        Ok(match self.0.algorithm {
            // RFC 4055, section 5: the parameters of RSA signatures are NULL; RFC 5758, section 3.2: ECDSA has none.
            KeyAlgorithm::Rsa => {
                AlgorithmIdentifierOwned { oid: SHA_256_WITH_RSA_ENCRYPTION, parameters: Some(Any::from(Null)) }
            }
            KeyAlgorithm::EcdsaP256 => AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA_256, parameters: None },
        })
    }
}

impl EncodePublicKey for PublicKey {
    fn to_public_key_der(&self) -> spki::Result<Document> {
        Ok(Document::try_from(&self.spki[..])?)
    }
}
