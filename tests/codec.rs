//! Every message is read as it was written, every byte has its place, and no bytes are too strange to be refused.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "codec/values.rs"]
mod values;

use core::fmt::Debug;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use tls_glass::wire::alert::Alert;
use tls_glass::wire::codepoint::{ContentType, HandshakeType, ProtocolVersion, SignatureScheme};
use tls_glass::wire::handshake::tls12::{
    AnonymousKeyExchange, Certificate, CertificateRequest, CertificateVerify, ClientDhPublic, ClientEcdhPublic,
    EncryptedPreMasterSecret, Finished, HelloRequest, NewSessionTicket, ServerDhParams, ServerEcdhParams,
    ServerHelloDone, ServerKeyExchange,
};
use tls_glass::wire::handshake::{self, ClientHello, Message, ServerHello};
use tls_glass::wire::record::{self, FragmentLayout, RecordHeader};
use tls_glass::wire::{DecodeErrorKind, Field, FieldName, Parsed, build, parse, tiles};

/// Written and read, a message is the same, and so are its fields, which tile it. Cut short anywhere, it is refused.
fn comes_back<M: Message + PartialEq + Debug>(message: &M) -> TestCaseResult {
    let written = handshake::write(message).expect("no field is too long");
    prop_assert_eq!(tiles(&written.fields, 0, written.bytes.len()), Ok(()));
    let Parsed { result, fields } = handshake::read::<M>(&written.bytes);
    prop_assert_eq!(result.as_ref(), Ok(message));
    prop_assert_eq!(&fields, &written.fields, "the reader's fields are the writer's");
    prop_assert_eq!(handshake::peek(&written.bytes), Some((M::TYPE, written.bytes.len() - handshake::HEADER_LENGTH)));

    let may_end_at = may_end_at(M::TYPE, &written.fields);
    for length in 0..written.bytes.len() {
        is_refused::<M>(&written.bytes[..length])?;
        // The same, with a header that knows of the cut.
        if let Some(body) = length.checked_sub(handshake::HEADER_LENGTH) {
            let mut cut = written.bytes[..length].to_vec();
            let announced = u32::try_from(body).expect("short").to_be_bytes();
            cut[1..4].copy_from_slice(&announced[1..]);
            if may_end_at == Some(length) {
                let Parsed { result, fields } = handshake::read::<M>(&cut);
                prop_assert!(result.is_ok(), "{} bytes: {:?}", length, result);
                prop_assert_eq!(tiles(&fields, 0, length), Ok(()));
            } else {
                is_refused::<M>(&cut)?;
            }
        }
    }
    let longer = [&written.bytes[..], &[0]].concat();
    let error = is_refused::<M>(&longer)?;
    prop_assert_eq!(error, DecodeErrorKind::Trailing { left: 1 });
    Ok(())
}

/// Where a message may end early: a hello may have no extensions, and then ends where they would begin (RFC 5246, sections
/// 7.4.1.2 and 7.4.1.3). No other message has a part that may be left out.
fn may_end_at(kind: HandshakeType, fields: &[Field]) -> Option<usize> {
    let is_hello = matches!(kind, HandshakeType::CLIENT_HELLO | HandshakeType::SERVER_HELLO);
    let all: Vec<&Field> = fields.iter().chain(fields.iter().flat_map(|field| &field.children)).collect();
    all.into_iter().find(|field| is_hello && field.name == FieldName::Extensions).map(|field| field.start)
}

/// Bytes are refused with an error inside them, and their fields tile them all the same.
fn is_refused<M: Message + Debug>(bytes: &[u8]) -> Result<DecodeErrorKind, TestCaseError> {
    let Parsed { result, fields } = handshake::read::<M>(bytes);
    prop_assert_eq!(tiles(&fields, 0, bytes.len()), Ok(()));
    let error = result.expect_err("too short or too long");
    prop_assert!(error.offset <= bytes.len(), "{error}");
    Ok(error.kind)
}

