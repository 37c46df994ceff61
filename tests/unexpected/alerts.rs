//! Every alert that the TLS 1.2 state machines can send, `internal_error` aside, which no peer can cause: what was done, who
//! sends it, what the other side makes of it.

use std::collections::BTreeSet;

use tls_glass::ErrorKind as E;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::entropy::Environment;
use tls_glass::error::CertificateError as C;
use tls_glass::party::{Client, ClientConfig, ServerConfig};
use tls_glass::trace::{Direction, Role};
use tls_glass::wire::codepoint::{
    AlertDescription as A, AlertLevel, CipherSuite, ContentType, HandshakeType, ProtocolVersion,
};
use tls_glass::wire::record::{HEADER_LENGTH, MAX_PLAINTEXT};

use crate::client_alerts;
use crate::common::refusal::{alerts, flip_last_bit, is_message, put};
use crate::common::{NOW, Parties, SERVER_NAME, accept, key_of, offer};
use crate::play::{self, Awaits};
use crate::stage::{Stage, message, peer_of};

pub const ECDHE: CipherSuite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
const DHE: CipherSuite = CipherSuite::TLS_DHE_RSA_WITH_AES_128_GCM_SHA256;
const RSA: CipherSuite = CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256;

/// Something that goes wrong.
pub struct Row {
    pub done: &'static str,
    pub alert: A,
    pub sender: Role,
    /// What the sender has against it.
    pub reason: fn(&E) -> bool,
    pub scene: fn() -> Scene,
    /// Somebody on the wire, who sees every record, and to whom it goes.
    pub tamper: fn(to: Role, record: &mut Vec<u8>),
}

/// Who meets, and what they offer and accept.
pub struct Scene {
    pub parties: Parties,
    pub client: ClientConfig,
    pub server: ServerConfig,
}

impl Scene {
    /// All that it takes for a connection with this suite to stand.
    pub fn good(suite: CipherSuite) -> Self {
        Self { parties: Parties::new(key_of(suite)), client: offer(suite), server: accept() }
    }

    /// The same, where the clock of one party is ahead by so many days.
    pub fn ahead(role: Role, days: u64) -> Self {
        let now = |other| if other == role { NOW + days * 24 * 60 * 60 } else { NOW };
        let world = |other| Environment::seeded([7; 32], now(other));
        Self { parties: Parties::within(KeyAlgorithm::EcdsaP256, world), client: offer(ECDHE), server: accept() }
    }
}

/// A row with good parties and nobody on the wire.
pub const fn row(done: &'static str, alert: A, sender: Role, reason: fn(&E) -> bool) -> Row {
    Row { done, alert, sender, reason, scene: || Scene::good(ECDHE), tamper: |_, _| {} }
}

