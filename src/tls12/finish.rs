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
use super::handshake::Handshake;
use super::identity::ClientAuth;
use super::key_schedule::{self, Binding, DataKeys};
use super::protection::{self, Protection};
use super::session::{Handle, Session};
use super::ticket::{ExpectNewSessionTicket, SealSessionTicket, SendNewSessionTicket};
use crate::crypto::group;
use crate::error::{Error, ErrorKind};
use crate::glass::Secret;
use crate::trace::{Action, CheckName, Outcome, Reference, Role, Value, ValueKind, ValueName};
use crate::wire::FieldName;
use crate::wire::codepoint::{ContentType, HandshakeType, NamedGroup};
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

/// Own one-time private key and the peer's one-time public key are here.
#[derive(Debug)]
pub(crate) struct ComputeSharedSecret {
    pub(crate) handshake: Handshake,
    pub(crate) group: NamedGroup,
    pub(crate) one_time_key: Secret,
    pub(crate) peer_public: Vec<u8>,
}

/// The shared secret is computed; what it was computed with is still here.
#[derive(Debug)]
pub(crate) struct EraseOneTimeKey {
    handshake: Handshake,
    one_time_key: Secret,
    pre_master_secret: Secret,
}

/// Both sides have `pre_master_secret`.
#[derive(Debug)]
pub(crate) struct DeriveMasterSecret {
    pub(crate) handshake: Handshake,
    pub(crate) pre_master_secret: Secret,
}

/// `master_secret` is here: derived, or that of the session which is resumed.
#[derive(Debug)]
pub(crate) struct DeriveDataKeys {
    pub(super) handshake: Handshake,
    pub(super) master_secret: Arc<Secret>,
}

