//! What a cipher suite stands for.

use crate::crypto::aead::AeadAlgorithm;
use crate::crypto::hash::HashAlgorithm;
use crate::crypto::signature::KeyAlgorithm;
use crate::pki::verify::KeyUse;
use crate::wire::codepoint::CipherSuite;

/// A cipher suite, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suite {
    /// Its code point.
    pub id: CipherSuite,
    /// How both sides come to share a secret.
    pub key_exchange: KeyExchange,
    /// The kind of key in the server's certificate.
    pub certificate_key: KeyAlgorithm,
    /// What protects records.
    pub aead: AeadAlgorithm,
    /// The hash of the PRF.
    pub hash: HashAlgorithm,
}

/// How both sides come to share a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyExchange {
    /// The client encrypts a secret to the key of the server's certificate (RFC 5246, section 7.4.7.1). Deprecated by
    /// RFC 10015.
    Rsa,
    /// Both sides make one-time keys on an elliptic curve; the server signs its own (RFC 8422, section 2).
    Ecdhe,
}

impl KeyExchange {
    /// What the key of the server's certificate is used for.
    pub const fn key_use(self) -> KeyUse {
        match self {
            Self::Rsa => KeyUse::KeyEncipherment,
            Self::Ecdhe => KeyUse::DigitalSignature,
        }
    }
}

impl Suite {
    /// The suite of this code point, if it is one of ours.
    pub fn of(id: CipherSuite) -> Option<&'static Self> {
        SUITES.iter().find(|suite| suite.id == id)
    }
}

/// All suites we have, best first.
pub const SUITES: [Suite; 6] = [
    suite(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, KeyExchange::Ecdhe, KeyAlgorithm::EcdsaP256, AES_128),
    suite(CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, KeyExchange::Ecdhe, KeyAlgorithm::Rsa, AES_128),
    suite(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, KeyExchange::Ecdhe, KeyAlgorithm::EcdsaP256, AES_256),
    suite(CipherSuite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, KeyExchange::Ecdhe, KeyAlgorithm::Rsa, AES_256),
    suite(CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256, KeyExchange::Rsa, KeyAlgorithm::Rsa, AES_128),
    suite(CipherSuite::TLS_RSA_WITH_AES_256_GCM_SHA384, KeyExchange::Rsa, KeyAlgorithm::Rsa, AES_256),
];

const AES_128: (AeadAlgorithm, HashAlgorithm) = (AeadAlgorithm::Aes128Gcm, HashAlgorithm::Sha256);
const AES_256: (AeadAlgorithm, HashAlgorithm) = (AeadAlgorithm::Aes256Gcm, HashAlgorithm::Sha384);

const fn suite(
    id: CipherSuite,
    key_exchange: KeyExchange,
    certificate_key: KeyAlgorithm,
    (aead, hash): (AeadAlgorithm, HashAlgorithm),
) -> Suite {
    Suite { id, key_exchange, certificate_key, aead, hash }
}
