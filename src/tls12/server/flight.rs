//! The server's flight: hello, certificate, one-time public key, done.

use super::key_exchange::ExpectClientKeyExchange;
use super::negotiate::Choice;
use super::{ServerState, Settings};
use crate::crypto::group::KeyPair;
use crate::error::Error;
use crate::tls12::connection::Context;
use crate::tls12::handshake::{Handshake, Transcript};
use crate::tls12::one_time_key;
use crate::trace::{Event, Part, Reference, Role, Value, ValueKind, ValueName};
use crate::wire::codepoint::{CompressionMethod, NamedGroup, ProtocolVersion, SignatureScheme};
use crate::wire::extension::Extension;
use crate::wire::handshake::{
    self, Certificate, ServerEcdhParams, ServerHello, ServerHelloDone, ServerKeyExchange, SignedParams,
};

/// What all later states of the flight carry.
#[derive(Debug)]
pub(super) struct Flight {
    pub(super) settings: Settings,
    pub(super) handshake: Handshake,
    pub(super) client_version: ProtocolVersion,
    pub(super) ecdhe: Option<(NamedGroup, SignatureScheme)>,
}

/// The offer is read, the choice is made.
#[derive(Debug)]
pub(crate) struct SendServerHello {
    pub(super) settings: Settings,
    pub(super) choice: Choice,
    pub(super) answers: Vec<Extension>,
    pub(super) client_version: ProtocolVersion,
    pub(super) client_random: [u8; 32],
    pub(super) transcript: Transcript,
}

impl SendServerHello {
    pub(super) fn send(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { settings, choice, answers, client_version, client_random, mut transcript } = self;
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
        let hello = ServerHello {
            server_version: ProtocolVersion::TLS_1_2,
            random,
            session_id: Vec::new(),
            cipher_suite: choice.suite.id,
            compression_method: CompressionMethod::NULL,
            extensions: answers,
        };
        let written = handshake::write(&hello)?;
        cx.channel.send_handshake::<ServerHello>(&written, cx.trace)?;
        transcript.add(&written.bytes);
        let handshake = Handshake {
            role: Role::Server,
            suite: choice.suite,
            client_random,
            server_random: random,
            extended_master_secret,
            group: choice.ecdhe.map(|(group, _)| group),
            signature_scheme: choice.ecdhe.map(|(_, scheme)| scheme),
            application_protocol: choice.application_protocol,
            server_key: None,
            transcript,
        };
        let ecdhe = choice.ecdhe;
        cx.trace.event(Event::Negotiated(handshake.negotiated()));
        Ok(ServerState::SendCertificate(SendCertificate {
            flight: Flight { settings, handshake, client_version, ecdhe },
        }))
    }
}

#[derive(Debug)]
pub(crate) struct SendCertificate {
    flight: Flight,
}

impl SendCertificate {
    pub(super) fn send(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { mut flight } = self;
        let certificate = Certificate { certificate_list: flight.settings.identity.chain.clone() };
        let written = handshake::write(&certificate)?;
        let buffer = cx.channel.send_handshake::<Certificate>(&written, cx.trace)?;
        flight.handshake.transcript.add(&written.bytes);
        cx.trace.certificates(&certificate, buffer);
        Ok(match flight.ecdhe {
            Some((group, scheme)) => ServerState::GenerateOneTimeKey(GenerateOneTimeKey { flight, group, scheme }),
            None => ServerState::SendServerHelloDone(SendServerHelloDone { flight, one_time_key: None }),
        })
    }
}

#[derive(Debug)]
pub(crate) struct GenerateOneTimeKey {
    flight: Flight,
    group: NamedGroup,
    scheme: SignatureScheme,
}

impl GenerateOneTimeKey {
    pub(super) fn generate(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { flight, group, scheme } = self;
        let key_pair = one_time_key::generate(flight.handshake.role, group, cx)?;
        Ok(ServerState::SignServerKeyExchange(SignServerKeyExchange { flight, group, scheme, key_pair }))
    }
}

#[derive(Debug)]
pub(crate) struct SignServerKeyExchange {
    flight: Flight,
    group: NamedGroup,
    scheme: SignatureScheme,
    key_pair: KeyPair,
}

impl SignServerKeyExchange {
    pub(super) fn sign(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { flight, group, scheme, key_pair } = self;
        let params = ServerEcdhParams { named_curve: group, public: key_pair.public };
        let handshake = &flight.handshake;
        let signed = SignedParams::new(&handshake.client_random, &handshake.server_random, &params)?;
        let key = &flight.settings.identity.key;
        let mut rng = cx.environment.entropy.rng("signature")?;
        cx.trace.start();
        let signature = key.sign(scheme, &signed.0, &mut rng)?;
        cx.trace.computation(
            format!("{scheme}.Sign"),
            vec![private_key_value(key.parts()?), Value::new(ValueName::SignedParams, &signed.0)],
            vec![Value::new(ValueName::Signature, &signature)],
            Reference::new(8422, "5.4"),
        );
        let key_exchange = ServerKeyExchange { params, scheme, signature };
        let one_time_key = key_pair.private;
        Ok(ServerState::SendServerKeyExchange(SendServerKeyExchange { flight, group, key_exchange, one_time_key }))
    }
}

/// The server's private key as a computation's input.
pub(super) fn private_key_value(parts: Vec<Part>) -> Value {
    Value { name: ValueName::ServerPrivateKey, kind: ValueKind::PrivateKey, parts }
}

#[derive(Debug)]
pub(crate) struct SendServerKeyExchange {
    flight: Flight,
    group: NamedGroup,
    key_exchange: ServerKeyExchange,
    one_time_key: crate::glass::Secret,
}

impl SendServerKeyExchange {
    pub(super) fn send(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { mut flight, group, key_exchange, one_time_key } = self;
        let written = handshake::write(&key_exchange)?;
        cx.channel.send_handshake::<ServerKeyExchange>(&written, cx.trace)?;
        flight.handshake.transcript.add(&written.bytes);
        let one_time_key = Some((group, one_time_key));
        Ok(ServerState::SendServerHelloDone(SendServerHelloDone { flight, one_time_key }))
    }
}

#[derive(Debug)]
pub(crate) struct SendServerHelloDone {
    flight: Flight,
    /// Here if the key exchange has one.
    one_time_key: Option<(NamedGroup, crate::glass::Secret)>,
}

impl SendServerHelloDone {
    pub(super) fn send(self, cx: &mut Context<'_>) -> Result<ServerState, Error> {
        let Self { mut flight, one_time_key } = self;
        let written = handshake::write(&ServerHelloDone)?;
        cx.channel.send_handshake::<ServerHelloDone>(&written, cx.trace)?;
        flight.handshake.transcript.add(&written.bytes);
        Ok(ServerState::ExpectClientKeyExchange(ExpectClientKeyExchange { flight, one_time_key }))
    }
}
