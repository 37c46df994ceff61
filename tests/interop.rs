//! Every suite, with every group, against other stacks: over real sockets, in both roles, with data both ways.
//!
//! The test prints one table, in which a combination that a peer cannot do stands with the reason:
//! `cargo test --test interop -- --nocapture`.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod common;
#[path = "interop/files.rs"]
mod files;
#[path = "interop/gnutls.rs"]
mod gnutls;
#[path = "interop/openssl.rs"]
mod openssl;
#[path = "interop/ours.rs"]
mod ours;
#[path = "interop/peer.rs"]
mod peer;
#[path = "interop/process.rs"]
mod process;
#[path = "interop/rustls.rs"]
mod rustls;
#[path = "interop/sockets.rs"]
mod sockets;
#[path = "../examples/support/mod.rs"]
mod support;
#[path = "interop/table.rs"]
mod table;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use common::key_of;
use files::{Files, Identity};
use ours::{Purpose, Seen};
use peer::{Heard, LENGTH, Peer, Stage};
use tls_glass::protocol::suite::Cipher;
use tls_glass::protocol::suite::tls12::{KeyExchange, Suite};
use tls_glass::wire::codepoint::NamedGroup;

use table::{ClientCertificate, Combination, Outcome, Role, Row, combinations, render};

/// Connections at a time. They wait for each other's processes more than they compute.
const WORKERS: usize = 4;

