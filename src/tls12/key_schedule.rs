//! From the shared secret to the keys that protect records (RFC 5246, sections 6.3 and 8.1; RFC 7627).

use crate::crypto::aead::AeadAlgorithm;
use crate::crypto::hash::HashAlgorithm;
use crate::crypto::prf::prf;
use crate::glass::Secret;
use crate::wire::handshake::VERIFY_DATA_LENGTH;

/// Bytes of `master_secret`.
pub const MASTER_SECRET_LENGTH: usize = 48;
/// Bytes of `client_write_IV` and `server_write_IV` (RFC 5288, section 3).
pub const FIXED_IV_LENGTH: usize = 4;

/// What `master_secret` is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// Both randoms: `PRF(pre_master_secret, "master secret", client_random + server_random)`.
    Randoms {
        /// `ClientHello.random`
        client: [u8; 32],
        /// `ServerHello.random`
        server: [u8; 32],
    },
    /// All messages up to `ClientKeyExchange`: `PRF(pre_master_secret, "extended master secret", session_hash)`.
    SessionHash(Vec<u8>),
}

impl Binding {
    /// The PRF's label.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Randoms { .. } => "master secret",
            Self::SessionHash(_) => "extended master secret",
        }
    }
}

/// `master_secret`, 48 bytes.
pub fn master_secret(hash: HashAlgorithm, pre_master_secret: &[u8], binding: &Binding) -> Secret {
    let label = binding.label().as_bytes();
    derived(MASTER_SECRET_LENGTH, |out| match binding {
        Binding::Randoms { client, server } => prf(hash, pre_master_secret, label, &[client, server], out),
        Binding::SessionHash(session_hash) => prf(hash, pre_master_secret, label, &[session_hash], out),
    })
}

/// The label of the key expansion.
pub const KEY_EXPANSION: &str = "key expansion";

/// The keys of one connection, cut from `key_block`.
#[derive(Debug)]
pub struct DataKeys {
    /// `client_write_key`
    pub client_write_key: Secret,
    /// `server_write_key`
    pub server_write_key: Secret,
    /// `client_write_IV`
    pub client_write_iv: Secret,
    /// `server_write_IV`
    pub server_write_iv: Secret,
}

/// `key_block = PRF(master_secret, "key expansion", server_random + client_random)`, cut into its parts. AEAD suites have
/// no MAC keys.
pub fn data_keys(
    hash: HashAlgorithm,
    aead: AeadAlgorithm,
    master_secret: &[u8],
    server_random: &[u8; 32],
    client_random: &[u8; 32],
) -> DataKeys {
    let key = aead.key_length();
    let key_block = derived(2 * (key + FIXED_IV_LENGTH), |out| {
        prf(hash, master_secret, KEY_EXPANSION.as_bytes(), &[server_random, client_random], out);
    });
    let (keys, ivs) = key_block.split_at(2 * key);
    DataKeys {
        client_write_key: Secret::copy_of(&keys[..key]),
        server_write_key: Secret::copy_of(&keys[key..]),
        client_write_iv: Secret::copy_of(&ivs[..FIXED_IV_LENGTH]),
        server_write_iv: Secret::copy_of(&ivs[FIXED_IV_LENGTH..]),
    }
}

/// `verify_data = PRF(master_secret, finished_label, Hash(handshake_messages))[0..11]` (RFC 5246, section 7.4.9).
pub fn verify_data(
    hash: HashAlgorithm,
    master_secret: &[u8],
    finished_label: &str,
    handshake_hash: &[u8],
) -> [u8; VERIFY_DATA_LENGTH] {
    let mut out = [0; VERIFY_DATA_LENGTH];
    prf(hash, master_secret, finished_label.as_bytes(), &[handshake_hash], &mut out);
    out
}

fn derived(length: usize, derive: impl FnOnce(&mut [u8])) -> Secret {
    let filled = Secret::filled(length, |out| {
        derive(out);
        Ok::<(), core::convert::Infallible>(())
    });
    match filled {
        Ok(secret) => secret,
        Err(never) => match never {},
    }
}
