//! Clients that show who they are: with a certificate, without one, with a signature that is refused. What else is refused
//! stands in the tables of `tests/unexpected.rs`.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

mod common;

use core::cell::RefCell;

use common::refusal::rewrite;
use common::{Parties, asking, key_of, offer};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;
use tls_glass::ErrorKind;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::party::{ClientCertificates, ServerConfig};
use tls_glass::protocol::suite::tls12::{SUITES, Suite};
use tls_glass::trace::{Action, CheckName, Event, Outcome, Role, ValueName};
use tls_glass::wire::codepoint::{AlertDescription, CipherSuite, SignatureScheme};
use tls_glass::wire::handshake::tls12::CertificateVerify;

/// Parties whose client has a certificate of their authority, which the server trusts with clients.
fn with_certified_client(server_key: KeyAlgorithm, client_key: KeyAlgorithm) -> Parties {
    let mut parties = Parties::new(server_key);
    parties.certify_client(client_key);
    parties
}

fn signed_suites() -> impl Iterator<Item = Suite> {
    SUITES.into_iter().filter(|suite| suite.certificate_key.is_some())
}

fn did(parties: &Parties, role: Role, action: Action) -> bool {
    parties.units.iter().any(|unit| unit.role == role && unit.action == action)
}

#[test]
fn a_client_with_a_certificate_proves_that_it_is_its_own_under_every_suite() {
    for suite in signed_suites() {
        for client_key in [KeyAlgorithm::EcdsaP256, KeyAlgorithm::Rsa] {
            let mut parties = with_certified_client(key_of(suite.common.id), client_key);
            let wire = parties.connect(offer(suite.common.id), asking(ClientCertificates::Required));
            assert!(wire.reply.starts_with(b"HTTP/1.1 200 OK"), "{}: {:?}", suite.common.id, parties.server.error());
            for (role, action) in [
                (Role::Server, Action::SendCertificateRequest),
                (Role::Client, Action::ReceiveCertificateRequest),
                (Role::Client, Action::SendCertificate),
                (Role::Server, Action::ReceiveCertificate),
                (Role::Server, Action::CheckCertificate),
                (Role::Client, Action::SignCertificateVerify),
                (Role::Client, Action::SendCertificateVerify),
                (Role::Server, Action::ReceiveCertificateVerify),
                (Role::Server, Action::CheckCertificateVerify),
            ] {
                assert!(did(&parties, role, action), "{}: {role:?} {action:?}", suite.common.id);
            }
            let passed = parties.events().any(|(_, event)| {
                matches!(event, Event::Check(check)
                    if check.name == CheckName::ClientSignature && check.outcome == Outcome::Passed)
            });
            assert!(passed, "{}", suite.common.id);
        }
    }
}

#[test]
fn the_clients_private_key_is_held_by_the_client_only_and_the_servers_by_the_server_only() {
    let mut parties = with_certified_client(KeyAlgorithm::Rsa, KeyAlgorithm::EcdsaP256);
    parties.connect(offer(CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256), asking(ClientCertificates::Required));
    let holds = |holdings: Vec<tls_glass::trace::Holding>, name| holdings.iter().any(|holding| holding.name == name);
    assert!(holds(parties.client.holdings(), ValueName::ClientPrivateKey));
    assert!(!holds(parties.client.holdings(), ValueName::ServerPrivateKey));
    assert!(holds(parties.server.holdings(), ValueName::ServerPrivateKey));
    assert!(!holds(parties.server.holdings(), ValueName::ClientPrivateKey));
    // What came over the wire is gone with the connection.
    assert!(!holds(parties.server.holdings(), ValueName::ClientPublicKey));
}

#[test]
fn a_client_without_a_certificate_says_so_and_is_served_if_none_is_required() {
    let suite = CipherSuite::TLS_DHE_RSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(key_of(suite));
    let wire = parties.connect(offer(suite), asking(ClientCertificates::Requested));
    assert!(wire.reply.starts_with(b"HTTP/1.1 200 OK"));
    assert!(did(&parties, Role::Client, Action::SendCertificate));
    assert!(!did(&parties, Role::Client, Action::SignCertificateVerify));
}

