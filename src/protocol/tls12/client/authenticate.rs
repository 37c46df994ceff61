//! Whether the server is who it says it is.

use super::certificate::{Answer, Contribution};
use super::{ClientConfig, ClientState};
use crate::crypto::signature::{KeyAlgorithm, PublicKey};
use crate::error::{Error, ErrorKind};
use crate::pki::verify::{Holder, Requirement};
use crate::protocol::connection::state::Context;
use crate::protocol::handshake::authenticate::{Chain, SignatureCheck, check_chain};
use crate::protocol::tls12::handshake::Handshake;
use crate::protocol::tls12::server_share::{ServerShare, Signed};
use crate::trace::{CheckName, ValueName};
use crate::wire::reference::Reference;

/// The server's flight is complete; nothing in it is believed.
#[derive(Debug)]
pub(crate) struct CheckCertificate {
    pub(crate) config: ClientConfig,
    pub(crate) handshake: Handshake,
    pub(crate) chain: Chain,
    /// The kind of key that the suite calls for.
    pub(crate) key: KeyAlgorithm,
    /// Here if the key exchange has one.
    pub(crate) share: Option<ServerShare>,
    /// Here if the server has asked for a certificate.
    pub(crate) answer: Option<Answer>,
}

impl CheckCertificate {
    pub(crate) fn check(self, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { config, mut handshake, chain, key, share, answer } = self;
        let requirement = Requirement {
            holder: Holder::Server { name: config.server_name.clone(), key },
            now: cx.environment.now(),
            usage: handshake.key_exchange().key_use(),
        };
        let server_key = check_chain(&chain, handshake.peer, &config.trust_anchors, &requirement, cx.trace)?;
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

/// The certificate is the server's; whether its ephemeral key is, is open.
#[derive(Debug)]
pub(crate) struct VerifyServerKeyExchange {
    handshake: Handshake,
    server_key: PublicKey,
    share: ServerShare,
    answer: Option<Answer>,
}

impl VerifyServerKeyExchange {
    pub(crate) fn verify(self, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { handshake, server_key, share, answer } = self;
        let Some(Signed { params, scheme, signature, place }) = &share.signed else {
            return Err(ErrorKind::Internal("a one-time public key without a signature").into());
        };
        let reference =
            if share.group.is_ffdhe() { Reference::new(5246, "7.4.3") } else { Reference::new(8422, "5.4") };
        SignatureCheck {
            key: (handshake.peer.public_key, &server_key),
            scheme: *scheme,
            content: (ValueName::SignedParams, &params.0),
            signature: (ValueName::Signature, signature),
            check: CheckName::ServerSignature,
            reference,
            error: ErrorKind::BadSignature,
            place: place.clone(),
        }
        .verify(cx.trace)?;
        Ok(Contribution::Ephemeral(share).after(answer, handshake))
    }
}
