//! What somebody who has recorded a connection can read of it, given some keys: each link of the way is really tried.

use std::sync::Arc;

use serde::Serialize;

use crate::adversary::eavesdrop::hear::{Given, Learned, Listener, data_key};
use crate::crypto::group;
use crate::crypto::key_transport::decrypt_pre_master_secret;
use crate::crypto::signature::PrivateKey;
use crate::entropy::Entropy;
use crate::glass::Secret;
use crate::protocol::record::protection::{self, Protection};
use crate::protocol::session::ticket_key;
use crate::protocol::suite::tls12::{KeyExchange, Suite};
use crate::protocol::tls12::key_schedule::{self, Binding, DataKeys, DirectionKeys};
use crate::trace::{Names, Role, ValueName};
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

/// Tries to read a record that `from` sent, with what leaked of the connection and of the one whose session it resumes, and
/// with the server's keys that outlive connections.
pub(crate) fn read(listener: &Listener, long_lived: &Given, record: &[u8], from: Role) -> Reading {
    let mut way = Way { heard: listener, long_lived, reading: Reading::default() };
    if let Some(protection) = way.protection(from) {
        way.reading.function = protection.function();
        way.reading.plaintext = opened(&protection, listener.sequence_number(from, record), record);
    }
    way.reading
}

fn opened(protection: &Protection, sequence_number: Option<u64>, record: &[u8]) -> Option<Vec<u8>> {
    let content_type = RecordHeader::peek(record)?.content_type;
    protection.open_as(sequence_number?, content_type, record.get(HEADER_LENGTH..)?).ok()
}

/// The way from keys and a recording to a plaintext. `None` where it ends.
struct Way<'a> {
    heard: &'a Listener,
    long_lived: &'a Given,
    reading: Reading,
}

impl<'a> Way<'a> {
    fn protection(&mut self, from: Role) -> Option<Protection> {
        let learned = &self.heard.learned;
        let suite = *learned.suite?;
        let key = data_key(from);
        let protect = |keys| Protection::new(key, suite.cipher, learned.encrypt_then_mac, keys);
        if let Some(keys) = self.given_keys(suite, key) {
            let protection = protect(keys);
            self.link(key, How::Given, "");
            return Some(protection);
        }
        let master_secret = self.master_secret(suite)?;
        let (client, server) = (learned.client_random?, learned.server_random?);
        let DataKeys { client, server } =
            key_schedule::data_keys(suite.common.hash, suite.cipher, &master_secret, &server, &client);
        self.link(key, How::Computed, "PRF");
        let keys = if from == Role::Client { client } else { server };
        Some(Protection::new(key, suite.cipher, learned.encrypt_then_mac, keys))
    }

    /// The keys of a direction, if all that the cipher needs are given.
    fn given_keys(&self, suite: Suite, key: ValueName) -> Option<DirectionKeys> {
        let [key, iv, mac_key] =
            protection::names(key).map(|name| self.heard.leaked.get(&name).map(|bytes| &bytes[..]));
        let needed = |bytes: Option<&[u8]>, length| {
            if length == 0 { Some(Secret::copy_of(&[])) } else { bytes.map(Secret::copy_of) }
        };
        Some(DirectionKeys {
            key: needed(key, suite.cipher.key_length())?,
            fixed_iv: needed(iv, suite.cipher.fixed_iv_length())?,
            mac_key: needed(mac_key, suite.cipher.mac_key_length())?,
        })
    }

    /// In a connection that resumes a session, `master_secret` is that of the connection before. Where there is a ticket, it
    /// is in that, too, whichever of the two connections it crossed the wire in.
    fn master_secret(&mut self, suite: Suite) -> Option<Arc<Secret>> {
        let heard = self.heard;
        if let Some(secret) = self.given(heard, ValueName::MasterSecret) {
            return Some(Arc::new(secret));
        }
        if let Some(key) = self.long_lived.get(&ValueName::SessionTicketKey)
            && let Some(ticket) = &heard.learned.ticket
        {
            self.link(ValueName::SessionTicket, How::Recorded, "");
            self.link(ValueName::SessionTicketKey, How::Given, "");
            if let Some(session) = ticket_key::open_with(key, ticket, Names::CLIENT) {
                self.link(ValueName::MasterSecret, How::Computed, &ticket_key::function());
                return Some(session.master_secret);
            }
        }
        if !heard.learned.resumed() {
            return self.agreed(heard, suite);
        }
        let former = heard.former.as_deref();
        if let Some(secret) = former.and_then(|former| self.given(former, ValueName::MasterSecret)) {
            return Some(Arc::new(secret));
        }
        let former = former.and_then(|former| Some((former, *former.learned.suite?)));
        let master_secret = former.and_then(|(former, suite)| self.agreed(former, suite));
        if master_secret.is_none() {
            self.missing_session(former.is_some());
        }
        master_secret
    }

