//! What a key consists of, by name, for whoever searches a memory for it.

use core::fmt;

use serde::Serialize;

/// Bytes of a value.
#[derive(Clone, PartialEq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Part {
    /// The part's name within its value (`d`, `p`, `q`, `pkcs8`); empty where the value has one part.
    pub name: &'static str,
    /// The bytes, as the value rests in its holder's memory.
    #[serde(serialize_with = "crate::wire::as_bytes")]
    #[cfg_attr(target_family = "wasm", tsify(type = "Uint8Array"))]
    pub bytes: Vec<u8>,
}

/// A part may be a secret: its length is all that a debug line says.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{} bytes]", self.name, self.bytes.len())
    }
}
