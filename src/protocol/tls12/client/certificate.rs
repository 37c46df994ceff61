//! The client's own certificate, where the server asks for it.

use std::sync::Arc;

use super::ClientState;
use super::key_exchange::{GenerateEphemeralKey, GeneratePreMasterSecret};
use crate::crypto::signature::{KeyAlgorithm, PublicKey};
use crate::error::Error;
use crate::protocol::connection::state::Context;
use crate::protocol::handshake::certificates::record_certificates;
use crate::protocol::handshake::identity::{ClientAuth, Identity};
use crate::protocol::tls12::handshake::Handshake;
use crate::protocol::tls12::server_share::ServerShare;
use crate::wire::codepoint::{ClientCertificateType, SignatureScheme};
use crate::wire::handshake::tls12::{Certificate, CertificateRequest};
use crate::wire::handshake::{self};

/// What the client answers: its certificate, with the scheme that it will sign with; or that it has none that would do.
#[derive(Debug)]
pub(crate) struct Answer(Option<(Arc<Identity>, SignatureScheme)>);

impl Answer {
    /// The best that the client has for this request. `schemes` are its own, best first.
    pub(crate) fn to(request: &CertificateRequest, own: Option<&Arc<Identity>>, schemes: &[SignatureScheme]) -> Self {
        Self(own.and_then(|identity| {
            let possible = identity.key.schemes();
            let wanted = &request.supported_signature_algorithms;
            let scheme = schemes.iter().find(|scheme| possible.contains(scheme) && wanted.contains(scheme))?;
            let kind = match identity.key.algorithm() {
                KeyAlgorithm::Rsa => ClientCertificateType::RSA_SIGN,
                KeyAlgorithm::EcdsaP256 => ClientCertificateType::ECDSA_SIGN,
            };
            request.certificate_types.contains(&kind).then(|| (Arc::clone(identity), *scheme))
        }))
    }
}

/// What the client's part of the key exchange starts from.
#[derive(Debug)]
pub(crate) enum Contribution {
    /// The server's public key, to encrypt to.
    Encrypted(PublicKey),
    /// The server's ephemeral public key, to agree with.
    Ephemeral(ServerShare),
}

impl Contribution {
    /// The state in which it is made, after the answer to the server's request, if there was one.
    pub(crate) fn after(self, answer: Option<Answer>, handshake: Handshake) -> ClientState {
        match (answer, self) {
            (Some(answer), contribution) => {
                ClientState::SendCertificate(SendCertificate { handshake, answer, contribution })
            }
            (None, Self::Encrypted(server_key)) => {
                ClientState::GeneratePreMasterSecret(GeneratePreMasterSecret { handshake, server_key })
            }
            (None, Self::Ephemeral(share)) => {
                ClientState::GenerateEphemeralKey(GenerateEphemeralKey { handshake, share })
            }
        }
    }
}

/// The server is who it should be, and has asked who the client is.
#[derive(Debug)]
pub(crate) struct SendCertificate {
    handshake: Handshake,
    answer: Answer,
    contribution: Contribution,
}

impl SendCertificate {
    /// RFC 5246, section 7.4.6: a client without a suitable certificate sends an empty list.
    pub(crate) fn send(self, cx: &mut Context<'_>) -> Result<ClientState, Error> {
        let Self { mut handshake, answer: Answer(own), contribution } = self;
        let certificate_list = own.as_ref().map_or_else(Vec::new, |(identity, _)| identity.chain.clone());
        let certificate = Certificate { certificate_list };
        let written = handshake::write(&certificate)?;
        let buffer = cx.send_handshake::<Certificate>(&written)?;
        record_certificates(buffer, &written.bytes, &written.fields, cx.trace);
        handshake.transcript.add(&written.bytes);
        handshake.client_auth = own.map(|(identity, scheme)| ClientAuth::Own { identity, scheme });
        Ok(contribution.after(None, handshake))
    }
}
