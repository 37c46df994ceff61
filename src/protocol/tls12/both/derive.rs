//! From the key agreement to the data keys, one computation a state. The same on both sides.

use std::sync::Arc;

use super::Finish;
use super::keyed::Keyed;
use crate::crypto::group;
use crate::error::Error;
use crate::glass::Secret;
use crate::protocol::connection::state::Context;
use crate::protocol::handshake::identity::ClientAuth;
use crate::protocol::handshake::transcript::hash_transcript;
use crate::protocol::record::protection::{self, Protection};
use crate::protocol::tls12::both::certificate_verify::{ExpectCertificateVerify, Prepared, SignCertificateVerify};
use crate::protocol::tls12::handshake::Handshake;
use crate::protocol::tls12::key_schedule::{self, Binding, DataKeys};
use crate::trace::{Account, Role, Value, ValueName};
use crate::wire::codepoint::NamedGroup;
use crate::wire::reference::Reference;

const SESSION_HASH: Reference = Reference::new(7627, "3");

/// Own ephemeral private key and the peer's ephemeral public key are here.
#[derive(Debug)]
pub(crate) struct ComputeSharedSecret {
    pub(crate) handshake: Handshake,
    pub(crate) group: NamedGroup,
    pub(crate) ephemeral_key: Secret,
    pub(crate) peer_public: Vec<u8>,
}

/// The shared secret is computed; what it was computed with is still here.
#[derive(Debug)]
pub(crate) struct EraseEphemeralKey {
    handshake: Handshake,
    ephemeral_key: Secret,
    pre_master_secret: Secret,
}

/// Both sides have `pre_master_secret`.
#[derive(Debug)]
pub(crate) struct DeriveMasterSecret {
    pub(crate) handshake: Handshake,
    pub(crate) pre_master_secret: Secret,
}

/// `master_secret` is here: derived, or that of the session which is resumed.
#[derive(Debug)]
pub(crate) struct DeriveDataKeys {
    pub(crate) handshake: Handshake,
    pub(crate) master_secret: Arc<Secret>,
}

impl ComputeSharedSecret {
    /// The shared secret Z is the `pre_master_secret`: of a curve with its leading zeros (RFC 8422, section 5.10), of a
    /// finite field without them (RFC 5246, section 8.1.2).
    pub(crate) fn compute(self, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { handshake, group, ephemeral_key, peer_public } = self;
        cx.trace.start();
        let pre_master_secret = group::agree(group, &ephemeral_key, &peer_public)?;
        let (own, peer) = (handshake.names.ephemeral_private_key, handshake.peer.ephemeral_public_key);
        cx.trace.computation(
            group::agreement_name(group),
            vec![Value::new(own, &ephemeral_key), Value::new(peer, &peer_public)],
            vec![Value::new(ValueName::PreMasterSecret, &pre_master_secret)],
            if group.is_ffdhe() { Reference::new(5246, "8.1.2") } else { Reference::new(8422, "5.10") },
        );
        cx.trace.held(Account::Connection, ValueName::PreMasterSecret, &pre_master_secret);
        Ok(Finish::EraseEphemeralKey(EraseEphemeralKey { handshake, ephemeral_key, pre_master_secret }))
    }
}

impl EraseEphemeralKey {
    pub(crate) fn erase(self, cx: &mut Context<'_>) -> Finish {
        let Self { handshake, ephemeral_key, pre_master_secret } = self;
        drop(ephemeral_key);
        cx.trace.erased(handshake.names.ephemeral_private_key);
        Finish::DeriveMasterSecret(DeriveMasterSecret { handshake, pre_master_secret })
    }
}

