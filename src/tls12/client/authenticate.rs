//! Whether the server is who it says it is.

use super::certificate::{Answer, Contribution};
use super::{ClientConfig, ClientState};
use crate::crypto::signature::{KeyAlgorithm, PublicKey};
use crate::error::{Error, ErrorKind};
use crate::pki::verify::{Holder, Requirement};
use crate::tls12::authenticate::{Chain, SignatureCheck, check_chain};
use crate::tls12::connection::Context;
use crate::tls12::handshake::Handshake;
use crate::tls12::share::{ServerShare, Signed};
use crate::trace::{CheckName, Reference, ValueName};

/// The server's flight is complete; nothing in it is believed.
#[derive(Debug)]
pub(crate) struct CheckCertificate {
    pub(super) config: ClientConfig,
    pub(super) handshake: Handshake,
    pub(super) chain: Chain,
    /// The kind of key that the suite calls for.
    pub(super) key: KeyAlgorithm,
    /// Here if the key exchange has one.
    pub(super) share: Option<ServerShare>,
    /// Here if the server has asked for a certificate.
    pub(super) answer: Option<Answer>,
}

impl CheckCertificate {
    pub(super) fn check(self, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { config, mut handshake, chain, key, share, answer } = self;
        let requirement = Requirement {
            holder: Holder::Server { name: config.server_name.clone(), key },
            now: cx.environment.now(),
            usage: handshake.key_exchange().key_use(),
        };
        let server_key = check_chain(&chain, &config.trust_anchors, &requirement, cx)?;
        handshake.server_key = Some(server_key.clone());
        handshake.terms.limit_to(&chain.certificates);
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
        let Some(Signed { params, scheme, signature, place }) = &share.signed else {
            return Err(ErrorKind::Internal("a one-time public key without a signature").into());
        };
        let reference =
            if share.group.is_ffdhe() { Reference::new(5246, "7.4.3") } else { Reference::new(8422, "5.4") };
        SignatureCheck {
            key: (ValueName::ServerPublicKey, &server_key),
            scheme: *scheme,
            content: (ValueName::SignedParams, &params.0),
            signature: (ValueName::Signature, signature),
            check: CheckName::ServerSignature,
            reference,
            error: ErrorKind::BadSignature,
            place: place.clone(),
        }
        .verify(cx)?;
        Ok(Contribution::OneTime(share).after(answer, handshake))
    }
}
