//! The driver with a version of TLS that has no handshake, and in which each direction closes by itself.

#![expect(clippy::expect_used, reason = "a failure is the test's")]

use super::Connection;
use super::state::{Context, Established, Next, State};
use crate::crypto::aead::AeadAlgorithm;
use crate::entropy::Environment;
use crate::error::{Error, ErrorKind};
use crate::glass::Secret;
use crate::protocol::record::channel::{Channel, Content, unexpected};
use crate::protocol::record::protection::{DirectionKeys, Protection};
use crate::protocol::suite::Cipher;
use crate::trace::{Action, Expected, Negotiated, Recorder, ValueName};
use crate::wire::alert::Alert;
use crate::wire::codepoint::{AlertDescription, CipherSuite, ContentType, ProtocolVersion};

#[derive(Debug)]
struct Start;

#[derive(Debug)]
struct Standing;

impl State for Start {
    type Established = Standing;

    fn action(&self) -> Action {
        Action::SendFinished
    }

    fn awaited(&self) -> Option<Expected> {
        None
    }

    fn perform(self, _: &mut Context<'_>) -> Result<Next<Self, Standing>, Error> {
        Ok(Next::Established(Box::new(Standing)))
    }

    fn handle(self, content: Content, _: &mut Context<'_>) -> Result<Next<Self, Standing>, Error> {
        Err(unexpected(&content, ContentType::HANDSHAKE))
    }
}

impl Established for Standing {
    const CLOSES_BOTH_DIRECTIONS: bool = false;

    fn negotiated(&self) -> Negotiated {
        Negotiated {
            version: ProtocolVersion::TLS_1_2,
            cipher_suite: CipherSuite(0),
            group: None,
            signature_scheme: None,
            application_protocol: None,
            extended_master_secret: false,
            encrypt_then_mac: false,
            resumed: false,
        }
    }

    fn key_log(&self) -> String {
        String::new()
    }

    fn handle(&mut self, content: Content, _: bool, _: &mut Context<'_>) -> Result<Action, Error> {
        Err(unexpected(&content, ContentType::APPLICATION_DATA))
    }

    fn failed(&mut self, _: &mut Recorder) {}
}

/// Does all units that there are to do, and gives them with what goes on the wire.
fn run(connection: &mut Connection<Start>) -> (Vec<Action>, Vec<u8>) {
    let (mut trace, mut environment) = (Recorder::default(), Environment::system());
    let (mut actions, mut output) = (Vec::new(), Vec::new());
    while let Some(progress) = connection.advance(&mut trace, &mut environment) {
        actions.push(progress.action);
        output.extend(progress.output);
    }
    (actions, output)
}

const CLOSE_NOTIFY: [u8; 7] = [21, 3, 3, 0, 2, 1, 0];

#[test]
fn a_peer_that_has_closed_its_direction_still_gets_what_is_to_be_sent() {
    let mut connection = Connection::new(Start);
    run(&mut connection);
    connection.receive(&CLOSE_NOTIFY);
    assert_eq!(run(&mut connection).0, [Action::ReceiveAlert]);
    assert!(!connection.is_closed());

    connection.send(b"late");
    let (actions, output) = run(&mut connection);
    assert_eq!(actions, [Action::SendApplicationData]);
    assert!(output.ends_with(b"late"));

    connection.close();
    assert_eq!(run(&mut connection).0, [Action::SendAlert, Action::EraseKeys]);
    assert!(connection.is_closed());
}

#[test]
fn what_comes_behind_close_notify_is_not_read() {
    let mut connection = Connection::new(Start);
    run(&mut connection);
    connection.receive(&CLOSE_NOTIFY);
    connection.receive(&[99; 5]);
    assert_eq!(run(&mut connection).0, [Action::ReceiveAlert]);
    assert!(connection.error().is_none());
}

