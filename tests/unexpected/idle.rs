//! Contents that move nothing on: a peer may send some of them in a row, and not without end.

use tls_glass::ErrorKind;
use tls_glass::trace::Role;
use tls_glass::wire::codepoint::{AlertDescription, AlertLevel, ContentType, HandshakeType};

use crate::play::{Awaits, PLAYS, Play};
use crate::stage::{Stage, message};

/// The most in a row.
const MOST: usize = 32;

struct Idle {
    what: &'static str,
    content_type: ContentType,
    content: Vec<u8>,
}

fn warning() -> Idle {
    let content = vec![AlertLevel::WARNING.0, AlertDescription::NO_RENEGOTIATION.0];
    Idle { what: "warnings", content_type: ContentType::ALERT, content }
}

/// A message without a body.
fn messages(what: &'static str, kind: HandshakeType) -> Idle {
    Idle { what, content_type: ContentType::HANDSHAKE, content: message(kind, &[]) }
}

/// What may come in a state and moves nothing on. Wishes to renegotiate are declined one by one: servers say them with
/// `HelloRequest`, clients with `ClientHello`.
fn idle(role: Role, awaits: Awaits) -> Vec<Idle> {
    let mut all = vec![warning()];
    match (role, awaits) {
        (Role::Client, _) => all.push(messages("HelloRequests", HandshakeType::HELLO_REQUEST)),
        (_, Awaits::Data) => all.push(messages("ClientHellos", HandshakeType::CLIENT_HELLO)),
        _ => {}
    }
    if awaits == Awaits::Data {
        let content_type = ContentType::APPLICATION_DATA;
        all.push(Idle { what: "empty records", content_type, content: Vec::new() });
    }
    all
}

fn give(stage: &mut Stage<'_>, idle: &Idle, times: usize) {
    for _ in 0..times {
        let record = stage.record(idle.content_type, &idle.content);
        stage.receive(&record);
        stage.run();
    }
}

fn check(play: Play, role: Role, awaits: Awaits, idle: &Idle, parties: &mut crate::common::Parties) {
    let what = format!("{} where the {role:?} awaits {awaits:?} in {play:?}", idle.what);
    let mut stage = Stage::awaiting(parties, play, role, awaits);
    give(&mut stage, idle, MOST);
    assert_eq!(stage.error(), None, "{MOST} {what}");
    give(&mut stage, idle, 1);
    assert_eq!(
        stage.error().map(|error| &error.kind),
        Some(&ErrorKind::TooManyIdleRecords),
        "one more than {MOST} {what}"
    );
    stage.check_refusal(&what);
}

#[test]
fn in_no_state_does_a_peer_go_on_for_ever_with_what_moves_nothing_on() {
    let mut count = 0;
    for (_, play) in PLAYS {
        let mut parties = play.parties();
        for role in [Role::Client, Role::Server] {
            for awaits in play.states(role) {
                for idle in idle(role, awaits) {
                    check(play, role, awaits, &idle, &mut parties);
                    count += 1;
                }
            }
        }
    }
    println!("{count} kinds of idling");
    assert!(count >= 200, "{count}");
}

#[test]
fn different_kinds_count_together_and_data_begins_a_new_count() {
    for (name, play) in PLAYS.into_iter().filter(|(_, play)| play.states(Role::Client).contains(&Awaits::Data)) {
        let mut parties = play.parties();
        let kinds = idle(Role::Client, Awaits::Data);
        assert_eq!(kinds.len(), 3);
        let mut stage = Stage::awaiting(&mut parties, play, Role::Client, Awaits::Data);
        for _ in 0..2 {
            for number in 0..MOST {
                give(&mut stage, &kinds[number % kinds.len()], 1);
            }
            let record = stage.record(ContentType::APPLICATION_DATA, b"data");
            stage.receive(&record);
            stage.run();
            assert_eq!(stage.error(), None, "{name}");
        }
        assert_eq!(stage.received, b"datadata", "{name}");
        for number in 0..=MOST {
            assert_eq!(stage.error(), None, "{name}: {number}");
            give(&mut stage, &kinds[number % kinds.len()], 1);
        }
        assert_eq!(stage.error().map(|error| &error.kind), Some(&ErrorKind::TooManyIdleRecords), "{name}");
    }
}
