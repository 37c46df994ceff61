//! Both sides change to their new keys and prove with `Finished` that they saw the same messages (RFC 5246, sections 7.1 and
//! 7.4.9).

use subtle::ConstantTimeEq;

use super::Finish;
use super::keyed::Keyed;
use crate::error::{Error, ErrorKind};
use crate::protocol::connection::state::Context;
use crate::protocol::record::channel::{Content, unexpected};
use crate::protocol::record::protection::Protection;
use crate::protocol::tls12::established::Next;
use crate::trace::{CheckName, Outcome, Role};
use crate::wire::FieldName;
use crate::wire::codepoint::{ContentType, HandshakeType};
use crate::wire::handshake::tls12;
use crate::wire::handshake::tls12::Finished;
use crate::wire::handshake::{self};
use crate::wire::reference::Reference;

pub(crate) const FINISHED: Reference = Reference::new(5246, "7.4.9");

#[derive(Debug)]
pub(crate) struct SendChangeCipherSpec {
    pub(crate) keyed: Keyed,
    pub(crate) write: Protection,
    /// Here if the peer's `ChangeCipherSpec` is still to come.
    pub(crate) read: Option<Protection>,
}

#[derive(Debug)]
pub(crate) struct SendFinished {
    pub(crate) keyed: Keyed,
    pub(crate) read: Option<Protection>,
}

#[derive(Debug)]
pub(crate) struct ExpectChangeCipherSpec {
    pub(crate) keyed: Keyed,
    pub(crate) read: Protection,
    /// Here if own `ChangeCipherSpec` is still to be sent.
    pub(crate) write: Option<Protection>,
}

#[derive(Debug)]
pub(crate) struct ExpectFinished {
    pub(crate) keyed: Keyed,
    pub(crate) write: Option<Protection>,
}

impl SendChangeCipherSpec {
    pub(crate) fn send(self, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { keyed, write, read } = self;
        cx.send_change_cipher_spec()?;
        cx.channel.write = Some(write);
        Ok(Finish::SendFinished(SendFinished { keyed, read }))
    }
}

impl SendFinished {
    pub(crate) fn send(self, cx: &mut Context<'_>) -> Result<Next<Finish>, Error> {
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
    pub(super) const EXPECTED: ContentType = ContentType::CHANGE_CIPHER_SPEC;

    pub(crate) fn handle(self, content: &Content, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { keyed, read, write } = self;
        match content {
            Content::ChangeCipherSpec => {
                cx.channel.read = Some(read);
                Ok(Finish::ExpectFinished(ExpectFinished { keyed, write }))
            }
            Content::Handshake(message) => {
                let Error { place, .. } = message.unexpected(&[], tls12::reference, cx.trace);
                Err(Error { place, ..unexpected(content, Self::EXPECTED) })
            }
            _ => Err(unexpected(content, Self::EXPECTED)),
        }
    }
}

impl ExpectFinished {
    pub(super) const EXPECTED: &[HandshakeType] = &[HandshakeType::FINISHED];

    pub(crate) fn handle(self, content: &Content, cx: &mut Context<'_>) -> Result<Next<Finish>, Error> {
        let Self { mut keyed, write } = self;
        let Content::Handshake(message) = content else {
            return Err(unexpected(content, ContentType::HANDSHAKE));
        };
        if !Self::EXPECTED.contains(&message.kind) {
            return Err(message.unexpected(Self::EXPECTED, tls12::reference, cx.trace));
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
