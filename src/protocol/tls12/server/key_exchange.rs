//! The client's half of the key exchange, as the server takes it.

use super::ServerState;
use super::flight_plan::Flight;
use crate::crypto::group;
use crate::crypto::key_transport::decrypt_pre_master_secret;
use crate::error::Error;
use crate::glass::Secret;
use crate::protocol::connection::state::Context;
use crate::protocol::record::inbound::Inbound;
use crate::protocol::tls12::both::Finish;
use crate::protocol::tls12::both::derive::{ComputeSharedSecret, DeriveMasterSecret};
use crate::trace::{Account, Value, ValueName};
use crate::wire::FieldName;
use crate::wire::codepoint::{HandshakeType, NamedGroup};
use crate::wire::handshake::tls12;
use crate::wire::handshake::tls12::{ClientDhPublic, ClientEcdhPublic, EncryptedPreMasterSecret};
use crate::wire::reference::Reference;

/// The server's flight is out.
#[derive(Debug)]
pub(crate) struct ExpectClientKeyExchange {
    pub(crate) flight: Flight,
    pub(crate) ephemeral_key: Option<(NamedGroup, Secret)>,
}

impl ExpectClientKeyExchange {
    pub(super) const EXPECTED: &[HandshakeType] = &[HandshakeType::CLIENT_KEY_EXCHANGE];

    pub(crate) fn handle(self, message: &Inbound, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { mut flight, ephemeral_key } = self;
        if !Self::EXPECTED.contains(&message.kind) {
            return Err(message.unexpected(Self::EXPECTED, tls12::reference, cx.trace));
        }
        Ok(if let Some((group, ephemeral_key)) = ephemeral_key {
            let (peer_public, layout, field) = if group.is_ffdhe() {
                let (ClientDhPublic(public), layout) = message.read(cx.trace)?;
                (public, layout, FieldName::DhYcBytes)
            } else {
                let (ClientEcdhPublic(public), layout) = message.read(cx.trace)?;
                (public, layout, FieldName::Point)
            };
            group::check_public(group, &peer_public).map_err(|kind| layout.error(kind, field))?;
            cx.trace.held(Account::Handshake, flight.handshake.peer.ephemeral_public_key, &peer_public);
            flight.handshake.transcript.add(&message.bytes);
            let handshake = flight.handshake;
            ServerState::Finish(Finish::ComputeSharedSecret(ComputeSharedSecret {
                handshake,
                group,
                ephemeral_key,
                peer_public,
            }))
        } else {
            let (EncryptedPreMasterSecret(encrypted), _) = message.read(cx.trace)?;
            flight.handshake.transcript.add(&message.bytes);
            ServerState::DecryptPreMasterSecret(DecryptPreMasterSecret { flight, encrypted })
        })
    }
}

/// RSA: the encrypted secret is here.
#[derive(Debug)]
pub(crate) struct DecryptPreMasterSecret {
    flight: Flight,
    encrypted: Vec<u8>,
}

impl DecryptPreMasterSecret {
    /// What is wrong with the ciphertext, if anything, shows nowhere: neither in a check nor in an event. The trace has
    /// the value that the server goes on with, as the client's trace has its own; of the random alternative it has only that
    /// it was drawn, whatever the ciphertext. It is gone at the end of this unit, but for a server that goes on with it.
    pub(crate) fn decrypt(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { flight, encrypted } = self;
        let Flight { settings, handshake, client_version, .. } = flight;
        let mut random = [0; 48];
        cx.trace.start();
        cx.environment.entropy.fill("RSA countermeasure", &mut random)?;
        cx.trace.computation(
            "Random",
            Vec::new(),
            vec![Value::untold(ValueName::RandomAlternative)],
            Reference::new(5246, "7.4.7.1"),
        );
        let mut rng = cx.environment.entropy.rng("RSA blinding")?;
        let key = &settings.identity.key;
        cx.trace.start();
        let decrypted = decrypt_pre_master_secret(key, &encrypted, client_version, &mut random, &mut rng)?;
        let pre_master_secret = Secret::from(decrypted);
        cx.trace.computation(
            "RSAES-PKCS1-v1_5-Decrypt",
            vec![settings.identity.private_key_value()?, Value::new(ValueName::EncryptedPreMasterSecret, &encrypted)],
            vec![Value::new(ValueName::PreMasterSecret, &pre_master_secret)],
            Reference::new(5246, "7.4.7.1"),
        );
        cx.trace.held(Account::Connection, ValueName::PreMasterSecret, &pre_master_secret);
        Ok(ServerState::Finish(Finish::DeriveMasterSecret(DeriveMasterSecret { handshake, pre_master_secret })))
    }
}
