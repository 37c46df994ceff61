//! Every alert that the TLS 1.2 state machines can send, `internal_error` aside, which no peer can cause: what was done, who
//! sends it, what the other side makes of it.

use std::collections::BTreeSet;

use tls_glass::ErrorKind;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::entropy::Environment;
use tls_glass::party::{Client, ClientCertificates, ClientConfig, ServerConfig};
use tls_glass::trace::{Direction, Event, Role, Unit};
use tls_glass::wire::codepoint::{
    AlertDescription as A, AlertLevel, CipherSuite, ContentType, HandshakeType, ProtocolVersion,
};
use tls_glass::wire::record::{HEADER_LENGTH, MAX_PLAINTEXT, RecordHeader};

use crate::common::{NOW, Parties, SERVER_NAME, accept, offer};
use crate::play::{self, Awaits};
use crate::stage::{Stage, message, peer_of};

const ECDHE: CipherSuite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
const DHE: CipherSuite = CipherSuite::TLS_DHE_RSA_WITH_AES_128_GCM_SHA256;
const RSA: CipherSuite = CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256;
const TEN_YEARS: u64 = 10 * 365 * 24 * 60 * 60;

struct Row {
    done: &'static str,
    alert: A,
    sender: Role,
    parties: fn() -> (Parties, ClientConfig, ServerConfig),
    /// Somebody on the wire, who sees every record, and to whom it goes.
    tamper: fn(to: Role, record: &mut Vec<u8>),
}

fn good() -> (Parties, ClientConfig, ServerConfig) {
    (Parties::new(KeyAlgorithm::EcdsaP256), offer(ECDHE), accept())
}

fn untouched(_: Role, _: &mut Vec<u8>) {}

fn is_message(record: &[u8], kind: HandshakeType) -> bool {
    record[0] == ContentType::HANDSHAKE.0 && record[HEADER_LENGTH] == kind.0
}

/// Puts these bytes into a message of this kind, counted from the beginning of the message.
fn put(record: &mut [u8], kind: HandshakeType, at: usize, bytes: &[u8]) {
    if is_message(record, kind) {
        record[HEADER_LENGTH + at..][..bytes.len()].copy_from_slice(bytes);
    }
}

/// In a hello without session, as ours are, the session's length stands at 38.
const ROWS: [Row; 15] = [
    Row {
        done: "the server's hello comes twice",
        alert: A::UNEXPECTED_MESSAGE,
        sender: Role::Client,
        parties: good,
        tamper: |_, record| {
            if is_message(record, HandshakeType::SERVER_HELLO) {
                record.extend_from_within(..);
            }
        },
    },
    Row {
        done: "a bit of the client's Finished is flipped",
        alert: A::BAD_RECORD_MAC,
        sender: Role::Server,
        parties: good,
        tamper: |to, record| {
            let finished = record[0] == ContentType::HANDSHAKE.0 && record[HEADER_LENGTH] == 0;
            if to == Role::Server && finished {
                *record.last_mut().expect("a tag") ^= 1;
            }
        },
    },
    Row {
        done: "the record of the server's hello announces a byte more than a record may hold",
        alert: A::RECORD_OVERFLOW,
        sender: Role::Client,
        parties: good,
        tamper: |_, record| {
            if is_message(record, HandshakeType::SERVER_HELLO) {
                let length = u16::try_from(MAX_PLAINTEXT + 1).expect("below 2^16");
                record[3..5].copy_from_slice(&length.to_be_bytes());
            }
        },
    },
    Row {
        done: "the client offers RSA key exchange only, the server has an ECDSA key",
        alert: A::HANDSHAKE_FAILURE,
        sender: Role::Server,
        parties: || (Parties::new(KeyAlgorithm::EcdsaP256), offer(RSA), accept()),
        tamper: untouched,
    },
    Row {
        done: "the server's certificate names another server",
        alert: A::BAD_CERTIFICATE,
        sender: Role::Client,
        parties: || {
            let (mut parties, client, server) = good();
            let (_, request) = parties.server.request_certificate(SERVER_NAME).expect("a request");
            let (_, chain) = parties.authority.issue(&request, &["other.example"]).expect("the authority signs");
            parties.server.install_certificate(chain).expect("it fits");
            (parties, client, server)
        },
        tamper: untouched,
    },
    Row {
        done: "the client shows a certificate made for a server",
        alert: A::UNSUPPORTED_CERTIFICATE,
        sender: Role::Server,
        parties: || {
            let (mut parties, client, server) = good();
            let root = parties.authority.root().to_vec();
            parties.server.install_trust_anchor(&root).expect("a certificate");
            parties.client.generate_key_pair(KeyAlgorithm::EcdsaP256).expect("a key pair");
            let (_, request) = parties.client.request_certificate().expect("a request");
            let (_, chain) = parties.authority.issue(&request, &["other.example"]).expect("the authority signs");
            parties.client.install_certificate(chain).expect("it fits");
            (parties, client, ServerConfig { client_certificates: ClientCertificates::Required, ..server })
        },
        tamper: untouched,
    },
    Row {
        done: "the client's clock is ten years ahead",
        alert: A::CERTIFICATE_EXPIRED,
        sender: Role::Client,
        parties: || {
            let world = |role| {
                let now = if role == Role::Client { NOW + TEN_YEARS } else { NOW };
                Environment::seeded([7; 32], now)
            };
            (Parties::within(KeyAlgorithm::EcdsaP256, world), offer(ECDHE), accept())
        },
        tamper: untouched,
    },
    Row {
        done: "the client trusts nobody",
        alert: A::UNKNOWN_CA,
        sender: Role::Client,
        parties: || {
            let (parties, client, server) = good();
            (Parties { client: Client::new(Environment::system()), ..parties }, client, server)
        },
        tamper: untouched,
    },
    Row {
        done: "the server's hello chooses compression",
        alert: A::ILLEGAL_PARAMETER,
        sender: Role::Client,
        parties: good,
        tamper: |_, record| put(record, HandshakeType::SERVER_HELLO, 41, &[1]),
    },
    Row {
        done: "the session ID in the client's hello is longer than its message",
        alert: A::DECODE_ERROR,
        sender: Role::Server,
        parties: good,
        tamper: |_, record| put(record, HandshakeType::CLIENT_HELLO, 38, &[255]),
    },
    Row {
        done: "a bit of the server's signature is flipped",
        alert: A::DECRYPT_ERROR,
        sender: Role::Client,
        parties: good,
        tamper: |_, record| {
            if is_message(record, HandshakeType::SERVER_KEY_EXCHANGE) {
                *record.last_mut().expect("a signature") ^= 1;
            }
        },
    },
    Row {
        done: "the client's hello speaks TLS 1.0",
        alert: A::PROTOCOL_VERSION,
        sender: Role::Server,
        parties: good,
        tamper: |_, record| put(record, HandshakeType::CLIENT_HELLO, 4, &ProtocolVersion::TLS_1_0.0.to_be_bytes()),
    },
    Row {
        done: "the prime of the server's group is changed",
        alert: A::INSUFFICIENT_SECURITY,
        sender: Role::Client,
        parties: || (Parties::new(KeyAlgorithm::Rsa), offer(DHE), accept()),
        tamper: |_, record| put(record, HandshakeType::SERVER_KEY_EXCHANGE, 100, &[0; 8]),
    },
    Row {
        done: "the server's hello answers an extension that was not sent",
        alert: A::UNSUPPORTED_EXTENSION,
        sender: Role::Client,
        parties: good,
        tamper: |_, record| put(record, HandshakeType::SERVER_HELLO, 44, &[0x12, 0x34]),
    },
    Row {
        done: "the client speaks h2 only, the server http/1.1",
        alert: A::NO_APPLICATION_PROTOCOL,
        sender: Role::Server,
        parties: || {
            let client = ClientConfig { application_protocols: vec!["h2".to_owned()], ..offer(ECDHE) };
            (Parties::new(KeyAlgorithm::EcdsaP256), client, accept())
        },
        tamper: untouched,
    },
];

