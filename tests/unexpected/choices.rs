//! Well-formed messages that say what they must not: the error points at the very field.

use tls_glass::trace::Role;
use tls_glass::wire::FieldName;
use tls_glass::wire::codepoint::{AlertDescription, ContentType, HandshakeType};

use crate::play::{self, Awaits, PLAYS, Play};
use crate::stage::{Stage, message};

const PLAY: Play = play::ECDHE;

/// A change of the peer's next message, and what comes of it.
struct Change {
    role: Role,
    awaits: HandshakeType,
    /// Where the new bytes go, header of the message included.
    at: usize,
    bytes: &'static [u8],
    alert: AlertDescription,
    /// The field to blame, and its offset.
    blamed: (FieldName, usize),
}

/// In a hello without session, as ours are, the session's length stands at 38.
const CHANGES: [Change; 8] = {
    use AlertDescription as A;
    use HandshakeType as H;
    use Role::{Client, Server};
    const fn change(
        (role, awaits): (Role, HandshakeType),
        at: usize,
        bytes: &'static [u8],
        alert: AlertDescription,
        blamed: (FieldName, usize),
    ) -> Change {
        Change { role, awaits, at, bytes, alert, blamed }
    }
    let server_hello = (Client, H::SERVER_HELLO);
    let client_hello = (Server, H::CLIENT_HELLO);
    [
        change(server_hello, 4, &[3, 2], A::PROTOCOL_VERSION, (FieldName::ServerVersion, 4)),
        change(server_hello, 39, &[0xc0, 0x2f], A::ILLEGAL_PARAMETER, (FieldName::CipherSuite, 39)),
        change(server_hello, 41, &[1], A::ILLEGAL_PARAMETER, (FieldName::CompressionMethod, 41)),
        change(server_hello, 44, &[0x12, 0x34], A::UNSUPPORTED_EXTENSION, (FieldName::ExtensionType, 44)),
        change((Client, H::SERVER_KEY_EXCHANGE), 5, &[0, 0x18], A::ILLEGAL_PARAMETER, (FieldName::NamedCurve, 5)),
        change(client_hello, 4, &[3, 1], A::PROTOCOL_VERSION, (FieldName::ClientVersion, 4)),
        change(client_hello, 41, &[0x12, 0x34], A::HANDSHAKE_FAILURE, (FieldName::CipherSuites, 39)),
        change(client_hello, 44, &[1], A::ILLEGAL_PARAMETER, (FieldName::CompressionMethods, 43)),
    ]
};

/// What comes of a refusal, and where it is said to lie if that can be said.
pub fn check(stage: &Stage<'_>, alert: AlertDescription, blamed: Option<(FieldName, usize)>) {
    let error = stage.error().unwrap_or_else(|| panic!("nobody minds, {alert} was due"));
    assert_eq!(error.alert(), Some(alert), "{error}");
    assert_eq!(stage.alert_on_the_wire(), Some([2, alert.0]), "{error}");
    assert!(stage.is_over(), "{error}");
    if let Some((field, offset)) = blamed {
        stage.check_refusal(&alert.to_string());
        let place = error.place.as_ref().unwrap_or_else(|| panic!("{error}: where?"));
        assert_eq!((place.path.last(), place.offset), (Some(&field), offset), "{error}: {:?}", place.path);
    }
}

#[test]
fn a_choice_that_was_not_offered_is_refused_at_its_field() {
    let mut parties = PLAY.parties();
    for change in CHANGES {
        let mut stage = Stage::awaiting(&mut parties, PLAY, change.role, Awaits::Message(change.awaits));
        let mut changed = stage.next.clone();
        changed[change.at..change.at + change.bytes.len()].copy_from_slice(change.bytes);
        let record = stage.record(ContentType::HANDSHAKE, &changed);
        stage.receive(&record);
        stage.run();
        check(&stage, change.alert, Some(change.blamed));
    }
}

#[test]
fn wrong_verify_data_is_refused_at_its_field() {
    for (_, play) in PLAYS {
        let mut parties = play.parties();
        for role in [Role::Client, Role::Server] {
            let finished = Awaits::Message(HandshakeType::FINISHED);
            if !play.states(role).contains(&finished) {
                continue;
            }
            // A bit of it in each place that may be forgotten, and none of it.
            for bit in [Some(0), Some(50), Some(95), None] {
                let mut stage = Stage::awaiting(&mut parties, play, role, finished);
                let mut changed = stage.next_content();
                match bit {
                    Some(bit) => changed[4 + bit / 8] ^= 1 << (bit % 8),
                    None => changed = message(HandshakeType::FINISHED, &[0; 12]),
                }
                let record = stage.record(ContentType::HANDSHAKE, &changed);
                stage.receive(&record);
                stage.run();
                check(&stage, AlertDescription::DECRYPT_ERROR, Some((FieldName::VerifyData, 4)));
            }
        }
    }
}

#[test]
fn a_ephemeral_key_that_is_no_point_of_the_group_is_refused() {
    let mut parties = PLAY.parties();
    // x25519 is what both prefer: zeros are of small order, 31 bytes are no key at all.
    for public in [vec![0; 32], vec![9; 31]] {
        let mut stage =
            Stage::awaiting(&mut parties, PLAY, Role::Server, Awaits::Message(HandshakeType::CLIENT_KEY_EXCHANGE));
        let length = u8::try_from(public.len()).expect("a short key");
        let body = [&[length], &public[..]].concat();
        let record = stage.record(ContentType::HANDSHAKE, &message(HandshakeType::CLIENT_KEY_EXCHANGE, &body));
        stage.receive(&record);
        stage.run();
        check(&stage, AlertDescription::ILLEGAL_PARAMETER, Some((FieldName::Point, 5)));
    }
}

#[test]
fn a_changed_signature_or_ephemeral_key_is_refused() {
    let mut parties = PLAY.parties();
    // A byte of the key, and the last of the signature.
    for from_end in [false, true] {
        let mut stage =
            Stage::awaiting(&mut parties, PLAY, Role::Client, Awaits::Message(HandshakeType::SERVER_KEY_EXCHANGE));
        let mut changed = stage.next.clone();
        let at = if from_end { changed.len() - 1 } else { 20 };
        changed[at] ^= 1;
        let record = stage.record(ContentType::HANDSHAKE, &changed);
        stage.replace_next(&record);
        stage.go_on();
        check(&stage, AlertDescription::DECRYPT_ERROR, None);
    }
}
