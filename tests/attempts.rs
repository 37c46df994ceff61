//! Keys, tried on records: each verdict comes from a function that ran, or says why none did.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;

use common::{Parties, accept, key_of, offer};
use tls_glass::crypto::signature::{KeyAlgorithm, PrivateKey, PublicKey};
use tls_glass::entropy::Entropy;
use tls_glass::party::AttemptOutcome;
use tls_glass::protocol::suite::tls12::SUITES;
use tls_glass::trace::{Event, ValueName};
use tls_glass::wire::codepoint::{CipherSuite, ContentType, SignatureScheme};

const REPLY: &[u8] = b"what the server says";

/// An established connection, and a record of application data that the server sent.
fn established(suite: CipherSuite) -> (Parties, Vec<u8>) {
    let mut parties = Parties::new(key_of(suite));
    parties.prepare(offer(suite), accept());
    parties.run();
    assert!(parties.client.is_established() && parties.server.is_established(), "{suite}");
    parties.server.send(REPLY);
    let record = parties.server.advance().expect("it has something to send").output;
    (parties, record)
}

fn record(fragment: &[u8]) -> Vec<u8> {
    let length = u16::try_from(fragment.len()).expect("a short fragment").to_be_bytes();
    [&[ContentType::APPLICATION_DATA.0, 3, 3], &length[..], fragment].concat()
}

fn by_client(parties: &Parties, record: &[u8], key: ValueName) -> AttemptOutcome {
    parties.client.attempt(record, key).expect("the key works").outcome
}

fn by_server(parties: &Parties, record: &[u8], key: ValueName) -> AttemptOutcome {
    parties.server.attempt(record, key).expect("the key works").outcome
}

fn opened(plaintext: &[u8]) -> AttemptOutcome {
    AttemptOutcome::Opened { plaintext: plaintext.to_vec() }
}

fn private_key(parties: &Parties) -> PrivateKey {
    let pkcs8 = parties.events().find_map(|(_, event)| match event {
        Event::Held { value } if value.name == ValueName::ServerPrivateKey => {
            value.parts.iter().find(|part| part.name == "pkcs8").map(|part| part.bytes.clone())
        }
        _ => None,
    });
    PrivateKey::from_pkcs8(&pkcs8.expect("the server told of its key")).expect("it is a private key")
}

#[test]
fn of_all_keys_only_the_servers_data_key_opens_its_record() {
    for suite in SUITES {
        let (parties, reply) = established(suite.common.id);
        for outcome in [by_client, by_server] {
            assert_eq!(outcome(&parties, &reply, ValueName::ServerWriteKey), opened(REPLY), "{}", suite.common.id);
            let other = outcome(&parties, &reply, ValueName::ClientWriteKey);
            assert_eq!(other, AttemptOutcome::NotAuthentic, "{}", suite.common.id);
            for at in 5..reply.len() {
                let mut changed = reply.clone();
                changed[at] ^= 1;
                let outcome = outcome(&parties, &changed, ValueName::ServerWriteKey);
                assert_eq!(outcome, AttemptOutcome::NotAuthentic, "{}, byte {at}", suite.common.id);
            }
        }
        assert_eq!(by_client(&parties, &reply, ValueName::ServerPrivateKey), AttemptOutcome::NotHeld);
    }
}

#[test]
fn a_data_key_is_not_tried_on_what_is_no_record_of_its_cipher() {
    for suite in SUITES {
        let (parties, reply) = established(suite.common.id);
        let fragment = &reply[5..];
        let tried = |bytes: &[u8]| by_client(&parties, bytes, ValueName::ServerWriteKey);
        for length in 0..reply.len() {
            assert_eq!(tried(&reply[..length]), AttemptOutcome::NotARecord, "{}, cut to {length}", suite.common.id);
        }
        assert_eq!(
            tried(&[&reply[..], &[0]].concat()),
            AttemptOutcome::NotARecord,
            "{}, with a byte more",
            suite.common.id
        );
        // Every cipher puts at least sixteen bytes around the content.
        for length in 0..16 {
            let outcome = tried(&record(&fragment[..length]));
            assert_eq!(outcome, AttemptOutcome::NotARecord, "{}, {length} bytes", suite.common.id);
        }
        // One byte less is no whole number of blocks for CBC, and for the others a record that is not authentic.
        let outcome = tried(&record(&fragment[..fragment.len() - 1]));
        let expected = if suite.common.id.to_string().contains("CBC") {
            AttemptOutcome::NotARecord
        } else {
            AttemptOutcome::NotAuthentic
        };
        assert_eq!(outcome, expected, "{}", suite.common.id);
    }
}

