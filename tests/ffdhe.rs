//! The finite-field groups of RFC 7919: their numbers and their edges, and Z as OpenSSL computes it.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::disallowed_types, reason = "a seeded generator drives the functions under test")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;
#[path = "interop/files.rs"]
#[allow(dead_code, reason = "only a directory is needed here")]
mod files;

use std::process::Command;

use chacha20::ChaCha20Rng;
use files::Files;
use rand_core::SeedableRng;
use tls_glass::crypto::group::{FFDHE, KeyPair, agree, check_public, ffdhe, generate};
use tls_glass::glass::Secret;
use tls_glass::wire::codepoint::NamedGroup;

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([5; 32])
}

fn prime(group: NamedGroup) -> Vec<u8> {
    ffdhe::parameters(group).expect("a finite-field group").0
}

/// The prime and a small number more or less.
fn near_prime(group: NamedGroup, difference: i8) -> Vec<u8> {
    let mut number = prime(group);
    if difference < 0 {
        // It ends in 0xff, of which there is enough to take.
        *number.last_mut().expect("a byte") -= difference.unsigned_abs();
    } else {
        assert_eq!(difference, 1, "what carries over the bytes 0xff at the end");
        let start = number.len() - number.iter().rev().take_while(|byte| **byte == 0xff).count();
        number[start..].fill(0);
        number[start - 1] += 1;
    }
    number
}

#[test]
fn the_primes_and_the_generator_are_openssls() {
    for group in FFDHE {
        let option = format!("group:{group}");
        let parameters = openssl(&["genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", &option]);
        let files = Files::new();
        std::fs::write(files.path("dh.pem"), parameters).expect("a temporary file");
        let parsed = String::from_utf8(openssl(&["asn1parse", "-in", &files.path("dh.pem")])).expect("text");
        let numbers: Vec<String> = parsed
            .lines()
            .filter(|line| line.contains("INTEGER"))
            .map(|line| line.rsplit(':').next().expect("a number").to_lowercase())
            .collect();
        let (p, g) = ffdhe::parameters(group).expect("a finite-field group");
        // A third number, if there is one, recommends a length for private keys.
        assert_eq!(numbers[..2], [hex(&p), hex(&g)], "{group}");
    }
}

#[test]
fn numbers_that_give_away_the_secret_or_are_none_of_the_group_are_refused() {
    for group in FFDHE {
        let pair = generate(group, &mut rng()).expect("a key pair");
        let p = prime(group);
        for (what, public) in [
            ("nothing", vec![]),
            ("0", vec![0]),
            ("0 in full length", vec![0; p.len()]),
            ("1", vec![1]),
            ("1 in full length", [&vec![0; p.len() - 1][..], &[1]].concat()),
            ("p - 1", near_prime(group, -1)),
            ("p", p.clone()),
            ("p + 1", near_prime(group, 1)),
            ("all ones", vec![0xff; p.len()]),
            ("longer than p", [&[1], &p[..]].concat()),
            ("256 p", [&p[..], &[0]].concat()),
            ("p - 1 behind a zero", [&[0], &near_prime(group, -1)[..]].concat()),
        ] {
            assert!(check_public(group, &public).is_err(), "{group}: {what}");
            assert!(agree(group, &pair.private, &public).is_err(), "{group}: {what}");
        }
    }
}

#[test]
fn the_numbers_next_to_those_are_taken() {
    for group in FFDHE {
        let pair = generate(group, &mut rng()).expect("a key pair");
        let own = without_zeros(&pair.public).to_vec();
        for two in [vec![2], vec![0, 2], [&vec![0; prime(group).len() - 1][..], &[2]].concat()] {
            assert_eq!(check_public(group, &two), Ok(()), "{group}");
            // 2 is the generator.
            assert_eq!(agree(group, &pair.private, &two).expect("a secret")[..], own, "{group}");
        }
        // p - 2 is -2: with an even exponent it gives the same, with an odd one its negative.
        let opposite = near_prime(group, -2);
        assert_eq!(check_public(group, &opposite), Ok(()), "{group}");
        let shared = agree(group, &pair.private, &opposite).expect("a secret");
        let odd = pair.private.last().expect("a byte") % 2 == 1;
        if odd {
            assert_eq!(sum(&shared, &own), prime(group), "{group}");
        } else {
            assert_eq!(shared[..], own, "{group}");
        }
    }
}

