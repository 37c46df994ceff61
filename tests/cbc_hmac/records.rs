//! Records of a connection whose keys the test has, made by hand.

use tls_glass::crypto::cbc_hmac::{BLOCK_LENGTH, MacAlgorithm};
use tls_glass::error::ErrorKind;
use tls_glass::party::{ClientConfig, ServerConfig};
use tls_glass::protocol::suite::Cipher;
use tls_glass::trace::{Event, Role, Unit};
use tls_glass::wire::codepoint::{CipherSuite, ContentType};

use crate::common::course::course;
use crate::common::records::{Protection, plain};
use crate::common::{Parties, accept, key_of, offer};

const BOTH: [CipherSuite; 2] =
    [CipherSuite::TLS_RSA_WITH_AES_128_CBC_SHA, CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256];

/// A connection that stands, and what its client protects records with.
struct Standing {
    mac: MacAlgorithm,
    protection: Protection,
    sequence_number: u64,
}

/// What the server makes of a record.
struct Answer {
    received: Vec<u8>,
    error: Option<ErrorKind>,
    output: Vec<u8>,
    units: Vec<Unit>,
}

impl Standing {
    fn new(parties: &mut Parties, suite: CipherSuite, encrypt_then_mac: bool) -> Self {
        parties
            .prepare(ClientConfig { encrypt_then_mac, ..offer(suite) }, ServerConfig { encrypt_then_mac, ..accept() });
        parties.units.clear();
        parties.run();
        let protection = Protection::told(&parties.units, Role::Client);
        assert_eq!(protection.encrypt_then_mac, encrypt_then_mac);
        let Cipher::Cbc(mac) = protection.cipher else { panic!("{suite} is no CBC suite") };
        // Finished was the client's first protected record.
        Self { mac, protection, sequence_number: 1 }
    }

    fn mac_of(&self, bytes: &[u8]) -> Vec<u8> {
        self.protection.mac(self.mac, self.sequence_number, ContentType::APPLICATION_DATA, bytes)
    }

    /// Whole blocks of content, its MAC, and a padding of this length.
    fn blocks(&self, content: &[u8], padding: u8) -> Vec<u8> {
        let mut blocks = [content, &self.mac_of(content)].concat();
        blocks.resize(blocks.len() + usize::from(padding) + 1, padding);
        blocks
    }

    fn encrypt(&self, blocks: &[u8]) -> Vec<u8> {
        self.protection.encrypt(blocks)
    }

    /// Behind the MAC of RFC 7366.
    fn then_mac(&self, sealed: &[u8]) -> Vec<u8> {
        [sealed, &self.mac_of(sealed)].concat()
    }
}

fn answer(parties: &mut Parties, fragment: &[u8]) -> Answer {
    parties.server.receive(&plain(ContentType::APPLICATION_DATA, fragment));
    let mut answer = Answer { received: Vec::new(), error: None, output: Vec::new(), units: Vec::new() };
    while let Some(advance) = parties.server.advance() {
        answer.received.extend(advance.received.iter().flatten());
        answer.output.extend(advance.output);
        answer.units.push(advance.unit);
    }
    answer.error = parties.server.error().map(|error| error.kind.clone());
    answer
}

impl Answer {
    /// The functions that were computed, in order.
    fn functions(&self) -> Vec<&str> {
        let events = self.units.iter().flat_map(|unit| &unit.events);
        events
            .filter_map(|event| match event {
                Event::Computation(computation) => Some(computation.function.as_str()),
                _ => None,
            })
            .collect()
    }
}

/// Content that fills whole blocks with `others` more bytes.
fn content(others: usize) -> Vec<u8> {
    vec![0x61; 2 * BLOCK_LENGTH - others % BLOCK_LENGTH]
}

#[test]
fn a_record_may_have_a_padding_of_every_length_in_either_order() {
    for suite in BOTH {
        let mut parties = Parties::new(key_of(suite));
        for encrypt_then_mac in [false, true] {
            let mut standing = Standing::new(&mut parties, suite, encrypt_then_mac);
            for padding in 0..=255 {
                let mac_length = if encrypt_then_mac { 0 } else { standing.mac.length() };
                let content = content(mac_length + usize::from(padding) + 1);
                let fragment = if encrypt_then_mac {
                    let padded = [&content[..], &vec![padding; usize::from(padding) + 1]].concat();
                    standing.then_mac(&standing.encrypt(&padded))
                } else {
                    standing.encrypt(&standing.blocks(&content, padding))
                };
                let answer = answer(&mut parties, &fragment);
                assert_eq!(answer.error, None, "{suite}, encrypt_then_mac {encrypt_then_mac}, {padding}");
                assert_eq!(answer.received, content, "{suite}, encrypt_then_mac {encrypt_then_mac}, {padding}");
                standing.sequence_number += 1;
            }
        }
    }
}

