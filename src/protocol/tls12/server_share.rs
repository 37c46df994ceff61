//! The server's half of a key exchange with ephemeral keys, whichever `ServerKeyExchange` it comes in.

use crate::crypto::group::ffdhe;
use crate::error::{Error, ErrorKind};
use crate::protocol::connection::state::Context;
use crate::protocol::record::inbound::{Inbound, Layout};
use crate::protocol::suite::tls12::KeyExchange;
use crate::protocol::tls12::handshake::Handshake;
use crate::wire::FieldName;
use crate::wire::codepoint::{NamedGroup, SignatureScheme};
use crate::wire::handshake::tls12::{
    AnonymousKeyExchange, ServerDhParams, ServerEcdhParams, ServerKeyExchange, ServerParams, SignedParams,
};
use crate::wire::handshake::{self, Message};
use crate::wire::place::Place;

/// The server's ephemeral public key, as the client has it from the message.
#[derive(Debug)]
pub(crate) struct ServerShare {
    pub(crate) group: NamedGroup,
    pub(crate) public: Vec<u8>,
    /// Where the server signs it.
    pub(crate) signed: Option<Signed>,
}

/// What the server signed, and how.
#[derive(Debug)]
pub(crate) struct Signed {
    pub(crate) params: SignedParams,
    pub(crate) scheme: SignatureScheme,
    pub(crate) signature: Vec<u8>,
    /// Where the signature stands.
    pub(crate) place: Place,
}

/// The server's parameters, in the form of its key exchange.
#[derive(Clone, Debug)]
pub(crate) enum Params {
    Ecdh(ServerEcdhParams),
    Dh(ServerDhParams),
}

impl ServerShare {
    /// Reads the message in the form that the key exchange gives it.
    pub(crate) fn read(
        message: &Inbound,
        handshake: &Handshake,
        cx: &mut Context<'_>,
    ) -> Result<(Self, Layout), Error> {
        match handshake.key_exchange() {
            KeyExchange::Ecdhe => {
                let (message, layout) = message.read::<ServerKeyExchange<ServerEcdhParams>>(cx.trace)?;
                let signed = Some(Signed::of(&message, &layout, handshake)?);
                let ServerEcdhParams { named_curve: group, public } = message.params;
                Ok((Self { group, public, signed }, layout))
            }
            KeyExchange::Dhe => {
                let (message, layout) = message.read::<ServerKeyExchange<ServerDhParams>>(cx.trace)?;
                let signed = Some(Signed::of(&message, &layout, handshake)?);
                let group = group_of(&message.params, &layout)?;
                Ok((Self { group, public: message.params.dh_ys, signed }, layout))
            }
            KeyExchange::DhAnon => {
                let (AnonymousKeyExchange(params), layout) = message.read(cx.trace)?;
                let group = group_of(&params, &layout)?;
                Ok((Self { group, public: params.dh_ys, signed: None }, layout))
            }
            KeyExchange::Rsa => Err(ErrorKind::Internal("RSA key exchange has no ServerKeyExchange").into()),
        }
    }
}

impl Signed {
    fn of<P: ServerParams>(
        message: &ServerKeyExchange<P>,
        layout: &Layout,
        handshake: &Handshake,
    ) -> Result<Self, Error> {
        Ok(Self {
            params: SignedParams::new(&handshake.client_random, &handshake.server_random, &message.params)?,
            scheme: message.scheme,
            signature: message.signature.clone(),
            place: layout.find(FieldName::SignatureBytes),
        })
    }
}

/// The group has no name in the message. One that we do not know may be weak, and nobody could tell.
fn group_of(params: &ServerDhParams, layout: &Layout) -> Result<NamedGroup, Error> {
    ffdhe::group_of(&params.dh_p, &params.dh_g)
        .ok_or_else(|| layout.error(ErrorKind::UnknownFiniteField, FieldName::DhPBytes))
}

impl Params {
    /// The parameters of an ephemeral public key of this group.
    pub(crate) fn new(group: NamedGroup, public: Vec<u8>) -> Self {
        match ffdhe::parameters(group) {
            Some((dh_p, dh_g)) => Self::Dh(ServerDhParams { dh_p, dh_g, dh_ys: public }),
            None => Self::Ecdh(ServerEcdhParams { named_curve: group, public }),
        }
    }

    /// What the server signs.
    pub(crate) fn to_sign(&self, handshake: &Handshake) -> Result<SignedParams, Error> {
        let (client, server) = (&handshake.client_random, &handshake.server_random);
        Ok(match self {
            Self::Ecdh(params) => SignedParams::new(client, server, params),
            Self::Dh(params) => SignedParams::new(client, server, params),
        }?)
    }

    /// Sends them, signed or not, and adds the message to the transcript.
    pub(crate) fn send(
        self,
        signature: Option<(SignatureScheme, Vec<u8>)>,
        handshake: &mut Handshake,
        cx: &mut Context<'_>,
    ) -> Result<(), Error> {
        match (self, signature) {
            (Self::Ecdh(params), Some((scheme, signature))) => {
                send(&ServerKeyExchange { params, scheme, signature }, handshake, cx)
            }
            (Self::Dh(params), Some((scheme, signature))) => {
                send(&ServerKeyExchange { params, scheme, signature }, handshake, cx)
            }
            (Self::Dh(params), None) => send(&AnonymousKeyExchange(params), handshake, cx),
            (Self::Ecdh(_), None) => Err(ErrorKind::Internal("a curve's one-time key is always signed").into()),
        }
    }
}

fn send<M: Message>(message: &M, handshake: &mut Handshake, cx: &mut Context<'_>) -> Result<(), Error> {
    let written = handshake::write(message)?;
    cx.send_handshake::<M>(&written)?;
    handshake.transcript.add(&written.bytes);
    Ok(())
}