/// All keys are here; nothing is protected yet.
#[derive(Debug)]
pub(super) struct Keyed {
    pub(super) handshake: Handshake,
    master_secret: Arc<Secret>,
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
    /// The session that is kept of it, if one is.
    pub(crate) session: Option<Handle>,
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

impl ComputeSharedSecret {
    /// The shared secret Z is the `pre_master_secret`: of a curve with its leading zeros (RFC 8422, section 5.10), of a
    /// finite field without them (RFC 5246, section 8.1.2).
    fn compute(self, cx: &mut Context<'_>) -> Result<Finish, Error> {
        let Self { handshake, group, one_time_key, peer_public } = self;
        cx.trace.start();
        let pre_master_secret = group::agree(group, &one_time_key, &peer_public)?;
        let (own, peer) = one_time_names(handshake.role);
        cx.trace.computation(
            group::agreement_name(group),
            vec![Value::new(own, &one_time_key), Value::new(peer, &peer_public)],
            vec![Value::new(ValueName::PreMasterSecret, &pre_master_secret)],
            if group.is_ffdhe() { Reference::new(5246, "8.1.2") } else { Reference::new(8422, "5.10") },
        );
        cx.trace.held(ValueName::PreMasterSecret, &pre_master_secret);
        Ok(Finish::EraseOneTimeKey(EraseOneTimeKey { handshake, one_time_key, pre_master_secret }))
    }
}

impl EraseOneTimeKey {
    fn erase(self, cx: &mut Context<'_>) -> Finish {
        let Self { handshake, one_time_key, pre_master_secret } = self;
        drop(one_time_key);
        cx.trace.erased(one_time_names(handshake.role).0);
        Finish::DeriveMasterSecret(DeriveMasterSecret { handshake, pre_master_secret })
    }
}

/// Own one-time private key and the peer's one-time public key, by name.
fn one_time_names(role: Role) -> (ValueName, ValueName) {
    match role {
        Role::Server => (ValueName::ServerOneTimePrivateKey, ValueName::ClientOneTimePublicKey),
        _ => (ValueName::ClientOneTimePrivateKey, ValueName::ServerOneTimePublicKey),
    }
}

impl DeriveMasterSecret {
    fn derive(self, cx: &mut Context<'_>) -> Finish {
        let Self { handshake, pre_master_secret } = self;
        let binding = if handshake.extended_master_secret {
            Binding::SessionHash(hash_transcript(&handshake, ValueName::SessionHash, SESSION_HASH, cx))
        } else {
            Binding::Randoms { client: handshake.client_random, server: handshake.server_random }
        };
        cx.trace.start();
        let master_secret = key_schedule::master_secret(handshake.suite.hash, &pre_master_secret, &binding);
        let mut inputs = vec![
            Value::new(ValueName::PreMasterSecret, &pre_master_secret),
            Value::new(ValueName::Label, binding.label().as_bytes()),
        ];
        let reference = match &binding {
            Binding::SessionHash(session_hash) => {
                inputs.push(Value::new(ValueName::SessionHash, session_hash));
                Reference::new(7627, "4")
            }
            Binding::Randoms { client, server } => {
                inputs.push(Value::new(ValueName::ClientRandom, client));
                inputs.push(Value::new(ValueName::ServerRandom, server));
                Reference::new(5246, "8.1")
            }
        };
        cx.trace.computation("PRF", inputs, vec![Value::new(ValueName::MasterSecret, &master_secret)], reference);
        cx.trace.held(ValueName::MasterSecret, &master_secret);
        // RFC 5246, section 8.1: the pre_master_secret should be deleted once the master_secret has been computed.
        drop(pre_master_secret);
        cx.trace.erased(ValueName::PreMasterSecret);
        Finish::DeriveDataKeys(DeriveDataKeys { handshake, master_secret: Arc::new(master_secret) })
    }
}

impl DeriveDataKeys {
    fn derive(self, cx: &mut Context<'_>) -> Finish {
        let Self { mut handshake, master_secret } = self;
        let suite = handshake.suite;
        cx.trace.start();
        let DataKeys { client, server } = key_schedule::data_keys(
            suite.hash,
            suite.cipher,
            &master_secret,
            &handshake.server_random,
            &handshake.client_random,
        );
        let values: Vec<(ValueName, &Secret)> =
            [(ValueName::ClientWriteKey, &client), (ValueName::ServerWriteKey, &server)]
                .into_iter()
                .flat_map(|(name, keys)| {
                    protection::names(name).into_iter().zip([&keys.key, &keys.fixed_iv, &keys.mac_key])
                })
                .filter(|(_, bytes)| !bytes.is_empty())
                .collect();
        cx.trace.computation(
            "PRF",
            vec![
                Value::new(ValueName::MasterSecret, &master_secret),
                Value::new(ValueName::Label, key_schedule::KEY_EXPANSION.as_bytes()),
                Value::new(ValueName::ServerRandom, &handshake.server_random),
                Value::new(ValueName::ClientRandom, &handshake.client_random),
            ],
            values.iter().map(|(name, bytes)| Value::new(*name, bytes)).collect(),
            Reference::new(5246, "6.3"),
        );
        for (name, bytes) in values {
            cx.trace.held(name, bytes);
        }
        let protect = |name, keys| Protection::new(name, suite.cipher, handshake.encrypt_then_mac, keys);
        let client = protect(ValueName::ClientWriteKey, client);
        let server = protect(ValueName::ServerWriteKey, server);
        let (read, write) = if handshake.role == Role::Server { (client, server) } else { (server, client) };
        let prepared = Prepared { read, write };
        let client_auth = handshake.client_auth.take();
        let keyed = Keyed { handshake, master_secret };
        match client_auth {
            Some(ClientAuth::Own { identity, scheme }) => {
                Finish::SignCertificateVerify(SignCertificateVerify { keyed, prepared, identity, scheme })
            }
            Some(ClientAuth::Peer { key, schemes }) => {
                Finish::ExpectCertificateVerify(ExpectCertificateVerify { keyed, prepared, key, schemes })
            }
            None => keyed.begin(prepared),
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
        let session = self.handshake.terms.handle.clone();
        if let Some(handle) = session.clone() {
            cx.sessions.keep(self.session(handle));
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
        Established { handshake, master_secret, session }
    }
}

impl Established {
    /// A line of a key log (RFC 9850).
    pub(crate) fn key_log(&self) -> String {
        format!("CLIENT_RANDOM {} {}", hex(&self.handshake.client_random), hex(&self.master_secret))
    }
}

const FINISHED: Reference = Reference::new(5246, "7.4.9");
const SESSION_HASH: Reference = Reference::new(7627, "3");

/// `Hash(handshake_messages)`, of all messages so far.
fn hash_transcript(handshake: &Handshake, name: ValueName, reference: Reference, cx: &mut Context<'_>) -> Vec<u8> {
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
