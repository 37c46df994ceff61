//! What servers refuse in a client's certificate and in its signature, and what a client refuses to be asked.

use tls_glass::ErrorKind as E;
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::entropy::Environment;
use tls_glass::error::CertificateError as C;
use tls_glass::party::{Authority, ClientCertificates, ServerConfig};
use tls_glass::trace::Role;
use tls_glass::wire::FieldName;
use tls_glass::wire::codepoint::{
    AlertDescription as A, CipherSuite, ClientCertificateType, HandshakeType, SignatureScheme,
};
use tls_glass::wire::handshake::tls12::{CertificateRequest, CertificateVerify};

use crate::alerts::{ECDHE, Row, Scene, row};
use crate::common::refusal::{flip_last_bit, is_message, rewrite, written};
use crate::common::{CLIENT_NAME, Parties, asking};

/// It stands in the table of all alerts, which has a row for each.
pub const SERVERS_CERTIFICATE: Row = Row {
    scene: || {
        let mut scene = certified();
        let (_, request) = scene.parties.client.request_certificate().expect("a request");
        let (_, chain) = scene.parties.authority.issue(&request, &["other.example"]).expect("the authority signs");
        scene.parties.client.install_certificate(chain).expect("it fits");
        scene
    },
    ..row("the client shows a certificate made for a server", A::UNSUPPORTED_CERTIFICATE, Role::Server, |reason| {
        matches!(reason, E::Certificate(C::WrongUsage(_)))
    })
};

pub const ROWS: [Row; 9] = [
    Row {
        scene: certified,
        tamper: |_, record| flip_last_bit(record, HandshakeType::CERTIFICATE_VERIFY),
        ..row("a bit of the client's signature is flipped", A::DECRYPT_ERROR, Role::Server, |reason| {
            matches!(reason, E::BadClientSignature)
        })
    },
    Row {
        scene: || {
            let scene = certified();
            let signature_schemes = vec![SignatureScheme::ECDSA_SECP256R1_SHA256];
            Scene { server: ServerConfig { signature_schemes, ..scene.server }, ..scene }
        },
        tamper: |_, record| sign_as(SignatureScheme::RSA_PKCS1_SHA256, record),
        ..row("the client signs in a way that the server did not name", A::ILLEGAL_PARAMETER, Role::Server, |reason| {
            matches!(reason, E::NotOffered { what: FieldName::SignatureAlgorithm })
        })
    },
    Row {
        scene: certified,
        tamper: |_, record| sign_as(SignatureScheme::RSA_PKCS1_SHA256, record),
        ..row("the client with an ECDSA key claims an RSA signature", A::ILLEGAL_PARAMETER, Role::Server, |reason| {
            matches!(reason, E::Decode(_))
        })
    },
    Row {
        scene: || Scene::good(CipherSuite::TLS_DH_ANON_WITH_AES_128_GCM_SHA256),
        tamper: |_, record| {
            if is_message(record, HandshakeType::SERVER_HELLO_DONE) {
                let request = CertificateRequest {
                    certificate_types: vec![ClientCertificateType::ECDSA_SIGN],
                    supported_signature_algorithms: vec![SignatureScheme::ECDSA_SECP256R1_SHA256],
                    certificate_authorities: Vec::new(),
                };
                record.splice(..0, written(&request));
            }
        },
        ..row("an anonymous server asks for a certificate", A::HANDSHAKE_FAILURE, Role::Client, |reason| {
            matches!(reason, E::AnonymousServerAsks)
        })
    },
    Row {
        scene: || Scene { server: asking(ClientCertificates::Required), ..Scene::good(ECDHE) },
        ..row("the client shows no certificate where it has to", A::HANDSHAKE_FAILURE, Role::Server, |reason| {
            matches!(reason, E::NoClientCertificate)
        })
    },
    Row {
        scene: || with_client(|parties| parties.certify_client_unknown_to_server(KeyAlgorithm::EcdsaP256)),
        ..row("the server knows nobody who vouches for clients", A::UNKNOWN_CA, Role::Server, |reason| {
            matches!(reason, E::Certificate(C::UnknownIssuer))
        })
    },
    Row {
        scene: || {
            with_client(|parties| {
                parties.certify_client(KeyAlgorithm::EcdsaP256);
                let mut other = Authority::new(Environment::system());
                other.establish().expect("it makes its keys");
                let (_, request) = parties.client.request_certificate().expect("a request");
                let (_, chain) = other.issue_to_client(&request, CLIENT_NAME).expect("it signs");
                parties.client.install_certificate(chain).expect("it fits");
            })
        },
        ..row(
            "an authority of the name that the server knows has signed, and is another",
            A::BAD_CERTIFICATE,
            Role::Server,
            |reason| matches!(reason, E::Certificate(C::Bad(_))),
        )
    },
    Row {
        scene: || {
            let mut scene = Scene { server: asking(ClientCertificates::Required), ..Scene::ahead(Role::Server, 100) };
            scene.parties.certify_client(KeyAlgorithm::EcdsaP256);
            scene
        },
        ..row("the client's certificate has expired", A::CERTIFICATE_EXPIRED, Role::Server, |reason| {
            matches!(reason, E::Certificate(C::NotValidNow(_)))
        })
    },
    Row {
        scene: certified,
        tamper: |_, record| {
            if is_message(record, HandshakeType::CERTIFICATE_VERIFY) {
                record.clear();
            }
        },
        ..row("the client's signature is kept back", A::UNEXPECTED_MESSAGE, Role::Server, |reason| {
            matches!(reason, E::UnexpectedContent { .. })
        })
    },
];

fn with_client(change: impl FnOnce(&mut Parties)) -> Scene {
    let mut scene = Scene { server: asking(ClientCertificates::Required), ..Scene::good(ECDHE) };
    change(&mut scene.parties);
    scene
}

/// A client with a certificate that the server takes, and insists on.
fn certified() -> Scene {
    with_client(|parties| parties.certify_client(KeyAlgorithm::EcdsaP256))
}

/// Has the client's signature claim to be of this scheme.
fn sign_as(scheme: SignatureScheme, record: &mut Vec<u8>) {
    rewrite(record, |verify: &mut CertificateVerify| verify.scheme = scheme);
}
