//! Client and server of this crate against each other, in memory.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeSet;

use common::{Parties, SERVER_NAME, accept, is_rsa_key_exchange, key_of, offer};
use tls_glass::ErrorKind;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::entropy::Environment;
use tls_glass::party::{Client, ClientConfig, Server, ServerConfig};
use tls_glass::protocol::suite::tls12::SUITES;
use tls_glass::trace::{Action, Computation, Event, Names, Role, ValueName};
use tls_glass::wire::codepoint::{CipherSuite, HandshakeType, NamedGroup, SignatureScheme};
use tls_glass::wire::{FieldName, tiles};

#[test]
fn every_suite_carries_a_request_and_its_reply() {
    for suite in SUITES {
        let mut parties = Parties::new(key_of(suite.common.id));
        let wire = parties.connect(offer(suite.common.id), accept());
        assert!(parties.client.error().is_none(), "{}: {:?}", suite.common.id, parties.client.error());
        assert!(wire.request.starts_with(b"GET /account HTTP/1.1\r\nHost: bank.example\r\n"), "{}", suite.common.id);
        assert!(wire.reply.starts_with(b"HTTP/1.1 200 OK\r\n"), "{}", suite.common.id);
        assert!(parties.client.is_closed() && parties.server.is_closed(), "{}: both sides closed", suite.common.id);
        let holds = |name| parties.client.holdings().iter().any(|holding| holding.name == name);
        assert!(!holds(ValueName::MasterSecret) && !holds(ValueName::ServerWriteKey), "the keys are erased");
    }
}

#[test]
fn every_group_and_scheme_is_negotiated_when_it_is_the_only_one() {
    let ecdhe = CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(key_of(ecdhe));
    for group in [NamedGroup::X25519, NamedGroup::SECP256R1] {
        for scheme in [
            SignatureScheme::RSA_PSS_RSAE_SHA256,
            SignatureScheme::RSA_PSS_RSAE_SHA384,
            SignatureScheme::RSA_PKCS1_SHA256,
            SignatureScheme::RSA_PKCS1_SHA384,
        ] {
            // The certificates themselves are signed with ECDSA.
            let schemes = vec![scheme, SignatureScheme::ECDSA_SECP256R1_SHA256];
            let config = ClientConfig { groups: vec![group], signature_schemes: schemes, ..offer(ecdhe) };
            parties.units.clear();
            parties.connect(config, accept());
            let negotiated = parties
                .events()
                .filter(|(unit, _)| unit.role == Role::Client)
                .filter_map(|(_, event)| if let Event::Negotiated(it) = event { Some(it) } else { None })
                .last()
                .expect("the hellos settled something");
            assert_eq!((negotiated.group, negotiated.signature_scheme), (Some(group), Some(scheme)));
            assert!(negotiated.extended_master_secret);
            assert_eq!(negotiated.application_protocol.as_deref(), Some("http/1.1"));
        }
    }
}

#[test]
fn extended_master_secret_is_used_only_if_both_want_it() {
    let suite = CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(key_of(suite));
    for (client, server) in [(true, true), (true, false), (false, true), (false, false)] {
        parties.units.clear();
        let wire = parties.connect(
            ClientConfig { extended_master_secret: client, ..offer(suite) },
            ServerConfig { extended_master_secret: server, ..accept() },
        );
        assert!(!wire.reply.is_empty());
        let both = client && server;
        assert!(parties.events().all(|(_, event)| match event {
            Event::Negotiated(negotiated) => negotiated.extended_master_secret == both,
            _ => true,
        }));
    }
}

/// Section 4 of the design: every byte of every buffer belongs to exactly one leaf, and the writer's fields are the
/// reader's.
#[test]
fn the_fields_of_every_buffer_tile_it_and_are_the_same_on_both_sides() {
    for suite in SUITES {
        let mut parties = Parties::new(key_of(suite.common.id));
        parties.connect(offer(suite.common.id), accept());
        let buffers: Vec<_> = parties
            .events()
            .filter_map(|(unit, event)| match event {
                Event::Buffer { buffer } => Some((unit, buffer)),
                _ => None,
            })
            .collect();
        assert!(buffers.len() > 40);
        for (unit, buffer) in &buffers {
            assert_eq!(tiles(&buffer.fields, 0, buffer.bytes.len()), Ok(()), "{:?} {:?}", unit.action, buffer.kind);
        }
        for (sender, sent) in &buffers {
            for (receiver, received) in &buffers {
                if sender.role != receiver.role && sent.kind == received.kind && sent.bytes == received.bytes {
                    assert_eq!(sent.fields, received.fields, "{:?} and {:?}", sender.action, receiver.action);
                }
            }
        }
    }
}

