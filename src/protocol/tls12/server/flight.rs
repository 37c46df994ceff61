//! The server's flight: hello, certificate, ephemeral public key, done.

use super::client_certificate::ExpectCertificate;
use super::flight_plan::Flight;
use super::key_exchange::ExpectClientKeyExchange;
use super::negotiate::{Choice, Continuity};
use super::{ServerState, Settings};
use crate::crypto::group::KeyPair;
use crate::error::Error;
use crate::glass::Secret;
use crate::pki::subject_of;
use crate::protocol::connection::state::Context;
use crate::protocol::handshake::certificates::record_certificates;
use crate::protocol::handshake::ephemeral_key;
use crate::protocol::handshake::transcript::Transcript;
use crate::protocol::session::{Handle, Terms, draw_id, end_of_lifetime, fingerprint};
use crate::protocol::tls12::both::Finish;
use crate::protocol::tls12::both::derive::DeriveDataKeys;
use crate::protocol::tls12::handshake::Handshake;
use crate::protocol::tls12::server_share::Params;
use crate::trace::{Event, Role, Value, ValueName};
use crate::wire::codepoint::{ClientCertificateType, CompressionMethod, NamedGroup, ProtocolVersion, SignatureScheme};
use crate::wire::extension::Extension;
use crate::wire::handshake::tls12::{Certificate, CertificateRequest, ServerHelloDone};
use crate::wire::handshake::{self, ClientHello, ServerHello};
use crate::wire::reference::Reference;

/// The offer is read, the choice is made.
#[derive(Debug)]
pub(crate) struct SendServerHello {
    pub(crate) settings: Settings,
    pub(crate) hello: ClientHello,
    pub(crate) choice: Choice,
    pub(crate) answers: Vec<Extension>,
    pub(crate) session: Continuity,
    pub(crate) server_name: Option<String>,
    pub(crate) transcript: Transcript,
}

impl SendServerHello {
    pub(crate) fn send(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { settings, hello: offer, choice, answers, session, server_name, mut transcript } = self;
        let mut random = [0; 32];
        cx.trace.start();
        cx.environment.entropy.fill("server_random", &mut random)?;
        cx.trace.computation(
            "Random",
            Vec::new(),
            vec![Value::new(ValueName::ServerRandom, &random)],
            Reference::new(5246, "7.4.1.3"),
        );
        let extended_master_secret = answers.contains(&Extension::ExtendedMasterSecret);
        let encrypt_then_mac = answers.contains(&Extension::EncryptThenMac);
        let session_id = match &session {
            Continuity::Kept => draw_id(Reference::new(5246, "7.4.1.3"), &mut cx.environment.entropy, cx.trace)?,
            Continuity::Resumed(_) => offer.session_id,
            Continuity::None | Continuity::HandedOut => Vec::new(),
        };
        let mut terms = Terms {
            resumed: false,
            handle: matches!(session, Continuity::Kept).then(|| Handle::Id(session_id.clone())),
            ticket_due: matches!(session, Continuity::HandedOut),
            server_name,
            expires: end_of_lifetime(cx.environment.now()),
            client_certificate: None,
            trust: fingerprint(&settings.config.trust_anchors),
        };
        if choice.suite.certificate_key.is_some() {
            terms.limit_to(&settings.identity.chain);
        }
        let resumed = match session {
            Continuity::Resumed(session) => {
                terms.resumed = true;
                // A server keeps a session only under its ID. One that came in a ticket is kept by the client alone.
                terms.handle = Some(session.handle.clone()).filter(|handle| matches!(handle, Handle::Id(_)));
                terms.expires = session.expires;
                terms.client_certificate.clone_from(&session.client_certificate);
                Some(session.master_secret)
            }
            _ => None,
        };
        let hello = ServerHello {
            server_version: ProtocolVersion::TLS_1_2,
            random,
            session_id,
            cipher_suite: choice.suite.common.id,
            compression_method: CompressionMethod::NULL,
            extensions: answers,
        };
        let written = handshake::write(&hello)?;
        cx.send_handshake::<ServerHello>(&written)?;
        transcript.add(&written.bytes);
        let handshake = Handshake {
            role: Role::Server,
            names: settings.identity.names,
            peer: settings.peer,
            sessions: settings.sessions.clone(),
            suite: choice.suite,
            client_random: offer.random,
            server_random: random,
            extended_master_secret,
            encrypt_then_mac,
            group: choice.ephemeral.map(|(group, _)| group),
            signature_scheme: choice.ephemeral.and_then(|(_, scheme)| scheme),
            application_protocol: choice.application_protocol,
            server_key: None,
            client_auth: None,
            terms,
            transcript,
        };
        let ephemeral = choice.ephemeral;
        cx.trace.event(Event::Negotiated(handshake.negotiated()));
        if let Some(master_secret) = resumed {
            let derive = DeriveDataKeys { handshake, master_secret };
            return Ok(ServerState::Finish(Finish::DeriveDataKeys(derive)));
        }
        let flight = Flight { settings, handshake, client_version: offer.client_version, ephemeral };
        Ok(match choice.suite.certificate_key {
            Some(_) => ServerState::SendCertificate(SendCertificate { flight }),
            None => flight.after_certificate(),
        })
    }
}

impl Flight {
    fn after_certificate(self) -> ServerState {
        match self.ephemeral {
            Some((group, scheme)) => {
                ServerState::GenerateEphemeralKey(GenerateEphemeralKey { flight: self, group, scheme })
            }
            None => self.last(None),
        }
    }

