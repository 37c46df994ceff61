//! Handshake messages (RFC 5246, section 7.4; RFC 8422, section 5).

mod client_auth;
mod hello;
mod key_exchange;
mod ticket;

pub use client_auth::{CertificateRequest, CertificateVerify};
pub use hello::{ClientHello, ServerHello};
pub use key_exchange::{
    AnonymousKeyExchange, ClientDhPublic, ClientEcdhPublic, EncryptedPreMasterSecret, ServerDhParams, ServerEcdhParams,
    ServerKeyExchange, ServerParams, SignedParams,
};
pub use ticket::NewSessionTicket;

use super::codepoint::{CodePoint, HandshakeType};
use super::{
    DecodeError, DecodeErrorKind, EncodeError, FieldName, LengthPrefix, Parsed, Reader, Writer, Written, build, parse,
};
use crate::wire::reference::Reference;

/// Bytes of a handshake message's header: its type and its length.
pub const HEADER_LENGTH: usize = 4;
/// Bytes of `verify_data` with every cipher suite we have.
pub const VERIFY_DATA_LENGTH: usize = 12;

/// A message that knows its type, and how its body is read and written.
pub trait Message: Sized {
    /// `msg_type`.
    const TYPE: HandshakeType;
    /// The body's name.
    const NAME: FieldName;
    /// Where it is defined.
    const REFERENCE: Reference;
    /// Reads the body.
    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError>;
    /// Writes the body.
    fn write(&self, w: &mut Writer) -> Result<(), EncodeError>;
}

/// Reads one whole message, header included.
pub fn read<M: Message>(bytes: &[u8]) -> Parsed<M> {
    parse(bytes, |r| {
        let got: HandshakeType = r.code(FieldName::MsgType)?;
        if got != M::TYPE {
            return Err(r.illegal(FieldName::MsgType, "the message is of another type"));
        }
        let length = r.u24(FieldName::HandshakeLength)? as usize;
        r.sized(M::NAME, length, M::read)
    })
}

/// Reads one whole message of a type that we have no reader for, or do not await.
pub fn read_opaque(bytes: &[u8]) -> Parsed<HandshakeType> {
    parse(bytes, |r| {
        let got = r.code(FieldName::MsgType)?;
        r.u24(FieldName::HandshakeLength)?;
        r.rest(FieldName::Unparsed);
        Ok(got)
    })
}

/// Writes one whole message, header included.
pub fn write<M: Message>(message: &M) -> Result<Written, EncodeError> {
    // The header's length is that of a body not written yet: write the body alone first, to know it.
    let body = build(|w| message.write(w))?;
    let length = u32::try_from(body.bytes.len()).unwrap_or(u32::MAX);
    if length as usize > LengthPrefix::U24.max() {
        return Err(EncodeError { name: M::NAME, length: body.bytes.len(), max: LengthPrefix::U24.max() });
    }
    build(|w| {
        w.code(FieldName::MsgType, M::TYPE);
        w.u24(FieldName::HandshakeLength, length);
        w.group(M::NAME, |w| message.write(w))
    })
}

/// The type and length that a message's first four bytes announce, if they are there.
pub fn peek(bytes: &[u8]) -> Option<(HandshakeType, usize)> {
    let [kind, high, middle, low] = *bytes.first_chunk::<HEADER_LENGTH>()?;
    Some((HandshakeType(kind), u32::from_be_bytes([0, high, middle, low]) as usize))
}

/// Where a message type is defined, whatever form the key exchange gives it.
pub fn reference(kind: HandshakeType) -> Reference {
    match kind {
        HandshakeType::HELLO_REQUEST => HelloRequest::REFERENCE,
        HandshakeType::CLIENT_HELLO => ClientHello::REFERENCE,
        HandshakeType::SERVER_HELLO => ServerHello::REFERENCE,
        HandshakeType::NEW_SESSION_TICKET => NewSessionTicket::REFERENCE,
        HandshakeType::CERTIFICATE => Certificate::REFERENCE,
        HandshakeType::SERVER_KEY_EXCHANGE => Reference::new(5246, "7.4.3"),
        HandshakeType::CERTIFICATE_REQUEST => CertificateRequest::REFERENCE,
        HandshakeType::SERVER_HELLO_DONE => ServerHelloDone::REFERENCE,
        HandshakeType::CERTIFICATE_VERIFY => CertificateVerify::REFERENCE,
        HandshakeType::CLIENT_KEY_EXCHANGE => Reference::new(5246, "7.4.7"),
        HandshakeType::FINISHED => Finished::REFERENCE,
        _ => Reference::new(5246, "7.4"),
    }
}

