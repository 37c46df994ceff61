//! The client proves that it holds the private key of its certificate: it signs the handshake so far (RFC 5246, section
//! 7.4.8).

use std::sync::Arc;

use super::Finish;
use super::keyed::Keyed;
use crate::crypto::signature::PublicKey;
use crate::error::{Error, ErrorKind};
use crate::protocol::connection::state::Context;
use crate::protocol::handshake::authenticate::SignatureCheck;
use crate::protocol::handshake::identity::Identity;
use crate::protocol::record::channel::{Content, unexpected};
use crate::protocol::record::inbound::Inbound;
use crate::protocol::record::protection::Protection;
use crate::trace::{CheckName, Value, ValueName};
use crate::wire::FieldName;
use crate::wire::codepoint::{ContentType, HandshakeType, SignatureScheme};
use crate::wire::handshake::tls12;
use crate::wire::handshake::tls12::CertificateVerify;
use crate::wire::handshake::{self};
use crate::wire::place::Place;
use crate::wire::reference::Reference;

const REFERENCE: Reference = Reference::new(5246, "7.4.8");

/// Both directions' protection, neither in use yet.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) read: Protection,
    pub(crate) write: Protection,
}

/// The client's certificate is sent; its signature is due.
#[derive(Debug)]
pub(crate) struct SignCertificateVerify {
    pub(crate) keyed: Keyed,
    pub(crate) prepared: Prepared,
    pub(crate) identity: Arc<Identity>,
    pub(crate) scheme: SignatureScheme,
}

impl SignCertificateVerify {
    pub(crate) fn sign(self, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { keyed, prepared, identity, scheme } = self;
        let mut rng = cx.environment.entropy.rng("client signature")?;
        let messages = keyed.handshake.transcript.messages();
        cx.trace.start();
        let signature = identity.key.sign(scheme, messages, &mut rng)?;
        let private = identity.private_key_value()?;
        cx.trace.computation(
            format!("{scheme}.Sign"),
            vec![private, Value::new(ValueName::HandshakeMessages, messages)],
            vec![Value::new(ValueName::ClientSignature, &signature)],
            REFERENCE,
        );
        let message = CertificateVerify { scheme, signature };
        Ok(Finish::SendCertificateVerify(SendCertificateVerify { keyed, prepared, message }))
    }
}

/// The signature is made.
#[derive(Debug)]
pub(crate) struct SendCertificateVerify {
    keyed: Keyed,
    prepared: Prepared,
    message: CertificateVerify,
}

impl SendCertificateVerify {
    pub(crate) fn send(self, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { mut keyed, prepared, message } = self;
        let written = handshake::write(&message)?;
        cx.send_handshake::<CertificateVerify>(&written)?;
        keyed.handshake.transcript.add(&written.bytes);
        Ok(keyed.begin(prepared))
    }
}

/// The client has shown a certificate, and has still to prove that it is its own.
#[derive(Debug)]
pub(crate) struct ExpectCertificateVerify {
    pub(crate) keyed: Keyed,
    pub(crate) prepared: Prepared,
    pub(crate) key: PublicKey,
    pub(crate) schemes: Vec<SignatureScheme>,
}

impl ExpectCertificateVerify {
    pub(super) const EXPECTED: &[HandshakeType] = &[HandshakeType::CERTIFICATE_VERIFY];

    pub(crate) fn handle(self, content: Content, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Content::Handshake(message) = content else {
            return Err(unexpected(&content, ContentType::HANDSHAKE));
        };
        if !Self::EXPECTED.contains(&message.kind) {
            return Err(message.unexpected(Self::EXPECTED, tls12::reference, cx.trace));
        }
        let Self { keyed, prepared, key, schemes } = self;
        let (read, layout) = message.read::<CertificateVerify>(cx.trace)?;
        if !schemes.contains(&read.scheme) {
            let what = FieldName::SignatureAlgorithm;
            return Err(layout.error(ErrorKind::NotOffered { what }, what));
        }
        if !key.algorithm().schemes().contains(&read.scheme) {
            let reason = "the signature scheme does not go with the certificate's key";
            return Err(layout.illegal(FieldName::SignatureAlgorithm, reason));
        }
        let place = layout.find(FieldName::SignatureBytes);
        Ok(Finish::CheckCertificateVerify(CheckCertificateVerify { keyed, prepared, key, message, read, place }))
    }
}

/// The client's signature is here, unchecked.
#[derive(Debug)]
pub(crate) struct CheckCertificateVerify {
    keyed: Keyed,
    prepared: Prepared,
    key: PublicKey,
    message: Inbound,
    read: CertificateVerify,
    place: Place,
}

impl CheckCertificateVerify {
    pub(crate) fn check(self, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { mut keyed, prepared, key, message, read: CertificateVerify { scheme, signature }, place } = self;
        SignatureCheck {
            key: (keyed.handshake.peer.public_key, &key),
            scheme,
            content: (ValueName::HandshakeMessages, keyed.handshake.transcript.messages()),
            signature: (ValueName::ClientSignature, &signature),
            check: CheckName::ClientSignature,
            reference: REFERENCE,
            error: ErrorKind::BadClientSignature,
            place,
        }
        .verify(cx.trace)?;
        keyed.handshake.transcript.add(&message.bytes);
        Ok(keyed.begin(prepared))
    }
}
