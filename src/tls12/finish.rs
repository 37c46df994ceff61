//! The part of a handshake that both sides go through: from the shared secret to the two `Finished`.
//!
//! In a full handshake the client sends its `Finished` first and the server last, in one that resumes a session it is the
//! other way round; all else is the same.

use core::fmt::Write;
use std::sync::Arc;

use super::certificate_verify::{
    CheckCertificateVerify, ExpectCertificateVerify, Prepared, SendCertificateVerify, SignCertificateVerify,
};
use super::channel::Content;
use super::connection::{Context, Next};
use super::derive::{ComputeSharedSecret, DeriveDataKeys, DeriveMasterSecret, EraseOneTimeKey};
use super::handshake::Handshake;
use super::key_schedule;
use super::protection::Protection;
use super::session::{Handle, Session};
use super::ticket::{ExpectNewSessionTicket, SealSessionTicket, SendNewSessionTicket};
use crate::error::{Error, ErrorKind};
use crate::glass::Secret;
use crate::trace::{Action, CheckName, Outcome, Reference, Role, Value, ValueKind, ValueName};
use crate::wire::FieldName;
use crate::wire::codepoint::{ContentType, HandshakeType};
use crate::wire::handshake::{self, Finished};
use subtle::ConstantTimeEq;

/// States from the key agreement on.
#[derive(Debug)]
pub(crate) enum Finish {
    ComputeSharedSecret(ComputeSharedSecret),
    EraseOneTimeKey(EraseOneTimeKey),
    DeriveMasterSecret(DeriveMasterSecret),
    DeriveDataKeys(DeriveDataKeys),
    SignCertificateVerify(SignCertificateVerify),
    SendCertificateVerify(SendCertificateVerify),
    ExpectCertificateVerify(ExpectCertificateVerify),
    CheckCertificateVerify(CheckCertificateVerify),
    SealSessionTicket(SealSessionTicket),
    SendNewSessionTicket(SendNewSessionTicket),
    ExpectNewSessionTicket(ExpectNewSessionTicket),
    SendChangeCipherSpec(SendChangeCipherSpec),
    SendFinished(SendFinished),
    ExpectChangeCipherSpec(ExpectChangeCipherSpec),
    ExpectFinished(ExpectFinished),
}

/// All keys are here; nothing is protected yet.
#[derive(Debug)]
pub(super) struct Keyed {
    pub(super) handshake: Handshake,
    pub(super) master_secret: Arc<Secret>,
}

#[derive(Debug)]
pub(crate) struct SendChangeCipherSpec {
    keyed: Keyed,
    write: Protection,
    /// Here if the peer's `ChangeCipherSpec` is still to come.
    read: Option<Protection>,
}

#[derive(Debug)]
pub(crate) struct SendFinished {
    keyed: Keyed,
    read: Option<Protection>,
}

#[derive(Debug)]
pub(crate) struct ExpectChangeCipherSpec {
    keyed: Keyed,
    read: Protection,
    /// Here if own `ChangeCipherSpec` is still to be sent.
    write: Option<Protection>,
}

#[derive(Debug)]
pub(crate) struct ExpectFinished {
    keyed: Keyed,
    write: Option<Protection>,
}

/// Both `Finished` are checked.
#[derive(Debug)]
pub(crate) struct Established {
    /// What the connection came to.
    pub(crate) handshake: Handshake,
    /// Kept for the key log, and for what else is derived from it.
    pub(crate) master_secret: Arc<Secret>,
}

impl Finish {
    pub(crate) fn action(&self) -> Action {
        match self {
            Self::ComputeSharedSecret(_) => Action::ComputeSharedSecret,
            Self::EraseOneTimeKey(_) => Action::EraseOneTimeKey,
            Self::DeriveMasterSecret(_) => Action::DeriveMasterSecret,
            Self::DeriveDataKeys(_) => Action::DeriveDataKeys,
            Self::SignCertificateVerify(_) => Action::SignCertificateVerify,
            Self::SendCertificateVerify(_) => Action::SendCertificateVerify,
            Self::ExpectCertificateVerify(_) => Action::ReceiveCertificateVerify,
            Self::CheckCertificateVerify(_) => Action::CheckCertificateVerify,
            Self::SealSessionTicket(_) => Action::SealSessionTicket,
            Self::SendNewSessionTicket(_) => Action::SendNewSessionTicket,
            Self::ExpectNewSessionTicket(_) => Action::ReceiveNewSessionTicket,
            Self::SendChangeCipherSpec(_) => Action::SendChangeCipherSpec,
            Self::SendFinished(_) => Action::SendFinished,
            Self::ExpectChangeCipherSpec(_) => Action::ReceiveChangeCipherSpec,
            Self::ExpectFinished(_) => Action::ReceiveFinished,
        }
    }

    pub(crate) fn awaits(&self) -> bool {
        matches!(
            self,
            Self::ExpectCertificateVerify(_)
                | Self::ExpectNewSessionTicket(_)
                | Self::ExpectChangeCipherSpec(_)
                | Self::ExpectFinished(_)
        )
    }