#[test]
fn a_client_reads_its_refusal_before_it_goes_on() {
    let suite = CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(key_of(suite));
    parties.prepare(offer(suite), asking(ClientCertificates::Required));
    // Both take turns, so that the alert comes while the client still has work of its own.
    loop {
        let from_client = parties.client.advance();
        let from_server = parties.server.advance();
        if let Some(advance) = &from_client {
            parties.server.receive(&advance.output);
        }
        if let Some(advance) = &from_server {
            parties.client.receive(&advance.output);
        }
        if from_client.is_none() && from_server.is_none() {
            break;
        }
        parties.units.extend(from_client.into_iter().chain(from_server).map(|advance| advance.unit));
    }
    assert!(did(&parties, Role::Client, Action::ReceiveAlert));
    assert!(!did(&parties, Role::Client, Action::SendFinished));
}

#[test]
fn a_server_forgets_whom_it_trusted() {
    let suite = CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    let mut parties = with_certified_client(key_of(suite), KeyAlgorithm::EcdsaP256);
    parties.server.forget_trust_anchors();
    assert!(parties.server.holdings().iter().all(|holding| holding.name != ValueName::RootCertificate));
    parties.connect(offer(suite), asking(ClientCertificates::Required));
    assert_eq!(parties.server.error().and_then(tls_glass::Error::alert), Some(AlertDescription::UNKNOWN_CA));
}

/// The signature itself: what its scheme and its length say is another matter.
#[test]
fn a_signature_with_any_bit_flipped_is_refused_before_anything_else() {
    let suite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
    for key in [KeyAlgorithm::EcdsaP256, KeyAlgorithm::Rsa] {
        let parties = RefCell::new(with_certified_client(key_of(suite), key));
        let config = ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() };
        let outcome = TestRunner::new(config).run(&any::<Index>(), |bit| {
            let mut parties = parties.borrow_mut();
            parties.prepare(offer(suite), asking(ClientCertificates::Required));
            parties.units.clear();
            parties.run_tampered(|_, record| {
                rewrite(record, |CertificateVerify { signature, .. }| {
                    let bit = bit.index(8 * signature.len());
                    signature[bit / 8] ^= 1 << (bit % 8);
                });
            });
            let reason = parties.assert_refused(Role::Server, AlertDescription::DECRYPT_ERROR, "a flipped bit");
            prop_assert_eq!(reason, ErrorKind::BadClientSignature);
            prop_assert!(!did(&parties, Role::Server, Action::ReceiveFinished));
            Ok(())
        });
        assert!(outcome.is_ok(), "{key:?}: {outcome:?}");
    }
}

#[test]
fn a_client_signs_with_nothing_that_the_server_does_not_take() {
    let suite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
    let mut parties = with_certified_client(key_of(suite), KeyAlgorithm::Rsa);
    let config = ServerConfig {
        signature_schemes: vec![SignatureScheme::ECDSA_SECP256R1_SHA256],
        ..asking(ClientCertificates::Requested)
    };
    let wire = parties.connect(offer(suite), config);
    assert!(wire.reply.starts_with(b"HTTP/1.1 200 OK"));
    assert!(!did(&parties, Role::Client, Action::SignCertificateVerify), "it has no suitable certificate");
}

#[test]
fn an_anonymous_server_never_asks() {
    let suite = CipherSuite::TLS_DH_ANON_WITH_AES_128_GCM_SHA256;
    let mut parties = with_certified_client(key_of(suite), KeyAlgorithm::EcdsaP256);
    let wire = parties.connect(offer(suite), asking(ClientCertificates::Required));
    assert!(wire.reply.starts_with(b"HTTP/1.1 200 OK"));
    assert!(!did(&parties, Role::Server, Action::SendCertificateRequest));
}
