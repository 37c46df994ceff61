//! References to the RFCs, as data.

use serde::Serialize;

/// A place in an RFC or another standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
pub struct Reference {
    /// The RFC's number.
    pub rfc: u16,
    /// The section, as the RFC numbers it.
    pub section: &'static str,
}

impl Reference {
    /// The given section of the given RFC.
    pub const fn new(rfc: u16, section: &'static str) -> Self {
        Self { rfc, section }
    }
}