#[test]
fn one_unit_does_one_computation_or_one_message() {
    for suite in SUITES {
        let mut parties = Parties::new(key_of(suite.common.id));
        parties.connect(offer(suite.common.id), accept());
        let actions: Vec<Action> =
            parties.units.iter().filter(|unit| unit.role == Role::Server).map(|unit| unit.action).collect();
        let private_key_uses = actions
            .iter()
            .filter(|action| matches!(action, Action::DecryptPreMasterSecret | Action::SignServerKeyExchange))
            .count();
        let has_identity = usize::from(suite.certificate_key.is_some());
        assert_eq!(private_key_uses, has_identity, "the server uses its private key once a connection, if at all");
        let decrypts = actions.contains(&Action::DecryptPreMasterSecret);
        assert_eq!(decrypts, is_rsa_key_exchange(suite.common.id));
        for unit in &parties.units {
            let messages = unit.events.iter().filter(|event| matches!(event, Event::Message { .. })).count();
            assert!(messages <= 1, "{:?} handles {messages} messages", unit.action);
        }
    }
}

#[test]
fn fragmented_and_coalesced_bytes_make_the_same_connection() {
    let suite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(key_of(suite));
    parties.prepare(offer(suite), accept());
    parties.client.request(SERVER_NAME, "/").expect("well formed");
    let mut reply = Vec::new();
    loop {
        let mut to_server = Vec::new();
        let mut to_client = Vec::new();
        while let Some(advance) = parties.client.advance() {
            to_server.extend(advance.output);
            reply.extend(advance.received.into_iter().flatten());
        }
        // One byte at a time to the server; everything at once to the client.
        for byte in &to_server {
            parties.server.receive(&[*byte]);
            while let Some(advance) = parties.server.advance() {
                to_client.extend(advance.output);
            }
        }
        parties.client.receive(&to_client);
        if to_server.is_empty() {
            break;
        }
    }
    assert!(reply.starts_with(b"HTTP/1.1 200 OK"));
}

#[test]
fn a_client_that_trusts_nobody_refuses_the_certificate() {
    let suite = CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(key_of(suite));
    parties.client = Client::new(Environment::system());
    parties.connect(offer(suite), accept());
    let error = parties.client.error().expect("no anchor, no trust");
    assert!(matches!(error.kind, ErrorKind::Certificate(_)), "{error}");
    let server = parties.server.error().expect("the server hears of it");
    assert_eq!(server.to_string(), "the peer sent the alert unknown_ca");
}

#[test]
fn a_seed_decides_every_byte() {
    for suite in SUITES {
        let seed = [7; 32];
        let run = || {
            let mut parties = Parties::seeded(key_of(suite.common.id), &seed);
            let wire = parties.connect(offer(suite.common.id), accept());
            assert!(wire.reply.starts_with(b"HTTP/1.1 200 OK"), "{:?}", parties.client.error());
            (wire.to_server, wire.to_client, parties.units)
        };
        assert!(run() == run(), "{}", suite.common.id);
    }
}

#[test]
fn a_request_and_its_reply_are_declared_until_the_connection_is_over() {
    for suite in SUITES {
        let mut parties = Parties::new(key_of(suite.common.id));
        let wire = parties.connect(offer(suite.common.id), accept());
        for role in [Role::Client, Role::Server] {
            for (name, said) in [(ValueName::Request, &wire.request), (ValueName::Reply, &wire.reply)] {
                let own = || parties.events().filter(|(unit, _)| unit.role == role);
                let held = own().filter_map(|(_, event)| match event {
                    Event::Held { value } if value.name == name => Some(&value.parts[0].bytes),
                    _ => None,
                });
                assert_eq!(held.collect::<Vec<_>>(), [said], "{}: {role:?} {name}", suite.common.id);
                let (last, _) = own()
                    .filter(|(_, event)| matches!(event, Event::Erased { name: erased } if *erased == name))
                    .last()
                    .expect("it is erased");
                assert_eq!(last.action, Action::EraseKeys, "{}: {role:?} {name}", suite.common.id);
            }
        }
    }
}

#[test]
fn each_request_of_a_connection_gets_its_own_reply() {
    let suite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(key_of(suite));
    parties.prepare(offer(suite), accept());
    let mut replies = Vec::new();
    let asks = ["/first", "/second"];
    let mut next = asks.iter();
    loop {
        if parties.client.is_established()
            && replies.len() + next.len() == asks.len()
            && let Some(path) = next.next()
        {
            parties.client.send(format!("GET {path} HTTP/1.1\r\nHost: {SERVER_NAME}\r\n\r\n").as_bytes());
        }
        let mut idle = true;
        while let Some(advance) = parties.client.advance() {
            idle = false;
            replies.extend(advance.received);
            parties.server.receive(&advance.output);
        }
        while let Some(advance) = parties.server.advance() {
            idle = false;
            parties.client.receive(&advance.output);
        }
        if idle && next.len() == 0 {
            break;
        }
    }
    let replies: Vec<String> = replies.into_iter().map(|bytes| String::from_utf8(bytes).expect("text")).collect();
    assert_eq!(replies.len(), 2);
    for (reply, path) in replies.iter().zip(asks) {
        assert!(reply.starts_with("HTTP/1.1 200 OK") && reply.contains(path), "{reply}");
        assert_eq!(reply.matches("HTTP/1.1").count(), 1, "{reply}");
    }
}