    pub(crate) fn perform(self, cx: &mut Context<'_>) -> Result<Next<Self>, Error> {
        match self {
            Self::ComputeSharedSecret(state) => state.compute(cx).map(Next::State),
            Self::EraseOneTimeKey(state) => Ok(Next::State(state.erase(cx))),
            Self::DeriveMasterSecret(state) => Ok(Next::State(state.derive(cx))),
            Self::DeriveDataKeys(state) => Ok(Next::State(state.derive(cx))),
            Self::SignCertificateVerify(state) => state.sign(cx).map(Next::State),
            Self::SendCertificateVerify(state) => state.send(cx).map(Next::State),
            Self::CheckCertificateVerify(state) => state.check(cx).map(Next::State),
            Self::SealSessionTicket(state) => state.seal(cx).map(Next::State),
            Self::SendNewSessionTicket(state) => state.send(cx).map(Next::State),
            Self::SendChangeCipherSpec(state) => state.send(cx).map(Next::State),
            Self::SendFinished(state) => state.send(cx),
            Self::ExpectCertificateVerify(_)
            | Self::ExpectNewSessionTicket(_)
            | Self::ExpectChangeCipherSpec(_)
            | Self::ExpectFinished(_) => {
                Err(ErrorKind::Internal("a state that awaits a message was asked to act").into())
            }
        }
    }

    pub(crate) fn handle(self, content: Content, cx: &mut Context<'_>) -> Result<Next<Self>, Error> {
        match self {
            Self::ExpectCertificateVerify(state) => state.handle(content, cx).map(Next::State),
            Self::ExpectNewSessionTicket(state) => state.handle(&content, cx).map(Next::State),
            Self::ExpectChangeCipherSpec(state) => state.handle(&content, cx).map(Next::State),
            Self::ExpectFinished(state) => state.handle(&content, cx),
            _ => Err(ErrorKind::Internal("a state that awaits nothing was given a message").into()),
        }
    }
}

impl SendChangeCipherSpec {
    fn send(self, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { keyed, write, read } = self;
        cx.send_change_cipher_spec()?;
        cx.channel.write = Some(write);
        Ok(Finish::SendFinished(SendFinished { keyed, read }))
    }
}

impl SendFinished {
    fn send(self, cx: &mut Context<'_>) -> Result<Next<Finish>, Error> {
        let Self { mut keyed, read } = self;
        let role = keyed.handshake.role;
        let finished = Finished { verify_data: keyed.verify_data(role, cx) };
        let written = handshake::write(&finished)?;
        cx.send_handshake::<Finished>(&written)?;
        keyed.handshake.transcript.add(&written.bytes);
        Ok(match read {
            Some(read) => Next::State(keyed.await_change(read, None)),
            None => Next::Established(Box::new(keyed.establish(cx))),
        })
    }
}

impl ExpectChangeCipherSpec {
    fn handle(self, content: &Content, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { keyed, read, write } = self;
        match content {
            Content::ChangeCipherSpec => {
                cx.channel.read = Some(read);
                Ok(Finish::ExpectFinished(ExpectFinished { keyed, write }))
            }
            Content::Handshake(message) => {
                let Error { place, .. } = message.unexpected(&[], cx.trace);
                Err(Error { place, ..unexpected(content, ContentType::CHANGE_CIPHER_SPEC) })
            }
            _ => Err(unexpected(content, ContentType::CHANGE_CIPHER_SPEC)),
        }
    }
}

impl ExpectFinished {
    fn handle(self, content: &Content, cx: &mut Context<'_>) -> Result<Next<Finish>, Error> {
        let Self { mut keyed, write } = self;
        let Content::Handshake(message) = content else {
            return Err(unexpected(content, ContentType::HANDSHAKE));
        };
        if message.kind != HandshakeType::FINISHED {
            return Err(message.unexpected(&[HandshakeType::FINISHED], cx.trace));
        }
        let peer = if keyed.handshake.role == Role::Server { Role::Client } else { Role::Server };
        let (finished, layout) = message.read::<Finished>(cx.trace)?;
        let expected = keyed.verify_data(peer, cx);
        let right = bool::from(finished.verify_data.ct_eq(&expected));
        let outcome =
            if right { Outcome::Passed } else { Outcome::Failed { reason: ErrorKind::BadVerifyData.to_string() } };
        cx.trace.check(CheckName::VerifyData, "", outcome, FINISHED);
        if !right {
            return Err(layout.error(ErrorKind::BadVerifyData, FieldName::VerifyData));
        }
        keyed.handshake.transcript.add(&message.bytes);
        Ok(match write {
            Some(write) => Next::State(keyed.send_change(write, None)),
            None => Next::Established(Box::new(keyed.establish(cx))),
        })
    }
}

impl Keyed {
    /// In a full handshake the client is the first to protect what it sends, in one that resumes a session the server is.
    pub(super) fn begin(self, Prepared { read, write }: Prepared) -> Finish {
        let first = if self.handshake.terms.resumed { Role::Server } else { Role::Client };
        if self.handshake.role == first {
            self.send_change(write, Some(read))
        } else {
            self.await_change(read, Some(write))
        }
    }

