//! The cipher suites of TLS 1.2.

use super::{Cipher, Common};
use crate::crypto::aead::AeadAlgorithm;
use crate::crypto::cbc_hmac::MacAlgorithm;
use crate::crypto::group;
use crate::crypto::hash::HashAlgorithm;
use crate::crypto::signature::KeyAlgorithm;
use crate::pki::verify::KeyUse;
use crate::wire::codepoint::{CipherSuite, NamedGroup};

/// A cipher suite of TLS 1.2 (RFC 5246, appendix C), taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suite {
    /// What all suites have.
    pub common: Common,
    /// How both sides come to share a secret.
    pub key_exchange: KeyExchange,
    /// The kind of key in the server's certificate; `None` where the server shows none.
    pub certificate_key: Option<KeyAlgorithm>,
    /// What protects records.
    pub cipher: Cipher,
}

/// How both sides come to share a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyExchange {
    /// The client encrypts a secret to the key of the server's certificate (RFC 5246, section 7.4.7.1).
    Rsa,
    /// Both sides make ephemeral keys on an elliptic curve; the server signs its own (RFC 8422, section 2).
    Ecdhe,
    /// Both sides make ephemeral keys in a finite field; the server signs its own (RFC 5246, section 7.4.3; RFC 7919).
    Dhe,
    /// The same, and nobody signs anything: each side agrees on a secret with whoever is there.
    DhAnon,
}

impl KeyExchange {
    /// What the key of the server's certificate is used for.
    pub const fn key_use(self) -> KeyUse {
        match self {
            Self::Rsa => KeyUse::KeyEncipherment,
            Self::Ecdhe | Self::Dhe | Self::DhAnon => KeyUse::DigitalSignature,
        }
    }

    /// The groups that its ephemeral keys can be of, best first.
    pub const fn groups(self) -> &'static [NamedGroup] {
        match self {
            Self::Rsa => &[],
            Self::Ecdhe => &group::CURVES,
            Self::Dhe | Self::DhAnon => &group::FFDHE,
        }
    }

    /// Whether the server signs its ephemeral public key.
    pub const fn is_signed(self) -> bool {
        matches!(self, Self::Ecdhe | Self::Dhe)
    }

    /// The number of the RFC that deprecates it in TLS 1.2, if one does.
    pub const fn deprecated_by(self) -> Option<u16> {
        match self {
            Self::Rsa | Self::Dhe | Self::DhAnon => Some(10015),
            Self::Ecdhe => None,
        }
    }
}

impl Suite {
    /// The suite of this code point, if it is one of ours.
    pub fn of(id: CipherSuite) -> Option<&'static Self> {
        SUITES.iter().find(|suite| suite.common.id == id)
    }

    /// The suites that are used unless others are asked for: those in which the server shows who it is.
    pub fn usual() -> impl Iterator<Item = &'static Self> {
        SUITES.iter().filter(|suite| suite.certificate_key.is_some())
    }
}

/// All suites we have, best first.
pub const SUITES: [Suite; 14] = {
    use CipherSuite as Id;
    [
        ecdhe(Id::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, KeyAlgorithm::EcdsaP256, AES_128),
        ecdhe(Id::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, KeyAlgorithm::Rsa, AES_128),
        ecdhe(Id::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, KeyAlgorithm::EcdsaP256, AES_256),
        ecdhe(Id::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, KeyAlgorithm::Rsa, AES_256),
        ecdhe(Id::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, KeyAlgorithm::EcdsaP256, CHACHA20),
        ecdhe(Id::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, KeyAlgorithm::Rsa, CHACHA20),
        dhe(Id::TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, AES_128),
        dhe(Id::TLS_DHE_RSA_WITH_AES_256_GCM_SHA384, AES_256),
        dhe(Id::TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256, CHACHA20),
        ecdhe(Id::TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, KeyAlgorithm::Rsa, CBC_SHA256),
        rsa(Id::TLS_RSA_WITH_AES_128_GCM_SHA256, AES_128),
        rsa(Id::TLS_RSA_WITH_AES_256_GCM_SHA384, AES_256),
        rsa(Id::TLS_RSA_WITH_AES_128_CBC_SHA, CBC_SHA),
        suite(Id::TLS_DH_ANON_WITH_AES_128_GCM_SHA256, KeyExchange::DhAnon, None, AES_128),
    ]
};

type Parts = (Cipher, HashAlgorithm);

const AES_128: Parts = (Cipher::Aead(AeadAlgorithm::Aes128Gcm), HashAlgorithm::Sha256);
const AES_256: Parts = (Cipher::Aead(AeadAlgorithm::Aes256Gcm), HashAlgorithm::Sha384);
const CHACHA20: Parts = (Cipher::Aead(AeadAlgorithm::ChaCha20Poly1305), HashAlgorithm::Sha256);
const CBC_SHA: Parts = (Cipher::Cbc(MacAlgorithm::HmacSha1), HashAlgorithm::Sha256);
const CBC_SHA256: Parts = (Cipher::Cbc(MacAlgorithm::HmacSha256), HashAlgorithm::Sha256);

const fn ecdhe(id: CipherSuite, key: KeyAlgorithm, parts: Parts) -> Suite {
    suite(id, KeyExchange::Ecdhe, Some(key), parts)
}

const fn dhe(id: CipherSuite, parts: Parts) -> Suite {
    suite(id, KeyExchange::Dhe, Some(KeyAlgorithm::Rsa), parts)
}

const fn rsa(id: CipherSuite, parts: Parts) -> Suite {
    suite(id, KeyExchange::Rsa, Some(KeyAlgorithm::Rsa), parts)
}

const fn suite(
    id: CipherSuite,
    key_exchange: KeyExchange,
    certificate_key: Option<KeyAlgorithm>,
    (cipher, hash): Parts,
) -> Suite {
    Suite { common: Common { id, hash }, key_exchange, certificate_key, cipher }
}
