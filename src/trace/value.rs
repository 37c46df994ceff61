//! Every value that has a name: secrets, keys, randoms, hashes.

use core::fmt;

use serde::Serialize;

use crate::crypto::part::Part;

/// The name of a value, as the RFCs spell it where they name it. Always says whose key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ValueName {
    // Private keys.
    /// The private key of the server's certificate.
    ServerPrivateKey,
    /// The authority's root key.
    RootPrivateKey,
    /// The authority's intermediate key, which signs servers' certificates.
    IntermediatePrivateKey,
    /// The private key of the client's own certificate, where it has one.
    ClientPrivateKey,
    /// The server's ephemeral private key.
    ServerEphemeralPrivateKey,
    /// The client's ephemeral private key.
    ClientEphemeralPrivateKey,

    // Keys that a server keeps for itself.
    /// What a server encrypts session tickets with (RFC 5077, section 4).
    SessionTicketKey,

    // Shared secrets.
    /// RFC 5246, section 8.1. With ECDHE it is the shared secret Z itself.
    PreMasterSecret,
    /// RFC 5246, section 7.4.7.1: `R`, which a server draws before it decrypts, and takes where the ciphertext is malformed. Told
    /// of without its bytes: beside the `pre_master_secret` that the server goes on with, they would say which of the two it is.
    RandomAlternative,
    /// RFC 5246, section 8.1.
    MasterSecret,

    // Traffic keys.
    /// The client-to-server data key.
    ClientWriteKey,
    /// The server-to-client data key.
    ServerWriteKey,
    /// The key of the client-to-server MAC, in CBC suites.
    ClientWriteMacKey,
    /// The key of the server-to-client MAC.
    ServerWriteMacKey,
    /// The fixed part of the client-to-server nonces (RFC 5288, section 3; RFC 7905, section 2).
    ClientWriteIv,
    /// The fixed part of the server-to-client nonces.
    ServerWriteIv,

    // Seeds.
    /// What the authority of a seeded run draws from.
    AuthoritySeed,
    /// What the client of a seeded run draws from.
    ClientSeed,
    /// What the server of a seeded run draws from.
    ServerSeed,

    // What the parties say to each other under protection.
    /// What the client asks, in the clear.
    Request,
    /// What the server answers, in the clear.
    Reply,

    // Public keys and certificates.
    /// The public key of the server's certificate.
    ServerPublicKey,
    /// The public key of the client's certificate.
    ClientPublicKey,
    /// The server's ephemeral public key.
    ServerEphemeralPublicKey,
    /// The client's ephemeral public key.
    ClientEphemeralPublicKey,
    /// The authority's self-signed certificate, the client's trust anchor.
    RootCertificate,
    /// The certificate of the authority's intermediate key.
    IntermediateCertificate,
    /// The server's certificate.
    ServerCertificate,
    /// The client's certificate.
    ClientCertificate,

    // Values anybody may see, or that are of no use to others.
    /// RFC 5246, section 7.4.1.2.
    ClientRandom,
    /// RFC 5246, section 7.4.1.3.
    ServerRandom,
    /// RFC 5246, section 7.4.7.1: the client's version and its random bytes, encrypted.
    EncryptedPreMasterSecret,
    /// The part of a certificate that its issuer signs (RFC 5280, section 4.1.2).
    TbsCertificate,
    /// The issuer's signature in a certificate.
    CertificateSignature,
    /// The part of a signing request that the requester signs (RFC 2986, section 4.1).
    CertificationRequestInfo,
    /// The requester's signature in a signing request.
    RequestSignature,
    /// The name of a session that the server keeps (RFC 5246, section 7.4.1.2).
    SessionId,
    /// A session that the server gave the client for keeping, encrypted (RFC 5077, section 3.3).
    SessionTicket,
    /// What the server signs: both randoms and its key exchange parameters.
    SignedParams,
    /// The server's signature.
    Signature,
    /// The client's signature over the handshake so far.
    ClientSignature,
    /// All handshake messages so far, headers included (RFC 5246, section 7.4.9).
    HandshakeMessages,
    /// RFC 7627, section 3: the hash of the handshake up to `ClientKeyExchange`.
    SessionHash,
    /// The hash of all handshake messages so far.
    HandshakeHash,
    /// The label of a PRF call.
    Label,
    /// The client's `verify_data` (RFC 5246, section 7.4.9).
    ClientVerifyData,
    /// The server's `verify_data`.
    ServerVerifyData,
    /// The nonce of one record.
    Nonce,
    /// The IV of one CBC record.
    Iv,
    /// The MAC of one CBC record.
    Mac,
    /// What a record's protection covers besides its content (RFC 5246, section 6.2.3.3).
    AdditionalData,
    /// The content of a record, in the clear.
    Plaintext,
    /// The content of a record, encrypted, with its tag.
    Ciphertext,
}