    /// A secret that leaked of a connection.
    fn given(&mut self, heard: &Listener, name: ValueName) -> Option<Secret> {
        let given = heard.leaked.get(&name)?;
        self.link(name, How::Given, "");
        Some(Secret::copy_of(given))
    }

    /// What else would have led to the secret of a session.
    fn missing_session(&mut self, heard_former: bool) {
        if self.heard.learned.ticket.is_some() && !self.long_lived.contains_key(&ValueName::SessionTicketKey) {
            self.link(ValueName::SessionTicket, How::Recorded, "");
            self.link(ValueName::SessionTicketKey, How::Missing, "");
        } else if !heard_former {
            self.link(ValueName::MasterSecret, How::Missing, "");
        }
    }

    /// The `master_secret` that a full handshake came to.
    fn agreed(&mut self, heard: &'a Listener, suite: Suite) -> Option<Arc<Secret>> {
        let pre_master_secret = self.pre_master_secret(heard, suite)?;
        let learned = &heard.learned;
        let (client, server) = (learned.client_random?, learned.server_random?);
        let binding = if learned.extended_master_secret() {
            Binding::SessionHash(suite.common.hash.hash(learned.transcript.messages()))
        } else {
            Binding::Randoms { client, server }
        };
        let master_secret = key_schedule::master_secret(suite.common.hash, &pre_master_secret, &binding);
        self.link(ValueName::MasterSecret, How::Computed, "PRF");
        Some(Arc::new(master_secret))
    }

    fn pre_master_secret(&mut self, heard: &'a Listener, suite: Suite) -> Option<Secret> {
        if let Some(secret) = self.given(heard, ValueName::PreMasterSecret) {
            return Some(secret);
        }
        match suite.key_exchange {
            KeyExchange::Rsa => self.decrypted(&heard.learned),
            KeyExchange::Ecdhe | KeyExchange::Dhe | KeyExchange::DhAnon => self.combined(heard),
        }
    }

    /// The secret of two ephemeral keys. Either private key does, with the public key of the other side.
    fn combined(&mut self, Listener { learned, leaked, .. }: &'a Listener) -> Option<Secret> {
        let sides = [
            (Names::CLIENT, learned.client_ephemeral_public.as_ref()),
            (Names::SERVER, learned.server_ephemeral_public.as_ref()),
        ];
        for (name, _) in sides.iter().filter_map(|(side, public)| Some((side.ephemeral_public_key, (*public)?))) {
            self.link(name, How::Recorded, "");
        }
        let [(client, client_public), (server, server_public)] = sides;
        for (own, public) in [(client, server_public), (server, client_public)] {
            let private = leaked.get(&own.ephemeral_private_key);
            let how = if private.is_some() { How::Given } else { How::Missing };
            self.link(own.ephemeral_private_key, how, "");
            // A key that does not fit the group of this connection computes nothing.
            if let (Some(private), Some(public), Some(group)) = (private, public, learned.group)
                && let Ok(secret) = group::agree(group, private, public)
            {
                // One ephemeral private key is enough: that the other one is missing is not reported.
                self.reading.links.retain(|link| link.how != How::Missing);
                self.link(ValueName::PreMasterSecret, How::Computed, group::agreement_name(group));
                return Some(secret);
            }
        }
        None
    }

    fn decrypted(&mut self, learned: &Learned) -> Option<Secret> {
        let encrypted = learned.encrypted_pre_master_secret.as_ref()?;
        let client_version = learned.client_version?;
        self.link(ValueName::EncryptedPreMasterSecret, How::Recorded, "");
        let Some(pkcs8) = self.long_lived.get(&ValueName::ServerPrivateKey) else {
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
        let decrypted = decrypt_pre_master_secret(&key, encrypted, client_version, &mut random, &mut rng).ok()?;
        self.link(ValueName::PreMasterSecret, How::Computed, "RSAES-PKCS1-v1_5-Decrypt");
        Some(Secret::from(decrypted))
    }

    fn link(&mut self, value: ValueName, how: How, function: &str) {
        self.reading.links.push(Link { value, how, function: function.to_owned() });
    }
}