#[test]
fn a_wrong_mac_and_a_wrong_padding_give_the_same_answer_in_the_same_course() {
    for suite in BOTH {
        let mut parties = Parties::new(key_of(suite));
        let mut courses = Vec::new();
        let padding = 63;
        for fault in
            ["MAC", "content", "first of the padding", "last of the padding", "length", "length beyond the record"]
        {
            let standing = Standing::new(&mut parties, suite, false);
            let content = content(standing.mac.length() + usize::from(padding) + 1);
            let mut blocks = standing.blocks(&content, padding);
            let end = blocks.len();
            match fault {
                "MAC" => blocks[content.len()] ^= 1,
                "content" => blocks[0] ^= 1,
                "first of the padding" => blocks[end - 64] ^= 1,
                "last of the padding" => blocks[end - 2] ^= 1,
                "length" => blocks[end - 1] ^= 1,
                _ => blocks[end - 1] = 255,
            }
            let answer = answer(&mut parties, &standing.encrypt(&blocks));
            assert_eq!(answer.error, Some(ErrorKind::BadRecordMac), "{suite}: {fault}");
            assert!(answer.received.is_empty(), "{suite}: {fault}");
            courses.push((fault, (answer.output.len(), course(&answer.units))));
        }
        for (fault, course) in &courses {
            assert_eq!(*course, courses[0].1, "{suite}: {fault} looks like {}", courses[0].0);
        }
    }
}

#[test]
fn a_record_too_short_or_not_of_whole_blocks_gives_the_same_error() {
    for suite in BOTH {
        let mut parties = Parties::new(key_of(suite));
        for encrypt_then_mac in [false, true] {
            for length in [1, 15, 16, 17, 31, 32, 33, 47, 48, 49, 50] {
                let _standing = Standing::new(&mut parties, suite, encrypt_then_mac);
                let answer = answer(&mut parties, &vec![0x61; length]);
                assert_eq!(answer.error, Some(ErrorKind::BadRecordMac), "{suite}, {encrypt_then_mac}: {length} bytes");
            }
        }
    }
}

#[test]
fn with_encrypt_then_mac_nothing_is_decrypted_whose_mac_is_wrong() {
    for suite in BOTH {
        let mut parties = Parties::new(key_of(suite));
        for fault in ["IV", "ciphertext", "MAC", "padding and MAC"] {
            let standing = Standing::new(&mut parties, suite, true);
            let mut padded = vec![0x61; 31];
            padded.push(if fault == "padding and MAC" { 7 } else { 0 });
            let mut fragment = standing.then_mac(&standing.encrypt(&padded));
            let end = fragment.len();
            match fault {
                "IV" => fragment[0] ^= 1,
                "ciphertext" => fragment[BLOCK_LENGTH] ^= 1,
                _ => fragment[end - 1] ^= 1,
            }
            let answer = answer(&mut parties, &fragment);
            assert_eq!(answer.error, Some(ErrorKind::BadRecordMac), "{suite}: {fault}");
            let opening: Vec<&str> =
                answer.functions().into_iter().take_while(|name| !name.ends_with("Encrypt")).collect();
            assert!(opening.contains(&standing.mac.name()), "{suite}, {fault}: {opening:?}");
            assert!(!opening.contains(&"AES-128-CBC.Decrypt"), "{suite}, {fault}: {opening:?}");
        }
    }
}

#[test]
fn with_encrypt_then_mac_a_wrong_padding_under_a_right_mac_is_refused_too() {
    for suite in BOTH {
        let mut parties = Parties::new(key_of(suite));
        for wrong in [[0x61, 7], [0x61, 32], [0x61, 255]] {
            let standing = Standing::new(&mut parties, suite, true);
            let padded = [&[0x61; 30][..], &wrong].concat();
            let answer = answer(&mut parties, &standing.then_mac(&standing.encrypt(&padded)));
            assert_eq!(answer.error, Some(ErrorKind::BadRecordMac), "{suite}: {wrong:?}");
            assert!(answer.functions().contains(&"AES-128-CBC.Decrypt"), "{suite}: the MAC was right");
        }
    }
}
