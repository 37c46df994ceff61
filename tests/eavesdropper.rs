//! The eavesdropper: what the wire teaches her, and what leaked keys open.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::BTreeSet;

use common::{Parties, Wire, accept, asking, is_rsa_key_exchange, key_of, offer};
use proptest::prelude::*;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::party::{ClientCertificates, ClientConfig, Eavesdropper, How, Reading, Resumption, ServerConfig};
use tls_glass::protocol::suite::tls12::{SUITES, Suite};
use tls_glass::trace::{Action, BufferKind, Event, Names, Role, Unit, ValueKind, ValueName};
use tls_glass::wire::codepoint::{CipherSuite, ContentType};

/// A whole connection, with somebody who overheard all of it.
struct Overheard {
    parties: Parties,
    wire: Wire,
    eve: Eavesdropper,
    units: Vec<Unit>,
}

fn overhear(config: ClientConfig) -> Overheard {
    let mut parties = Parties::new(key_of(config.cipher_suites[0]));
    let wire = parties.connect(config, accept());
    let mut eve = Eavesdropper::new();
    let mut units = vec![eve.listen()];
    for (from, bytes) in in_order(&parties) {
        // In small pieces, as a network may deliver them.
        for piece in bytes.chunks(7) {
            eve.overhear(from, piece);
            units.extend(core::iter::from_fn(|| eve.advance()).map(|advance| advance.unit));
        }
    }
    Overheard { parties, wire, eve, units }
}

/// The records of a connection in the order in which they crossed the wire.
fn in_order(parties: &Parties) -> Vec<(Role, Vec<u8>)> {
    parties.events().filter_map(|(unit, event)| Some((unit.role, sent_record(unit, event)?))).collect()
}

fn sent_record(unit: &Unit, event: &Event) -> Option<Vec<u8>> {
    let Event::Record { buffer, direction: tls_glass::trace::Direction::Sent, .. } = event else { return None };
    unit.events.iter().find_map(|event| match event {
        Event::Buffer { buffer: made } if made.id == *buffer => Some(made.bytes.clone()),
        _ => None,
    })
}

/// The bytes of a value, as a party had it.
fn value(parties: &Parties, name: ValueName, part: &str) -> Option<Vec<u8>> {
    let held = parties.events().filter_map(|(_, event)| match event {
        Event::Held { value } if value.name == name => Some(value),
        _ => None,
    });
    let part = held.last()?.parts.iter().find(|candidate| candidate.name == part)?;
    Some(part.bytes.clone())
}

fn private_key(parties: &Parties) -> Vec<u8> {
    value(parties, ValueName::ServerPrivateKey, "pkcs8").expect("the server has one")
}

/// The record that the server sent as its reply: its first of application data.
fn reply_record(parties: &Parties) -> Vec<u8> {
    reply_among(&in_order(parties))
}

fn reply_among(records: &[(Role, Vec<u8>)]) -> Vec<u8> {
    let is_reply =
        |record: &&(Role, Vec<u8>)| record.0 == Role::Server && record.1[0] == ContentType::APPLICATION_DATA.0;
    records.iter().find(is_reply).expect("the server replied").1.clone()
}

/// The record that the client sent as its request.
fn request_record(parties: &Parties) -> Vec<u8> {
    let is_request =
        |record: &&(Role, Vec<u8>)| record.0 == Role::Client && record.1[0] == ContentType::APPLICATION_DATA.0;
    in_order(parties).iter().find(is_request).expect("the client asked").1.clone()
}

/// Lets her hear records, and keep each.
fn hear(eve: &mut Eavesdropper, records: &[(Role, Vec<u8>)]) {
    for (from, bytes) in records {
        eve.overhear(*from, bytes);
        while eve.advance().is_some() {}
    }
}

fn configs() -> impl Iterator<Item = ClientConfig> {
    SUITES.iter().flat_map(|suite| {
        [true, false].map(|extended_master_secret| ClientConfig { extended_master_secret, ..offer(suite.common.id) })
    })
}

