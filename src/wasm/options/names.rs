//! The names that options have in JavaScript, and what each stands for in the core.

use serde::Deserialize;
use tsify::Tsify;

use crate::crypto::aead::AeadAlgorithm;
use crate::crypto::signature::KeyAlgorithm;
use crate::party;
use crate::protocol::suite;
use crate::protocol::suite::tls12;
use crate::trace::{Role, ValueName};
use crate::wire::codepoint::{NamedGroup, SignatureScheme};

/// A key exchange with the kind of certificate that goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyExchange {
    /// The client encrypts `pre_master_secret` to the RSA key of the server's certificate.
    Rsa,
    /// Ephemeral keys in a finite field, signed with an RSA key.
    DheRsa,
    /// Ephemeral keys on a curve, signed with an RSA key.
    EcdheRsa,
    /// Ephemeral keys on a curve, signed with an ECDSA key.
    EcdheEcdsa,
    /// Ephemeral keys in a finite field that nobody signs.
    DhAnon,
}

impl KeyExchange {
    /// All that are used unless others are asked for.
    pub(super) const USUAL: [Self; 4] = [Self::EcdheEcdsa, Self::EcdheRsa, Self::DheRsa, Self::Rsa];

    /// The same without the certificate.
    pub(in crate::wasm) const fn of_suite(self) -> tls12::KeyExchange {
        match self {
            Self::Rsa => tls12::KeyExchange::Rsa,
            Self::DheRsa => tls12::KeyExchange::Dhe,
            Self::EcdheRsa | Self::EcdheEcdsa => tls12::KeyExchange::Ecdhe,
            Self::DhAnon => tls12::KeyExchange::DhAnon,
        }
    }

    pub(super) fn is_of(self, suite: &tls12::Suite) -> bool {
        let key = match self {
            Self::Rsa | Self::DheRsa | Self::EcdheRsa => Some(KeyAlgorithm::Rsa),
            Self::EcdheEcdsa => Some(KeyAlgorithm::EcdsaP256),
            Self::DhAnon => None,
        };
        (suite.key_exchange, suite.certificate_key) == (self.of_suite(), key)
    }
}

/// The cipher that protects records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cipher {
    /// `AES_128_GCM`, with SHA-256.
    #[serde(rename = "aes_128_gcm")]
    Aes128Gcm,
    /// `AES_256_GCM`, with SHA-384.
    #[serde(rename = "aes_256_gcm")]
    Aes256Gcm,
    /// `CHACHA20_POLY1305`, with SHA-256.
    #[serde(rename = "chacha20_poly1305")]
    ChaCha20Poly1305,
    /// `AES_128_CBC` with a MAC: HMAC-SHA1 where the key exchange is RSA, else HMAC-SHA256.
    #[serde(rename = "aes_128_cbc")]
    Aes128Cbc,
}

impl Cipher {
    /// The number of the RFC whose recommended suites leave its mode out, if one's do. RFC 9325, section 4.2: all suites that
    /// it recommends are of authenticated encryption.
    pub(in crate::wasm) const fn not_recommended_by(self) -> Option<u16> {
        match self {
            Self::Aes128Cbc => Some(9325),
            Self::Aes128Gcm | Self::Aes256Gcm | Self::ChaCha20Poly1305 => None,
        }
    }

    pub(super) const ALL: [Self; 4] = [Self::Aes128Gcm, Self::Aes256Gcm, Self::ChaCha20Poly1305, Self::Aes128Cbc];

    pub(super) fn is_of(self, suite: &tls12::Suite) -> bool {
        let aead = match self {
            Self::Aes128Gcm => AeadAlgorithm::Aes128Gcm,
            Self::Aes256Gcm => AeadAlgorithm::Aes256Gcm,
            Self::ChaCha20Poly1305 => AeadAlgorithm::ChaCha20Poly1305,
            Self::Aes128Cbc => return matches!(suite.cipher, suite::Cipher::Cbc(_)),
        };
        suite.cipher == suite::Cipher::Aead(aead)
    }
}

/// The group of the ephemeral keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// RFC 7748.
    X25519,
    /// NIST P-256.
    Secp256r1,
    /// RFC 7919, appendix A.1.
    Ffdhe2048,
    /// RFC 7919, appendix A.2.
    Ffdhe3072,
}

impl From<Group> for NamedGroup {
    fn from(group: Group) -> Self {
        match group {
            Group::X25519 => Self::X25519,
            Group::Secp256r1 => Self::SECP256R1,
            Group::Ffdhe2048 => Self::FFDHE2048,
            Group::Ffdhe3072 => Self::FFDHE3072,
        }
    }
}

/// How the server signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// RSA with PSS padding and SHA-256.
    RsaPssRsaeSha256,
    /// RSA with PSS padding and SHA-384.
    RsaPssRsaeSha384,
    /// RSA with PKCS#1 v1.5 padding and SHA-256.
    RsaPkcs1Sha256,
    /// RSA with PKCS#1 v1.5 padding and SHA-384.
    RsaPkcs1Sha384,
    /// ECDSA with P-256 and SHA-256.
    EcdsaSecp256r1Sha256,
}