/// Whatever comes, reading ends, and the fields tile it.
fn tiles_anyway<M: Message + Debug>(bytes: &[u8]) -> TestCaseResult {
    let Parsed { result, fields } = handshake::read::<M>(bytes);
    prop_assert_eq!(tiles(&fields, 0, bytes.len()), Ok(()));
    if let Err(error) = result {
        prop_assert!(error.offset <= bytes.len(), "{error}");
    }
    Ok(())
}

fn every_message_tiles_anyway(bytes: &[u8]) -> TestCaseResult {
    tiles_anyway::<ClientHello>(bytes)?;
    tiles_anyway::<ServerHello>(bytes)?;
    tiles_anyway::<Certificate>(bytes)?;
    tiles_anyway::<ServerKeyExchange<ServerEcdhParams>>(bytes)?;
    tiles_anyway::<ServerKeyExchange<ServerDhParams>>(bytes)?;
    tiles_anyway::<AnonymousKeyExchange>(bytes)?;
    tiles_anyway::<ClientDhPublic>(bytes)?;
    tiles_anyway::<EncryptedPreMasterSecret>(bytes)?;
    tiles_anyway::<ClientEcdhPublic>(bytes)?;
    tiles_anyway::<CertificateRequest>(bytes)?;
    tiles_anyway::<CertificateVerify>(bytes)?;
    tiles_anyway::<NewSessionTicket>(bytes)?;
    tiles_anyway::<Finished>(bytes)?;
    tiles_anyway::<HelloRequest>(bytes)?;
    tiles_anyway::<ServerHelloDone>(bytes)?;
    prop_assert_eq!(tiles(&handshake::read_opaque(bytes).fields, 0, bytes.len()), Ok(()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn client_hello_comes_back(message in values::client_hello()) {
        comes_back(&message)?;
    }

    #[test]
    fn server_hello_comes_back(message in values::server_hello()) {
        comes_back(&message)?;
    }

    #[test]
    fn certificate_comes_back(message in values::certificate()) {
        comes_back(&message)?;
    }

    #[test]
    fn server_key_exchange_comes_back(message in values::server_key_exchange()) {
        comes_back(&message)?;
    }

    #[test]
    fn a_server_key_exchange_in_a_finite_field_comes_back(
        params in values::server_dh_params(),
        scheme in any::<u16>(),
        signature in vec(any::<u8>(), 0..300),
    ) {
        comes_back(&AnonymousKeyExchange(params.clone()))?;
        comes_back(&ServerKeyExchange { params, scheme: SignatureScheme(scheme), signature })?;
    }

    #[test]
    fn all_kinds_of_client_key_exchange_come_back(
        encrypted in values::encrypted_pre_master_secret(),
        point in values::client_ecdh_public(),
        number in vec(any::<u8>(), 1..400),
    ) {
        comes_back(&encrypted)?;
        comes_back(&point)?;
        comes_back(&ClientDhPublic(number))?;
    }

    #[test]
    fn what_goes_with_a_clients_certificate_comes_back(
        request in values::certificate_request(),
        verify in values::certificate_verify(),
    ) {
        comes_back(&request)?;
        comes_back(&verify)?;
    }

    #[test]
    fn new_session_ticket_comes_back(message in values::new_session_ticket()) {
        comes_back(&message)?;
    }

    #[test]
    fn finished_comes_back(message in values::finished()) {
        comes_back(&message)?;
    }

    #[test]
    fn an_alert_comes_back(alert in values::alert()) {
        let written = build(|w| {
            alert.write(w);
            Ok(())
        }).expect("two bytes");
        let Parsed { result, fields } = parse(&written.bytes, Alert::read);
        prop_assert_eq!(result, Ok(alert));
        prop_assert_eq!(fields, written.fields);
    }

    #[test]
    fn a_record_comes_back(
        content_type in any::<u8>().prop_map(ContentType),
        version in any::<u16>().prop_map(ProtocolVersion),
        fragment in vec(any::<u8>(), 0..100),
        protection in values::protection(),
    ) {
        let written = record::write(content_type, version, &fragment, protection).expect("a short fragment");
        prop_assert_eq!(tiles(&written.fields, 0, written.bytes.len()), Ok(()));
        let Parsed { result, fields } = record::read(&written.bytes, protection);
        let read = result.expect("a record");
        prop_assert_eq!((read.content_type, read.version, read.fragment), (content_type, version, &fragment[..]));
        prop_assert_eq!(fields, written.fields);
        let header = RecordHeader::peek(&written.bytes).expect("five bytes");
        prop_assert_eq!(header, RecordHeader { content_type, version, length: fragment.len() });
        for length in 0..written.bytes.len() {
            let Parsed { result, fields } = record::read(&written.bytes[..length], protection);
            prop_assert!(result.is_err());
            prop_assert_eq!(tiles(&fields, 0, length), Ok(()));
        }
    }

    #[test]
    fn a_hello_with_an_extension_twice_is_refused(
        mut hello in values::client_hello(),
        extension in values::extension_of_client(),
    ) {
        hello.extensions = vec![extension.clone(), extension];
        let written = handshake::write(&hello).expect("no field is too long");
        let kind = is_refused::<ClientHello>(&written.bytes)?;
        let is_illegal = matches!(kind, DecodeErrorKind::Illegal { .. });
        prop_assert!(is_illegal);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn arbitrary_bytes_never_panic_and_always_tile(bytes in vec(any::<u8>(), 0..200)) {
        every_message_tiles_anyway(&bytes)?;
        for protection in values::PROTECTIONS {
            prop_assert_eq!(tiles(&record::read(&bytes, protection).fields, 0, bytes.len()), Ok(()));
        }
        prop_assert_eq!(tiles(&parse(&bytes, Alert::read).fields, 0, bytes.len()), Ok(()));
    }

    /// Of the right type and length, so that the body is looked into.
    #[test]
    fn arbitrary_bodies_never_panic_and_always_tile(body in vec(any::<u8>(), 0..200)) {
        let length = u32::try_from(body.len()).expect("short").to_be_bytes();
        for kind in (0..=u8::MAX).map(HandshakeType).filter(|kind| kind.0 < 24) {
            let message = [&[kind.0], &length[1..], &body[..]].concat();
            every_message_tiles_anyway(&message)?;
        }
    }

    /// Almost right is where parsers err.
    #[test]
    fn a_hello_with_changed_bytes_never_panics_and_always_tiles(
        hello in values::client_hello(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = handshake::write(&hello).expect("no field is too long").bytes;
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        every_message_tiles_anyway(&bytes)?;
    }

    #[test]
    fn a_server_key_exchange_with_changed_bytes_never_panics_and_always_tiles(
        message in values::server_key_exchange(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = handshake::write(&message).expect("no field is too long").bytes;
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        every_message_tiles_anyway(&bytes)?;
    }
}

#[test]
fn the_empty_messages_come_back() {
    comes_back(&HelloRequest).expect("HelloRequest");
    comes_back(&ServerHelloDone).expect("ServerHelloDone");
}

#[test]
fn what_does_not_fit_a_length_is_not_written() {
    let long = ClientEcdhPublic(vec![4; 256]);
    let error = handshake::write(&long).expect_err("255 bytes at most");
    assert_eq!((error.length, error.max), (256, 255));
    let long = EncryptedPreMasterSecret(vec![0; 0x1_0000]);
    let error = handshake::write(&long).expect_err("2^16 - 1 bytes at most");
    assert_eq!((error.length, error.max), (0x1_0000, 0xffff));
    record::write(ContentType::HANDSHAKE, ProtocolVersion::TLS_1_2, &vec![0; 0x1_0000], FragmentLayout::None)
        .expect_err("2^16 - 1 bytes at most");
}
