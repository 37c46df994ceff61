//! Connections that go on with the session of an earlier one: by session ID, by ticket, and not at all.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;
#[path = "resumption/insider.rs"]
mod insider;
#[path = "resumption/refusals.rs"]
mod refusals;

use common::{Parties, Wire, accept, key_of, offer};
use tls_glass::ErrorKind;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::party::{Authority, ClientConfig, Environment, Resumption, ServerConfig};
use tls_glass::protocol::suite::tls12::SUITES;
use tls_glass::trace::{Action, CheckName, Event, Holding, Outcome, Role, ValueName};
use tls_glass::wire::codepoint::{AlertDescription, CipherSuite};

const ECDHE: CipherSuite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
const BOTH: [Resumption; 2] = [Resumption::SessionId, Resumption::SessionTicket];

fn client(suite: CipherSuite, resumption: Resumption) -> ClientConfig {
    ClientConfig { resumption, ..offer(suite) }
}

fn server(resumption: Resumption) -> ServerConfig {
    ServerConfig { resumption, ..accept() }
}

fn parties(suite: CipherSuite) -> Parties {
    let mut parties = Parties::new(key_of(suite));
    parties.units.push(parties.server.generate_ticket_key().expect("a ticket key"));
    parties
}

/// A connection, and what happened in it: the units before it are gone.
fn connect(parties: &mut Parties, client: ClientConfig, server: ServerConfig) -> Wire {
    parties.units.clear();
    parties.connect(client, server)
}

fn is_answered(wire: &Wire) -> bool {
    wire.reply.starts_with(b"HTTP/1.1 200 OK")
}

/// Whether each side says that the connection went on with an earlier session.
fn resumed(parties: &Parties) -> [bool; 2] {
    [Role::Client, Role::Server].map(|role| {
        parties.events().any(|(unit, event)| {
            unit.role == role && matches!(event, Event::Negotiated(negotiated) if negotiated.resumed)
        })
    })
}

fn did(parties: &Parties, role: Role, action: Action) -> bool {
    parties.units.iter().any(|unit| unit.role == role && unit.action == action)
}

fn holds(holdings: &[Holding], name: ValueName) -> bool {
    holdings.iter().any(|holding| holding.name == name)
}

#[test]
fn every_suite_resumes_in_both_ways_and_with_new_keys() {
    for suite in SUITES {
        for resumption in BOTH {
            let what = format!("{} {resumption:?}", suite.common.id);
            let mut parties = parties(suite.common.id);
            let mut keys = Vec::new();
            for connection in 0..3 {
                let wire = connect(&mut parties, client(suite.common.id, resumption), server(resumption));
                assert!(is_answered(&wire), "{what}: {:?} {:?}", parties.client.error(), parties.server.error());
                assert_eq!(resumed(&parties), [connection > 0; 2], "{what}: connection {connection}");
                keys.push(held(&parties, Role::Client, ValueName::ServerWriteKey));
                assert_eq!(keys.last(), Some(&held(&parties, Role::Server, ValueName::ServerWriteKey)), "{what}");
            }
            keys.sort();
            keys.dedup();
            assert_eq!(keys.len(), 3, "{what}: each connection has keys of its own");
        }
    }
}

fn held(parties: &Parties, role: Role, name: ValueName) -> Vec<u8> {
    let mut values = parties.events().filter_map(|(unit, event)| match event {
        Event::Held { value } if unit.role == role && value.name == name => Some(value.parts[0].bytes.clone()),
        _ => None,
    });
    values.next().expect("it was held")
}

#[test]
fn a_resumed_handshake_has_no_certificate_no_key_exchange_and_no_use_of_the_private_key() {
    for resumption in BOTH {
        let mut parties = parties(ECDHE);
        connect(&mut parties, client(ECDHE, resumption), server(resumption));
        connect(&mut parties, client(ECDHE, resumption), server(resumption));
        for action in [
            Action::SendCertificate,
            Action::CheckCertificate,
            Action::GenerateEphemeralKey,
            Action::SignServerKeyExchange,
            Action::SendClientKeyExchange,
            Action::ComputeSharedSecret,
            Action::DeriveMasterSecret,
        ] {
            assert!(![Role::Client, Role::Server].iter().any(|role| did(&parties, *role, action)), "{action:?}");
        }
        let used = parties.events().any(|(_, event)| match event {
            Event::Computation(done) => done.inputs.iter().any(|input| input.name == ValueName::ServerPrivateKey),
            _ => false,
        });
        assert!(!used, "{resumption:?}: the server's private key takes no part");
        // RFC 5246, section 7.3: in an abbreviated handshake the server's Finished comes first.
        let finished =
            |role| parties.units.iter().position(|unit| unit.role == role && unit.action == Action::SendFinished);
        assert!(finished(Role::Server) < finished(Role::Client));
        let opened = did(&parties, Role::Server, Action::OpenSessionTicket);
        assert_eq!(opened, resumption == Resumption::SessionTicket);
    }
}