fn tampered(mut bytes: &[u8], to: Role, tamper: fn(Role, &mut Vec<u8>)) -> Vec<u8> {
    let mut sent = Vec::new();
    while let Some(header) = RecordHeader::peek(bytes) {
        let (record, rest) = bytes.split_at(HEADER_LENGTH + header.length);
        let mut record = record.to_vec();
        tamper(to, &mut record);
        sent.extend(record);
        bytes = rest;
    }
    sent
}

fn alerts(units: &[Unit]) -> Vec<(Role, Direction, AlertLevel, A)> {
    let of_unit = |unit: &Unit| {
        let role = unit.role;
        let alert = move |event: &Event| match *event {
            Event::Alert { direction, level, description } => Some((role, direction, level, description)),
            _ => None,
        };
        unit.events.iter().filter_map(alert).collect::<Vec<_>>()
    };
    units.iter().flat_map(of_unit).collect()
}

/// What both sides make of a row: the sender has its reason, the other side the alert, and nothing goes on.
fn check(row: &Row) {
    let (mut parties, client, server) = (row.parties)();
    parties.prepare(client, server);
    parties.units.clear();
    loop {
        let mut idle = true;
        while let Some(advance) = parties.client.advance() {
            idle = false;
            parties.server.receive(&tampered(&advance.output, Role::Server, row.tamper));
            parties.units.push(advance.unit);
        }
        while let Some(advance) = parties.server.advance() {
            idle = false;
            parties.client.receive(&tampered(&advance.output, Role::Client, row.tamper));
            parties.units.push(advance.unit);
        }
        if idle {
            break;
        }
    }
    let what = format!("{}: {}", row.alert, row.done);
    let other = peer_of(row.sender);
    let fatal = AlertLevel::FATAL;
    let said = [(row.sender, Direction::Sent, fatal, row.alert), (other, Direction::Received, fatal, row.alert)];
    assert_eq!(alerts(&parties.units), said, "{what}");
    let (client, server) = (parties.client.error(), parties.server.error());
    let (own, told) = if row.sender == Role::Client { (client, server) } else { (server, client) };
    assert_eq!(own.and_then(tls_glass::Error::alert), Some(row.alert), "{what}");
    assert_eq!(told.map(|error| error.kind.clone()), Some(ErrorKind::AlertReceived(row.alert)), "{what}");
    assert!(parties.client.is_closed() && parties.server.is_closed(), "{what}");
    let alert = row.alert.to_string();
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
    let (mut parties, client, server) = good();
    parties.units.clear();
    parties.connect(client, server);
    let said = alerts(&parties.units);
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
fn a_client_that_fails_before_it_knows_the_version_is_understood() {
    let mut parties = play::ECDHE.parties();
    // The server has sent its hello. Clients differ in what an alert claims that answers it.
    let next = Awaits::Message(HandshakeType::CLIENT_KEY_EXCHANGE);
    let mut stage = Stage::awaiting(&mut parties, play::ECDHE, Role::Server, next);
    stage.receive(&[ContentType::ALERT.0, 3, 1, 0, 2, AlertLevel::FATAL.0, A::RECORD_OVERFLOW.0]);
    stage.run();
    let error = stage.error().map(|error| error.kind.clone());
    assert_eq!(error, Some(ErrorKind::AlertReceived(A::RECORD_OVERFLOW)));
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
