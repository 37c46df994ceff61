//! What a party waits for.

use serde::Serialize;

use crate::wire::codepoint::{ContentType, HandshakeType};

/// What a party needs from its peer before it can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(tag = "is", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Expected {
    /// A handshake message of one of these types.
    Handshake {
        /// Their names, as the registry has them.
        #[cfg_attr(target_family = "wasm", tsify(type = "string[]"))]
        messages: &'static [HandshakeType],
    },
    /// Something that is no handshake message.
    Content {
        /// Its type.
        #[cfg_attr(target_family = "wasm", tsify(type = "string"))]
        content_type: ContentType,
    },
    /// The rest of a record, whose beginning is here.
    RestOfRecord,
}

impl Expected {
    /// Content of this type.
    pub(crate) const fn content(content_type: ContentType) -> Self {
        Self::Content { content_type }
    }
}