#[test]
fn planted_bytes_are_neither_told_of_nor_declared() {
    let mut parties = Parties::new(KeyAlgorithm::EcdsaP256);
    let before = parties.client.holdings();
    let unit = parties.client.plant(b"a key of somebody else").expect("bytes");
    assert_eq!((unit.role, unit.action, unit.events), (Role::Client, Action::PlantBytes, Vec::new()));
    assert_eq!(parties.client.holdings(), before);
}

#[test]
fn planting_nothing_is_an_error_that_says_so() {
    let mut parties = Parties::new(KeyAlgorithm::EcdsaP256);
    let error = parties.client.plant(b"").expect_err("there is nothing to find");
    assert!(error.to_string().contains("no bytes to plant"), "{error}");
}

#[test]
fn a_reply_that_was_due_is_not_sent_in_the_next_connection() {
    let suite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(key_of(suite));
    parties.prepare(offer(suite), accept());
    parties.client.request(SERVER_NAME, "/first").expect("a path");
    // Until the request has come, and no further.
    while !parties.server.holdings().iter().any(|holding| holding.name == ValueName::Reply) {
        if let Some(advance) = parties.client.advance() {
            parties.server.receive(&advance.output);
        } else {
            parties.client.receive(&parties.server.advance().expect("one of them has something to do").output);
        }
    }
    parties.prepare(offer(suite), accept());
    let wire = parties.run();
    assert!(parties.client.is_established() && parties.server.is_established());
    assert_eq!(wire.reply, b"", "nobody has asked for anything");
    for name in [ValueName::Request, ValueName::Reply] {
        assert!(!parties.server.holdings().iter().any(|holding| holding.name == name), "{name}");
    }
}

#[test]
fn with_ecdhe_the_servers_group_is_a_curve_even_if_the_client_offers_others() {
    let suite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(key_of(suite));
    parties.prepare(ClientConfig::new(SERVER_NAME), ServerConfig { cipher_suites: vec![suite], ..accept() });
    parties.server.receive(&parties.client.advance().expect("a hello").output);
    while let Some(advance) = parties.server.advance() {
        let mut record = advance.output;
        if record.get(5) == Some(&HandshakeType::SERVER_KEY_EXCHANGE.0) {
            // After the header of the record, that of the message, and the type of the curve.
            record[10..12].copy_from_slice(&NamedGroup::FFDHE2048.0.to_be_bytes());
        }
        parties.client.receive(&record);
    }
    while parties.client.advance().is_some() {}
    let what = FieldName::NamedCurve;
    assert_eq!(parties.client.error().map(|error| &error.kind), Some(&ErrorKind::NotOffered { what }));
}

/// A value is named by whose it is: another server in the same run reports its own keys under its own names.
#[test]
fn a_server_reports_its_values_under_the_names_that_it_was_given() {
    let suite = CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    let names = Names {
        private_key: ValueName::RootPrivateKey,
        ephemeral_private_key: ValueName::ClientEphemeralPrivateKey,
        ephemeral_public_key: ValueName::ClientEphemeralPublicKey,
        ..Names::SERVER
    };
    let mut parties = Parties::new(KeyAlgorithm::Rsa);
    parties.server = Server::with_names(Environment::system(), names);
    parties.units = vec![parties.server.generate_key_pair(KeyAlgorithm::Rsa).expect("a key pair")];
    let (_, request) = parties.server.request_certificate(SERVER_NAME).expect("a request");
    let (_, chain) = parties.authority.issue(&request, &[SERVER_NAME]).expect("the authority signs");
    parties.units.push(parties.server.install_certificate(chain).expect("it fits"));
    let wire = parties.connect(offer(suite), accept());
    assert!(wire.reply.starts_with(b"HTTP/1.1 200 OK"));

    let reported: BTreeSet<ValueName> = parties
        .events()
        .filter(|(unit, _)| unit.role == Role::Server)
        .flat_map(|(_, event)| match event {
            Event::Computation(Computation { inputs, outputs, .. }) => {
                inputs.iter().chain(outputs).map(|value| value.name).collect()
            }
            Event::Held { value } => vec![value.name],
            _ => Vec::new(),
        })
        .collect();
    let signed_with = parties.events().any(|(unit, event)| {
        unit.action == Action::SignServerKeyExchange
            && matches!(event, Event::Computation(Computation { inputs, .. }) if inputs[0].name == names.private_key)
    });
    assert!(signed_with && reported.contains(&names.ephemeral_private_key));
    for name in [ValueName::ServerPrivateKey, ValueName::ServerEphemeralPrivateKey, ValueName::ServerEphemeralPublicKey]
    {
        assert!(!reported.contains(&name), "{name}");
    }
}
