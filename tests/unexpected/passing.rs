//! What may come at any time and changes nothing, and the end of the transport, which may come at any time too.

use std::collections::BTreeSet;
use std::path::Path;

use tls_glass::ErrorKind;
use tls_glass::trace::{Action, Expected, Role};
use tls_glass::wire::codepoint::{AlertDescription, ContentType, HandshakeType};

use crate::play::{Awaits, ClientShows, PLAYS, RSA, Session};
use crate::stage::{Stage, message};

#[test]
fn an_end_of_the_transport_in_any_state_is_an_error_without_an_alert() {
    for (name, play) in PLAYS {
        let mut parties = play.parties();
        for role in [Role::Client, Role::Server] {
            for (index, awaits) in play.states(role).into_iter().enumerate() {
                let mut stage = Stage::reach(&mut parties, play, role, index);
                stage.receive_end();
                stage.run();
                let error = stage.error().map(|error| &error.kind);
                assert_eq!(error, Some(&ErrorKind::Truncated), "{name}: {role:?} {awaits:?}");
                let noticed = stage.units.iter().filter(|unit| unit.action == Action::ReceiveEnd).count();
                assert_eq!(noticed, 1, "{name}: {role:?} {awaits:?}");
                assert!(stage.output().is_empty() && stage.is_over(), "{name}: {role:?} {awaits:?}");
            }
        }
    }
}

#[test]
fn a_party_that_waits_says_for_what() {
    for (name, play) in PLAYS {
        let mut parties = play.parties();
        for role in [Role::Client, Role::Server] {
            for (index, awaits) in play.states(role).into_iter().enumerate() {
                let what = format!("{name}: {role:?} {awaits:?}");
                let mut stage = Stage::reach(&mut parties, play, role, index);
                match (awaits, stage.awaited()) {
                    (Awaits::Message(kind), Some(Expected::Handshake { messages })) => {
                        assert!(messages.contains(&kind), "{what}: {messages:?}");
                        // A request may come in the place of what follows it.
                        let either = messages.contains(&HandshakeType::CERTIFICATE_REQUEST);
                        assert_eq!(messages.len(), if either { 2 } else { 1 }, "{what}: {messages:?}");
                    }
                    (Awaits::ChangeCipherSpec, Some(Expected::Content { content_type })) => {
                        assert_eq!(content_type, ContentType::CHANGE_CIPHER_SPEC, "{what}");
                    }
                    (Awaits::Data, Some(Expected::Content { content_type })) => {
                        assert_eq!(content_type, ContentType::APPLICATION_DATA, "{what}");
                    }
                    (_, other) => panic!("{what}: {other:?}"),
                }

                let record = [ContentType::HANDSHAKE.0, 3, 3, 0, 4];
                stage.receive(&record);
                stage.run();
                assert_eq!(stage.awaited(), Some(Expected::RestOfRecord), "{what}");
                stage.receive_end();
                assert_eq!(stage.awaited(), None, "{what}: it has something to do");
                stage.run();
                assert_eq!(stage.awaited(), None, "{what}: it is over");
            }
        }
    }
}

#[test]
fn a_party_that_has_closed_waits_for_close_notify() {
    let mut parties = RSA.parties();
    for role in [Role::Client, Role::Server] {
        let mut stage = Stage::awaiting(&mut parties, RSA, role, Awaits::Data);
        stage.close();
        assert_eq!(stage.awaited(), None);
        stage.run();
        assert_eq!(stage.awaited(), Some(Expected::Content { content_type: ContentType::ALERT }));
    }
}