/// In a hello without session, as ours are here, the session's length stands at 38.
const ROWS: [Row; 15] = [
    Row {
        tamper: |_, record| {
            if is_message(record, HandshakeType::SERVER_HELLO) {
                record.extend_from_within(..);
            }
        },
        ..row("the server's hello comes twice", A::UNEXPECTED_MESSAGE, Role::Client, |reason| {
            matches!(reason, E::UnexpectedMessage { got: HandshakeType::SERVER_HELLO, .. })
        })
    },
    Row {
        tamper: |to, record| {
            let finished = record[0] == ContentType::HANDSHAKE.0 && record[HEADER_LENGTH] == 0;
            if to == Role::Server && finished {
                *record.last_mut().expect("a tag") ^= 1;
            }
        },
        ..row("a bit of the client's Finished is flipped", A::BAD_RECORD_MAC, Role::Server, |reason| {
            matches!(reason, E::BadRecordMac)
        })
    },
    Row {
        tamper: |_, record| {
            if is_message(record, HandshakeType::SERVER_HELLO) {
                let length = u16::try_from(MAX_PLAINTEXT + 1).expect("below 2^16");
                record[3..5].copy_from_slice(&length.to_be_bytes());
            }
        },
        ..row(
            "the record of the server's hello announces a byte more than a record may hold",
            A::RECORD_OVERFLOW,
            Role::Client,
            |reason| matches!(reason, E::RecordOverflow { .. }),
        )
    },
    Row {
        scene: || Scene { client: offer(RSA), ..Scene::good(ECDHE) },
        ..row(
            "the client offers RSA key exchange only, the server has an ECDSA key",
            A::HANDSHAKE_FAILURE,
            Role::Server,
            |reason| matches!(reason, E::NothingInCommon { .. }),
        )
    },
    Row {
        scene: || {
            let mut scene = Scene::good(ECDHE);
            let (_, request) = scene.parties.server.request_certificate(SERVER_NAME).expect("a request");
            let (_, chain) = scene.parties.authority.issue(&request, &["other.example"]).expect("the authority signs");
            scene.parties.server.install_certificate(chain).expect("it fits");
            scene
        },
        ..row("the server's certificate names another server", A::BAD_CERTIFICATE, Role::Client, |reason| {
            matches!(reason, E::Certificate(C::NotForThisName(_)))
        })
    },
    client_alerts::SERVERS_CERTIFICATE,
    Row {
        scene: || Scene::ahead(Role::Client, 3650),
        ..row("the client's clock is ten years ahead", A::CERTIFICATE_EXPIRED, Role::Client, |reason| {
            matches!(reason, E::Certificate(C::NotValidNow(_)))
        })
    },
    Row {
        scene: || {
            let mut scene = Scene::good(ECDHE);
            scene.parties.client = Client::new(Environment::system());
            scene
        },
        ..row("the client trusts nobody", A::UNKNOWN_CA, Role::Client, |reason| {
            matches!(reason, E::Certificate(C::UnknownIssuer))
        })
    },
    Row {
        tamper: |_, record| put(record, HandshakeType::SERVER_HELLO, 41, &[1]),
        ..row("the server's hello chooses compression", A::ILLEGAL_PARAMETER, Role::Client, |reason| {
            matches!(reason, E::NotOffered { .. })
        })
    },
    Row {
        tamper: |_, record| put(record, HandshakeType::CLIENT_HELLO, 38, &[255]),
        ..row(
            "the session ID in the client's hello is longer than its message",
            A::DECODE_ERROR,
            Role::Server,
            |reason| matches!(reason, E::Decode(_)),
        )
    },
    Row {
        tamper: |_, record| flip_last_bit(record, HandshakeType::SERVER_KEY_EXCHANGE),
        ..row("a bit of the server's signature is flipped", A::DECRYPT_ERROR, Role::Client, |reason| {
            matches!(reason, E::BadSignature)
        })
    },
    Row {
        tamper: |_, record| put(record, HandshakeType::CLIENT_HELLO, 4, &ProtocolVersion::TLS_1_0.0.to_be_bytes()),
        ..row("the client's hello speaks TLS 1.0", A::PROTOCOL_VERSION, Role::Server, |reason| {
            matches!(reason, E::ProtocolVersion(ProtocolVersion::TLS_1_0))
        })
    },
    Row {
        scene: || Scene::good(DHE),
        tamper: |_, record| put(record, HandshakeType::SERVER_KEY_EXCHANGE, 100, &[0; 8]),
        ..row("the prime of the server's group is changed", A::INSUFFICIENT_SECURITY, Role::Client, |reason| {
            matches!(reason, E::UnknownFiniteField)
        })
    },
    Row {
        tamper: |_, record| put(record, HandshakeType::SERVER_HELLO, 44, &[0x12, 0x34]),
        ..row(
            "the server's hello answers an extension that was not sent",
            A::UNSUPPORTED_EXTENSION,
            Role::Client,
            |reason| matches!(reason, E::ExtensionNotOffered(_)),
        )
    },
    Row {
        scene: || {
            let scene = Scene::good(ECDHE);
            let client = ClientConfig { application_protocols: vec!["h2".to_owned()], ..scene.client };
            Scene { client, ..scene }
        },
        ..row("the client speaks h2 only, the server http/1.1", A::NO_APPLICATION_PROTOCOL, Role::Server, |reason| {
            matches!(reason, E::NoApplicationProtocol)
        })
    },
];

