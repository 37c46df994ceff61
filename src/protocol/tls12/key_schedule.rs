//! From the shared secret to the keys that protect records (RFC 5246, sections 6.3 and 8.1; RFC 7627).

use crate::crypto::hash::HashAlgorithm;
use crate::crypto::prf::prf;
use crate::glass::Secret;
pub use crate::protocol::record::protection::DirectionKeys;
pub use crate::protocol::session::MASTER_SECRET_LENGTH;
use crate::protocol::suite::Cipher;
use crate::wire::handshake::tls12::VERIFY_DATA_LENGTH;

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
    /// Those of what the client sends.
    pub client: DirectionKeys,
    /// Those of what the server sends.
    pub server: DirectionKeys,
}

/// `key_block = PRF(master_secret, "key expansion", server_random + client_random)`, cut into both MAC keys, both keys and
/// both IVs, as long as the cipher needs them (RFC 5246, section 6.3).
pub fn data_keys(
    hash: HashAlgorithm,
    cipher: Cipher,
    master_secret: &[u8],
    server_random: &[u8; 32],
    client_random: &[u8; 32],
) -> DataKeys {
    let (mac_key, key, iv) = (cipher.mac_key_length(), cipher.key_length(), cipher.fixed_iv_length());
    let key_block = derived(2 * (mac_key + key + iv), |out| {
        prf(hash, master_secret, KEY_EXPANSION.as_bytes(), &[server_random, client_random], out);
    });
    let (mac_keys, rest) = key_block.split_at(2 * mac_key);
    let (keys, ivs) = rest.split_at(2 * key);
    let half = |pair: &[u8], which: usize| {
        let length = pair.len() / 2;
        Secret::copy_of(&pair[which * length..(which + 1) * length])
    };
    let direction =
        |which| DirectionKeys { key: half(keys, which), fixed_iv: half(ivs, which), mac_key: half(mac_keys, which) };
    DataKeys { client: direction(0), server: direction(1) }
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
