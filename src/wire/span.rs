//! Where every field of a buffer lies, and what it says.

use serde::Serialize;

use super::FieldName;

/// One field of a buffer, with the fields it is made of.
///
/// Offsets count bytes from the start of the buffer. A field either has children that tile it without gap or overlap,
/// or is a leaf. Length prefixes are fields too, so the leaves of a buffer tile the whole of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// The field's name in its RFC.
    pub name: FieldName,
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte.
    pub end: usize,
    /// What the bytes say, where they say more than themselves.
    pub value: Option<FieldValue>,
    /// The fields this one is made of, in the order of their bytes.
    pub children: Vec<Field>,
}

/// The meaning of a field's bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum FieldValue {
    /// An unsigned integer, such as a length.
    Number {
        /// Its value.
        number: u32,
    },
    /// A code point of a registry.
    Code {
        /// Its value.
        code: u32,
        /// The name the registry gives it; `None` where we know no such code point.
        name: Option<String>,
    },
    /// Text: a host name, a protocol name, an object identifier, a date.
    Text {
        /// The text itself.
        text: String,
    },
}

impl Field {
    /// A field without children.
    pub(crate) fn leaf(name: FieldName, start: usize, end: usize, value: Option<FieldValue>) -> Self {
        Self { name, start, end, value, children: Vec::new() }
    }

    /// Number of bytes the field covers.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether the field covers no byte, as an empty vector's contents do.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// All fields of this name, in the order of their bytes, whatever they are part of.
pub fn named(fields: &[Field], name: FieldName) -> Vec<&Field> {
    fields
        .iter()
        .flat_map(|field| {
            let own = (field.name == name).then_some(field);
            own.into_iter().chain(named(&field.children, name))
        })
        .collect()
}

/// Checks the rule every buffer keeps: siblings follow each other without gap or overlap and fill their parent.
///
/// Returns the offset of the first byte that breaks it.
pub fn tiles(fields: &[Field], start: usize, end: usize) -> Result<(), usize> {
    let mut at = start;
    for field in fields {
        if field.start != at || field.end < field.start {
            return Err(at);
        }
        if !field.children.is_empty() {
            tiles(&field.children, field.start, field.end)?;
        }
        at = field.end;
    }
    if at == end { Ok(()) } else { Err(at) }
}
