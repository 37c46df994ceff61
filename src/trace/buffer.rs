//! The layers of bytes: wire record, decrypted content, handshake message, certificate.

use serde::Serialize;

use crate::wire::Field;
use crate::wire::place::{BufferId, Slice};

/// Bytes that do not change any more, with all their fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Buffer {
    /// Its number.
    pub id: BufferId,
    /// Which layer it is.
    pub kind: BufferKind,
    /// The bytes.
    #[serde(serialize_with = "crate::wire::as_bytes")]
    #[cfg_attr(target_family = "wasm", tsify(type = "Uint8Array"))]
    pub bytes: Vec<u8>,
    /// The fields, which tile the bytes.
    pub fields: Vec<Field>,
    /// The slices of lower layers that the bytes are, or were decrypted from, in order. For a record, none. For what a
    /// sender builds, none either: there the upper layer comes first, and the record names it in its `carries`.
    pub source: Vec<Slice>,
    /// For a record that is sent: the buffer whose bytes it carries, in the clear or encrypted.
    pub carries: Option<Slice>,
}

/// Which layer a buffer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum BufferKind {
    /// A record as it crosses the wire, header included.
    Record,
    /// What a CBC record decrypts to: content, MAC, padding.
    Blocks,
    /// What a protected record holds, decrypted.
    Content,
    /// A whole handshake message, header included.
    Handshake,
    /// A certificate in DER.
    Certificate,
    /// A certificate signing request in DER.
    CertificateRequest,
}