#[test]
fn she_keeps_every_byte_in_one_unit_a_record_and_learns_what_is_public() {
    for config in configs() {
        let suite = config.cipher_suites[0];
        let Overheard { parties, wire, eve, units } = overhear(config);
        let kept: Vec<u8> = units.iter().flat_map(kept_records).flatten().collect();
        assert_eq!(kept.len(), wire.to_server.len() + wire.to_client.len(), "{suite}");
        assert_eq!(units.len(), 1 + in_order(&parties).len(), "{suite}: one unit to begin, and one a record");

        let Suite { key_exchange, certificate_key, .. } = Suite::of(suite).expect("one of ours");
        let mut known = BTreeSet::from([ValueName::ClientRandom, ValueName::ServerRandom]);
        if certificate_key.is_some() {
            known.extend(Names::SERVER.chain);
            known.insert(ValueName::ServerPublicKey);
        }
        if key_exchange.is_signed() {
            known.insert(ValueName::Signature);
        }
        if is_rsa_key_exchange(suite) {
            known.insert(ValueName::EncryptedPreMasterSecret);
        } else {
            known.extend([ValueName::ServerEphemeralPublicKey, ValueName::ClientEphemeralPublicKey]);
        }
        let declared: BTreeSet<ValueName> = eve.holdings().into_iter().map(|holding| holding.name).collect();
        assert_eq!(declared, known, "{suite}");
        let open = [ValueKind::Public, ValueKind::PublicKey, ValueKind::Certificate];
        assert!(declared.iter().all(|name| open.contains(&name.kind())), "{suite}");
    }
}