#[test]
fn an_rsa_private_key_opens_what_was_encrypted_for_it_and_says_why_it_was_not_tried_on_other_lengths() {
    let (parties, reply) = established(CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256);
    let tried = |bytes: &[u8]| by_server(&parties, bytes, ValueName::ServerPrivateKey);
    let public = private_key(&parties).public_key().expect("its public half");
    let needed = public.rsa_modulus_length().expect("an RSA key");
    let encrypted = {
        let mut rng = Entropy::system().rng("a message for the server").expect("random numbers");
        public.rsa_encrypt(b"for the server alone", &mut rng).expect("a ciphertext")
    };
    assert_eq!(tried(&record(&encrypted)), opened(b"for the server alone"));
    let mut changed = encrypted.clone();
    changed[needed - 1] ^= 1;
    assert_eq!(tried(&record(&changed)), AttemptOutcome::NotAuthentic);

    assert_eq!(tried(&record(&vec![0xff; needed])), AttemptOutcome::OutOfRange, "a number above the modulus");
    let got = reply.len() - 5;
    assert_eq!(tried(&reply), AttemptOutcome::WrongLength { got, needed });
    assert_eq!(tried(&record(&encrypted[1..])), AttemptOutcome::WrongLength { got: needed - 1, needed });
    assert_eq!(tried(&encrypted), AttemptOutcome::NotARecord);
    assert_eq!(tried(&[]), AttemptOutcome::NotARecord);
}

#[test]
fn an_rsa_public_key_undoes_a_signature_and_says_why_it_was_not_tried_on_other_lengths() {
    let (parties, reply) = established(CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256);
    let key = private_key(&parties);
    let needed = key.public_key().expect("its public half").rsa_modulus_length().expect("an RSA key");
    let signature = {
        let mut rng = Entropy::system().rng("a signature").expect("random numbers");
        key.sign(SignatureScheme::RSA_PKCS1_SHA256, b"a message", &mut rng).expect("a signature")
    };
    for tried in [by_client, by_server] {
        let tried = |bytes: &[u8]| tried(&parties, bytes, ValueName::ServerPublicKey);
        let AttemptOutcome::Opened { plaintext } = tried(&record(&signature)) else {
            panic!("what the private key signed is undone by the public key: {:?}", tried(&record(&signature)))
        };
        // DigestInfo (RFC 8017, section 9.2): 19 bytes that name SHA-256, and the hash.
        assert_eq!((plaintext.len(), &plaintext[..2]), (51, &[0x30, 0x31][..]));
        let mut changed = signature.clone();
        changed[needed - 1] ^= 1;
        assert_eq!(tried(&record(&changed)), AttemptOutcome::NotAuthentic);
        assert_eq!(tried(&record(&vec![0xff; needed])), AttemptOutcome::OutOfRange);
        assert_eq!(tried(&reply), AttemptOutcome::WrongLength { got: reply.len() - 5, needed });
        assert_eq!(tried(&signature), AttemptOutcome::NotARecord);
    }
}

#[test]
fn an_ecdsa_key_has_no_function_that_opens_records() {
    let (parties, reply) = established(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256);
    let expected = AttemptOutcome::NotADecryptionKey { algorithm: KeyAlgorithm::EcdsaP256 };
    assert_eq!(by_server(&parties, &reply, ValueName::ServerPrivateKey), expected);
    assert_eq!(by_server(&parties, &reply, ValueName::ServerPublicKey), expected);
    assert_eq!(by_client(&parties, &reply, ValueName::ServerPublicKey), expected);
    let public: PublicKey = private_key(&parties).public_key().expect("its public half");
    assert_eq!(public.rsa_modulus_length(), None);
}
