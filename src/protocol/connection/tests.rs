//! The driver with a version of TLS that has no handshake, and in which each direction closes by itself.

use super::Connection;
use super::state::{Context, Established, Next, State};
use crate::entropy::Environment;
use crate::error::Error;
use crate::protocol::record::channel::{Content, unexpected};
use crate::trace::{Action, Expected, Negotiated, Recorder};
use crate::wire::codepoint::{CipherSuite, ContentType, ProtocolVersion};

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
