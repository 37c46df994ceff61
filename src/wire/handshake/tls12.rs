//! The messages of TLS 1.2 (RFC 5246, section 7.4; RFC 8422, section 5), its hellos aside.

mod client_auth;
mod key_exchange;
mod ticket;

pub use client_auth::{CertificateRequest, CertificateVerify};
pub use key_exchange::{
    AnonymousKeyExchange, ClientDhPublic, ClientEcdhPublic, EncryptedPreMasterSecret, ServerDhParams, ServerEcdhParams,
    ServerKeyExchange, ServerParams, SignedParams,
};
pub use ticket::NewSessionTicket;

use super::{ClientHello, Message, ServerHello};
use crate::wire::codepoint::HandshakeType;
use crate::wire::reference::Reference;
use crate::wire::{DecodeError, EncodeError, FieldName, LengthPrefix, Reader, Writer};

/// Bytes of `verify_data` with every cipher suite we have.
pub const VERIFY_DATA_LENGTH: usize = 12;

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