#[test]
fn between_connections_the_client_keeps_the_master_secret_and_the_server_only_with_session_ids() {
    for resumption in BOTH {
        let mut parties = parties(ECDHE);
        for _ in 0..2 {
            connect(&mut parties, client(ECDHE, resumption), server(resumption));
            let (client, server) = (parties.client.holdings(), parties.server.holdings());
            assert!(holds(&client, ValueName::MasterSecret));
            assert_eq!(holds(&client, ValueName::SessionTicket), resumption == Resumption::SessionTicket);
            assert!(!holds(&client, ValueName::SessionTicketKey));
            assert_eq!(holds(&server, ValueName::MasterSecret), resumption == Resumption::SessionId);
            assert_eq!(holds(&server, ValueName::SessionTicketKey), resumption == Resumption::SessionTicket);
            for holdings in [client, server] {
                for key in [ValueName::ClientWriteKey, ValueName::ServerWriteKey, ValueName::PreMasterSecret] {
                    assert!(!holds(&holdings, key), "{key}");
                }
            }
        }
        // Whoever resumes nothing keeps nothing.
        connect(&mut parties, client(ECDHE, Resumption::None), server(Resumption::None));
        for holdings in [parties.client.holdings(), parties.server.holdings()] {
            for name in [ValueName::MasterSecret, ValueName::SessionTicket, ValueName::SessionTicketKey] {
                assert!(!holds(&holdings, name), "{name}");
            }
        }
    }
}

#[test]
fn what_one_side_does_not_know_leads_to_a_full_handshake() {
    let full = [false, false];
    // The server has a new ticket key.
    let ticket = Resumption::SessionTicket;
    let mut parties = parties(ECDHE);
    connect(&mut parties, client(ECDHE, ticket), server(ticket));
    parties.server.generate_ticket_key().expect("another key");
    let wire = connect(&mut parties, client(ECDHE, ticket), server(ticket));
    assert!(is_answered(&wire) && resumed(&parties) == full);
    let refused = parties.events().any(|(_, event)| {
        matches!(event, Event::Check(check)
            if check.name == CheckName::TicketAuthentic && matches!(check.outcome, Outcome::Failed { .. }))
    });
    assert!(refused, "the trace says why");
    // The ticket that came with it is good.
    connect(&mut parties, client(ECDHE, ticket), server(ticket));
    assert_eq!(resumed(&parties), [true, true]);

    // The server does it by ID only, the client asked for tickets, too: it takes the ID.
    let id = Resumption::SessionId;
    assert!(is_answered(&connect(&mut parties, client(ECDHE, ticket), server(id))));
    assert_eq!(resumed(&parties), full);
    assert!(is_answered(&connect(&mut parties, client(ECDHE, ticket), server(id))));
    assert_eq!(resumed(&parties), [true, true]);

    // The server has forgotten, the client has not.
    connect(&mut parties, client(ECDHE, id), server(Resumption::None));
    assert_eq!(resumed(&parties), full);
    // The client has forgotten, the server has not.
    connect(&mut parties, client(ECDHE, id), server(id));
    connect(&mut parties, client(ECDHE, Resumption::None), server(id));
    assert_eq!(resumed(&parties), full);
}

#[test]
fn a_session_fits_one_name_and_one_suite() {
    let other = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384;
    for resumption in BOTH {
        let mut parties = parties(ECDHE);
        connect(&mut parties, client(ECDHE, resumption), server(resumption));
        // The client does not even ask.
        assert!(is_answered(&connect(&mut parties, client(other, resumption), server(resumption))));
        assert_eq!(resumed(&parties), [false, false]);
        // The server has come to accept only another suite.
        let both = ClientConfig { cipher_suites: vec![other, ECDHE], ..client(other, resumption) };
        let only = ServerConfig { cipher_suites: vec![ECDHE], ..server(resumption) };
        assert!(is_answered(&connect(&mut parties, both, only)));
        assert_eq!(resumed(&parties), [false, false]);
    }
}