    /// Own `ChangeCipherSpec` is next, after the ticket if the server has promised one.
    pub(super) fn send_change(self, write: Protection, read: Option<Protection>) -> Finish {
        if self.handshake.role == Role::Server && self.handshake.terms.ticket_due {
            Finish::SealSessionTicket(SealSessionTicket { keyed: self, write, read })
        } else {
            Finish::SendChangeCipherSpec(SendChangeCipherSpec { keyed: self, write, read })
        }
    }

    /// The peer's `ChangeCipherSpec` is next, after the ticket if the server has promised one.
    pub(super) fn await_change(self, read: Protection, write: Option<Protection>) -> Finish {
        if self.handshake.role == Role::Client && self.handshake.terms.ticket_due {
            Finish::ExpectNewSessionTicket(ExpectNewSessionTicket { keyed: self, read, write })
        } else {
            Finish::ExpectChangeCipherSpec(ExpectChangeCipherSpec { keyed: self, read, write })
        }
    }

    /// The session, under this handle.
    pub(super) fn session(&self, handle: Handle) -> Session {
        let Handshake { suite, server_key, terms, .. } = &self.handshake;
        Session {
            handle,
            suite,
            master_secret: Arc::clone(&self.master_secret),
            server_name: terms.server_name.clone(),
            expires: terms.expires,
            trust: terms.trust,
            server_key: server_key.clone(),
            client_certificate: terms.client_certificate.clone(),
        }
    }

    /// The `verify_data` of this side's `Finished` if it comes next.
    fn verify_data(&self, role: Role, cx: &mut Context<'_>) -> [u8; handshake::VERIFY_DATA_LENGTH] {
        let (label, name) = match role {
            Role::Server => ("server finished", ValueName::ServerVerifyData),
            _ => ("client finished", ValueName::ClientVerifyData),
        };
        let hash = hash_transcript(&self.handshake, ValueName::HandshakeHash, FINISHED, cx);
        cx.trace.start();
        let verify_data = key_schedule::verify_data(self.handshake.suite.hash, &self.master_secret, label, &hash);
        cx.trace.computation(
            "PRF",
            vec![
                Value::new(ValueName::MasterSecret, &self.master_secret),
                Value::new(ValueName::Label, label.as_bytes()),
                Value::new(ValueName::HandshakeHash, &hash),
            ],
            vec![Value::new(name, &verify_data)],
            FINISHED,
        );
        verify_data
    }

    /// The messages have done their work: they go, and with them what the client had from them only. The session stays, if
    /// it can be resumed: from now on, since both `Finished` are checked (RFC 5077, section 3.3).
    fn establish(self, cx: &mut Context<'_>) -> Established {
        if let Some(handle) = &self.handshake.terms.handle {
            cx.sessions.keep(self.session(handle.clone()), cx.environment.now());
        }
        let Self { mut handshake, master_secret } = self;
        handshake.transcript = super::handshake::Transcript::default();
        let of_messages = [
            ValueName::ClientOneTimePublicKey,
            ValueName::ServerOneTimePublicKey,
            ValueName::ServerCertificate,
            ValueName::IntermediateCertificate,
        ];
        // The server keeps its certificates for the next connection.
        let own = handshake.role == Role::Server;
        cx.trace.erased_all(|name| of_messages.contains(&name) && !(own && name.kind() == ValueKind::Certificate));
        if !cx.sessions.have(ValueName::SessionTicket) {
            cx.trace.erased_all(|name| name == ValueName::SessionTicket);
        }
        Established { handshake, master_secret }
    }
}

impl Established {
    /// A line of a key log (RFC 9850).
    pub(crate) fn key_log(&self) -> String {
        format!("CLIENT_RANDOM {} {}", hex(&self.handshake.client_random), hex(&self.master_secret))
    }
}

const FINISHED: Reference = Reference::new(5246, "7.4.9");

/// `Hash(handshake_messages)`, of all messages so far.
pub(super) fn hash_transcript(
    handshake: &Handshake,
    name: ValueName,
    reference: Reference,
    cx: &mut Context<'_>,
) -> Vec<u8> {
    cx.trace.start();
    let hash = handshake.transcript_hash();
    cx.trace.computation(
        handshake.suite.hash.name(),
        vec![Value::new(ValueName::HandshakeMessages, handshake.transcript.messages())],
        vec![Value::new(name, &hash)],
        reference,
    );
    hash
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Content of a kind that is not awaited.
pub(super) fn unexpected(content: &Content, expected: ContentType) -> Error {
    let got = match content {
        Content::Handshake(_) | Content::Fragment => ContentType::HANDSHAKE,
        Content::ChangeCipherSpec => ContentType::CHANGE_CIPHER_SPEC,
        Content::Alert(_) => ContentType::ALERT,
        Content::ApplicationData(_) => ContentType::APPLICATION_DATA,
    };
    ErrorKind::UnexpectedContent { got, expected }.into()
}