impl From<Scheme> for SignatureScheme {
    fn from(scheme: Scheme) -> Self {
        match scheme {
            Scheme::RsaPssRsaeSha256 => Self::RSA_PSS_RSAE_SHA256,
            Scheme::RsaPssRsaeSha384 => Self::RSA_PSS_RSAE_SHA384,
            Scheme::RsaPkcs1Sha256 => Self::RSA_PKCS1_SHA256,
            Scheme::RsaPkcs1Sha384 => Self::RSA_PKCS1_SHA384,
            Scheme::EcdsaSecp256r1Sha256 => Self::ECDSA_SECP256R1_SHA256,
        }
    }
}

/// The kind of the server's long-lived key pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyPairAlgorithm {
    /// RSA with a modulus of 2048 bits.
    Rsa,
    /// ECDSA with P-256.
    EcdsaP256,
}

impl From<KeyPairAlgorithm> for KeyAlgorithm {
    fn from(algorithm: KeyPairAlgorithm) -> Self {
        match algorithm {
            KeyPairAlgorithm::Rsa => Self::Rsa,
            KeyPairAlgorithm::EcdsaP256 => Self::EcdsaP256,
        }
    }
}

/// How connections are resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resumption {
    /// No session outlives its connection.
    None,
    /// The server keeps the session, and names it.
    SessionId,
    /// The server encrypts the session, and the client keeps that.
    SessionTicket,
}

impl From<Resumption> for party::Resumption {
    fn from(resumption: Resumption) -> Self {
        match resumption {
            Resumption::None => Self::None,
            Resumption::SessionId => Self::SessionId,
            Resumption::SessionTicket => Self::SessionTicket,
        }
    }
}

/// Whether the server asks its clients for certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientCertificates {
    /// It does not.
    None,
    /// It does, and goes on without.
    Requested,
    /// It does, and refuses clients that have none.
    Required,
}

impl From<ClientCertificates> for party::ClientCertificates {
    fn from(asked: ClientCertificates) -> Self {
        match asked {
            ClientCertificates::None => Self::None,
            ClientCertificates::Requested => Self::Requested,
            ClientCertificates::Required => Self::Required,
        }
    }
}

/// A key to try on a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TriedKey {
    /// The private key of the server's certificate.
    ServerPrivateKey,
    /// The public key of the server's certificate.
    ServerPublicKey,
    /// The client-to-server data key.
    ClientWriteKey,
    /// The server-to-client data key.
    ServerWriteKey,
}

impl From<TriedKey> for ValueName {
    fn from(key: TriedKey) -> Self {
        match key {
            TriedKey::ServerPrivateKey => Self::ServerPrivateKey,
            TriedKey::ServerPublicKey => Self::ServerPublicKey,
            TriedKey::ClientWriteKey => Self::ClientWriteKey,
            TriedKey::ServerWriteKey => Self::ServerWriteKey,
        }
    }
}

/// A key that can leak to an eavesdropper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeakedKey {
    /// The private key of the server's certificate, in PKCS#8.
    ServerPrivateKey,
    /// The client's ephemeral private key.
    ClientEphemeralPrivateKey,
    /// The server's ephemeral private key.
    ServerEphemeralPrivateKey,
    /// The secret that both sides come to share.
    PreMasterSecret,
    /// What all keys of the connection follow from.
    MasterSecret,
    /// The client-to-server data key.
    ClientWriteKey,
    /// The server-to-client data key.
    ServerWriteKey,
    /// The fixed part of the client-to-server nonces.
    ClientWriteIv,
    /// The fixed part of the server-to-client nonces.
    ServerWriteIv,
    /// The key of the client-to-server MAC.
    ClientWriteMacKey,
    /// The key of the server-to-client MAC.
    ServerWriteMacKey,
    /// The key that the server encrypts session tickets with.
    SessionTicketKey,
}

impl From<LeakedKey> for ValueName {
    fn from(key: LeakedKey) -> Self {
        match key {
            LeakedKey::ServerPrivateKey => Self::ServerPrivateKey,
            LeakedKey::ClientEphemeralPrivateKey => Self::ClientEphemeralPrivateKey,
            LeakedKey::ServerEphemeralPrivateKey => Self::ServerEphemeralPrivateKey,
            LeakedKey::PreMasterSecret => Self::PreMasterSecret,
            LeakedKey::MasterSecret => Self::MasterSecret,
            LeakedKey::ClientWriteKey => Self::ClientWriteKey,
            LeakedKey::ServerWriteKey => Self::ServerWriteKey,
            LeakedKey::ClientWriteIv => Self::ClientWriteIv,
            LeakedKey::ServerWriteIv => Self::ServerWriteIv,
            LeakedKey::ClientWriteMacKey => Self::ClientWriteMacKey,
            LeakedKey::ServerWriteMacKey => Self::ServerWriteMacKey,
            LeakedKey::SessionTicketKey => Self::SessionTicketKey,
        }
    }
}

/// Who sends a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// The TLS client.
    Client,
    /// The TLS server.
    Server,
}

impl From<Endpoint> for Role {
    fn from(endpoint: Endpoint) -> Self {
        match endpoint {
            Endpoint::Client => Self::Client,
            Endpoint::Server => Self::Server,
        }
    }
}
