//! What neither side goes along with when a session is resumed.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;
use tls_glass::ErrorKind;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::party::{ClientCertificates, ClientConfig, Resumption, ServerConfig};
use tls_glass::trace::{Action, CheckName, Event, Outcome, Role, ValueName};
use tls_glass::wire::FieldName;
use tls_glass::wire::codepoint::{AlertDescription, CipherSuite};
use tls_glass::wire::extension::Extension;
use tls_glass::wire::handshake::tls12::NewSessionTicket;
use tls_glass::wire::handshake::{ClientHello, ServerHello};

use crate::common::Parties;
use crate::common::refusal::{rewrite, written};
use crate::{BOTH, ECDHE, client, connect, did, holds, insider, is_answered, parties, resumed, server};

const TICKET: Resumption = Resumption::SessionTicket;

/// Parties with a session to resume, and then a connection on which somebody changes records.
fn tampered(resumption: Resumption, offer: ClientConfig, tamper: impl Fn(&mut Vec<u8>)) -> Parties {
    let mut parties = parties(ECDHE);
    connect(&mut parties, client(ECDHE, resumption), server(resumption));
    parties.prepare(offer, server(resumption));
    parties.units.clear();
    parties.run_tampered(|_, record| tamper(record));
    parties
}

fn blamed(parties: &Parties, role: Role) -> Option<FieldName> {
    parties.error(role)?.place.as_ref()?.path.last().copied()
}

fn unbind(extensions: &mut Vec<Extension>) {
    extensions.retain(|extension| *extension != Extension::ExtendedMasterSecret);
}

#[test]
fn a_client_refuses_a_server_that_resumes_with_another_suite() {
    let other = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384;
    for resumption in BOTH {
        let both = ClientConfig { cipher_suites: vec![ECDHE, other], ..client(ECDHE, resumption) };
        let parties =
            tampered(resumption, both, |record| rewrite(record, |hello: &mut ServerHello| hello.cipher_suite = other));
        let reason = parties.assert_refused(Role::Client, AlertDescription::ILLEGAL_PARAMETER, "another suite");
        assert_eq!(reason, ErrorKind::ResumedDifferently { what: FieldName::CipherSuite });
        assert_eq!(blamed(&parties, Role::Client), Some(FieldName::CipherSuite));
    }
}

#[test]
fn a_client_refuses_a_server_that_resumes_without_extended_master_secret() {
    for resumption in BOTH {
        let parties = tampered(resumption, client(ECDHE, resumption), |record| {
            rewrite(record, |hello: &mut ServerHello| unbind(&mut hello.extensions));
        });
        let reason = parties.assert_refused(Role::Client, AlertDescription::HANDSHAKE_FAILURE, "no answer");
        assert_eq!(reason, ErrorKind::ResumedUnbound);
        assert_eq!(blamed(&parties, Role::Client), Some(FieldName::Extensions));
    }
}

#[test]
fn a_server_refuses_a_client_that_asks_for_a_session_without_extended_master_secret() {
    for resumption in BOTH {
        let parties = tampered(resumption, client(ECDHE, resumption), |record| {
            rewrite(record, |hello: &mut ClientHello| unbind(&mut hello.extensions));
        });
        let reason = parties.assert_refused(Role::Server, AlertDescription::HANDSHAKE_FAILURE, "no offer");
        assert_eq!(reason, ErrorKind::ResumedUnbound);
        assert_eq!(blamed(&parties, Role::Server), Some(FieldName::Extensions));
    }
}

#[test]
fn a_client_refuses_a_ticket_in_the_servers_hello() {
    let mut parties = parties(ECDHE);
    parties.prepare(client(ECDHE, TICKET), server(TICKET));
    parties.units.clear();
    parties.run_tampered(|_, record| {
        rewrite(record, |hello: &mut ServerHello| {
            let promise =
                hello.extensions.iter_mut().find(|extension| matches!(extension, Extension::SessionTicket(_)));
            *promise.expect("the server promises a ticket") = Extension::SessionTicket(vec![7]);
        });
    });
    let reason = parties.assert_refused(Role::Client, AlertDescription::ILLEGAL_PARAMETER, "a ticket in the hello");
    assert!(matches!(reason, ErrorKind::Decode(_)), "{reason}");
    assert_eq!(blamed(&parties, Role::Client), Some(FieldName::TicketBytes));
}

/// A connection at whose end the client has another ticket than the server gave it.
fn connect_with_ticket(parties: &mut Parties, mut change: impl FnMut(&mut Vec<u8>)) {
    let reply = insider::connect(parties, (client(ECDHE, TICKET), server(TICKET)), |record| {
        rewrite(record, |NewSessionTicket { ticket, .. }| change(ticket));
    });
    assert!(reply.starts_with(b"HTTP/1.1 200 OK"), "{:?} {:?}", parties.client.error(), parties.server.error());
}

