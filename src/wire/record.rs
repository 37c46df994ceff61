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
/// Bytes of the authentication tag that an AEAD record ends in.
pub const TAG_LENGTH: usize = 16;
/// Bytes of the IV that a CBC record carries (RFC 5246, section 6.2.3.2).
pub const IV_LENGTH: usize = 16;

/// How the fragment of a record is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FragmentLayout {
    /// In the clear.
    None,
    /// `GenericAEADCipher` with an explicit nonce (RFC 5246, section 6.2.3.3; RFC 5288, section 3).
    Gcm,
    /// `GenericAEADCipher` without one (RFC 7905, section 2).
    ChaCha20Poly1305,
    /// `GenericBlockCipher`: the MAC is encrypted with the content (RFC 5246, section 6.2.3.2).
    Cbc,
    /// `GenericBlockCipher` of `encrypt_then_mac`: the MAC stands at the end, in the clear (RFC 7366, section 3).
    CbcThenMac {
        /// Bytes of the MAC.
        mac_length: usize,
    },
}

impl FragmentLayout {
    /// How many bytes of a fragment come before the encrypted content, and behind it.
    const fn around(self) -> (usize, usize) {
        match self {
            Self::None => (0, 0),
            Self::Gcm => (NONCE_EXPLICIT_LENGTH, TAG_LENGTH),
            Self::ChaCha20Poly1305 => (0, TAG_LENGTH),
            Self::Cbc => (IV_LENGTH, 0),
            Self::CbcThenMac { mac_length } => (IV_LENGTH, mac_length),
        }
    }

    /// Whether a fragment of `length` bytes has room for its parts, in whole blocks where there are blocks. One that has not
    /// was never protected like this, whatever the key.
    pub(crate) const fn can_have(self, length: usize) -> bool {
        let (before, behind) = self.around();
        let Some(content) = length.checked_sub(before + behind) else { return false };
        match self {
            Self::None | Self::Gcm | Self::ChaCha20Poly1305 => true,
            Self::Cbc | Self::CbcThenMac { .. } => content > 0 && content.is_multiple_of(IV_LENGTH),
        }
    }

    /// Where the encrypted content of a whole record of `length` bytes begins and ends.
    pub(crate) fn encrypted(self, length: usize) -> core::ops::Range<usize> {
        let (before, behind) = self.around();
        let start = (HEADER_LENGTH + before).min(length);
        start..length.saturating_sub(behind).max(start)
    }

    /// The names of what comes before the encrypted content, and behind it.
    const fn names(self) -> (FieldName, FieldName) {
        match self {
            Self::None | Self::Gcm | Self::ChaCha20Poly1305 => (FieldName::NonceExplicit, FieldName::AuthenticationTag),
            Self::Cbc | Self::CbcThenMac { .. } => (FieldName::Iv, FieldName::Mac),
        }
    }
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
pub fn read(bytes: &[u8], protection: FragmentLayout) -> Parsed<Record<'_>> {
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
    protection: FragmentLayout,
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

/// Reads what a CBC record decrypts to: content, MAC if it is in there, padding. Where they end is for the caller to know:
/// it shows only once the padding has been checked.
pub(crate) fn read_blocks(bytes: &[u8], content: usize, mac: usize) -> Parsed<()> {
    parse(bytes, |r| {
        r.bytes(FieldName::Content, content)?;
        if mac > 0 {
            r.bytes(FieldName::Mac, mac)?;
        }
        let padding = r.remaining().saturating_sub(1);
        if padding > 0 {
            r.bytes(FieldName::Padding, padding)?;
        }
        r.u8(FieldName::PaddingLength).map(|_| ())
    })
}

fn read_fragment(r: &mut Reader<'_>, content_type: ContentType, protection: FragmentLayout) -> Result<(), DecodeError> {
    if protection == FragmentLayout::None {
        return read_content(r, content_type);
    }
    let ((before, behind), (first, last)) = (protection.around(), protection.names());
    // Too short for its parts: it will not open, and has none to show.
    let Some(content) = r.remaining().checked_sub(before + behind) else {
        r.rest(FieldName::EncryptedContent);
        return Ok(());
    };
    if before > 0 {
        r.bytes(first, before)?;
    }
    r.bytes(FieldName::EncryptedContent, content)?;
    if behind > 0 {
        r.bytes(last, behind)?;
    }
    Ok(())
}

fn write_fragment(w: &mut Writer, content_type: ContentType, fragment: &[u8], protection: FragmentLayout) {
    match (protection, content_type, fragment) {
        (FragmentLayout::None, ContentType::ALERT, &[level, description]) => {
            alert::Alert { level: alert::AlertLevel(level), description: alert::AlertDescription(description) }
                .write(w);
        }
        (FragmentLayout::None, ContentType::CHANGE_CIPHER_SPEC, &[kind]) => w.u8(FieldName::ChangeCipherSpecType, kind),
        (FragmentLayout::None, ContentType::APPLICATION_DATA, _) => w.bytes(FieldName::ApplicationData, fragment),
        (FragmentLayout::None, ..) => w.bytes(FieldName::HandshakeBytes, fragment),
        _ => write_protected(w, fragment, protection),
    }
}

fn write_protected(w: &mut Writer, fragment: &[u8], protection: FragmentLayout) {
    let ((before, behind), (first, last)) = (protection.around(), protection.names());
    if fragment.len() < before + behind {
        return w.bytes(FieldName::EncryptedContent, fragment);
    }
    let (head, rest) = fragment.split_at(before);
    let (content, tail) = rest.split_at(rest.len() - behind);
    if before > 0 {
        w.bytes(first, head);
    }
    w.bytes(FieldName::EncryptedContent, content);
    if behind > 0 {
        w.bytes(last, tail);
    }
}
