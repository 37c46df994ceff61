//! Decrypted blocks: content, MAC, padding.

use tls_glass::crypto::cbc_hmac::{BLOCK_LENGTH, MacAlgorithm, Opened, compute_in_constant_time, pad};
use tls_glass::error::ErrorKind;

const BOTH: [MacAlgorithm; 2] = [MacAlgorithm::HmacSha1, MacAlgorithm::HmacSha256];
const KEY: [u8; 32] = [0x0b; 32];
const HEADER: [u8; 13] = [1; 13];

/// Content that makes whole blocks with its MAC and a padding of this length, and is a block long at least.
fn content(mac: MacAlgorithm, padding: u8) -> Vec<u8> {
    let rest = (mac.length() + usize::from(padding) + 1) % BLOCK_LENGTH;
    vec![0x61; 2 * BLOCK_LENGTH - rest]
}

/// `content + MAC + padding + padding_length`
fn blocks(mac: MacAlgorithm, padding: u8) -> Vec<u8> {
    let content = content(mac, padding);
    let mut blocks = [&content[..], &mac.compute(&KEY, &[&HEADER, &content])].concat();
    blocks.resize(blocks.len() + usize::from(padding) + 1, padding);
    assert!(blocks.len().is_multiple_of(BLOCK_LENGTH));
    blocks
}

/// Takes blocks apart as a record is opened; gives the content if it is authentic.
fn open(mac: MacAlgorithm, blocks: &[u8]) -> Result<Vec<u8>, ErrorKind> {
    let opened = Opened::split(blocks, mac.length()).map_err(|error| error.kind)?;
    let most = blocks.len() - mac.length() - 1;
    let computed = compute_in_constant_time(mac, &KEY, &HEADER, &blocks[..most], opened.content);
    if opened.is_authentic(&computed) { Ok(blocks[..opened.content].to_vec()) } else { Err(ErrorKind::BadRecordMac) }
}

#[test]
fn padding_of_every_length_is_taken() {
    for mac in BOTH {
        for padding in 0..=255 {
            assert_eq!(open(mac, &blocks(mac, padding)), Ok(content(mac, padding)), "{mac:?}, {padding}");
        }
    }
}

#[test]
fn a_change_of_any_byte_of_any_padding_is_refused() {
    for padding in 0..=255 {
        // The padding does not depend on the MAC.
        let mac = BOTH[usize::from(padding % 2)];
        let good = blocks(mac, padding);
        // The last byte says the length. With zero the padding is right again, and the MAC is elsewhere.
        for at in good.len() - 1 - usize::from(padding)..good.len() {
            let mut changed = good.clone();
            changed[at] ^= 1 << (at % 8);
            assert_eq!(open(mac, &changed), Err(ErrorKind::BadRecordMac), "{mac:?}, {padding}: byte {at}");
        }
    }
}

#[test]
fn every_other_length_than_the_right_one_is_refused() {
    for mac in BOTH {
        for padding in [0, 1, 15, 16, 100, 254, 255] {
            let mut changed = blocks(mac, padding);
            for length in (0..=255).filter(|length| *length != padding) {
                *changed.last_mut().expect("a byte") = length;
                assert_eq!(open(mac, &changed), Err(ErrorKind::BadRecordMac), "{mac:?}, {padding}: {length}");
            }
        }
    }
}

#[test]
fn a_change_of_any_bit_of_the_mac_or_the_content_is_refused() {
    for mac in BOTH {
        for padding in [0, 7, 255] {
            let good = blocks(mac, padding);
            let covered = good.len() - 1 - usize::from(padding);
            for bit in 0..8 * covered {
                let mut changed = good.clone();
                changed[bit / 8] ^= 1 << (bit % 8);
                assert_eq!(open(mac, &changed), Err(ErrorKind::BadRecordMac), "{mac:?}, {padding}: bit {bit}");
            }
        }
    }
}

#[test]
fn a_padding_that_reaches_into_the_mac_or_beyond_the_record_is_refused() {
    for mac in BOTH {
        for blocks in [1, 2, 3, 4, 16, 17, 18, 19] {
            let length = blocks * BLOCK_LENGTH;
            // A padding that leaves room for the MAC is not too long. Its MAC is wrong, which is told with the same words.
            for value in 0..=255 {
                assert_eq!(open(mac, &vec![value; length]), Err(ErrorKind::BadRecordMac), "{mac:?}, {length}: {value}");
            }
        }
    }
}

#[test]
fn what_has_no_room_for_a_mac_and_a_byte_of_padding_is_refused() {
    for mac in BOTH {
        for length in 0..=mac.length() {
            assert_eq!(open(mac, &vec![0; length]), Err(ErrorKind::BadRecordMac), "{mac:?}, {length}");
        }
        // With one byte more, there is an empty content.
        let empty = [mac.compute(&KEY, &[&HEADER]), vec![0]].concat();
        assert_eq!(open(mac, &empty), Ok(Vec::new()), "{mac:?}");
    }
}

#[test]
fn our_own_padding_is_the_least_that_makes_whole_blocks() {
    for length in 0..=64 {
        let mut padded = vec![0x61; length];
        pad(&mut padded);
        let added = padded.len() - length;
        assert!(padded.len().is_multiple_of(BLOCK_LENGTH) && (1..=BLOCK_LENGTH).contains(&added), "{length}");
        assert!(padded[length..].iter().all(|byte| usize::from(*byte) == added - 1), "{length}");
    }
}
