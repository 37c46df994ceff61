//! Records (RFC 5246, section 6.2).

use super::codepoint::{ContentType, ProtocolVersion};
use super::{DecodeError, EncodeError, FieldName, Parsed, Reader, Writer, Written, alert, build, parse};

/// Bytes of a record's header.
pub const HEADER_LENGTH: usize = 5;
/// The most a record may hold in the clear (RFC 5246, section 6.2.1).
pub const MAX_PLAINTEXT: usize = 1 << 14;
/// The most a protected record may hold (RFC 5246, section 6.2.3).
pub const MAX_CIPHERTEXT: usize = MAX_PLAINTEXT + 2048;
/// Bytes of the nonce that a GCM record carries (RFC 5288, section 3).
pub const NONCE_EXPLICIT_LENGTH: usize = 8;
/// Bytes of the authentication tag that a GCM record ends in.
pub const TAG_LENGTH: usize = 16;

/// How the fragment of a record is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// In the clear.
    None,
    /// `GenericAEADCipher` with an explicit nonce (RFC 5246, section 6.2.3.3; RFC 5288, section 3).
    Aead,
}

/// A record's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordHeader {
    /// What the record carries.
    pub content_type: ContentType,
    /// The protocol version it claims.
    pub version: ProtocolVersion,
    /// Bytes that follow the header.
    pub length: usize,
}

impl RecordHeader {
    /// The header at the start of `bytes`, if all of it is there.
    pub fn peek(bytes: &[u8]) -> Option<Self> {
        let [content_type, major, minor, high, low] = *bytes.first_chunk::<HEADER_LENGTH>()?;
        Some(Self {
            content_type: ContentType(content_type),
            version: ProtocolVersion(u16::from_be_bytes([major, minor])),
            length: usize::from(u16::from_be_bytes([high, low])),
        })
    }
}

/// A record taken apart: its header and its fragment, still encrypted if it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// What the record carries.
    pub content_type: ContentType,
    /// The protocol version it claims.
    pub version: ProtocolVersion,
    /// What follows the header.
    pub fragment: &'a [u8],
}

/// Reads one whole record.
pub fn read(bytes: &[u8], protection: Protection) -> Parsed<Record<'_>> {
    parse(bytes, |r| {
        let content_type = r.code(FieldName::ContentType)?;
        let version = r.code(FieldName::RecordVersion)?;
        let length = usize::from(r.u16(FieldName::RecordLength)?);
        let fragment = r.peek(length).unwrap_or_default();
        r.sized(FieldName::Fragment, length, |r| read_fragment(r, content_type, protection))?;
        Ok(Record { content_type, version, fragment })
    })
}

/// Writes one whole record.
pub fn write(
    content_type: ContentType,
    version: ProtocolVersion,
    fragment: &[u8],
    protection: Protection,
) -> Result<Written, EncodeError> {
    build(|w| {
        w.code(FieldName::ContentType, content_type);
        w.code(FieldName::RecordVersion, version);
        let length = u16::try_from(fragment.len()).map_err(|_| EncodeError {
            name: FieldName::Fragment,
            length: fragment.len(),
            max: usize::from(u16::MAX),
        })?;
        w.u16(FieldName::RecordLength, length);
        w.group(FieldName::Fragment, |w| {
            write_fragment(w, content_type, fragment, protection);
            Ok(())
        })
    })
}

/// The explicit nonce and the ciphertext with its tag, of a protected fragment long enough to hold them.
pub fn split_aead(fragment: &[u8]) -> Option<(&[u8; NONCE_EXPLICIT_LENGTH], &[u8])> {
    let (nonce, ciphertext) = fragment.split_first_chunk()?;
    (ciphertext.len() >= TAG_LENGTH).then_some((nonce, ciphertext))
}

/// Reads content in the clear: of an unprotected record, or decrypted. Only short contents have fields of their own;
/// handshake messages are reassembled first.
pub(crate) fn read_content(r: &mut Reader<'_>, content_type: ContentType) -> Result<(), DecodeError> {
    match (content_type, r.remaining()) {
        (ContentType::ALERT, 2) => alert::Alert::read(r).map(|_| ()),
        (ContentType::CHANGE_CIPHER_SPEC, 1) => r.u8(FieldName::ChangeCipherSpecType).map(|_| ()),
        (ContentType::APPLICATION_DATA, _) => {
            r.rest(FieldName::ApplicationData);
            Ok(())
        }
        _ => {
            r.rest(FieldName::HandshakeBytes);
            Ok(())
        }
    }
}

fn read_fragment(r: &mut Reader<'_>, content_type: ContentType, protection: Protection) -> Result<(), DecodeError> {
    match protection {
        Protection::None => read_content(r, content_type),
        Protection::Aead => {
            // Too short for a nonce and a tag: it will not open, and has no parts to show.
            let Some(content) = r.remaining().checked_sub(NONCE_EXPLICIT_LENGTH + TAG_LENGTH) else {
                r.rest(FieldName::EncryptedContent);
                return Ok(());
            };
            r.bytes(FieldName::NonceExplicit, NONCE_EXPLICIT_LENGTH)?;
            r.bytes(FieldName::EncryptedContent, content)?;
            r.bytes(FieldName::AuthenticationTag, TAG_LENGTH)?;
            Ok(())
        }
    }
}

fn write_fragment(w: &mut Writer, content_type: ContentType, fragment: &[u8], protection: Protection) {
    match (protection, content_type, fragment) {
        (Protection::Aead, ..) => match split_aead(fragment) {
            Some((nonce, ciphertext)) => {
                let (content, tag) = ciphertext.split_at(ciphertext.len() - TAG_LENGTH);
                w.bytes(FieldName::NonceExplicit, nonce);
                w.bytes(FieldName::EncryptedContent, content);
                w.bytes(FieldName::AuthenticationTag, tag);
            }
            None => w.bytes(FieldName::EncryptedContent, fragment),
        },
        (Protection::None, ContentType::ALERT, &[level, description]) => {
            alert::Alert { level: alert::AlertLevel(level), description: alert::AlertDescription(description) }
                .write(w);
        }
        (Protection::None, ContentType::CHANGE_CIPHER_SPEC, &[kind]) => w.u8(FieldName::ChangeCipherSpecType, kind),
        (Protection::None, ContentType::APPLICATION_DATA, _) => w.bytes(FieldName::ApplicationData, fragment),
        (Protection::None, ..) => w.bytes(FieldName::HandshakeBytes, fragment),
    }
}
