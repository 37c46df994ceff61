//! What a `ClientHello` may say that ours does not: other lists of names, and very much of everything.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

mod common;

use common::refusal::{is_message, rewrite};
use common::{Parties, accept, offer};
use tls_glass::ErrorKind;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::trace::Role;
use tls_glass::wire::codepoint::{AlertDescription, CipherSuite, ContentType, ExtensionType, HandshakeType};
use tls_glass::wire::extension::Extension;
use tls_glass::wire::handshake::{self, ClientHello};
use tls_glass::wire::record::MAX_PLAINTEXT;
use tls_glass::wire::tiles;

use crate::common::records::plain;

const SUITE: CipherSuite = CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;

/// A connection whose `ClientHello` was changed on the way.
fn with_hello(change: impl Fn(&mut ClientHello)) -> Parties {
    let mut parties = Parties::new(KeyAlgorithm::EcdsaP256);
    parties.prepare(offer(SUITE), accept());
    parties.run_tampered(|to, record| {
        if to == Role::Server {
            rewrite::<ClientHello>(record, &change);
        }
    });
    parties
}

/// The same with these contents of `server_name`.
fn with_server_name(data: &[u8]) -> Parties {
    with_hello(|hello| {
        hello.extensions.retain(|extension| extension.extension_type() != ExtensionType::SERVER_NAME);
        hello.extensions.push(Extension::Other { extension_type: ExtensionType::SERVER_NAME, data: data.to_vec() });
    })
}

/// `ServerNameList` (RFC 6066, section 3) of names of these types.
fn list(names: &[(u8, &str)]) -> Vec<u8> {
    let names: Vec<u8> = names
        .iter()
        .flat_map(|(kind, name)| {
            let length = u16::try_from(name.len()).expect("short").to_be_bytes();
            [&[*kind], &length[..], name.as_bytes()].concat()
        })
        .collect();
    [&u16::try_from(names.len()).expect("short").to_be_bytes()[..], &names].concat()
}

#[test]
fn a_list_of_server_names_must_have_one() {
    for (data, what) in [(&[][..], "no list"), (&[0, 0][..], "an empty list"), (&[0][..], "half a length")] {
        with_server_name(data).assert_refused(Role::Server, AlertDescription::DECODE_ERROR, what);
    }
}

#[test]
fn a_name_of_an_unknown_type_is_passed_over() {
    for names in [
        &[(7, "what this is"), (0, "bank.example")][..],
        &[(0, "bank.example"), (7, ""), (7, "and again")],
        &[(255, "no host name at all")],
    ] {
        let parties = with_server_name(&list(names));
        // The handshake goes on, to where it shows that the hello was changed on the way: the two sides have other keys.
        let error = parties.error(Role::Server).map(|error| error.kind.clone());
        assert_eq!(error, Some(ErrorKind::BadRecordMac), "{names:?}");
    }
}

#[test]
fn a_name_of_an_unknown_type_still_has_its_place() {
    let mut hello = ClientHello {
        client_version: tls_glass::wire::codepoint::ProtocolVersion::TLS_1_2,
        random: [1; 32],
        session_id: Vec::new(),
        cipher_suites: vec![SUITE],
        compression_methods: vec![tls_glass::wire::codepoint::CompressionMethod::NULL],
        extensions: Vec::new(),
    };
    let data = list(&[(7, "other"), (0, "bank.example")]);
    hello.extensions.push(Extension::Other { extension_type: ExtensionType::SERVER_NAME, data });
    let bytes = handshake::write(&hello).expect("a short message").bytes;
    let parsed = handshake::read::<ClientHello>(&bytes);
    let read = parsed.result.expect("a hello");
    assert_eq!(read.extensions, [Extension::ServerName(Some("bank.example".into()))]);
    assert_eq!(tiles(&parsed.fields, 0, bytes.len()), Ok(()));
}

#[test]
fn two_host_names_are_refused() {
    let two = list(&[(0, "bank.example"), (0, "other.example")]);
    with_server_name(&two).assert_refused(Role::Server, AlertDescription::ILLEGAL_PARAMETER, "two host names");
}

/// A `ClientHello` of the client's with so many bytes in its body.
fn long_hello(length: usize) -> Vec<u8> {
    let mut parties = Parties::new(KeyAlgorithm::EcdsaP256);
    parties.prepare(offer(SUITE), accept());
    let record = parties.client.advance().expect("a ClientHello").output;
    assert!(is_message(&record, HandshakeType::CLIENT_HELLO));
    let mut hello: ClientHello = handshake::read(&record[5..]).result.expect("a hello");
    // Suites and extensions have room for 64 KB each. GREASE (RFC 8701): a suite that nobody has.
    hello.cipher_suites.resize(0xfffe / 2, CipherSuite(0x0a0a));
    hello.session_id = vec![3; 32];
    hello.compression_methods.resize(255, tls_glass::wire::codepoint::CompressionMethod(7));
    let padding = ExtensionType(21);
    hello.extensions.push(Extension::Other { extension_type: padding, data: Vec::new() });
    let without = handshake::write(&hello).expect("a message").bytes.len() - 4;
    hello.extensions.pop();
    let data = vec![0; length - without];
    hello.extensions.push(Extension::Other { extension_type: padding, data });
    let bytes = handshake::write(&hello).expect("a message").bytes;
    assert_eq!(bytes.len() - 4, length);
    bytes
}

/// The longest `ClientHello` that RFC 5246, section 7.4.1.2, can form.
const LONGEST: usize = 131_396;

#[test]
fn a_client_hello_as_long_as_it_can_be_is_read_and_answered() {
    for length in [70_000, 100_000, LONGEST] {
        let mut server = Parties::new(KeyAlgorithm::EcdsaP256).server;
        server.accept(accept()).expect("the server is ready");
        for chunk in long_hello(length.max(66_300)).chunks(MAX_PLAINTEXT) {
            server.receive(&plain(ContentType::HANDSHAKE, chunk));
        }
        let output: Vec<u8> = core::iter::from_fn(|| server.advance()).flat_map(|advance| advance.output).collect();
        assert!(server.error().is_none(), "{length}: {:?}", server.error());
        assert!(is_message(&output, HandshakeType::SERVER_HELLO), "{length}");
    }
}

#[test]
fn a_longer_one_is_refused_as_soon_as_it_announces_itself() {
    let mut server = Parties::new(KeyAlgorithm::EcdsaP256).server;
    server.accept(accept()).expect("the server is ready");
    let length = u32::try_from(LONGEST + 1).expect("short").to_be_bytes();
    let header = [&[HandshakeType::CLIENT_HELLO.0], &length[1..]].concat();
    server.receive(&plain(ContentType::HANDSHAKE, &header));
    let output: Vec<u8> = core::iter::from_fn(|| server.advance()).flat_map(|advance| advance.output).collect();
    assert_eq!(output[5..], [2, AlertDescription::DECODE_ERROR.0]);
    let error = server.error().expect("an error");
    assert_eq!(error.kind, ErrorKind::HandshakeMessageTooLong { length: LONGEST + 1, max: LONGEST });
    assert!(error.to_string().contains("131397") && error.to_string().contains("131396"), "{error}");
}
