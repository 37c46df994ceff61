//! Whether the server is who it says it is.

use super::certificate::{Answer, Contribution};
use super::hello::Chain;
use super::{ClientConfig, ClientState};
use crate::crypto::signature::PublicKey;
use crate::error::{CertificateError, Error, ErrorKind};
use crate::pki::verify::{Holder, Requirement, verify_chain};
use crate::tls12::connection::Context;
use crate::tls12::handshake::Handshake;
use crate::tls12::share::{ServerShare, Signed};
use crate::trace::{CheckName, Event, Outcome, Reference, Value, ValueName};

/// The server's flight is complete; nothing in it is believed.
#[derive(Debug)]
pub(crate) struct CheckCertificate {
    pub(super) config: ClientConfig,
    pub(super) handshake: Handshake,
    pub(super) chain: Chain,
    /// Here if the key exchange has one.
    pub(super) share: Option<ServerShare>,
    /// Here if the server has asked for a certificate.
    pub(super) answer: Option<Answer>,
}

impl CheckCertificate {
    pub(super) fn check(self, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { config, mut handshake, chain: Chain { certificates: chain, key }, share, answer } = self;
        let requirement = Requirement {
            holder: Holder::Server { name: config.server_name.clone(), key },
            now: cx.environment.now(),
            usage: handshake.key_exchange().key_use(),
        };
        cx.trace.start();
        let verification = verify_chain(&chain, &config.trust_anchors, &requirement);
        let inputs = ValueName::CHAIN
            .into_iter()
            .zip(&chain)
            .chain(core::iter::repeat(ValueName::RootCertificate).zip(&config.trust_anchors))
            .map(|(name, der)| Value::new(name, der))
            .collect();
        cx.trace.computation("CertificatePathValidation", inputs, Vec::new(), Reference::new(5280, "6"));
        let verdict = verification.verdict_check();
        verification.checks.into_iter().for_each(|check| cx.trace.event(Event::Check(check)));
        cx.trace.event(Event::Check(verdict));
        verification.verdict?;

        let leaf = chain.first().ok_or(CertificateError::None)?;
        let server_key = PublicKey::from_certificate(leaf)?;
        handshake.server_key = Some(server_key.clone());
        Ok(match share {
            Some(share) => {
                ClientState::VerifyServerKeyExchange(VerifyServerKeyExchange { handshake, server_key, share, answer })
            }
            None => Contribution::Encrypted(server_key).after(answer, handshake),
        })
    }
}

/// The certificate is the server's; whether its one-time key is, is open.
#[derive(Debug)]
pub(crate) struct VerifyServerKeyExchange {
    handshake: Handshake,
    server_key: PublicKey,
    share: ServerShare,
    answer: Option<Answer>,
}

impl VerifyServerKeyExchange {
    pub(super) fn verify(self, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { handshake, server_key, share, answer } = self;
        let Some(Signed { params, scheme, signature }) = &share.signed else {
            return Err(ErrorKind::Internal("a one-time public key without a signature").into());
        };
        let reference =
            if share.group.is_ffdhe() { Reference::new(5246, "7.4.3") } else { Reference::new(8422, "5.4") };
        cx.trace.start();
        let verified = server_key.verify(*scheme, &params.0, signature);
        cx.trace.computation(
            format!("{scheme}.Verify"),
            vec![
                Value::new(ValueName::ServerPublicKey, server_key.spki()),
                Value::new(ValueName::SignedParams, &params.0),
                Value::new(ValueName::Signature, signature),
            ],
            Vec::new(),
            reference,
        );
        let outcome = match &verified {
            Ok(()) => Outcome::Passed,
            Err(error) => Outcome::Failed { reason: error.to_string() },
        };
        cx.trace.check(CheckName::ServerSignature, "", outcome, reference);
        verified.map_err(|_| ErrorKind::BadSignature)?;
        Ok(Contribution::OneTime(share).after(answer, handshake))
    }
}