    /// What closes the flight: a request for the client's certificate, if there is to be one, then its end. A server that
    /// does not show who it is must not ask who the client is (RFC 5246, section 7.4.4).
    fn last(self, ephemeral_key: Option<(NamedGroup, Secret)>) -> ServerState {
        let asks = self.asks_for_certificate();
        if asks {
            ServerState::SendCertificateRequest(SendCertificateRequest { flight: self, ephemeral_key })
        } else {
            ServerState::SendServerHelloDone(SendServerHelloDone { flight: self, ephemeral_key })
        }
    }
}

#[derive(Debug)]
pub(crate) struct SendCertificate {
    flight: Flight,
}

impl SendCertificate {
    pub(crate) fn send(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { mut flight } = self;
        let certificate = Certificate { certificate_list: flight.settings.identity.chain.clone() };
        let written = handshake::write(&certificate)?;
        let buffer = cx.send_handshake::<Certificate>(&written)?;
        flight.handshake.transcript.add(&written.bytes);
        record_certificates(buffer, &written.bytes, &written.fields, cx.trace);
        Ok(flight.after_certificate())
    }
}

#[derive(Debug)]
pub(crate) struct GenerateEphemeralKey {
    flight: Flight,
    group: NamedGroup,
    scheme: Option<SignatureScheme>,
}

impl GenerateEphemeralKey {
    pub(crate) fn generate(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { flight, group, scheme } = self;
        let KeyPair { private: ephemeral_key, public } =
            ephemeral_key::generate(flight.handshake.names, flight.handshake.role, group, cx)?;
        let params = Params::new(group, public);
        Ok(match scheme {
            Some(scheme) => ServerState::SignServerKeyExchange(SignServerKeyExchange {
                flight,
                group,
                scheme,
                params,
                ephemeral_key,
            }),
            None => ServerState::SendServerKeyExchange(SendServerKeyExchange {
                flight,
                group,
                params,
                signature: None,
                ephemeral_key,
            }),
        })
    }
}

#[derive(Debug)]
pub(crate) struct SignServerKeyExchange {
    flight: Flight,
    group: NamedGroup,
    scheme: SignatureScheme,
    params: Params,
    ephemeral_key: Secret,
}

impl SignServerKeyExchange {
    pub(crate) fn sign(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { flight, group, scheme, params, ephemeral_key } = self;
        let signed = params.to_sign(&flight.handshake)?;
        let key = &flight.settings.identity.key;
        let mut rng = cx.environment.entropy.rng("signature")?;
        cx.trace.start();
        let signature = key.sign(scheme, &signed.0, &mut rng)?;
        cx.trace.computation(
            format!("{scheme}.Sign"),
            vec![flight.settings.identity.private_key_value()?, Value::new(ValueName::SignedParams, &signed.0)],
            vec![Value::new(ValueName::Signature, &signature)],
            if group.is_ffdhe() { Reference::new(5246, "7.4.3") } else { Reference::new(8422, "5.4") },
        );
        let signature = Some((scheme, signature));
        Ok(ServerState::SendServerKeyExchange(SendServerKeyExchange {
            flight,
            group,
            params,
            signature,
            ephemeral_key,
        }))
    }
}

#[derive(Debug)]
pub(crate) struct SendServerKeyExchange {
    flight: Flight,
    group: NamedGroup,
    params: Params,
    /// Here if the key exchange has one.
    signature: Option<(SignatureScheme, Vec<u8>)>,
    ephemeral_key: Secret,
}

impl SendServerKeyExchange {
    pub(crate) fn send(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { mut flight, group, params, signature, ephemeral_key } = self;
        params.send(signature, &mut flight.handshake, cx)?;
        Ok(flight.last(Some((group, ephemeral_key))))
    }
}

#[derive(Debug)]
pub(crate) struct SendCertificateRequest {
    flight: Flight,
    ephemeral_key: Option<(NamedGroup, Secret)>,
}

impl SendCertificateRequest {
    pub(crate) fn send(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { mut flight, ephemeral_key } = self;
        let config = &flight.settings.config;
        let request = CertificateRequest {
            certificate_types: vec![ClientCertificateType::ECDSA_SIGN, ClientCertificateType::RSA_SIGN],
            supported_signature_algorithms: config.signature_schemes.clone(),
            certificate_authorities: config.trust_anchors.iter().filter_map(|der| subject_of(der)).collect(),
        };
        let written = handshake::write(&request)?;
        cx.send_handshake::<CertificateRequest>(&written)?;
        flight.handshake.transcript.add(&written.bytes);
        Ok(ServerState::SendServerHelloDone(SendServerHelloDone { flight, ephemeral_key }))
    }
}

#[derive(Debug)]
pub(crate) struct SendServerHelloDone {
    flight: Flight,
    /// Here if the key exchange has one.
    ephemeral_key: Option<(NamedGroup, Secret)>,
}

impl SendServerHelloDone {
    pub(crate) fn send(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { mut flight, ephemeral_key } = self;
        let written = handshake::write(&ServerHelloDone)?;
        cx.send_handshake::<ServerHelloDone>(&written)?;
        flight.handshake.transcript.add(&written.bytes);
        Ok(if flight.asks_for_certificate() {
            ServerState::ExpectCertificate(ExpectCertificate { flight, ephemeral_key })
        } else {
            ServerState::ExpectClientKeyExchange(ExpectClientKeyExchange { flight, ephemeral_key })
        })
    }
}
