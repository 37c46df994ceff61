//! For every state that awaits something: what else may come, and which alert the RFC has for it.

use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::trace::Role;
use tls_glass::wire::codepoint::{AlertDescription, CipherSuite, ContentType, HandshakeType};
use tls_glass::wire::record::{MAX_CIPHERTEXT, MAX_PLAINTEXT};
use tls_glass::{Error, ErrorKind};

use crate::common::Parties;
use crate::stage::{Awaits, Stage, message, plain, states};

/// Something that does not belong where it comes.
struct Case {
    what: String,
    pieces: Vec<Piece>,
    alert: AlertDescription,
}

enum Piece {
    /// A record, protected where records are.
    Record(ContentType, Vec<u8>),
    /// Bytes as they are.
    Raw(Vec<u8>),
}

const MESSAGES: [HandshakeType; 13] = [
    HandshakeType::HELLO_REQUEST,
    HandshakeType::CLIENT_HELLO,
    HandshakeType::SERVER_HELLO,
    HandshakeType::NEW_SESSION_TICKET,
    HandshakeType::CERTIFICATE,
    HandshakeType::SERVER_KEY_EXCHANGE,
    HandshakeType::CERTIFICATE_REQUEST,
    HandshakeType::SERVER_HELLO_DONE,
    HandshakeType::CERTIFICATE_VERIFY,
    HandshakeType::CLIENT_KEY_EXCHANGE,
    HandshakeType::FINISHED,
    HandshakeType::CERTIFICATE_STATUS,
    HandshakeType(99),
];

/// Whether the RFC lets the message pass here: `HelloRequest` at a client (RFC 5246, section 7.4.1.1), and a wish to
/// renegotiate on an established connection (section 7.2.2).
fn is_let_pass(role: Role, awaits: Awaits, kind: HandshakeType) -> bool {
    match role {
        // The server may ask who the client is before it says that it is done.
        Role::Client if awaits == Awaits::Message(HandshakeType::SERVER_HELLO_DONE) => {
            matches!(kind, HandshakeType::HELLO_REQUEST | HandshakeType::CERTIFICATE_REQUEST)
        }
        Role::Client => kind == HandshakeType::HELLO_REQUEST,
        _ => kind == HandshakeType::CLIENT_HELLO && awaits == Awaits::Data,
    }
}

fn cases(stage: &Stage<'_>) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |what: String, pieces: Vec<Piece>, alert| cases.push(Case { what, pieces, alert });
    unexpected_messages(stage, &mut case);
    malformed_messages(stage, &mut case);
    bad_records(stage, &mut case);
    cases
}

fn unexpected_messages(stage: &Stage<'_>, case: &mut impl FnMut(String, Vec<Piece>, AlertDescription)) {
    use Piece::Record;
    let unexpected = AlertDescription::UNEXPECTED_MESSAGE;
    for kind in MESSAGES {
        if stage.awaits != Awaits::Message(kind) && !is_let_pass(stage.role, stage.awaits, kind) {
            case(format!("{kind}"), vec![Record(ContentType::HANDSHAKE, message(kind, &[0; 12]))], unexpected);
        }
    }
    if stage.awaits != Awaits::ChangeCipherSpec {
        case("ChangeCipherSpec".into(), vec![Record(ContentType::CHANGE_CIPHER_SPEC, vec![1])], unexpected);
    }
    if stage.awaits != Awaits::Data {
        case("application data".into(), vec![Record(ContentType::APPLICATION_DATA, b"early".to_vec())], unexpected);
    }
    for content_type in [ContentType::HANDSHAKE, ContentType::ALERT, ContentType::CHANGE_CIPHER_SPEC] {
        case(format!("an empty record of {content_type}"), vec![Record(content_type, Vec::new())], unexpected);
    }
    let half = message(HandshakeType::FINISHED, &[0; 12])[..9].to_vec();
    for (content_type, content) in
        [(ContentType::CHANGE_CIPHER_SPEC, vec![1]), (ContentType::APPLICATION_DATA, vec![7])]
    {
        case(
            format!("a message interrupted by {content_type}"),
            vec![Record(ContentType::HANDSHAKE, half.clone()), Record(content_type, content)],
            unexpected,
        );
    }
}