/// What a value is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// A long-lived private key.
    PrivateKey,
    /// A key that a server keeps to itself, for more than one connection: who has it can open what it protects.
    ServerSecret,
    /// A private key made for one connection.
    EphemeralPrivateKey,
    /// A secret that both sides come to share.
    SharedSecret,
    /// A key or nonce part that protects records.
    TrafficKey,
    /// A seed of a seeded run.
    Seed,
    /// What all the keys are for: a message between the parties, in the clear.
    Plaintext,
    /// A public key.
    PublicKey,
    /// A certificate.
    Certificate,
    /// A value that protects nothing by itself.
    Public,
}

/// A named value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Value {
    /// Its name.
    pub name: ValueName,
    /// What it is good for.
    pub kind: ValueKind,
    /// Its bytes. A long-lived private key has several parts, any of which gives it away; all else has one, or none where the
    /// bytes are not told.
    pub parts: Vec<Part>,
}

/// A value that a party declares to hold between two units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Holding {
    /// Its name.
    pub name: ValueName,
}

impl Value {
    /// A value of one part.
    pub fn new(name: ValueName, bytes: &[u8]) -> Self {
        Self { name, kind: name.kind(), parts: vec![Part { name: "", bytes: bytes.to_vec() }] }
    }

    /// A value of which nothing but its name is told.
    pub(crate) fn untold(name: ValueName) -> Self {
        Self { name, kind: name.kind(), parts: Vec::new() }
    }
}

impl ValueName {
    /// What the value is good for.
    pub const fn kind(self) -> ValueKind {
        match self {
            Self::ServerPrivateKey | Self::RootPrivateKey | Self::IntermediatePrivateKey | Self::ClientPrivateKey => {
                ValueKind::PrivateKey
            }
            Self::SessionTicketKey => ValueKind::ServerSecret,
            Self::ServerEphemeralPrivateKey | Self::ClientEphemeralPrivateKey => ValueKind::EphemeralPrivateKey,
            Self::PreMasterSecret | Self::RandomAlternative | Self::MasterSecret => ValueKind::SharedSecret,
            Self::ClientWriteKey
            | Self::ServerWriteKey
            | Self::ClientWriteMacKey
            | Self::ServerWriteMacKey
            | Self::ClientWriteIv
            | Self::ServerWriteIv => ValueKind::TrafficKey,
            Self::AuthoritySeed | Self::ClientSeed | Self::ServerSeed => ValueKind::Seed,
            Self::Request | Self::Reply => ValueKind::Plaintext,
            Self::ServerPublicKey
            | Self::ClientPublicKey
            | Self::ServerEphemeralPublicKey
            | Self::ClientEphemeralPublicKey => ValueKind::PublicKey,
            Self::RootCertificate
            | Self::IntermediateCertificate
            | Self::ServerCertificate
            | Self::ClientCertificate => ValueKind::Certificate,
            Self::ClientRandom
            | Self::ServerRandom
            | Self::EncryptedPreMasterSecret
            | Self::TbsCertificate
            | Self::CertificateSignature
            | Self::CertificationRequestInfo
            | Self::RequestSignature
            | Self::SessionId
            | Self::SessionTicket
            | Self::SignedParams
            | Self::Signature
            | Self::ClientSignature
            | Self::HandshakeMessages
            | Self::SessionHash
            | Self::HandshakeHash
            | Self::Label
            | Self::ClientVerifyData
            | Self::ServerVerifyData
            | Self::Nonce
            | Self::Iv
            | Self::Mac
            | Self::AdditionalData
            | Self::Plaintext
            | Self::Ciphertext => ValueKind::Public,
        }
    }
}

impl fmt::Display for ValueName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}