/// What both sides make of a row: the sender has its reason, the other side the alert, and nothing goes on.
fn check(row: &Row) {
    let Scene { mut parties, client, server } = (row.scene)();
    parties.prepare(client, server);
    parties.units.clear();
    parties.run_tampered(row.tamper);
    let what = format!("{}: {}", row.alert, row.done);
    let reason = parties.assert_refused(row.sender, row.alert, &what);
    assert!((row.reason)(&reason), "{what}: {reason}");
    let (alert, other) = (row.alert.to_string(), peer_of(row.sender));
    println!("{alert:24} | {:?} | {} | {other:?} ends with the alert as its error", row.sender, row.done);
}

/// The one alert that ends nothing: a wish to renegotiate is declined (RFC 5246, section 7.2.2).
fn check_no_renegotiation() {
    let mut parties = play::ECDHE.parties();
    let mut stage = Stage::awaiting(&mut parties, play::ECDHE, Role::Server, Awaits::Data);
    let record = stage.record(ContentType::HANDSHAKE, &message(HandshakeType::CLIENT_HELLO, &[]));
    stage.receive(&record);
    stage.go_on();
    let warning = (Role::Server, Direction::Sent, AlertLevel::WARNING, A::NO_RENEGOTIATION);
    assert_eq!(alerts(&stage.units), [warning]);
    assert!(stage.is_established() && stage.error().is_none());
    assert!(parties.client.error().is_none(), "to the client it is for the record");
}

/// The end in good order (RFC 5246, section 7.2.1): each side says it, and neither fails.
fn check_close_notify() {
    let Scene { mut parties, client, server } = Scene::good(ECDHE);
    parties.units.clear();
    parties.connect(client, server);
    let said = parties.alerts();
    for role in [Role::Client, Role::Server] {
        for direction in [Direction::Sent, Direction::Received] {
            let alert = (role, direction, AlertLevel::WARNING, A::CLOSE_NOTIFY);
            assert!(said.contains(&alert), "{role:?} {direction:?}");
        }
    }
    assert_eq!(said.len(), 4);
    assert!(parties.client.error().is_none() && parties.server.error().is_none());
    assert!(parties.client.is_closed() && parties.server.is_closed());
}

#[test]
fn each_alert_is_sent_for_its_reason_and_understood() {
    ROWS.iter().for_each(check);
    check_no_renegotiation();
    check_close_notify();
}

#[test]
fn each_alert_about_a_clients_certificate_is_sent_for_its_reason_and_understood() {
    client_alerts::ROWS.iter().for_each(check);
}

#[test]
fn a_client_that_fails_before_it_knows_the_version_is_understood() {
    let mut parties = play::ECDHE.parties();
    // The server has sent its hello. Clients differ in what an alert claims that answers it.
    let next = Awaits::Message(HandshakeType::CLIENT_KEY_EXCHANGE);
    let mut stage = Stage::awaiting(&mut parties, play::ECDHE, Role::Server, next);
    stage.receive(&[ContentType::ALERT.0, 3, 1, 0, 2, AlertLevel::FATAL.0, A::RECORD_OVERFLOW.0]);
    stage.run();
    let error = stage.error().map(|error| error.kind.clone());
    assert_eq!(error, Some(E::AlertReceived(A::RECORD_OVERFLOW)));
}

#[test]
fn no_alert_is_left_out() {
    // The map from error to alert is the only place where the state machines choose a fatal alert: its source names all.
    let source = include_str!("../../src/error.rs");
    let (_, map) = source.split_once("use AlertDescription as A;").expect("the map from error to alert");
    let names: BTreeSet<String> = map
        .split("A::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect::<String>().to_lowercase())
        .filter(|name| name != "internal_error")
        .collect();
    let listed: BTreeSet<String> = ROWS.iter().map(|row| row.alert.to_string()).collect();
    assert_eq!(listed, names);
}