#[test]
fn a_hello_request_during_a_handshake_changes_nothing() {
    for (name, play) in PLAYS {
        let mut parties = play.parties();
        for (index, awaits) in play.states(Role::Client).into_iter().enumerate() {
            if awaits == Awaits::Data {
                continue;
            }
            let mut stage = Stage::reach(&mut parties, play, Role::Client, index);
            let record = stage.record(ContentType::HANDSHAKE, &message(HandshakeType::HELLO_REQUEST, &[]));
            stage.receive(&record);
            stage.go_on();
            if play.session == Session::Renewed {
                // It comes to its end without: a Finished that is about other messages.
                assert_eq!(stage.error().map(|error| &error.kind), Some(&ErrorKind::BadVerifyData), "{awaits:?}");
            } else {
                assert!(stage.is_established(), "{name}: {awaits:?}: {:?}", stage.error());
            }
        }
    }
}

#[test]
fn a_wish_to_renegotiate_is_declined_and_the_connection_goes_on() {
    for (name, play) in PLAYS.into_iter().filter(|(_, play)| play.states(Role::Client).contains(&Awaits::Data)) {
        let mut parties = play.parties();
        for (role, kind) in [(Role::Client, HandshakeType::HELLO_REQUEST), (Role::Server, HandshakeType::CLIENT_HELLO)]
        {
            let mut stage = Stage::awaiting(&mut parties, play, role, Awaits::Data);
            let record = stage.record(ContentType::HANDSHAKE, &message(kind, &[]));
            stage.receive(&record);
            stage.run();
            let warning = [1, AlertDescription::NO_RENEGOTIATION.0];
            assert_eq!(stage.alert_on_the_wire(), Some(warning), "{name}: {role:?}");
            assert!(stage.is_established() && stage.error().is_none(), "{name}: {role:?}");
        }
    }
}

#[test]
fn a_second_certificate_request_is_refused() {
    for (name, play) in PLAYS.into_iter().filter(|(_, play)| play.client != ClientShows::NotAsked) {
        let mut parties = play.parties();
        let asked = Awaits::Message(HandshakeType::CERTIFICATE_REQUEST);
        let mut stage = Stage::awaiting(&mut parties, play, Role::Client, asked);
        let request = stage.record(ContentType::HANDSHAKE, &stage.next.clone());
        stage.receive(&[&request[..], &request].concat());
        stage.run();
        stage.check_refusal(name);
        let got = HandshakeType::CERTIFICATE_REQUEST;
        let expected: &[HandshakeType] = &[HandshakeType::SERVER_HELLO_DONE];
        assert_eq!(stage.error().map(|error| error.kind.clone()), Some(ErrorKind::UnexpectedMessage { got, expected }));
    }
}

/// The states that await something, as the sources name them: `ExpectServerHello`.
fn states_in(folder: &Path) -> BTreeSet<String> {
    let mut states = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the sources are here") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            states.extend(states_in(&path));
            continue;
        }
        let source = std::fs::read_to_string(path).expect("a source file");
        let names = source.lines().filter_map(|line| line.trim().strip_prefix("pub(crate) struct Expect"));
        states.extend(names.map(|name| name.trim_end_matches([' ', '{']).to_owned()));
    }
    states
}

#[test]
fn no_state_is_left_out() {
    let camel = |name: String| -> String {
        let words = name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]);
        words.collect()
    };
    let awaited: BTreeSet<String> = PLAYS
        .iter()
        .flat_map(|(_, play)| [Role::Client, Role::Server].map(|role| play.states(role)))
        .flatten()
        .filter_map(|awaits| match awaits {
            // It is in the place of ServerHelloDone, and has no state of its own.
            Awaits::Message(HandshakeType::CERTIFICATE_REQUEST) | Awaits::Data => None,
            Awaits::Message(kind) => Some(camel(kind.to_string())),
            Awaits::ChangeCipherSpec => Some("ChangeCipherSpec".to_owned()),
        })
        .collect();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/protocol/tls12");
    assert_eq!(awaited, states_in(&sources));
    // Both sides await a certificate.
    let certificate = Awaits::Message(HandshakeType::CERTIFICATE);
    for role in [Role::Client, Role::Server] {
        assert!(PLAYS.iter().any(|(_, play)| play.states(role).contains(&certificate)), "{role:?}");
    }
}
