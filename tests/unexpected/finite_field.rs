//! Finite-field key exchange: groups that nobody vouches for, and public keys that give the secret away.

use tls_glass::crypto::group::ffdhe;
use tls_glass::trace::Role;
use tls_glass::wire::FieldName;
use tls_glass::wire::codepoint::{AlertDescription, ContentType, HandshakeType, NamedGroup};

use crate::choices::check;
use crate::play::{self, Awaits, Play};
use crate::stage::{Stage, message};

/// Whether the server signs its parameters or not.
const PLAYS: [Play; 2] = [play::DHE, play::ANONYMOUS];
/// Where the parts of the server's message begin with ffdhe2048, its header included.
const PRIME: usize = 6;
const PUBLIC: usize = 267;

fn prime() -> Vec<u8> {
    ffdhe::parameters(NamedGroup::FFDHE2048).expect("one of ours").0
}

/// 0, 1, p - 1, p and p + 1: none of them is an element that keeps a secret (RFC 7919, section 5.1).
fn bad_publics() -> Vec<Vec<u8>> {
    let p = prime();
    let small = |low: u8| [&vec![0; p.len() - 1][..], &[low]].concat();
    let near = |low: u8| [&p[..p.len() - 1], &[low]].concat();
    // p ends in ff: p + 1 has a carry over all of its last 64 bits.
    let mut above = p.clone();
    for byte in above.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            break;
        }
    }
    vec![small(0), small(1), near(0xfe), near(0xff), above]
}

#[test]
fn a_group_that_is_none_of_rfc_7919_is_refused() {
    for play in PLAYS {
        let mut parties = play.parties();
        for change in [PRIME + 100, PUBLIC - 3] {
            let mut stage =
                Stage::awaiting(&mut parties, play, Role::Client, Awaits::Message(HandshakeType::SERVER_KEY_EXCHANGE));
            let mut changed = stage.next.clone();
            changed[change] ^= 1;
            let record = stage.record(ContentType::HANDSHAKE, &changed);
            stage.receive(&record);
            stage.run();
            check(&stage, AlertDescription::INSUFFICIENT_SECURITY, Some((FieldName::DhPBytes, PRIME)));
        }
    }
}

#[test]
fn a_servers_public_key_that_gives_the_secret_away_is_refused() {
    for play in PLAYS {
        let mut parties = play.parties();
        for public in bad_publics() {
            let mut stage =
                Stage::awaiting(&mut parties, play, Role::Client, Awaits::Message(HandshakeType::SERVER_KEY_EXCHANGE));
            let mut changed = stage.next.clone();
            changed[PUBLIC..PUBLIC + public.len()].copy_from_slice(&public);
            let record = stage.record(ContentType::HANDSHAKE, &changed);
            stage.receive(&record);
            stage.run();
            check(&stage, AlertDescription::ILLEGAL_PARAMETER, Some((FieldName::DhYsBytes, PUBLIC)));
        }
    }
}

#[test]
fn a_clients_public_key_that_gives_the_secret_away_is_refused() {
    for play in PLAYS {
        let mut parties = play.parties();
        for public in bad_publics() {
            let mut stage =
                Stage::awaiting(&mut parties, play, Role::Server, Awaits::Message(HandshakeType::CLIENT_KEY_EXCHANGE));
            let length = u16::try_from(public.len()).expect("256").to_be_bytes();
            let body = [&length[..], &public].concat();
            let record = stage.record(ContentType::HANDSHAKE, &message(HandshakeType::CLIENT_KEY_EXCHANGE, &body));
            stage.receive(&record);
            stage.run();
            check(&stage, AlertDescription::ILLEGAL_PARAMETER, Some((FieldName::DhYcBytes, 6)));
        }
    }
}
