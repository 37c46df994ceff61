//! Every state, fed bytes that nobody planned: the peer's next record with a change, or content of its own making.

use core::cell::{Cell, RefCell};
use core::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{FileFailurePersistence, TestRunner};
use tls_glass::trace::Role;
use tls_glass::wire::codepoint::ContentType;

use crate::play::{self, Awaits, Play};
use crate::stage::{Stage, plain};

/// For each state, unless `TLS_GLASS_CASES` says how many: `cargo xtask fuzz` does.
const CASES: u32 = 40;
/// With fewer it may be by chance that a state refuses none of them.
const FEWEST_CASES: u32 = 10;
/// What the peer of an established connection says next.
const DATA: &[u8] = b"what the peer says";

/// What comes in the place of the peer's next record.
#[derive(Clone, Debug)]
enum Input {
    /// Its content with a part taken out and these bytes put there: before it is protected if `within`, else as it stands
    /// on the wire, which is the same where nothing is protected.
    Changed { within: bool, from: Index, length: usize, inserted: Vec<u8> },
    /// A record of this type, protected where records are.
    Record(ContentType, Vec<u8>),
    /// No record at all, or one by chance.
    Bytes(Vec<u8>),
}

fn input() -> impl Strategy<Value = Input> {
    let content_types = select(vec![
        ContentType::CHANGE_CIPHER_SPEC,
        ContentType::ALERT,
        ContentType::HANDSHAKE,
        ContentType::APPLICATION_DATA,
        ContentType(24),
    ]);
    prop_oneof![
        4 => (any::<bool>(), any::<Index>(), 0_usize..5, vec(any::<u8>(), 0..5))
            .prop_map(|(within, from, length, inserted)| Input::Changed { within, from, length, inserted }),
        1 => (content_types, vec(any::<u8>(), 0..80)).prop_map(|(kind, content)| Input::Record(kind, content)),
        1 => vec(any::<u8>(), 0..80).prop_map(Input::Bytes),
    ]
}

/// The content with the change, `None` where the change changes nothing.
fn changed(content: &[u8], from: Index, length: usize, inserted: &[u8]) -> Option<Vec<u8>> {
    let start = from.index(content.len() + 1);
    let part: Range<usize> = start..(start + length).min(content.len());
    let mut changed = content.to_vec();
    changed.splice(part, inserted.iter().copied());
    (changed != content).then_some(changed)
}

/// The record that comes, `None` where it is the one that was due.
fn record(stage: &mut Stage<'_>, input: Input) -> Option<Vec<u8>> {
    Some(match input {
        Input::Changed { within: true, from, length, inserted } => {
            let content = changed(&stage.next_content(), from, length, &inserted)?;
            stage.record(stage.next_type(), &content)
        }
        Input::Changed { within: false, from, length, inserted } => {
            plain(stage.next_type(), &changed(&stage.next, from, length, &inserted)?)
        }
        Input::Record(content_type, content) => stage.record(content_type, &content),
        Input::Bytes(bytes) => bytes,
    })
}

/// Whatever came: a party that fails says so, on the wire and with a place, and is over; no handshake is completed by two
/// parties that saw different ones; and on an established connection only what the peer protected arrives. Says whether
/// the party failed. A `Finished` behind which a further message begins is the same `Finished`.
fn check(stage: &mut Stage<'_>, input: Input) -> Result<bool, TestCaseError> {
    let what = format!("{input:?}");
    let data = stage.awaits == Awaits::Data;
    if data {
        stage.have_peer_send(DATA);
    }
    let (protected, original) = (stage.is_protected(), stage.next_content());
    let due = match &input {
        Input::Changed { within: true, from, length, inserted } if protected => {
            changed(&original, *from, *length, inserted)
        }
        Input::Record(ContentType::APPLICATION_DATA, content) if protected => Some(content.clone()),
        _ => None,
    };
    let Some(record) = record(stage, input) else { return Err(TestCaseError::reject("nothing is changed")) };
    if data {
        stage.receive(&record);
        stage.run();
        assert_eq!(stage.received, due.unwrap_or_default(), "{what}: what arrives");
    } else {
        stage.replace_next(&record);
        stage.go_on();
        let same = due.is_some_and(|due| due.starts_with(&original));
        assert!(!stage.is_established() || same, "{what}: both sides are content");
    }
    if stage.error().is_some() {
        stage.check_refusal(&what);
    }
    Ok(stage.error().is_some())
}