#[test]
fn a_ticket_with_any_bit_flipped_leads_to_a_full_handshake() {
    let parties = RefCell::new(parties(ECDHE));
    let config = ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() };
    let outcome = TestRunner::new(config).run(&any::<Index>(), |bit| {
        let mut parties = parties.borrow_mut();
        // The session of the last case goes.
        parties.client.connect(client(ECDHE, Resumption::None)).expect("the client's options are good");
        connect_with_ticket(&mut parties, |ticket| {
            let bit = bit.index(8 * ticket.len());
            ticket[bit / 8] ^= 1 << (bit % 8);
        });
        let wire = connect(&mut parties, client(ECDHE, TICKET), server(TICKET));
        prop_assert!(is_answered(&wire));
        prop_assert_eq!(resumed(&parties), [false, false]);
        let refused = parties.events().any(|(unit, event)| {
            unit.action == Action::OpenSessionTicket
                && matches!(event, Event::Check(check)
                    if check.name == CheckName::TicketAuthentic && matches!(check.outcome, Outcome::Failed { .. }))
        });
        prop_assert!(refused, "the trace says why");
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[test]
fn with_the_ticket_as_it_is_the_same_way_leads_to_a_resumed_handshake() {
    let mut parties = parties(ECDHE);
    connect_with_ticket(&mut parties, |_| {});
    assert!(is_answered(&connect(&mut parties, client(ECDHE, TICKET), server(TICKET))));
    assert_eq!(resumed(&parties), [true, true]);
}

#[test]
fn an_empty_ticket_means_that_there_is_no_session() {
    let mut parties = parties(ECDHE);
    connect_with_ticket(&mut parties, Vec::clear);
    for name in [ValueName::MasterSecret, ValueName::SessionTicket] {
        assert!(!holds(&parties.client.holdings(), name), "{name}");
    }
    assert!(is_answered(&connect(&mut parties, client(ECDHE, TICKET), server(TICKET))));
    assert_eq!(resumed(&parties), [false, false]);
    assert!(!did(&parties, Role::Server, Action::OpenSessionTicket), "the client brings none");
}

#[test]
fn a_ticket_that_is_renewed_takes_the_place_of_the_former_one() {
    let renewed = b"another ticket".to_vec();
    let mut parties = parties(ECDHE);
    connect(&mut parties, client(ECDHE, TICKET), server(TICKET));
    // Our server does not renew tickets, others do (RFC 5077, section 3.3).
    let reply = insider::connect(&mut parties, (client(ECDHE, TICKET), server(TICKET)), |record| {
        let mut promised = false;
        rewrite(record, |hello: &mut ServerHello| {
            hello.extensions.push(Extension::SessionTicket(Vec::new()));
            promised = true;
        });
        if promised {
            record.extend(written(&NewSessionTicket { ticket_lifetime_hint: 0, ticket: renewed.clone() }));
        }
    });
    assert!(reply.starts_with(b"HTTP/1.1 200 OK"), "{:?} {:?}", parties.client.error(), parties.server.error());
    assert_eq!(resumed(&parties), [true, true]);
    let received = parties.units.iter().filter(|unit| unit.action == Action::ReceiveNewSessionTicket).count();
    assert_eq!(received, 1);

    let brought = RefCell::new(Vec::new());
    parties.prepare(client(ECDHE, TICKET), server(TICKET));
    parties.run_tampered(|_, record| {
        rewrite(record, |hello: &mut ClientHello| brought.borrow_mut().extend(hello.extensions.clone()));
    });
    assert!(brought.borrow().contains(&Extension::SessionTicket(renewed.clone())));
}

#[test]
fn a_session_of_a_client_with_a_certificate_is_resumed_where_one_is_required() {
    for resumption in BOTH {
        let mut parties = parties(ECDHE);
        parties.certify_client(KeyAlgorithm::EcdsaP256);
        let required = ServerConfig { client_certificates: ClientCertificates::Required, ..server(resumption) };
        for expected in [false, true] {
            parties.prepare(client(ECDHE, resumption), required.clone());
            parties.units.clear();
            parties.run();
            assert!(parties.client.is_established() && parties.server.is_established(), "{resumption:?}");
            assert_eq!(resumed(&parties), [expected; 2], "{resumption:?}");
            assert_eq!(did(&parties, Role::Server, Action::CheckCertificateVerify), !expected, "{resumption:?}");
            assert!(holds(&parties.server.holdings(), ValueName::ClientCertificate), "it knows who the client is");
        }
    }
}

#[test]
fn a_session_of_a_client_without_a_certificate_is_not_resumed_where_one_has_come_to_be_required() {
    for resumption in BOTH {
        let mut parties = parties(ECDHE);
        let asking = |client_certificates| ServerConfig { client_certificates, ..server(resumption) };
        for expected in [[false, false], [true, true]] {
            let requested = asking(ClientCertificates::Requested);
            assert!(is_answered(&connect(&mut parties, client(ECDHE, resumption), requested)));
            assert_eq!(resumed(&parties), expected, "{resumption:?}");
        }
        connect(&mut parties, client(ECDHE, resumption), asking(ClientCertificates::Required));
        assert_eq!(resumed(&parties), [false, false], "{resumption:?}");
        let reason = parties.assert_refused(Role::Server, AlertDescription::HANDSHAKE_FAILURE, "no certificate");
        assert_eq!(reason, ErrorKind::NoClientCertificate, "{resumption:?}");
    }
}