fn malformed_messages(stage: &Stage<'_>, case: &mut impl FnMut(String, Vec<Piece>, AlertDescription)) {
    use Piece::Record;
    let decode_error = AlertDescription::DECODE_ERROR;
    let announced = vec![HandshakeType::SERVER_HELLO.0, 0xff, 0xff, 0xff];
    case("a message of 16 megabytes".into(), vec![Record(ContentType::HANDSHAKE, announced)], decode_error);
    let Awaits::Message(kind) = stage.awaits else { return };
    if kind == HandshakeType::SERVER_HELLO_DONE {
        let request = message(HandshakeType::CERTIFICATE_REQUEST, &[0; 12]);
        case("a CertificateRequest for no kind".into(), vec![Record(ContentType::HANDSHAKE, request)], decode_error);
    }
    let body = if kind == HandshakeType::FINISHED { vec![0; 12] } else { stage.next[4..].to_vec() };
    let overlong = message(kind, &[&body[..], &[0]].concat());
    case(format!("{kind} with a byte too much"), vec![Record(ContentType::HANDSHAKE, overlong)], decode_error);
    // Cut anywhere: at the end, in the middle, in the first field.
    for length in [body.len().saturating_sub(1), body.len() / 2, 1, 0] {
        if length < body.len() {
            let truncated = message(kind, &body[..length]);
            let what = format!("{kind} of {length} bytes in place of {}", body.len());
            case(what, vec![Record(ContentType::HANDSHAKE, truncated)], decode_error);
        }
    }
}

fn bad_records(stage: &Stage<'_>, case: &mut impl FnMut(String, Vec<Piece>, AlertDescription)) {
    use Piece::{Raw, Record};
    let unknown = vec![Raw(plain(ContentType(24), &[0; 40]))];
    case("an unknown content type".into(), unknown, AlertDescription::UNEXPECTED_MESSAGE);
    let most = if stage.is_protected() { MAX_CIPHERTEXT } else { MAX_PLAINTEXT };
    let [high, low] = u16::try_from(most + 1).expect("below 2^16").to_be_bytes();
    // Its header is enough: nobody waits for the rest.
    let header = vec![ContentType::HANDSHAKE.0, 3, 3, high, low];
    case("a record that announces too much".into(), vec![Raw(header)], AlertDescription::RECORD_OVERFLOW);
    let mut versions = vec![[2, 5]];
    let negotiated =
        !matches!(stage.awaits, Awaits::Message(HandshakeType::CLIENT_HELLO | HandshakeType::SERVER_HELLO));
    if negotiated {
        versions.extend([[3, 1], [3, 4]]);
    }
    for [major, minor] in versions {
        let mut record = plain(ContentType::HANDSHAKE, &[0; 40]);
        record[1..3].copy_from_slice(&[major, minor]);
        case(format!("record version {major}.{minor}"), vec![Raw(record)], AlertDescription::PROTOCOL_VERSION);
    }
    let illegal = AlertDescription::ILLEGAL_PARAMETER;
    case("an alert of level 3".into(), vec![Record(ContentType::ALERT, vec![3, 0])], illegal);
    for alert in [vec![1], vec![1, 90, 1]] {
        let what = format!("an alert of {} bytes", alert.len());
        case(what, vec![Record(ContentType::ALERT, alert)], AlertDescription::DECODE_ERROR);
    }
    case("a ChangeCipherSpec of value 2".into(), vec![Record(ContentType::CHANGE_CIPHER_SPEC, vec![2])], illegal);
    if stage.is_protected() {
        let bad = AlertDescription::BAD_RECORD_MAC;
        let finished = message(HandshakeType::FINISHED, &[0; 12]);
        case("a record in the clear".into(), vec![Raw(plain(ContentType::HANDSHAKE, &finished))], bad);
        case("a record of another key".into(), vec![Raw(plain(ContentType::HANDSHAKE, &[9; 64]))], bad);
        case("a record too short for a nonce".into(), vec![Raw(plain(ContentType::HANDSHAKE, &[9; 7]))], bad);
        let long = Record(ContentType::HANDSHAKE, vec![0; MAX_PLAINTEXT + 1]);
        case("a plaintext that is too long".into(), vec![long], AlertDescription::RECORD_OVERFLOW);
    }
}

/// All cases in all states of a role.
fn table(suite: CipherSuite, key: KeyAlgorithm, role: Role) {
    let mut parties = Parties::new(key);
    let mut count = 0;
    for (index, awaits) in states(role, suite).into_iter().enumerate() {
        for number in 0.. {
            let mut stage = Stage::reach(&mut parties, suite, role, index);
            let mut cases = cases(&stage);
            if number >= cases.len() {
                break;
            }
            let case = cases.swap_remove(number);
            let what = format!("{role:?} awaits {awaits:?}, gets {}", case.what);
            for piece in case.pieces {
                let bytes = match piece {
                    Piece::Record(content_type, content) => stage.record(content_type, &content),
                    Piece::Raw(bytes) => bytes,
                };
                stage.receive(&bytes);
            }
            stage.run();
            let error = stage.error().unwrap_or_else(|| panic!("{what}: nobody minds"));
            assert_eq!(error.alert(), Some(case.alert), "{what}: {error}");
            assert_eq!(stage.alert_on_the_wire(), Some([2, case.alert.0]), "{what}: the alert is sent");
            assert!(stage.is_over(), "{what}: the connection is over and its secrets are gone");
            check_place(&stage, error, &what);
            count += 1;
        }
    }
    println!("{role:?}, {suite}: {count} cases");
    assert!(count > 100);
}

