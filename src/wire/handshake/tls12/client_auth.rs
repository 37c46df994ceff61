//! How a server asks a client who it is, and how the client proves it.

use crate::wire::codepoint::{ClientCertificateType, HandshakeType, SignatureScheme};
use crate::wire::handshake::Message;
use crate::wire::reference::Reference;
use crate::wire::{DecodeError, EncodeError, FieldName, LengthPrefix, Reader, Writer};

/// `CertificateRequest`: the server asks for the client's certificate, and says which it would take.
///
/// ```text
/// struct {
///     ClientCertificateType certificate_types<1..2^8-1>;
///     SignatureAndHashAlgorithm supported_signature_algorithms<2..2^16-2>;
///     DistinguishedName certificate_authorities<0..2^16-1>;
/// } CertificateRequest;
/// ```
///
/// (RFC 5246, section 7.4.4), sent by the server before its `ServerHelloDone`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRequest {
    /// The kinds of keys it would take.
    pub certificate_types: Vec<ClientCertificateType>,
    /// How the client may sign, best first.
    pub supported_signature_algorithms: Vec<SignatureScheme>,
    /// The names of the authorities it trusts, in DER; empty for any.
    pub certificate_authorities: Vec<Vec<u8>>,
}

impl Message for CertificateRequest {
    const TYPE: HandshakeType = HandshakeType::CERTIFICATE_REQUEST;
    const NAME: FieldName = FieldName::CertificateRequest;
    const REFERENCE: Reference = Reference::new(5246, "7.4.4");

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        use LengthPrefix::{U8, U16};
        Ok(Self {
            certificate_types: r
                .list(FieldName::CertificateTypes, U8, 1..=255, |r| r.code(FieldName::CertificateType))?,
            supported_signature_algorithms: r.list(FieldName::SupportedSignatureAlgorithms, U16, 2..=0xfffe, |r| {
                r.code(FieldName::SignatureScheme)
            })?,
            certificate_authorities: r.list(FieldName::CertificateAuthorities, U16, 0..=0xffff, |r| {
                let name = r.opaque(FieldName::DistinguishedName, FieldName::DistinguishedNameDer, U16, 1..=0xffff)?;
                Ok(name.to_vec())
            })?,
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        use LengthPrefix::{U8, U16};
        w.vector(FieldName::CertificateTypes, U8, |w| {
            self.certificate_types.iter().for_each(|kind| w.code(FieldName::CertificateType, *kind));
            Ok(())
        })?;
        w.vector(FieldName::SupportedSignatureAlgorithms, U16, |w| {
            self.supported_signature_algorithms.iter().for_each(|scheme| w.code(FieldName::SignatureScheme, *scheme));
            Ok(())
        })?;
        w.vector(FieldName::CertificateAuthorities, U16, |w| {
            self.certificate_authorities
                .iter()
                .try_for_each(|name| w.opaque(FieldName::DistinguishedName, FieldName::DistinguishedNameDer, U16, name))
        })
    }
}

/// `CertificateVerify`: the client signs the handshake so far with the key of its certificate.
///
/// ```text
/// struct {
///     digitally-signed struct { opaque handshake_messages[handshake_messages_length]; }
/// } CertificateVerify;
/// ```
///
/// (RFC 5246, section 7.4.8), sent by the client after `ClientKeyExchange`, if it has sent a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateVerify {
    /// How it is signed.
    pub scheme: SignatureScheme,
    /// The signature over all handshake messages so far.
    pub signature: Vec<u8>,
}

impl Message for CertificateVerify {
    const TYPE: HandshakeType = HandshakeType::CERTIFICATE_VERIFY;
    const NAME: FieldName = FieldName::CertificateVerify;
    const REFERENCE: Reference = Reference::new(5246, "7.4.8");

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.group(FieldName::Signature, |r| {
            Ok(Self {
                scheme: r.code(FieldName::SignatureAlgorithm)?,
                signature: r
                    .opaque(FieldName::SignatureVector, FieldName::SignatureBytes, LengthPrefix::U16, 0..=0xffff)?
                    .to_vec(),
            })
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.group(FieldName::Signature, |w| {
            w.code(FieldName::SignatureAlgorithm, self.scheme);
            w.opaque(FieldName::SignatureVector, FieldName::SignatureBytes, LengthPrefix::U16, &self.signature)
        })
    }
}