/// `HelloRequest`: the server asks for a new handshake. It has no body and belongs to no transcript.
///
/// `struct { } HelloRequest;` (RFC 5246, section 7.4.1.1), sent by a server at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HelloRequest;

impl Message for HelloRequest {
    const TYPE: HandshakeType = HandshakeType::HELLO_REQUEST;
    const NAME: FieldName = FieldName::HelloRequest;
    const REFERENCE: Reference = Reference::new(5246, "7.4.1.1");

    fn read(_: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self)
    }

    fn write(&self, _: &mut Writer) -> Result<(), EncodeError> {
        Ok(())
    }
}

/// `Certificate`: the sender's certificate, then each issuer's in turn.
///
/// `struct { ASN.1Cert certificate_list<0..2^24-1>; } Certificate;` (RFC 5246, section 7.4.2), sent by the server
/// after its `ServerHello`, and by a client that was asked for it; a client that has none sends an empty list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Certificates in DER, the sender's own first.
    pub certificate_list: Vec<Vec<u8>>,
}

impl Message for Certificate {
    const TYPE: HandshakeType = HandshakeType::CERTIFICATE;
    const NAME: FieldName = FieldName::Certificate;
    const REFERENCE: Reference = Reference::new(5246, "7.4.2");

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let certificate_list =
            r.list(FieldName::CertificateList, LengthPrefix::U24, 0..=LengthPrefix::U24.max(), |r| {
                let range = 1..=LengthPrefix::U24.max();
                Ok(r.opaque(FieldName::Asn1Cert, FieldName::CertificateDer, LengthPrefix::U24, range)?.to_vec())
            })?;
        Ok(Self { certificate_list })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.vector(FieldName::CertificateList, LengthPrefix::U24, |w| {
            self.certificate_list
                .iter()
                .try_for_each(|der| w.opaque(FieldName::Asn1Cert, FieldName::CertificateDer, LengthPrefix::U24, der))
        })
    }
}

/// `ServerHelloDone`: the server's flight is complete.
///
/// `struct { } ServerHelloDone;` (RFC 5246, section 7.4.5), sent by the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerHelloDone;

impl Message for ServerHelloDone {
    const TYPE: HandshakeType = HandshakeType::SERVER_HELLO_DONE;
    const NAME: FieldName = FieldName::ServerHelloDone;
    const REFERENCE: Reference = Reference::new(5246, "7.4.5");

    fn read(_: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self)
    }

    fn write(&self, _: &mut Writer) -> Result<(), EncodeError> {
        Ok(())
    }
}

/// `Finished`: proof that the sender saw the same messages and holds the same `master_secret`.
///
/// `struct { opaque verify_data[verify_data_length]; } Finished;` (RFC 5246, section 7.4.9), sent by both sides right
/// after their `ChangeCipherSpec`, as the first protected record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finished {
    /// `PRF(master_secret, finished_label, Hash(handshake_messages))`, cut to its length.
    pub verify_data: [u8; VERIFY_DATA_LENGTH],
}

impl Message for Finished {
    const TYPE: HandshakeType = HandshakeType::FINISHED;
    const NAME: FieldName = FieldName::Finished;
    const REFERENCE: Reference = Reference::new(5246, "7.4.9");

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self { verify_data: r.array(FieldName::VerifyData)? })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.bytes(FieldName::VerifyData, &self.verify_data);
        Ok(())
    }
}

/// An error about a code point just read.
fn unknown<C: CodePoint>(r: &Reader<'_>, name: FieldName, reason: &'static str) -> DecodeError {
    let mut error = r.illegal(name, reason);
    error.offset = r.offset().saturating_sub(C::WIDTH);
    error.kind = DecodeErrorKind::Illegal { reason };
    error
}