#[test]
fn every_combination_carries_data_both_ways_with_every_stack_that_has_it() {
    let peers: [&dyn Peer; 3] = [&openssl::OpenSsl, &gnutls::GnuTls, &rustls::Rustls];
    let mut asked = Vec::new();
    for peer in peers {
        let name = peer.name();
        for role in [Role::Server, Role::Client] {
            asked.extend(combinations().into_iter().map(|combination| (peer, name.clone(), role, combination)));
        }
    }
    let (next, rows) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some((peer, name, role, combination)) = asked.get(at) else { break };
                    // Each side is the first to close in turn.
                    let outcome = try_out(*peer, *role, *combination, at % 2 == 1);
                    let row = Row { peer: name.clone(), role: *role, combination: *combination, outcome };
                    rows.lock().expect("no worker panics with it").push((at, row));
                }
            });
        }
    });
    let mut rows = rows.into_inner().expect("all workers are done");
    rows.sort_by_key(|(at, _)| *at);
    let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    println!("{}", render(&rows));
    let failed: Vec<String> = rows
        .iter()
        .filter_map(|row| match &row.outcome {
            Outcome::Failed(why) => Some(format!("{}, {:?}, {:?}: {why}", row.peer, row.role, row.combination)),
            _ => None,
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
    assert_eq!(rows.len(), asked.len());
    let not_carried = |row: &&Row| is_due(row) && !matches!(row.outcome, Outcome::Carried(_));
    let missing: Vec<String> = rows.iter().filter(not_carried).map(|row| format!("{row:?}")).collect();
    assert!(missing.is_empty(), "excused without reason:\n{}", missing.join("\n"));
}

/// Whether data has to be carried, whatever the peer's own code says that it lacks.
fn is_due(Row { peer, role, combination, .. }: &Row) -> bool {
    let Suite { key_exchange, cipher, .. } = combination.suite;
    match (peer.split(' ').next(), role) {
        (Some("OpenSSL"), Role::Client) => combination.group != Some(NamedGroup::FFDHE3072),
        (Some("rustls"), _) => key_exchange == KeyExchange::Ecdhe && matches!(cipher, Cipher::Aead(_)),
        _ => true,
    }
}

fn try_out(peer: &dyn Peer, role: Role, combination: Combination, peer_closes_first: bool) -> Outcome {
    if let Some(reason) = peer.lacks(&combination) {
        return Outcome::NotSupported(reason);
    }
    let mut carried = carry(peer, role, combination, peer_closes_first);
    if carried.as_ref().is_err_and(|why| peer.deserves_another_try(role, why)) {
        carried = carry(peer, role, combination, peer_closes_first);
    }
    match carried {
        Ok(()) => Outcome::Carried(LENGTH),
        Err(why) => peer.excuse(role, &combination, &why).map_or(Outcome::Failed(why), Outcome::NotSupported),
    }
}

fn carry(peer: &dyn Peer, role: Role, combination: Combination, peer_closes_first: bool) -> Result<(), String> {
    let identity = Identity::shared(key_of(combination.suite.common.id));
    let peer_closes_first = peer_closes_first && peer.can_close_first(role);
    let files = Files::with_identity(identity);
    if let ClientCertificate::Shown(key) = combination.client_certificate {
        files.add_client(identity.client(key));
    }
    let stage = Stage { combination, identity, files, payload: peer.payload(role), peer_closes_first };
    match role {
        Role::Server => against_server(peer, &stage),
        Role::Client => against_client(peer, &stage),
    }
}

fn against_server(peer: &dyn Peer, stage: &Stage) -> Result<(), String> {
    let (address, mut running) = peer.serve(stage);
    let mut client = ours::new_client(stage);
    let mut connect = |purpose| {
        let mut socket = sockets::connect(address)?;
        ours::connect(&mut client, stage, purpose, !peer.declines(), &mut socket)
    };
    let earlier = stage.combination.resumes().then(|| connect(Purpose::Session));
    running.go_on();
    let seen = connect(Purpose::Data);
    judge(peer, stage, earlier, seen, &running.finish())
}

fn against_client(peer: &dyn Peer, stage: &Stage) -> Result<(), String> {
    let (listener, address) = sockets::listen();
    let running = peer.connect(stage, address);
    let mut server = ours::new_server(stage);
    let mut accept = |purpose| {
        let mut socket = sockets::accept(&listener)?;
        ours::accept(&mut server, stage, purpose, !peer.declines(), &mut socket)
    };
    let earlier = stage.combination.resumes().then(|| accept(Purpose::Session));
    let seen = accept(Purpose::Data);
    judge(peer, stage, earlier, seen, &running.finish())
}

/// Whether both sides have the same to tell.
fn judge(
    peer: &dyn Peer,
    stage: &Stage,
    earlier: Option<Result<Seen, String>>,
    seen: Result<Seen, String>,
    heard: &Heard,
) -> Result<(), String> {
    let Stage { combination, payload, .. } = stage;
    let told = |what: String| format!("{what}\n{}", heard.complaints);
    let earlier = earlier.transpose().map_err(|why| told(format!("the connection to resume: {why}")))?;
    let seen = seen.map_err(told)?;
    let same = |what: &str, same: bool| if same { Ok(()) } else { Err(told(what.to_owned())) };
    same("what the peer sent does not arrive byte for byte", seen.received == payload.theirs)?;
    same("what we sent does not arrive byte for byte", heard.received.as_ref().is_none_or(|it| *it == payload.ours))?;
    let negotiated = seen.negotiated.as_ref().ok_or_else(|| told("the connection never stood".to_owned()))?;
    same("another suite was agreed on", negotiated.cipher_suite == combination.suite.common.id)?;
    same("it is not resumed, or is and should not be", negotiated.resumed == combination.resumes())?;
    // The handshake that is resumed has agreed on it.
    let with_group = earlier.as_ref().map_or(Some(negotiated), |earlier| earlier.negotiated.as_ref());
    let group = with_group.and_then(|negotiated| negotiated.group);
    same("another group was agreed on", group == combination.group)?;
    let binding = negotiated.extended_master_secret == combination.extended_master_secret;
    same("extended_master_secret is not as asked for", binding)?;
    same("encrypt_then_mac is not as asked for", negotiated.encrypt_then_mac == combination.encrypt_then_mac)?;
    let theirs: Vec<&str> = heard.key_log.lines().filter(|line| line.starts_with("CLIENT_RANDOM ")).collect();
    let mut ours: Vec<&str> = earlier.iter().chain([&seen]).map(|seen| seen.key_log.as_str()).collect();
    let secrets: BTreeSet<_> = ours.iter().filter_map(|line| line.split(' ').next_back()).collect();
    same("the connections do not share a master secret", secrets.len() == 1)?;
    if !peer.logs_resumed() {
        ours.truncate(1);
    }
    same("the key logs differ", theirs == ours)
}