#[test]
fn without_extended_master_secret_no_session_is_kept() {
    for resumption in BOTH {
        for (by_client, by_server) in [(false, true), (true, false)] {
            let mut parties = parties(ECDHE);
            let client = ClientConfig { extended_master_secret: by_client, ..client(ECDHE, resumption) };
            let server = ServerConfig { extended_master_secret: by_server, ..server(resumption) };
            for _ in 0..2 {
                assert!(is_answered(&connect(&mut parties, client.clone(), server.clone())));
                assert_eq!(resumed(&parties), [false, false]);
                assert!(!holds(&parties.client.holdings(), ValueName::MasterSecret));
                assert!(!holds(&parties.server.holdings(), ValueName::MasterSecret));
            }
        }
    }
}

#[test]
fn a_session_whose_connection_failed_is_not_resumed() {
    for resumption in BOTH {
        let mut parties = parties(ECDHE);
        parties.prepare(client(ECDHE, resumption), server(resumption));
        parties.run();
        assert!(parties.client.is_established() && parties.server.is_established());
        // A record that nobody made.
        parties
            .client
            .receive(&[23, 3, 3, 0, 24, 0, 0, 0, 0, 0, 0, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
        parties.run();
        assert_eq!(parties.client.error().map(|error| &error.kind), Some(&ErrorKind::BadRecordMac));
        let told = ErrorKind::AlertReceived(AlertDescription::BAD_RECORD_MAC);
        assert_eq!(parties.server.error().map(|error| &error.kind), Some(&told));
        assert!(!holds(&parties.client.holdings(), ValueName::MasterSecret));
        assert!(!holds(&parties.server.holdings(), ValueName::MasterSecret));
        connect(&mut parties, client(ECDHE, resumption), server(resumption));
        assert_eq!(resumed(&parties), [false, false]);
    }
}

#[test]
fn a_session_expires_with_its_lifetime() {
    use std::sync::atomic::{AtomicU64, Ordering};
    use tls_glass::entropy::{Entropy, Now};

    static CLOCK: AtomicU64 = AtomicU64::new(common::NOW);
    let world =
        |_| Environment { entropy: Entropy::system(), now: Now::Reads(|| CLOCK.load(Ordering::Relaxed)), clock: None };
    for resumption in BOTH {
        let mut parties = Parties::within(KeyAlgorithm::EcdsaP256, world);
        parties.server.generate_ticket_key().expect("a key");
        connect(&mut parties, client(ECDHE, resumption), server(resumption));
        for (seconds, expected) in [(7199, true), (1, false)] {
            CLOCK.fetch_add(seconds, Ordering::Relaxed);
            assert!(is_answered(&connect(&mut parties, client(ECDHE, resumption), server(resumption))));
            // To resume a session does not prolong it.
            assert_eq!(resumed(&parties), [expected; 2], "{resumption:?}");
        }
    }
}

#[test]
fn a_session_is_not_resumed_by_who_trusts_others_now() {
    for resumption in BOTH {
        let mut parties = parties(ECDHE);
        connect(&mut parties, client(ECDHE, resumption), server(resumption));
        // With one more authority to trust, the session says nothing of what would be trusted.
        let mut other = Authority::new(Environment::system());
        other.establish().expect("it makes its keys");
        let more = ClientConfig { trust_anchors: vec![other.root().to_vec()], ..client(ECDHE, resumption) };
        assert!(is_answered(&connect(&mut parties, more, server(resumption))));
        assert_eq!(resumed(&parties), [false, false], "{resumption:?}: the client");

        connect(&mut parties, client(ECDHE, resumption), server(resumption));
        let more = ServerConfig { trust_anchors: vec![other.root().to_vec()], ..server(resumption) };
        assert!(is_answered(&connect(&mut parties, client(ECDHE, resumption), more)));
        assert_eq!(resumed(&parties), [false, false], "{resumption:?}: the server");
    }
}

#[test]
fn with_another_identity_no_session_is_left() {
    let id = Resumption::SessionId;
    let mut parties = parties(ECDHE);
    connect(&mut parties, client(ECDHE, id), server(id));
    parties.server.generate_key_pair(KeyAlgorithm::EcdsaP256).expect("a key pair");
    assert!(!holds(&parties.server.holdings(), ValueName::MasterSecret));
    parties.client.generate_key_pair(KeyAlgorithm::EcdsaP256).expect("a key pair");
    assert!(!holds(&parties.client.holdings(), ValueName::MasterSecret));
}

#[test]
fn a_server_without_a_ticket_key_hands_out_no_tickets() {
    let mut parties = Parties::new(KeyAlgorithm::EcdsaP256);
    let refused = parties.server.accept(server(Resumption::SessionTicket));
    assert!(
        matches!(refused, Err(error) if matches!(error.kind, ErrorKind::Internal(what) if what.contains("ticket key")))
    );
}
