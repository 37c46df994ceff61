//! Every state, fed bytes that nobody planned: the peer's next record with a change, or content of its own making.

use core::cell::RefCell;
use core::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestRunner;
use tls_glass::ErrorKind;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::trace::Role;
use tls_glass::wire::codepoint::{CipherSuite, ContentType};

use crate::common::Parties;
use crate::stage::{Stage, plain, states};

/// For each state.
const CASES: u32 = 24;

/// What comes in the place of the peer's next record.
#[derive(Clone, Debug)]
enum Input {
    /// Its content with a part taken out and these bytes put there.
    Changed { from: Index, length: usize, inserted: Vec<u8> },
    /// A record of this type, protected where records are.
    Record(ContentType, Vec<u8>),
    /// No record at all, or one by chance.
    Bytes(Vec<u8>),
}

fn input() -> impl Strategy<Value = Input> {
    let content_types =
        select(vec![ContentType::CHANGE_CIPHER_SPEC, ContentType::ALERT, ContentType::HANDSHAKE, ContentType(24)]);
    prop_oneof![
        4 => (any::<Index>(), 0_usize..5, vec(any::<u8>(), 0..5))
            .prop_map(|(from, length, inserted)| Input::Changed { from, length, inserted }),
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

/// Whatever came: a party that fails says so, on the wire and with a place, and is over; and no handshake is completed by
/// two parties that saw different ones.
fn check(stage: &mut Stage<'_>, input: Input) {
    let record = match input {
        Input::Changed { from, length, inserted } => {
            let Some(content) = changed(&stage.next, from, length, &inserted) else { return };
            plain(stage.next_type(), &content)
        }
        Input::Record(content_type, content) => stage.record(content_type, &content),
        Input::Bytes(bytes) => bytes,
    };
    stage.replace_next(&record);
    stage.go_on();
    assert!(!stage.is_established(), "both sides are content");
    let Some(error) = stage.error() else { return };
    assert_eq!(stage.alert_on_the_wire(), error.alert().map(|alert| [2, alert.0]), "{error}: the alert is sent");
    assert!(stage.is_over(), "{error}: the connection is over and its secrets are gone");
    // A signature and a chain are judged after they were read, over bytes of several messages.
    let judged_later = matches!(error.kind, ErrorKind::BadSignature | ErrorKind::Certificate(_));
    if error.alert().is_some() && !judged_later {
        let place = error.place.as_ref().unwrap_or_else(|| panic!("{error}: where?"));
        assert!(!place.path.is_empty(), "{error}: which field?");
        if let Some(id) = place.buffer {
            let length = stage.buffer(id).bytes.len();
            assert!(place.offset <= length, "{error}: byte {} of {length}", place.offset);
        }
    }
}

fn every_state(suite: CipherSuite, key: KeyAlgorithm) {
    let parties = RefCell::new(Parties::new(key));
    for role in [Role::Client, Role::Server] {
        let handshake = states(role, suite).len() - 1;
        for index in 0..handshake {
            let config = ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
            let outcome = TestRunner::new(config).run(&input(), |input| {
                check(&mut Stage::reach(&mut parties.borrow_mut(), suite, role, index), input);
                Ok(())
            });
            if let Err(error) = outcome {
                panic!("{role:?} in its state {index} of {suite}: {error}");
            }
        }
    }
}

#[test]
fn an_rsa_handshake_survives_any_bytes() {
    every_state(CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256, KeyAlgorithm::Rsa);
}

#[test]
fn a_dhe_handshake_survives_any_bytes() {
    every_state(CipherSuite::TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, KeyAlgorithm::Rsa);
}

#[test]
fn an_ecdhe_handshake_survives_any_bytes() {
    every_state(CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, KeyAlgorithm::EcdsaP256);
}
