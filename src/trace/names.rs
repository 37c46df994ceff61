//! What the values of one party are called.

use super::ValueName;

/// The names of the values that belong to one endpoint. They are handed in with its settings: a value is named by whose it
/// is, never by the role in which somebody happens to hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Names {
    /// What its draws come from in a seeded run.
    pub seed: ValueName,
    /// The private key of its certificate.
    pub private_key: ValueName,
    /// The public key of its certificate.
    pub public_key: ValueName,
    /// Its certificate, and that of the authority's key that signed it, in the order in which they are sent.
    pub chain: [ValueName; 2],
    /// Its ephemeral private key.
    pub ephemeral_private_key: ValueName,
    /// Its ephemeral public key.
    pub ephemeral_public_key: ValueName,
}

impl Names {
    /// Those of the client.
    pub const CLIENT: Self = Self {
        seed: ValueName::ClientSeed,
        private_key: ValueName::ClientPrivateKey,
        public_key: ValueName::ClientPublicKey,
        chain: [ValueName::ClientCertificate, ValueName::IntermediateCertificate],
        ephemeral_private_key: ValueName::ClientEphemeralPrivateKey,
        ephemeral_public_key: ValueName::ClientEphemeralPublicKey,
    };
    /// Those of the server that the client means to reach.
    pub const SERVER: Self = Self {
        seed: ValueName::ServerSeed,
        private_key: ValueName::ServerPrivateKey,
        public_key: ValueName::ServerPublicKey,
        chain: [ValueName::ServerCertificate, ValueName::IntermediateCertificate],
        ephemeral_private_key: ValueName::ServerEphemeralPrivateKey,
        ephemeral_public_key: ValueName::ServerEphemeralPublicKey,
    };
}
