//! The client proves that it holds the private key of its certificate: it signs the handshake so far (RFC 5246, section
//! 7.4.8).

use std::sync::Arc;

use super::authenticate::SignatureCheck;
use super::channel::{Content, Inbound};
use super::connection::Context;
use super::finish::{Finish, Keyed, unexpected};
use super::identity::Identity;
use super::protection::Protection;
use crate::crypto::signature::PublicKey;
use crate::error::{Error, ErrorKind, Place};
use crate::trace::{CheckName, Reference, Value, ValueKind, ValueName};
use crate::wire::FieldName;
use crate::wire::codepoint::{ContentType, HandshakeType, SignatureScheme};
use crate::wire::handshake::{self, CertificateVerify};

const REFERENCE: Reference = Reference::new(5246, "7.4.8");

/// Both directions' protection, neither in use yet.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(super) read: Protection,
    pub(super) write: Protection,
}

/// The client's certificate is sent; its signature is due.
#[derive(Debug)]
pub(crate) struct SignCertificateVerify {
    pub(super) keyed: Keyed,
    pub(super) prepared: Prepared,
    pub(super) identity: Arc<Identity>,
    pub(super) scheme: SignatureScheme,
}

impl SignCertificateVerify {
    pub(super) fn sign(self, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { keyed, prepared, identity, scheme } = self;
        let mut rng = cx.environment.entropy.rng("client signature")?;
        let messages = keyed.handshake.transcript.messages();
        cx.trace.start();
        let signature = identity.key.sign(scheme, messages, &mut rng)?;
        let private =
            Value { name: ValueName::ClientPrivateKey, kind: ValueKind::PrivateKey, parts: identity.key.parts()? };
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
    pub(super) fn send(self, cx: &mut Context<'_>) -> Result<Finish, Error> {
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
    pub(super) keyed: Keyed,
    pub(super) prepared: Prepared,
    pub(super) key: PublicKey,
    pub(super) schemes: Vec<SignatureScheme>,
}

impl ExpectCertificateVerify {
    pub(super) fn handle(self, content: Content, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Content::Handshake(message) = content else {
            return Err(unexpected(&content, ContentType::HANDSHAKE));
        };
        if message.kind != HandshakeType::CERTIFICATE_VERIFY {
            return Err(message.unexpected(&[HandshakeType::CERTIFICATE_VERIFY], cx.trace));
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
    pub(super) fn check(self, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { mut keyed, prepared, key, message, read: CertificateVerify { scheme, signature }, place } = self;
        SignatureCheck {
            key: (ValueName::ClientPublicKey, &key),
            scheme,
            content: (ValueName::HandshakeMessages, keyed.handshake.transcript.messages()),
            signature: (ValueName::ClientSignature, &signature),
            check: CheckName::ClientSignature,
            reference: REFERENCE,
            error: ErrorKind::BadClientSignature,
            place,
        }
        .verify(cx)?;
        keyed.handshake.transcript.add(&message.bytes);
        Ok(keyed.begin(prepared))
    }
}