/// Bytes are to blame in every case: the error says which.
fn check_place(stage: &Stage<'_>, error: &Error, what: &str) {
    let place = error.place.as_ref().unwrap_or_else(|| panic!("{what}: {error}: where?"));
    assert!(!place.path.is_empty(), "{what}: {error}: which field?");
    if let Some(id) = place.buffer {
        let length = stage.buffer(id).bytes.len();
        assert!(place.offset <= length, "{what}: byte {} of {length}", place.offset);
    } else {
        let by_header = matches!(
            error.kind,
            ErrorKind::UnexpectedContent { .. }
                | ErrorKind::ProtocolVersion(_)
                | ErrorKind::RecordOverflow { .. }
                | ErrorKind::HandshakeMessageTooLong { .. }
        );
        assert!(by_header && place.offset < 5, "{what}: only what is refused by its header is in no buffer");
    }
}

#[test]
fn a_client_refuses_what_an_rsa_handshake_does_not_have_here() {
    table(CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256, KeyAlgorithm::Rsa, Role::Client);
}

#[test]
fn a_client_refuses_what_an_ecdhe_handshake_does_not_have_here() {
    table(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, KeyAlgorithm::EcdsaP256, Role::Client);
}

#[test]
fn a_server_refuses_what_an_rsa_handshake_does_not_have_here() {
    table(CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256, KeyAlgorithm::Rsa, Role::Server);
}

#[test]
fn a_server_refuses_what_an_ecdhe_handshake_does_not_have_here() {
    table(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, KeyAlgorithm::EcdsaP256, Role::Server);
}

#[test]
fn a_client_refuses_what_a_dhe_handshake_does_not_have_here() {
    table(CipherSuite::TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, KeyAlgorithm::Rsa, Role::Client);
}

#[test]
fn a_server_refuses_what_a_dhe_handshake_does_not_have_here() {
    table(CipherSuite::TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, KeyAlgorithm::Rsa, Role::Server);
}

#[test]
fn an_end_of_the_transport_in_any_state_is_an_error_without_an_alert() {
    let suite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(KeyAlgorithm::EcdsaP256);
    for role in [Role::Client, Role::Server] {
        for (index, awaits) in states(role, suite).into_iter().enumerate() {
            let mut stage = Stage::reach(&mut parties, suite, role, index);
            stage.receive_end();
            stage.run();
            assert_eq!(stage.error().map(|error| &error.kind), Some(&ErrorKind::Truncated), "{role:?} {awaits:?}");
            assert!(stage.output.is_empty() && stage.is_over(), "{role:?} {awaits:?}");
        }
    }
}

#[test]
fn a_hello_request_during_a_handshake_changes_nothing() {
    let suite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(KeyAlgorithm::EcdsaP256);
    for (index, awaits) in states(Role::Client, suite).into_iter().enumerate() {
        let mut stage = Stage::reach(&mut parties, suite, Role::Client, index);
        if stage.is_protected() {
            continue;
        }
        let record = stage.record(ContentType::HANDSHAKE, &message(HandshakeType::HELLO_REQUEST, &[]));
        stage.receive(&record);
        stage.go_on();
        assert!(stage.is_established(), "{awaits:?}: {:?}", stage.error());
    }
}

#[test]
fn a_wish_to_renegotiate_is_declined_and_the_connection_goes_on() {
    let suite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(KeyAlgorithm::EcdsaP256);
    for (role, kind) in [(Role::Client, HandshakeType::HELLO_REQUEST), (Role::Server, HandshakeType::CLIENT_HELLO)] {
        let established = states(role, suite).len() - 1;
        let mut stage = Stage::reach(&mut parties, suite, role, established);
        let record = stage.record(ContentType::HANDSHAKE, &message(kind, &[]));
        stage.receive(&record);
        stage.run();
        let warning = [1, AlertDescription::NO_RENEGOTIATION.0];
        assert_eq!(stage.alert_on_the_wire(), Some(warning), "{role:?}");
        assert!(stage.is_established() && stage.error().is_none(), "{role:?}");
    }
}