fn kept_records(unit: &Unit) -> Vec<Vec<u8>> {
    let ids: Vec<_> = unit
        .events
        .iter()
        .filter_map(|event| if let Event::Record { buffer, .. } = event { Some(*buffer) } else { None })
        .collect();
    unit.events
        .iter()
        .filter_map(|event| match event {
            Event::Buffer { buffer } if ids.contains(&buffer.id) => Some(buffer.bytes.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn without_keys_she_reads_nothing_and_can_say_what_she_lacks() {
    for config in configs() {
        let suite = config.cipher_suites[0];
        let Overheard { parties, eve, .. } = overhear(config);
        let reading = eve.read(&reply_record(&parties), Role::Server);
        assert_eq!(reading.plaintext, None, "{suite}");
        assert_eq!(missing(&reading), lacking(suite), "{suite}");
    }
}

fn missing(reading: &Reading) -> Vec<ValueName> {
    reading.links.iter().filter(|link| link.how == How::Missing).map(|link| link.value).collect()
}

fn lacking(suite: CipherSuite) -> Vec<ValueName> {
    if is_rsa_key_exchange(suite) {
        vec![ValueName::ServerPrivateKey]
    } else {
        vec![ValueName::ClientEphemeralPrivateKey, ValueName::ServerEphemeralPrivateKey]
    }
}

#[test]
fn the_servers_private_key_opens_a_recording_under_rsa_key_exchange_and_not_under_ecdhe() {
    for config in configs() {
        let suite = config.cipher_suites[0];
        let Overheard { parties, wire, mut eve, .. } = overhear(config);
        let pkcs8 = private_key(&parties);
        eve.give(ValueName::ServerPrivateKey, &pkcs8).expect("it is a private key");
        let reading = eve.read(&reply_record(&parties), Role::Server);
        if is_rsa_key_exchange(suite) {
            assert_eq!(reading.plaintext.as_deref(), Some(&wire.reply[..]), "{suite}");
            assert!(missing(&reading).is_empty(), "{suite}");
        } else {
            assert_eq!(reading.plaintext, None, "{suite}");
            assert_eq!(missing(&reading), lacking(suite), "{suite}");
        }
    }
}

/// The recording then has more messages, to which the master secret is bound.
#[test]
fn that_a_client_shows_a_certificate_changes_nothing_of_this() {
    let suite = CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(key_of(suite));
    parties.certify_client(KeyAlgorithm::EcdsaP256);
    let wire = parties.connect(offer(suite), asking(ClientCertificates::Required));
    let mut eve = Eavesdropper::new();
    eve.listen();
    hear(&mut eve, &in_order(&parties));
    let known: BTreeSet<ValueName> = eve.holdings().into_iter().map(|holding| holding.name).collect();
    for name in [ValueName::ServerCertificate, ValueName::ClientCertificate, ValueName::ClientSignature] {
        assert!(known.contains(&name), "{name}");
    }
    assert_eq!(eve.read(&reply_record(&parties), Role::Server).plaintext, None);
    eve.give(ValueName::ServerPrivateKey, &private_key(&parties)).expect("it is a private key");
    assert_eq!(eve.read(&reply_record(&parties), Role::Server).plaintext.as_deref(), Some(&wire.reply[..]));
}

#[test]
fn a_data_key_opens_what_it_protects_and_nothing_else() {
    for config in configs() {
        let suite = config.cipher_suites[0];
        let Overheard { parties, wire, mut eve, .. } = overhear(config);
        for name in [ValueName::ServerWriteKey, ValueName::ServerWriteIv, ValueName::ServerWriteMacKey] {
            // A cipher has one or the other of the last two.
            if let Some(bytes) = value(&parties, name, "") {
                eve.give(name, &bytes).expect("any bytes are a data key");
            }
        }
        let reply = reply_record(&parties);
        assert_eq!(eve.read(&reply, Role::Server).plaintext.as_deref(), Some(&wire.reply[..]), "{suite}");
        assert_eq!(eve.read(&reply, Role::Client).plaintext, None, "{suite}");
    }
}

/// What opens the reply is all that opens it: with one of the parts less, it stays closed.
#[test]
fn a_data_key_without_what_its_cipher_needs_beside_it_opens_nothing() {
    for config in configs() {
        let suite = config.cipher_suites[0];
        let Overheard { parties, eve: mut complete, .. } = overhear(config);
        let reply = reply_record(&parties);
        let names = [ValueName::ServerWriteKey, ValueName::ServerWriteIv, ValueName::ServerWriteMacKey];
        let parts: Vec<_> = names.into_iter().filter_map(|name| Some((name, value(&parties, name, "")?))).collect();
        assert!(parts.len() >= 2, "{suite}: {parts:?}");
        for left_out in 0..parts.len() {
            complete.listen();
            hear(&mut complete, &in_order(&parties));
            for (index, (name, bytes)) in parts.iter().enumerate() {
                if index != left_out {
                    complete.give(*name, bytes).expect("any bytes are a data key");
                }
            }
            assert!(!opens(&complete, &reply), "{suite} without {}", parts[left_out].0);
            complete.give(parts[left_out].0, &parts[left_out].1).expect("any bytes are a data key");
            assert!(opens(&complete, &reply), "{suite} with {}", parts[left_out].0);
        }
    }
}

/// The client's keys are as good for what the client says.
#[test]
fn the_clients_data_key_opens_the_request() {
    for config in configs() {
        let suite = config.cipher_suites[0];
        let Overheard { parties, mut eve, .. } = overhear(config);
        let request = request_record(&parties);
        assert_eq!(eve.read(&request, Role::Client).plaintext, None, "{suite}");
        for name in [ValueName::ClientWriteKey, ValueName::ClientWriteIv, ValueName::ClientWriteMacKey] {
            if let Some(bytes) = value(&parties, name, "") {
                eve.give(name, &bytes).expect("any bytes are a data key");
            }
        }
        let opened = eve.read(&request, Role::Client).plaintext.unwrap_or_default();
        assert!(opened.starts_with(b"GET "), "{suite}");
    }
}

/// Either private key does, and so does each secret that they lead to. How Eve gets from one to the next is told.
#[test]
fn each_secret_on_the_way_to_the_data_keys_opens_the_recording() {
    for config in configs() {
        let suite = config.cipher_suites[0];
        let mut secrets = vec![ValueName::PreMasterSecret, ValueName::MasterSecret];
        if !is_rsa_key_exchange(suite) {
            secrets.extend([Names::CLIENT.ephemeral_private_key, Names::SERVER.ephemeral_private_key]);
        }
        let Overheard { parties, wire, mut eve, .. } = overhear(config);
        let reply = reply_record(&parties);
        assert!(!opens(&eve, &reply), "{suite}");
        for name in secrets {
            eve.listen();
            hear(&mut eve, &in_order(&parties));
            let bytes = value(&parties, name, "").expect("a party has it");
            let unit = eve.give(name, &bytes).expect("a secret may be any bytes");
            assert_eq!(unit.action, Action::TakeLeakedKey);
            assert!(eve.holdings().iter().any(|holding| holding.name == name), "{suite}: {name}");
            let reading = eve.read(&reply, Role::Server);
            assert_eq!(reading.plaintext.as_deref(), Some(&wire.reply[..]), "{suite}: {name}");
            let given: Vec<_> =
                reading.links.iter().filter(|link| link.how == How::Given).map(|link| link.value).collect();
            assert_eq!((given, missing(&reading)), (vec![name], Vec::new()), "{suite}: {name}");
        }
    }
}

/// The secret of another connection computes, and does not open this one.
#[test]
fn an_ephemeral_private_key_opens_the_connection_that_it_was_made_for_and_no_other() {
    let suite = CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    let name = Names::SERVER.ephemeral_private_key;
    let Overheard { parties, mut eve, .. } = overhear(offer(suite));
    let other = value(&overhear(offer(suite)).parties, name, "").expect("a party has it");
    eve.give(name, &other).expect("any bytes are a private key");
    let reading = eve.read(&reply_record(&parties), Role::Server);
    assert_eq!((reading.plaintext, reading.function.as_str()), (None, "AES-128-GCM.Open"));
    // Bytes that are no key of the group end the way where they are used.
    eve.listen();
    hear(&mut eve, &in_order(&parties));
    eve.give(name, b"short").expect("any bytes may be given");
    let reading = eve.read(&reply_record(&parties), Role::Server);
    assert_eq!((reading.plaintext, reading.function.as_str()), (None, ""));
    assert_eq!(reading.links.last().map(|link| (link.value, link.how)), Some((name, How::Given)));
}

/// What leaked of one connection is not taken for a secret of the next: there the private key does what it can.
#[test]
fn a_secret_of_an_earlier_connection_hides_no_key_that_opens_this_one() {
    let suite = CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256;
    let Overheard { mut parties, mut eve, .. } = overhear(offer(suite));
    let former = value(&parties, ValueName::MasterSecret, "").expect("a party has it");
    eve.give(ValueName::MasterSecret, &former).expect("any bytes may be given");
    eve.listen_further();
    let before = in_order(&parties).len();
    parties.connect(offer(suite), accept());
    hear(&mut eve, &in_order(&parties)[before..]);
    let reply = reply_among(&in_order(&parties)[before..]);
    assert!(!opens(&eve, &reply));
    eve.give(ValueName::ServerPrivateKey, &private_key(&parties)).expect("it is a private key");
    assert!(opens(&eve, &reply));
    // It is held until a further connection leaves its own behind.
    let holds = |eve: &Eavesdropper| eve.holdings().iter().any(|holding| holding.name == ValueName::MasterSecret);
    assert!(holds(&eve));
    eve.listen_further();
    assert!(!holds(&eve));
}

/// Of two private keys, one that does not fit stands in nobody's way.
#[test]
fn an_ephemeral_key_that_does_not_fit_leaves_the_other_one_its_use() {
    let suite = CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    let Overheard { parties, mut eve, .. } = overhear(offer(suite));
    let server = Names::SERVER.ephemeral_private_key;
    eve.give(Names::CLIENT.ephemeral_private_key, b"short").expect("any bytes may be given");
    eve.give(server, &value(&parties, server, "").expect("a party has it")).expect("a private key");
    assert!(opens(&eve, &reply_record(&parties)));
}

#[test]
fn another_servers_private_key_opens_nothing() {
    let suite = CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256;
    let Overheard { parties, mut eve, .. } = overhear(offer(suite));
    let other = private_key(&Parties::new(key_of(suite)));
    eve.give(ValueName::ServerPrivateKey, &other).expect("it is a private key");
    let reading = eve.read(&reply_record(&parties), Role::Server);
    assert_eq!((reading.plaintext, reading.function.as_str()), (None, "AES-128-GCM.Open"));
    assert!(eve.give(ValueName::ServerPrivateKey, b"no key").is_err());
}

#[test]
fn a_new_connection_begins_without_the_former_one() {
    let Overheard { parties, mut eve, .. } = overhear(offer(CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256));
    eve.listen();
    assert!(eve.holdings().is_empty());
    assert_eq!(eve.read(&reply_record(&parties), Role::Server), Reading::default());
}

proptest! {
    #[test]
    fn whatever_crosses_the_wire_is_kept(pieces in pieces()) {
        let mut eve = Eavesdropper::new();
        eve.listen();
        // What the wire has carried and what of it makes whole records, told from the headers alone.
        let (mut on_their_way, mut whole, mut kept) = ([Vec::new(), Vec::new()], Vec::new(), Vec::new());
        for (from, bytes) in &pieces {
            eve.overhear(*from, bytes);
            while let Some(advance) = eve.advance() {
                kept.extend(buffers(&advance.unit, BufferKind::Record));
            }
            let arrived: &mut Vec<u8> = &mut on_their_way[usize::from(*from == Role::Server)];
            arrived.extend(bytes);
            while let Some(record) = first_record(arrived) {
                arrived.drain(..record.len());
                whole.push(record);
            }
        }
        prop_assert_eq!(kept, whole);
        prop_assert_eq!(eve.next(), None, "what is left is no whole record");
    }

    #[test]
    fn a_changed_record_does_not_stop_her(record in 0_usize..8, offset in any::<prop::sample::Index>(), flip in 1_u8..) {
        let mut records = recorded().clone();
        let count = records.len();
        let (_, bytes) = &mut records[record % count];
        // The header's length stays: without it there is no record to keep.
        let at = 5 + offset.index(bytes.len() - 5);
        bytes[at] ^= flip;
        let mut eve = Eavesdropper::new();
        eve.listen();
        let mut kept = 0;
        for (from, bytes) in &records {
            eve.overhear(*from, bytes);
            kept += core::iter::from_fn(|| eve.advance()).count();
        }
        prop_assert_eq!(kept, count);
    }
}

/// What two sides send, in pieces: records of any type and content, sometimes bytes that are no records, cut anywhere.
fn pieces() -> impl Strategy<Value = Vec<(Role, Vec<u8>)>> {
    use proptest::collection::vec;
    let bytes = |length| vec(any::<u8>(), length);
    let content_types = prop::sample::select(vec![20_u8, 21, 22, 22, 22, 23, 24]);
    let record = (content_types, bytes(0..60_usize)).prop_map(|(content_type, fragment)| {
        let length = u16::try_from(fragment.len()).expect("a short fragment").to_be_bytes();
        [&[content_type, 3, 3], &length[..], &fragment].concat()
    });
    let said = prop_oneof![8 => record, 1 => bytes(0..20)];
    let from = prop::sample::select(vec![Role::Client, Role::Server]);
    vec((from, vec(said, 0..4), any::<prop::sample::Index>()), 0..12).prop_map(|turns| {
        turns
            .into_iter()
            .flat_map(|(from, said, cut)| {
                let said = said.concat();
                let (head, tail) = said.split_at(cut.index(said.len() + 1));
                [(from, head.to_vec()), (from, tail.to_vec())]
            })
            .collect()
    })
}

/// The record at the start of `bytes`, if all of it is there: its length stands in the fourth and fifth byte.
fn first_record(bytes: &[u8]) -> Option<Vec<u8>> {
    let length = 5 + usize::from(*bytes.get(3)?) * 256 + usize::from(*bytes.get(4)?);
    bytes.get(..length).map(<[u8]>::to_vec)
}

/// The bytes of a unit's buffers of one kind.
fn buffers(unit: &Unit, kind: BufferKind) -> Vec<Vec<u8>> {
    let all =
        unit.events.iter().filter_map(|event| if let Event::Buffer { buffer } = event { Some(buffer) } else { None });
    all.filter(|buffer| buffer.kind == kind).map(|buffer| buffer.bytes.clone()).collect()
}

/// A connection's records, made once: making keys takes longer than all the rest.
fn recorded() -> &'static Vec<(Role, Vec<u8>)> {
    static RECORDS: std::sync::OnceLock<Vec<(Role, Vec<u8>)>> = std::sync::OnceLock::new();
    RECORDS.get_or_init(|| in_order(&overhear(offer(CipherSuite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)).parties))
}

/// Two connections, the second of which resumes the first; somebody overhears both, or only the second.
fn overhear_resumed(suite: CipherSuite, resumption: Resumption, both: bool) -> (Parties, Vec<u8>, Eavesdropper) {
    let mut parties = Parties::new(key_of(suite));
    parties.units.push(parties.server.generate_ticket_key().expect("a ticket key"));
    let mut eve = Eavesdropper::new();
    eve.listen();
    let mut reply = Vec::new();
    for connection in 0..2 {
        let from = in_order(&parties).len();
        let server = ServerConfig { resumption, ..accept() };
        parties.connect(ClientConfig { resumption, ..offer(suite) }, server);
        if connection == 1 {
            eve.listen_further();
        }
        let records = in_order(&parties).split_off(from);
        reply = reply_among(&records);
        if both || connection == 1 {
            hear(&mut eve, &records);
        }
    }
    assert!(parties.events().any(|(_, event)| matches!(event, Event::Negotiated(negotiated) if negotiated.resumed)));
    (parties, reply, eve)
}

fn opens(eve: &Eavesdropper, reply: &[u8]) -> bool {
    let reading = eve.read(reply, Role::Server);
    reading.plaintext.is_some_and(|text| text.starts_with(b"HTTP/1.1 200 OK"))
}

#[test]
fn the_ticket_key_opens_what_was_resumed_with_a_ticket_whatever_the_key_exchange() {
    for suite in SUITES {
        for both in [true, false] {
            let (parties, reply, mut eve) = overhear_resumed(suite.common.id, Resumption::SessionTicket, both);
            let missing = missing(&eve.read(&reply, Role::Server));
            assert!(missing.contains(&ValueName::SessionTicketKey), "{}: {missing:?}", suite.common.id);
            let key = value(&parties, ValueName::SessionTicketKey, "").expect("the server has one");
            eve.give(ValueName::SessionTicketKey, &key).expect("any bytes may be given");
            assert!(opens(&eve, &reply), "{}", suite.common.id);
        }
    }
}

#[test]
fn the_first_connections_ticket_and_the_ticket_key_open_the_first_connection() {
    let suite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
    let mut parties = Parties::new(key_of(suite));
    parties.units.push(parties.server.generate_ticket_key().expect("a ticket key"));
    let resumption = Resumption::SessionTicket;
    parties.connect(ClientConfig { resumption, ..offer(suite) }, ServerConfig { resumption, ..accept() });
    let mut eve = Eavesdropper::new();
    eve.listen();
    hear(&mut eve, &in_order(&parties));
    let reply = reply_record(&parties);
    assert!(!opens(&eve, &reply));
    let key = value(&parties, ValueName::SessionTicketKey, "").expect("the server has one");
    eve.give(ValueName::SessionTicketKey, &key).expect("any bytes may be given");
    assert!(opens(&eve, &reply), "no one-time key helps where the session is handed out");
}

#[test]
fn the_private_key_opens_a_resumed_connection_if_rsa_key_exchange_and_the_first_one_were_recorded() {
    for suite in SUITES {
        for both in [true, false] {
            let (parties, reply, mut eve) = overhear_resumed(suite.common.id, Resumption::SessionId, both);
            assert!(!opens(&eve, &reply));
            eve.give(ValueName::ServerPrivateKey, &private_key(&parties)).expect("a private key");
            assert_eq!(opens(&eve, &reply), both && is_rsa_key_exchange(suite.common.id), "{} {both}", suite.common.id);
            if !both {
                assert_eq!(missing(&eve.read(&reply, Role::Server)), [ValueName::MasterSecret], "{}", suite.common.id);
            }
        }
    }
}

#[test]
fn of_several_connections_that_resume_one_session_the_first_tells_where_the_secret_comes_from() {
    let suite = CipherSuite::TLS_RSA_WITH_AES_128_GCM_SHA256;
    let resumption = Resumption::SessionId;
    let mut parties = Parties::new(key_of(suite));
    let mut eve = Eavesdropper::new();
    eve.listen();
    let mut reply = Vec::new();
    for connection in 0..4 {
        let from = in_order(&parties).len();
        parties.connect(ClientConfig { resumption, ..offer(suite) }, ServerConfig { resumption, ..accept() });
        if connection > 0 {
            eve.listen_further();
        }
        let records = in_order(&parties).split_off(from);
        reply = reply_among(&records);
        hear(&mut eve, &records);
    }
    eve.give(ValueName::ServerPrivateKey, &private_key(&parties)).expect("a private key");
    assert!(opens(&eve, &reply));
}

#[test]
fn a_ticket_that_was_refused_does_not_stand_in_the_way_of_the_new_one() {
    let suite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;
    let resumption = Resumption::SessionTicket;
    let mut parties = Parties::new(key_of(suite));
    parties.server.generate_ticket_key().expect("a ticket key");
    parties.connect(ClientConfig { resumption, ..offer(suite) }, ServerConfig { resumption, ..accept() });
    parties.units.clear();
    parties.units.push(parties.server.generate_ticket_key().expect("another"));
    parties.connect(ClientConfig { resumption, ..offer(suite) }, ServerConfig { resumption, ..accept() });
    let mut eve = Eavesdropper::new();
    eve.listen();
    hear(&mut eve, &in_order(&parties));
    let reply = reply_record(&parties);
    let key = value(&parties, ValueName::SessionTicketKey, "").expect("the server has one");
    eve.give(ValueName::SessionTicketKey, &key).expect("any bytes may be given");
    assert!(opens(&eve, &reply));
}