#[test]
fn both_sides_compute_the_same_secret() {
    for group in FFDHE {
        let mut rng = rng();
        let (one, other) =
            (generate(group, &mut rng).expect("a key pair"), generate(group, &mut rng).expect("another"));
        let shared = agree(group, &one.private, &other.public).expect("a secret");
        assert_eq!(shared[..], agree(group, &other.private, &one.public).expect("a secret")[..], "{group}");
    }
}

/// RFC 5246, section 8.1.2: leading zeros are stripped. One secret in 256 has one.
#[test]
fn a_secret_that_begins_with_a_zero_is_shorter_and_is_openssls() {
    for group in FFDHE {
        let mut rng = rng();
        let peer = generate(group, &mut rng).expect("a key pair");
        let (shared, pair) = (0..10_000)
            .map(|_| generate(group, &mut rng).expect("a key pair"))
            .map(|pair| (agree(group, &pair.private, &peer.public).expect("a secret"), pair))
            .find(|(shared, _)| shared.len() < prime(group).len())
            .expect("one in 256 is shorter");
        assert_ne!(shared.first(), Some(&0), "{group}");
        assert_eq!(derive(group, &pair, &peer.public, "dh_pad:0"), shared[..], "{group}");
        let padded = derive(group, &pair, &peer.public, "dh_pad:1");
        assert_eq!(padded.len(), prime(group).len(), "{group}: OpenSSL gives the zero too if it is asked to");
        assert_eq!(padded[0], 0, "{group}");
        assert_eq!(without_zeros(&padded), &shared[..], "{group}");
    }
}

/// Z as `openssl pkeyutl` computes it from our private key.
fn derive(group: NamedGroup, own: &KeyPair, peer: &[u8], padding: &str) -> Vec<u8> {
    const SEQUENCE: u8 = 0x30;
    const OCTET_STRING: u8 = 4;
    const BIT_STRING: u8 = 3;
    // dhKeyAgreement, 1.2.840.113549.1.3.1 (PKCS #3).
    const DH: [u8; 11] = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 3, 1];
    let (p, g) = ffdhe::parameters(group).expect("a finite-field group");
    let parameters = der(SEQUENCE, &[integer(&p), integer(&g)].concat());
    let algorithm = der(SEQUENCE, &[&DH[..], &parameters].concat());
    let private = der(OCTET_STRING, &integer(&own.private));
    let pkcs8 = der(SEQUENCE, &[integer(&[0]), algorithm.clone(), private].concat());
    let public = der(BIT_STRING, &[&[0], &integer(peer)[..]].concat());
    let spki = der(SEQUENCE, &[algorithm, public].concat());

    let files = Files::new();
    std::fs::write(files.path("own.der"), pkcs8).expect("a temporary file");
    std::fs::write(files.path("peer.der"), spki).expect("a temporary file");
    let (own, peer) = (files.path("own.der"), files.path("peer.der"));
    let keys = ["-keyform", "DER", "-inkey", &own, "-peerform", "DER", "-peerkey", &peer];
    openssl(&[&["pkeyutl", "-derive", "-pkeyopt", padding][..], &keys].concat())
}

fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).expect("below 65536").to_be_bytes();
    let length = match length {
        [0, short @ 0..0x80] => vec![short],
        [0, long] => vec![0x81, long],
        [high, low] => vec![0x82, high, low],
    };
    [&[tag], &length[..], content].concat()
}

fn integer(number: &[u8]) -> Vec<u8> {
    // A zero for the sign.
    der(2, &[&[0][..], without_zeros(number)].concat()[usize::from(is_plain(number))..])
}

/// Whether DER has the number without a byte for its sign.
fn is_plain(number: &[u8]) -> bool {
    without_zeros(number).first().is_some_and(|first| *first < 0x80)
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    &bytes[bytes.iter().take_while(|byte| **byte == 0).count()..]
}

/// The sum of two numbers, big-endian.
fn sum(a: &Secret, b: &[u8]) -> Vec<u8> {
    let mut carry = 0;
    let (mut a, mut b) = (a.iter().rev(), b.iter().rev());
    let mut sum = Vec::new();
    loop {
        let (x, y) = (a.next(), b.next());
        if x.is_none() && y.is_none() {
            break;
        }
        let digit = u16::from(*x.unwrap_or(&0)) + u16::from(*y.unwrap_or(&0)) + carry;
        sum.push(digit.to_le_bytes()[0]);
        carry = digit >> 8;
    }
    assert_eq!(carry, 0);
    sum.reverse();
    sum
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

fn openssl(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new("openssl").args(arguments).output().expect("the command line tool openssl is needed");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
