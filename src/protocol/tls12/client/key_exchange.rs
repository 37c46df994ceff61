//! The client's half of the key exchange.

use super::ClientState;
use crate::crypto::group::KeyPair;
use crate::crypto::signature::PublicKey;
use crate::error::Error;
use crate::glass::Secret;
use crate::protocol::connection::state::Context;
use crate::protocol::handshake::ephemeral_key;
use crate::protocol::tls12::both::Finish;
use crate::protocol::tls12::both::derive::{ComputeSharedSecret, DeriveMasterSecret};
use crate::protocol::tls12::handshake::Handshake;
use crate::protocol::tls12::server_share::ServerShare;
use crate::trace::{Account, Value, ValueName};
use crate::wire::codepoint::{NamedGroup, ProtocolVersion};
use crate::wire::handshake::tls12::{ClientDhPublic, ClientEcdhPublic, EncryptedPreMasterSecret};
use crate::wire::handshake::{self};
use crate::wire::reference::Reference;

/// Bytes of the RSA key exchange's `pre_master_secret`.
const PRE_MASTER_SECRET_LENGTH: usize = 48;

/// RSA: the server's public key is trusted.
#[derive(Debug)]
pub(crate) struct GeneratePreMasterSecret {
    pub(crate) handshake: Handshake,
    pub(crate) server_key: PublicKey,
}

impl GeneratePreMasterSecret {
    /// `struct { ProtocolVersion client_version; opaque random[46]; } PreMasterSecret;` (RFC 5246, section 7.4.7.1)
    pub(crate) fn generate(self, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { handshake, server_key } = self;
        cx.trace.start();
        let entropy = &mut cx.environment.entropy;
        let pre_master_secret = Secret::filled(PRE_MASTER_SECRET_LENGTH, |bytes| {
            let (version, random) = bytes.split_at_mut(2);
            version.copy_from_slice(&ProtocolVersion::TLS_1_2.0.to_be_bytes());
            entropy.fill("pre_master_secret", random)
        })?;
        cx.trace.computation(
            "Random",
            Vec::new(),
            vec![Value::new(ValueName::PreMasterSecret, &pre_master_secret)],
            Reference::new(5246, "7.4.7.1"),
        );
        cx.trace.held(Account::Connection, ValueName::PreMasterSecret, &pre_master_secret);
        let share = Share::Encrypted { server_key, pre_master_secret };
        Ok(ClientState::SendClientKeyExchange(SendClientKeyExchange { handshake, share }))
    }
}

/// The server's ephemeral public key is here: trusted, or of an anonymous server.
#[derive(Debug)]
pub(crate) struct GenerateEphemeralKey {
    pub(crate) handshake: Handshake,
    pub(crate) share: ServerShare,
}

impl GenerateEphemeralKey {
    pub(crate) fn generate(self, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { handshake, share: ServerShare { group, public: server_public, .. } } = self;
        let key_pair = ephemeral_key::generate(handshake.names, handshake.role, group, cx)?;
        let share = Share::Ephemeral { group, key_pair, server_public };
        Ok(ClientState::SendClientKeyExchange(SendClientKeyExchange { handshake, share }))
    }
}

/// What the client contributes.
#[derive(Debug)]
enum Share {
    Encrypted { server_key: PublicKey, pre_master_secret: Secret },
    Ephemeral { group: NamedGroup, key_pair: KeyPair, server_public: Vec<u8> },
}

/// The client's contribution is made.
#[derive(Debug)]
pub(crate) struct SendClientKeyExchange {
    handshake: Handshake,
    share: Share,
}

impl SendClientKeyExchange {
    pub(crate) fn send(self, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { mut handshake, share } = self;
        let finish = match share {
            Share::Encrypted { server_key, pre_master_secret } => {
                let message = encrypt((handshake.peer.public_key, &server_key), &pre_master_secret, cx)?;
                let written = handshake::write(&message)?;
                cx.send_handshake::<EncryptedPreMasterSecret>(&written)?;
                handshake.transcript.add(&written.bytes);
                Finish::DeriveMasterSecret(DeriveMasterSecret { handshake, pre_master_secret })
            }
            Share::Ephemeral { group, key_pair, server_public } => {
                let written = if group.is_ffdhe() {
                    let written = handshake::write(&ClientDhPublic(key_pair.public))?;
                    cx.send_handshake::<ClientDhPublic>(&written)?;
                    written
                } else {
                    let written = handshake::write(&ClientEcdhPublic(key_pair.public))?;
                    cx.send_handshake::<ClientEcdhPublic>(&written)?;
                    written
                };
                handshake.transcript.add(&written.bytes);
                let (ephemeral_key, peer_public) = (key_pair.private, server_public);
                Finish::ComputeSharedSecret(ComputeSharedSecret { handshake, group, ephemeral_key, peer_public })
            }
        };
        Ok(ClientState::Finish(finish))
    }
}

fn encrypt(
    (name, server_key): (ValueName, &PublicKey),
    pre_master_secret: &Secret,
    cx: &mut Context<'_>,
) -> Result<EncryptedPreMasterSecret, Error> {
    let mut rng = cx.environment.entropy.rng("RSA padding")?;
    cx.trace.start();
    let ciphertext = server_key.rsa_encrypt(pre_master_secret, &mut rng)?;
    cx.trace.computation(
        "RSAES-PKCS1-v1_5-Encrypt",
        vec![Value::new(name, server_key.spki()), Value::new(ValueName::PreMasterSecret, pre_master_secret)],
        vec![Value::new(ValueName::EncryptedPreMasterSecret, &ciphertext)],
        Reference::new(5246, "7.4.7.1"),
    );
    Ok(EncryptedPreMasterSecret(ciphertext))
}
