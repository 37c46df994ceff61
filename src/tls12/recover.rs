//! What somebody who has recorded a connection can read of it, given some keys: each link of the way is really tried.

use std::collections::BTreeMap;

use serde::Serialize;

use super::key_schedule::{self, Binding, DataKeys};
use super::listen::{Learned, data_key};
use super::protection::Protection;
use super::suite::{KeyExchange, Suite};
use crate::crypto::rsa::decrypt_pre_master_secret;
use crate::crypto::signature::PrivateKey;
use crate::entropy::Entropy;
use crate::glass::Secret;
use crate::trace::{Role, ValueName};
use crate::wire::record::{HEADER_LENGTH, RecordHeader};

/// What became of reading a record.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Reading {
    /// The values that the way to the plaintext needs, in order, as far as it went.
    pub links: Vec<Link>,
    /// The function that the record was tried with at the end; empty if it did not come to that.
    pub function: String,
    /// What the record holds, if it opened.
    #[serde(serialize_with = "optional_bytes")]
    #[cfg_attr(target_family = "wasm", tsify(type = "Uint8Array | undefined"))]
    pub plaintext: Option<Vec<u8>>,
}

/// A value on the way to a plaintext.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Link {
    /// Which value.
    pub value: ValueName,
    /// Where it comes from.
    pub how: How,
    /// The function that computed it; empty where nothing was computed.
    pub function: String,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It crossed the wire.
    Recorded,
    /// It was given.
    Given,
    /// It was computed from what was there.
    Computed,
    /// It is not there.
    Missing,
}

#[expect(clippy::ref_option, reason = "serde hands it over so")]
fn optional_bytes<S: serde::Serializer>(bytes: &Option<Vec<u8>>, serializer: S) -> Result<S::Ok, S::Error> {
    match bytes {
        Some(bytes) => serializer.serialize_bytes(bytes),
        None => serializer.serialize_none(),
    }
}

/// Keys that were given, by name. A private key of a certificate is in PKCS#8.
pub(crate) type Given = BTreeMap<ValueName, Secret>;

/// Tries to read a record that `from` sent.
pub(crate) fn read(learned: &Learned, given: &Given, record: &[u8], from: Role) -> Reading {
    let mut way = Way { learned, given, reading: Reading::default() };
    if let Some(protection) = way.protection(from) {
        way.reading.function = format!("{}.Open", protection.algorithm().name());
        way.reading.plaintext = RecordHeader::peek(record)
            .and_then(|header| Some((header.content_type, record.get(HEADER_LENGTH..)?)))
            .and_then(|(content_type, fragment)| protection.try_open(content_type, fragment).ok());
    }
    way.reading
}

/// The way from keys and a recording to a plaintext. `None` where it ends.
struct Way<'a> {
    learned: &'a Learned,
    given: &'a Given,
    reading: Reading,
}

impl Way<'_> {
    fn protection(&mut self, from: Role) -> Option<Protection> {
        let suite = *self.learned.suite?;
        let (key, iv) = match from {
            Role::Client => (ValueName::ClientWriteKey, ValueName::ClientWriteIv),
            _ => (ValueName::ServerWriteKey, ValueName::ServerWriteIv),
        };
        if let (Some(key_bytes), Some(iv_bytes)) = (self.given.get(&key), self.given.get(&iv)) {
            self.link(key, How::Given, "");
            return Some(Protection::new(key, suite.aead, Secret::copy_of(key_bytes), Secret::copy_of(iv_bytes)));
        }
        let pre_master_secret = self.pre_master_secret(suite)?;
        let keys = self.data_keys(suite, &pre_master_secret)?;
        self.link(data_key(from), How::Computed, "PRF");
        let DataKeys { client_write_key, server_write_key, client_write_iv, server_write_iv } = keys;
        Some(match from {
            Role::Client => Protection::new(key, suite.aead, client_write_key, client_write_iv),
            _ => Protection::new(key, suite.aead, server_write_key, server_write_iv),
        })
    }

    fn pre_master_secret(&mut self, suite: Suite) -> Option<Secret> {
        match suite.key_exchange {
            KeyExchange::Rsa => self.decrypted(),
            KeyExchange::Ecdhe => {
                self.link(ValueName::ClientOneTimePublicKey, How::Recorded, "");
                self.link(ValueName::ServerOneTimePublicKey, How::Recorded, "");
                // Either would do; nobody can be given one, since both are overwritten in the connection itself.
                self.link(ValueName::ClientOneTimePrivateKey, How::Missing, "");
                self.link(ValueName::ServerOneTimePrivateKey, How::Missing, "");
                None
            }
        }
    }

    fn decrypted(&mut self) -> Option<Secret> {
        let encrypted = self.learned.encrypted_pre_master_secret.as_ref()?;
        let client_version = self.learned.client_version?;
        self.link(ValueName::EncryptedPreMasterSecret, How::Recorded, "");
        let Some(pkcs8) = self.given.get(&ValueName::ServerPrivateKey) else {
            self.link(ValueName::ServerPrivateKey, How::Missing, "");
            return None;
        };
        self.link(ValueName::ServerPrivateKey, How::Given, "");
        let key = PrivateKey::from_pkcs8(pkcs8).ok()?;
        // With a key that does not fit, this gives random bytes, as it would to a server: the record then will not open.
        let mut entropy = Entropy::system();
        let mut random = [0; 48];
        entropy.fill("recovery", &mut random).ok()?;
        let mut rng = entropy.rng("recovery blinding").ok()?;
        let decrypted = decrypt_pre_master_secret(&key, encrypted, client_version, random, &mut rng).ok()?;
        self.link(ValueName::PreMasterSecret, How::Computed, "RSAES-PKCS1-v1_5-Decrypt");
        Some(Secret::from(decrypted))
    }

    fn data_keys(&mut self, suite: Suite, pre_master_secret: &Secret) -> Option<DataKeys> {
        let Learned { transcript, .. } = self.learned;
        let (client, server) = (self.learned.client_random?, self.learned.server_random?);
        let binding = if self.learned.extended_master_secret() {
            Binding::SessionHash(suite.hash.hash(transcript.messages()))
        } else {
            Binding::Randoms { client, server }
        };
        let master_secret = key_schedule::master_secret(suite.hash, pre_master_secret, &binding);
        self.link(ValueName::MasterSecret, How::Computed, "PRF");
        Some(key_schedule::data_keys(suite.hash, suite.aead, &master_secret, &server, &client))
    }

    fn link(&mut self, value: ValueName, how: How, function: &str) {
        self.reading.links.push(Link { value, how, function: function.to_owned() });
    }
}