impl DeriveMasterSecret {
    pub(crate) fn derive(self, cx: &mut Context<'_>) -> Finish {
        let Self { handshake, pre_master_secret } = self;
        let binding = if handshake.extended_master_secret {
            Binding::SessionHash(hash_transcript(
                &handshake.transcript,
                handshake.suite.common.hash,
                ValueName::SessionHash,
                SESSION_HASH,
                cx.trace,
            ))
        } else {
            Binding::Randoms { client: handshake.client_random, server: handshake.server_random }
        };
        cx.trace.start();
        let master_secret = key_schedule::master_secret(handshake.suite.common.hash, &pre_master_secret, &binding);
        let mut inputs = vec![
            Value::new(ValueName::PreMasterSecret, &pre_master_secret),
            Value::new(ValueName::Label, binding.label().as_bytes()),
        ];
        let reference = match &binding {
            Binding::SessionHash(session_hash) => {
                inputs.push(Value::new(ValueName::SessionHash, session_hash));
                Reference::new(7627, "4")
            }
            Binding::Randoms { client, server } => {
                inputs.push(Value::new(ValueName::ClientRandom, client));
                inputs.push(Value::new(ValueName::ServerRandom, server));
                Reference::new(5246, "8.1")
            }
        };
        cx.trace.computation("PRF", inputs, vec![Value::new(ValueName::MasterSecret, &master_secret)], reference);
        cx.trace.held(Account::Connection, ValueName::MasterSecret, &master_secret);
        // RFC 5246, section 8.1: the pre_master_secret should be deleted once the master_secret has been computed.
        drop(pre_master_secret);
        cx.trace.erased(ValueName::PreMasterSecret);
        Finish::DeriveDataKeys(DeriveDataKeys { handshake, master_secret: Arc::new(master_secret) })
    }
}

impl DeriveDataKeys {
    pub(crate) fn derive(self, cx: &mut Context<'_>) -> Finish {
        let Self { mut handshake, master_secret } = self;
        let suite = handshake.suite;
        cx.trace.start();
        let DataKeys { client, server } = key_schedule::data_keys(
            suite.common.hash,
            suite.cipher,
            &master_secret,
            &handshake.server_random,
            &handshake.client_random,
        );
        let values: Vec<(ValueName, &Secret)> =
            [(ValueName::ClientWriteKey, &client), (ValueName::ServerWriteKey, &server)]
                .into_iter()
                .flat_map(|(name, keys)| {
                    protection::names(name).into_iter().zip([&keys.key, &keys.fixed_iv, &keys.mac_key])
                })
                .filter(|(_, bytes)| !bytes.is_empty())
                .collect();
        cx.trace.computation(
            "PRF",
            vec![
                Value::new(ValueName::MasterSecret, &master_secret),
                Value::new(ValueName::Label, key_schedule::KEY_EXPANSION.as_bytes()),
                Value::new(ValueName::ServerRandom, &handshake.server_random),
                Value::new(ValueName::ClientRandom, &handshake.client_random),
            ],
            values.iter().map(|(name, bytes)| Value::new(*name, bytes)).collect(),
            Reference::new(5246, "6.3"),
        );
        for (name, bytes) in values {
            cx.trace.held(Account::Connection, name, bytes);
        }
        let protect = |name, keys| Protection::new(name, suite.cipher, handshake.encrypt_then_mac, keys);
        let client = protect(ValueName::ClientWriteKey, client);
        let server = protect(ValueName::ServerWriteKey, server);
        let (read, write) = if handshake.role == Role::Server { (client, server) } else { (server, client) };
        let prepared = Prepared { read, write };
        let client_auth = handshake.client_auth.take();
        let keyed = Keyed { handshake, master_secret };
        match client_auth {
            Some(ClientAuth::Own { identity, scheme }) => {
                Finish::SignCertificateVerify(SignCertificateVerify { keyed, prepared, identity, scheme })
            }
            Some(ClientAuth::Peer { key, schemes }) => {
                Finish::ExpectCertificateVerify(ExpectCertificateVerify { keyed, prepared, key, schemes })
            }
            None => keyed.begin(prepared),
        }
    }
}
