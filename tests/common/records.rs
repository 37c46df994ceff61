//! Records as a test makes and reads them by itself, with the keys of a connection.

use tls_glass::crypto::aead::AeadAlgorithm;
use tls_glass::crypto::cbc_hmac::{self, BLOCK_LENGTH, MacAlgorithm};
use tls_glass::glass::Secret;
use tls_glass::protocol::suite::Cipher;
use tls_glass::protocol::tls12::key_schedule::DirectionKeys;
use tls_glass::trace::{Event, Role, Unit, ValueName};
use tls_glass::wire::codepoint::{ContentType, HandshakeType};
use tls_glass::wire::record::{HEADER_LENGTH, RecordHeader, split_aead};

/// The IV of every CBC record that a test makes.
const IV: [u8; BLOCK_LENGTH] = [0x19; BLOCK_LENGTH];

/// A record in the clear.
pub fn plain(content_type: ContentType, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("less than 2^16").to_be_bytes();
    [&[content_type.0, 3, 3], &length[..], content].concat()
}

/// A handshake message, header included.
pub fn message(kind: HandshakeType, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("a short body").to_be_bytes();
    [&[kind.0], &length[1..], body].concat()
}

/// The records in what a party sent, which are all whole.
pub fn split(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut records = Vec::new();
    while let Some(header) = RecordHeader::peek(bytes) {
        let (record, rest) = bytes.split_at(HEADER_LENGTH + header.length);
        records.push(record.to_vec());
        bytes = rest;
    }
    assert!(bytes.is_empty(), "a record is cut off");
    records
}

/// What protects the records of one side.
#[derive(Debug)]
pub struct Protection {
    pub cipher: Cipher,
    pub encrypt_then_mac: bool,
    pub keys: DirectionKeys,
}

impl Protection {
    /// That of what `writer` sends, as a party told of it in these units.
    pub fn told(units: &[Unit], writer: Role) -> Self {
        let events = || units.iter().flat_map(|unit| &unit.events);
        let held = |name| {
            let value = events().rev().find_map(|event| match event {
                Event::Held { value } if value.name == name => Some(&value.parts[0].bytes[..]),
                _ => None,
            });
            Secret::copy_of(value.unwrap_or_default())
        };
        let negotiated = events().rev().find_map(|event| match event {
            Event::Negotiated(negotiated) => Some(negotiated),
            _ => None,
        });
        let negotiated = negotiated.expect("the hellos are exchanged");
        let [key, fixed_iv, mac_key] = match writer {
            Role::Client => [ValueName::ClientWriteKey, ValueName::ClientWriteIv, ValueName::ClientWriteMacKey],
            _ => [ValueName::ServerWriteKey, ValueName::ServerWriteIv, ValueName::ServerWriteMacKey],
        }
        .map(held);
        let suite = tls_glass::protocol::suite::tls12::Suite::of(negotiated.cipher_suite).expect("one of ours");
        assert_eq!(key.len(), suite.cipher.key_length(), "the party told of its keys");
        let keys = DirectionKeys { key, fixed_iv, mac_key };
        Self { cipher: suite.cipher, encrypt_then_mac: negotiated.encrypt_then_mac, keys }
    }

    /// The record of this sequence number.
    pub fn seal(&self, number: u64, content_type: ContentType, content: &[u8]) -> Vec<u8> {
        let fragment = match self.cipher {
            Cipher::Aead(aead) => {
                let covered = header(number, content_type, content.len());
                let nonce = self.nonce(number.to_be_bytes());
                let sealed = aead.seal(&self.keys.key, &nonce, &covered, content).expect("a short plaintext");
                if sends_nonce(aead) { [&number.to_be_bytes()[..], &sealed].concat() } else { sealed }
            }
            Cipher::Cbc(mac) if self.encrypt_then_mac => {
                let mut blocks = content.to_vec();
                cbc_hmac::pad(&mut blocks);
                let sealed = self.encrypt(&blocks);
                let mac = self.mac(mac, number, content_type, &sealed);
                [sealed, mac].concat()
            }
            Cipher::Cbc(mac) => {
                let mut blocks = [content, &self.mac(mac, number, content_type, content)].concat();
                cbc_hmac::pad(&mut blocks);
                self.encrypt(&blocks)
            }
        };
        plain(content_type, &fragment)
    }

    /// The content of the record of this sequence number, `None` if it is none.
    pub fn open(&self, number: u64, record: &[u8]) -> Option<Vec<u8>> {
        let (content_type, fragment) = (ContentType(record[0]), &record[HEADER_LENGTH..]);
        match self.cipher {
            Cipher::Aead(aead) => {
                let (explicit, sealed) =
                    if sends_nonce(aead) { split_aead(fragment)? } else { (&number.to_be_bytes(), fragment) };
                let covered = header(number, content_type, sealed.len().checked_sub(AeadAlgorithm::TAG_LENGTH)?);
                aead.open(&self.keys.key, &self.nonce(*explicit), &covered, sealed).ok()
            }
            Cipher::Cbc(mac) if self.encrypt_then_mac => {
                let (sealed, sent) = fragment.split_at_checked(fragment.len().checked_sub(mac.length())?)?;
                let mut blocks = self.decrypt(sealed)?;
                blocks.truncate(blocks.len().checked_sub(usize::from(*blocks.last()?) + 1)?);
                (self.mac(mac, number, content_type, sealed) == sent).then_some(blocks)
            }
            Cipher::Cbc(mac) => {
                let mut content = self.decrypt(fragment)?;
                content.truncate(content.len().checked_sub(usize::from(*content.last()?) + 1)?);
                let sent = content.split_off(content.len().checked_sub(mac.length())?);
                (self.mac(mac, number, content_type, &content) == sent).then_some(content)
            }
        }
    }

    /// `IV + AES-128-CBC(blocks)`
    pub fn encrypt(&self, blocks: &[u8]) -> Vec<u8> {
        [&IV[..], &cbc_hmac::encrypt(&self.keys.key, &IV, blocks).expect("whole blocks")].concat()
    }

    fn decrypt(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (iv, blocks) = sealed.split_first_chunk()?;
        cbc_hmac::decrypt(&self.keys.key, iv, blocks).ok()
    }

    /// The MAC of the record of this sequence number, whose content or ciphertext `covered` is.
    pub fn mac(&self, mac: MacAlgorithm, number: u64, content_type: ContentType, covered: &[u8]) -> Vec<u8> {
        mac.compute(&self.keys.mac_key, &[&header(number, content_type, covered.len()), covered])
    }

    /// GCM: a part that both sides know, and one that is sent. ChaCha20-Poly1305: the sequence number, hidden.
    fn nonce(&self, explicit: [u8; 8]) -> [u8; 12] {
        let mut nonce = [0; 12];
        nonce[..self.keys.fixed_iv.len()].copy_from_slice(&self.keys.fixed_iv);
        nonce[4..].iter_mut().zip(explicit).for_each(|(byte, explicit)| *byte ^= explicit);
        nonce
    }
}

fn sends_nonce(aead: AeadAlgorithm) -> bool {
    aead != AeadAlgorithm::ChaCha20Poly1305
}

/// `seq_num + type + version + length`
fn header(number: u64, content_type: ContentType, length: usize) -> Vec<u8> {
    let length = u16::try_from(length).expect("less than 2^16").to_be_bytes();
    [&number.to_be_bytes()[..], &[content_type.0, 3, 3], &length].concat()
}
