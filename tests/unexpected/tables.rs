//! For every state that awaits something: what else may come, and which alert the RFC has for it.

use tls_glass::trace::Role;
use tls_glass::wire::codepoint::{AlertDescription, ContentType, HandshakeType};
use tls_glass::wire::record::{MAX_CIPHERTEXT, MAX_PLAINTEXT};

use crate::play::{self, Awaits, ClientShows, Play};
use crate::stage::{Stage, message, plain};

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

/// The fewest cases that a state has.
const LEAST: usize = 25;

/// Whether the RFC lets the message pass here: `HelloRequest` at a client (RFC 5246, section 7.4.1.1), and a wish to
/// renegotiate on an established connection (section 7.2.2).
fn is_let_pass(stage: &Stage<'_>, kind: HandshakeType) -> bool {
    match (stage.role, stage.awaits) {
        (Role::Client, _) if kind == HandshakeType::HELLO_REQUEST => true,
        // The server may ask who the client is before it says that it is done, once, and need not.
        (Role::Client, Awaits::Message(HandshakeType::SERVER_HELLO_DONE)) => {
            kind == HandshakeType::CERTIFICATE_REQUEST && stage.play.client == ClientShows::NotAsked
        }
        (Role::Client, Awaits::Message(HandshakeType::CERTIFICATE_REQUEST)) => kind == HandshakeType::SERVER_HELLO_DONE,
        (Role::Server, Awaits::Data) => kind == HandshakeType::CLIENT_HELLO,
        _ => false,
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
        if stage.awaits != Awaits::Message(kind) && !is_let_pass(stage, kind) {
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
    if kind == HandshakeType::SERVER_HELLO_DONE && stage.play.client == ClientShows::NotAsked {
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

/// All cases in all states of both roles.
fn table(play: Play) {
    let mut parties = play.parties();
    for role in [Role::Client, Role::Server] {
        let mut counts = Vec::new();
        for (index, awaits) in play.states(role).into_iter().enumerate() {
            let mut count = 0;
            loop {
                let mut stage = Stage::reach(&mut parties, play, role, index);
                let Some(case) = cases(&stage).into_iter().nth(count) else { break };
                let what = format!("{role:?} awaits {awaits:?}, gets {}", case.what);
                for piece in case.pieces {
                    let bytes = match piece {
                        Piece::Record(content_type, content) => stage.record(content_type, &content),
                        Piece::Raw(bytes) => bytes,
                    };
                    stage.receive(&bytes);
                }
                stage.run();
                let alert = stage.error().and_then(tls_glass::Error::alert);
                assert_eq!(alert, Some(case.alert), "{what}: {:?}", stage.error());
                stage.check_refusal(&what);
                count += 1;
            }
            assert!(count >= LEAST, "{role:?} awaits {awaits:?}: {count} cases only");
            counts.push(format!("{count} where it awaits {awaits:?}"));
        }
        println!("{role:?} of {play:?}: {}", counts.join(", "));
    }
}

#[test]
fn what_an_rsa_handshake_does_not_have_is_refused() {
    table(play::RSA);
}

#[test]
fn what_a_dhe_handshake_does_not_have_is_refused() {
    table(play::DHE);
}

#[test]
fn what_an_ecdhe_handshake_does_not_have_is_refused() {
    table(play::ECDHE);
}

#[test]
fn what_an_anonymous_handshake_does_not_have_is_refused() {
    table(play::ANONYMOUS);
}

#[test]
fn what_a_handshake_with_cbc_does_not_have_is_refused() {
    table(play::MAC_THEN_ENCRYPT);
}

#[test]
fn what_a_handshake_with_encrypt_then_mac_does_not_have_is_refused() {
    table(play::ENCRYPT_THEN_MAC);
}

#[test]
fn what_a_handshake_with_a_client_certificate_does_not_have_is_refused() {
    table(play::CERTIFIED_CLIENT);
}

#[test]
fn what_a_handshake_whose_client_has_no_certificate_to_show_does_not_have_is_refused() {
    table(play::ASKED_CLIENT);
}

#[test]
fn what_a_handshake_that_ends_with_a_ticket_does_not_have_is_refused() {
    table(play::FIRST_TICKET);
}

#[test]
fn what_a_handshake_that_resumes_by_session_id_does_not_have_is_refused() {
    table(play::RESUMED_BY_ID);
}

#[test]
fn what_a_handshake_that_resumes_by_ticket_does_not_have_is_refused() {
    table(play::RESUMED_BY_TICKET);
}

#[test]
fn what_a_handshake_that_renews_a_ticket_does_not_have_is_refused() {
    table(play::RENEWED_TICKET);
}

#[test]
fn what_a_handshake_whose_ticket_does_not_open_does_not_have_is_refused() {
    table(play::REFUSED_TICKET);
}