#[test]
fn the_transport_may_end_behind_close_notify() {
    let mut connection = Connection::new(Start);
    run(&mut connection);
    connection.receive(&CLOSE_NOTIFY);
    connection.receive_end();
    assert_eq!(run(&mut connection).0, [Action::ReceiveAlert]);
    connection.close();
    assert_eq!(run(&mut connection).0, [Action::SendAlert, Action::EraseKeys]);
    assert!(connection.error().is_none());
}

/// What protects the records of the peer: the same, whenever it is asked for.
fn protection() -> Protection {
    let keys = DirectionKeys {
        key: Secret::copy_of(&[1; 16]),
        fixed_iv: Secret::copy_of(&[2; 4]),
        mac_key: Secret::copy_of(&[]),
    };
    Protection::new(ValueName::ServerWriteKey, Cipher::Aead(AeadAlgorithm::Aes128Gcm), false, keys)
}

/// What a peer sends under [`protection`].
fn protected(send: impl FnOnce(&mut Channel, &mut Recorder, &mut Environment)) -> Vec<u8> {
    let (mut trace, mut environment) = (Recorder::default(), Environment::system());
    let mut peer = Channel::new();
    peer.negotiated();
    peer.write = Some(protection());
    send(&mut peer, &mut trace, &mut environment);
    peer.take_output()
}

/// A connection that could go on with its handshake by itself, and gets this.
fn handshaking(input: &[u8]) -> Connection<Start> {
    let mut connection = Connection::new(Start);
    connection.channel.negotiated();
    connection.channel.read = Some(protection());
    connection.receive(input);
    connection
}

#[test]
fn a_record_is_opened_before_own_work_and_an_alert_in_it_is_read_first() {
    let alert = Alert::fatal(AlertDescription::HANDSHAKE_FAILURE);
    let mut connection = handshaking(&protected(|peer, trace, environment| {
        peer.send_alert(alert, trace, &mut environment.entropy).expect("it is sent");
    }));
    assert_eq!(run(&mut connection).0, [Action::OpenRecord, Action::ReceiveAlert, Action::EraseKeys]);
    let expected = ErrorKind::AlertReceived(AlertDescription::HANDSHAKE_FAILURE);
    assert_eq!(connection.error().map(|error| &error.kind), Some(&expected));
}

#[test]
fn data_that_is_open_rests_until_the_handshake_is_complete() {
    let mut connection = handshaking(&protected(|peer, trace, environment| {
        peer.send_application_data(b"early", trace, &mut environment.entropy).expect("it is sent");
    }));
    let (mut trace, mut environment) = (Recorder::default(), Environment::system());
    let mut advance = || connection.advance(&mut trace, &mut environment).map(|done| (done.action, done.received));
    assert_eq!(advance(), Some((Action::OpenRecord, None)));
    assert_eq!(advance(), Some((Action::SendFinished, None)));
    assert_eq!(advance(), Some((Action::ReceiveApplicationData, Some(b"early".to_vec()))));
}

#[test]
fn what_was_opened_goes_when_the_connection_fails() {
    let mut connection = handshaking(&protected(|peer, trace, environment| {
        peer.send_application_data(b"early", trace, &mut environment.entropy).expect("it is sent");
    }));
    let (mut trace, mut environment) = (Recorder::default(), Environment::system());
    connection.advance(&mut trace, &mut environment);
    assert_eq!(connection.opened_application_data(), Some(&b"early"[..]));
    connection.fail(ErrorKind::Internal("for this test").into(), &mut trace);
    assert_eq!(connection.opened_application_data(), None);
}

#[test]
fn a_record_that_is_not_authentic_fails_where_it_is_opened() {
    let mut input = protected(|peer, trace, environment| {
        peer.send_application_data(b"early", trace, &mut environment.entropy).expect("it is sent");
    });
    *input.last_mut().expect("there are bytes") ^= 1;
    let mut connection = handshaking(&input);
    assert_eq!(run(&mut connection).0, [Action::OpenRecord, Action::SendAlert, Action::EraseKeys]);
    assert_eq!(connection.error().map(|error| &error.kind), Some(&ErrorKind::BadRecordMac));
}
