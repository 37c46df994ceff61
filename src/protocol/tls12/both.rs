//! The part of a handshake that both sides go through: from the shared secret to the two `Finished`.
//!
//! In a full handshake the client sends its `Finished` first and the server last, in one that resumes a session it is the
//! other way round; all else is the same.

pub(crate) mod certificate_verify;
pub(crate) mod derive;
pub(crate) mod finished;
pub(crate) mod keyed;
pub(crate) mod new_session_ticket;

use certificate_verify::{
    CheckCertificateVerify, ExpectCertificateVerify, SendCertificateVerify, SignCertificateVerify,
};
use derive::{ComputeSharedSecret, DeriveDataKeys, DeriveMasterSecret, EraseEphemeralKey};
use finished::{ExpectChangeCipherSpec, ExpectFinished, SendChangeCipherSpec, SendFinished};
use new_session_ticket::{ExpectNewSessionTicket, SealSessionTicket, SendNewSessionTicket};

use crate::error::{Error, ErrorKind};
use crate::protocol::connection::state::Context;
use crate::protocol::record::channel::Content;
use crate::protocol::tls12::established::Next;
use crate::trace::{Action, Expected};

/// States from the key agreement on.
#[derive(Debug)]
pub(crate) enum Finish {
    ComputeSharedSecret(ComputeSharedSecret),
    EraseEphemeralKey(EraseEphemeralKey),
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

impl Finish {
    pub(crate) fn action(&self) -> Action {
        match self {
            Self::ComputeSharedSecret(_) => Action::ComputeSharedSecret,
            Self::EraseEphemeralKey(_) => Action::EraseEphemeralKey,
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

    pub(crate) fn awaited(&self) -> Option<Expected> {
        let messages = match self {
            Self::ExpectCertificateVerify(_) => ExpectCertificateVerify::EXPECTED,
            Self::ExpectNewSessionTicket(_) => ExpectNewSessionTicket::EXPECTED,
            Self::ExpectChangeCipherSpec(_) => return Some(Expected::content(ExpectChangeCipherSpec::EXPECTED)),
            Self::ExpectFinished(_) => ExpectFinished::EXPECTED,
            _ => return None,
        };
        Some(Expected::Handshake { messages })
    }

    pub(crate) fn perform(self, cx: &mut Context<'_>) -> Result<Next<Self>, Error> {
        match self {
            Self::ComputeSharedSecret(state) => state.compute(cx).map(Next::State),
            Self::EraseEphemeralKey(state) => Ok(Next::State(state.erase(cx))),
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