fn cases() -> u32 {
    match std::env::var("TLS_GLASS_CASES") {
        Ok(text) => text.parse().ok().filter(|cases| *cases >= FEWEST_CASES).unwrap_or_else(|| {
            panic!("TLS_GLASS_CASES is a number of cases for each state, {FEWEST_CASES} or more, not `{text}`")
        }),
        Err(_) => CASES,
    }
}

/// What once failed is kept in a file beside this one, to be committed: its cases come first, in every state.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        source_file: Some(file!()),
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("proptest-regressions"))),
        ..ProptestConfig::default()
    }
}

fn every_state(play: Play) {
    let due = cases();
    let parties = RefCell::new(play.parties());
    for role in [Role::Client, Role::Server] {
        for (index, awaits) in play.states(role).into_iter().enumerate() {
            let (cases, failed) = (Cell::new(0), Cell::new(0));
            let outcome = TestRunner::new(config(due)).run(&input(), |input| {
                let fails = check(&mut Stage::reach(&mut parties.borrow_mut(), play, role, index), input)?;
                cases.set(cases.get() + 1);
                failed.set(failed.get() + u32::from(fails));
                Ok(())
            });
            if let Err(error) = outcome {
                panic!("{role:?} awaits {awaits:?} in {play:?}: {error}");
            }
            println!("{role:?} awaits {awaits:?}: {} cases, {} refused", cases.get(), failed.get());
            assert!(cases.get() >= due, "{role:?} awaits {awaits:?} in {play:?}: {} of {due} cases", cases.get());
            // Bytes that announce more than there are have it wait, and data may come on an established connection.
            assert!(failed.get() > 0, "{role:?} awaits {awaits:?} in {play:?}: nothing is refused");
        }
    }
}

#[test]
fn an_rsa_handshake_survives_any_bytes() {
    every_state(play::RSA);
}

#[test]
fn a_dhe_handshake_survives_any_bytes() {
    every_state(play::DHE);
}

#[test]
fn an_ecdhe_handshake_survives_any_bytes() {
    every_state(play::ECDHE);
}

#[test]
fn an_anonymous_handshake_survives_any_bytes() {
    every_state(play::ANONYMOUS);
}

#[test]
fn a_handshake_with_cbc_survives_any_bytes() {
    every_state(play::MAC_THEN_ENCRYPT);
}

#[test]
fn a_handshake_with_encrypt_then_mac_survives_any_bytes() {
    every_state(play::ENCRYPT_THEN_MAC);
}

#[test]
fn a_handshake_with_a_client_certificate_survives_any_bytes() {
    every_state(play::CERTIFIED_CLIENT);
}

#[test]
fn a_handshake_whose_client_has_no_certificate_to_show_survives_any_bytes() {
    every_state(play::ASKED_CLIENT);
}

#[test]
fn a_handshake_that_ends_with_a_ticket_survives_any_bytes() {
    every_state(play::FIRST_TICKET);
}

#[test]
fn a_handshake_that_resumes_by_session_id_survives_any_bytes() {
    every_state(play::RESUMED_BY_ID);
}

#[test]
fn a_handshake_that_resumes_by_ticket_survives_any_bytes() {
    every_state(play::RESUMED_BY_TICKET);
}

#[test]
fn a_handshake_that_renews_a_ticket_survives_any_bytes() {
    every_state(play::RENEWED_TICKET);
}

#[test]
fn a_handshake_whose_ticket_does_not_open_survives_any_bytes() {
    every_state(play::REFUSED_TICKET);
}
