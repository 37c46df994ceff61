//! The two hellos.

use super::Message;
use crate::wire::codepoint::{CipherSuite, CompressionMethod, HandshakeType, ProtocolVersion};
use crate::wire::extension::{Extension, Hello};
use crate::wire::reference::Reference;
use crate::wire::{DecodeError, EncodeError, FieldName, LengthPrefix, Reader, Writer};

/// `ClientHello`: what the client offers.
///
/// ```text
/// struct {
///     ProtocolVersion client_version;
///     Random random;
///     SessionID session_id;
///     CipherSuite cipher_suites<2..2^16-2>;
///     CompressionMethod compression_methods<1..2^8-1>;
///     select (extensions_present) {
///         case false: struct {};
///         case true:  Extension extensions<0..2^16-1>;
///     };
/// } ClientHello;
/// ```
///
/// (RFC 5246, section 7.4.1.2), sent by the client as the first message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientHello {
    /// The highest version the client speaks.
    pub client_version: ProtocolVersion,
    /// 32 random bytes.
    pub random: [u8; 32],
    /// The session the client would like to resume; empty for a new one.
    pub session_id: Vec<u8>,
    /// Suites, best first.
    pub cipher_suites: Vec<CipherSuite>,
    /// Compression methods, best first.
    pub compression_methods: Vec<CompressionMethod>,
    /// Extensions.
    pub extensions: Vec<Extension>,
}

impl Message for ClientHello {
    const TYPE: HandshakeType = HandshakeType::CLIENT_HELLO;
    const NAME: FieldName = FieldName::ClientHello;
    const REFERENCE: Reference = Reference::new(5246, "7.4.1.2");

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            client_version: r.code(FieldName::ClientVersion)?,
            random: r.array(FieldName::Random)?,
            session_id: read_session_id(r)?,
            cipher_suites: r
                .list(FieldName::CipherSuites, LengthPrefix::U16, 2..=0xfffe, |r| r.code(FieldName::CipherSuite))?,
            compression_methods: r.list(FieldName::CompressionMethods, LengthPrefix::U8, 1..=255, |r| {
                r.code(FieldName::CompressionMethod)
            })?,
            extensions: Extension::read_all(r, Hello::Client)?,
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.code(FieldName::ClientVersion, self.client_version);
        w.bytes(FieldName::Random, &self.random);
        w.opaque(FieldName::SessionId, FieldName::SessionIdBytes, LengthPrefix::U8, &self.session_id)?;
        w.vector(FieldName::CipherSuites, LengthPrefix::U16, |w| {
            self.cipher_suites.iter().for_each(|suite| w.code(FieldName::CipherSuite, *suite));
            Ok(())
        })?;
        w.vector(FieldName::CompressionMethods, LengthPrefix::U8, |w| {
            self.compression_methods.iter().for_each(|method| w.code(FieldName::CompressionMethod, *method));
            Ok(())
        })?;
        Extension::write_all(&self.extensions, w)
    }
}

/// `ServerHello`: what the server chose.
///
/// ```text
/// struct {
///     ProtocolVersion server_version;
///     Random random;
///     SessionID session_id;
///     CipherSuite cipher_suite;
///     CompressionMethod compression_method;
///     select (extensions_present) {
///         case false: struct {};
///         case true:  Extension extensions<0..2^16-1>;
///     };
/// } ServerHello;
/// ```
///
/// (RFC 5246, section 7.4.1.3), sent by the server in answer to `ClientHello`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerHello {
    /// The version of this connection.
    pub server_version: ProtocolVersion,
    /// 32 random bytes.
    pub random: [u8; 32],
    /// The session's name, if it can be resumed later; empty if not.
    pub session_id: Vec<u8>,
    /// The suite of this connection.
    pub cipher_suite: CipherSuite,
    /// The compression method of this connection.
    pub compression_method: CompressionMethod,
    /// Answers to the client's extensions.
    pub extensions: Vec<Extension>,
}

impl Message for ServerHello {
    const TYPE: HandshakeType = HandshakeType::SERVER_HELLO;
    const NAME: FieldName = FieldName::ServerHello;
    const REFERENCE: Reference = Reference::new(5246, "7.4.1.3");

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            server_version: r.code(FieldName::ServerVersion)?,
            random: r.array(FieldName::Random)?,
            session_id: read_session_id(r)?,
            cipher_suite: r.code(FieldName::CipherSuite)?,
            compression_method: r.code(FieldName::CompressionMethod)?,
            extensions: Extension::read_all(r, Hello::Server)?,
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.code(FieldName::ServerVersion, self.server_version);
        w.bytes(FieldName::Random, &self.random);
        w.opaque(FieldName::SessionId, FieldName::SessionIdBytes, LengthPrefix::U8, &self.session_id)?;
        w.code(FieldName::CipherSuite, self.cipher_suite);
        w.code(FieldName::CompressionMethod, self.compression_method);
        Extension::write_all(&self.extensions, w)
    }
}

/// `opaque SessionID<0..32>;`
fn read_session_id(r: &mut Reader<'_>) -> Result<Vec<u8>, DecodeError> {
    Ok(r.opaque(FieldName::SessionId, FieldName::SessionIdBytes, LengthPrefix::U8, 0..=32)?.to_vec())
}
