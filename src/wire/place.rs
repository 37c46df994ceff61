//! Places in buffers: what an error or a layer of bytes points at.

use serde::Serialize;

use super::FieldName;

/// A buffer's number, unique within one party's connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct BufferId(pub u32);

/// A run of bytes of a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Slice {
    /// The buffer.
    pub buffer: BufferId,
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
}

/// A place in a buffer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The buffer; `None` where the bytes never became one.
    pub buffer: Option<BufferId>,
    /// Offset of the offending byte.
    pub offset: usize,
    /// The fields around it, outermost first.
    pub path: Vec<FieldName>,
}
