//! A cursor that writes fields and records where each of them lies: the mirror of [`Reader`](super::Reader).

use super::codepoint::CodePoint;
use super::span::{Field, FieldValue};
use super::{EncodeError, FieldName, LengthPrefix};

/// Writes a buffer from front to back. The field tree comes out equal to the one a reader of the same bytes makes.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    /// Children of the fields opened and not closed yet, outermost first.
    open: Vec<Vec<Field>>,
    fields: Vec<Field>,
}

/// Bytes that were written, with their fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The buffer.
    pub bytes: Vec<u8>,
    /// Its fields, which tile it.
    pub fields: Vec<Field>,
}

/// Builds a buffer with `write`.
pub fn build(write: impl FnOnce(&mut Writer) -> Result<(), EncodeError>) -> Result<Written, EncodeError> {
    let mut writer = Writer::default();
    write(&mut writer)?;
    Ok(Written { bytes: writer.bytes, fields: writer.fields })
}

impl Writer {
    /// An unsigned integer of one byte.
    pub fn u8(&mut self, name: FieldName, number: u8) {
        self.number(name, 1, u32::from(number));
    }

    /// An unsigned big-endian integer of two bytes.
    pub fn u16(&mut self, name: FieldName, number: u16) {
        self.number(name, 2, u32::from(number));
    }

    /// An unsigned big-endian integer of three bytes; higher bits are dropped.
    pub fn u24(&mut self, name: FieldName, number: u32) {
        self.number(name, 3, number & 0x00ff_ffff);
    }

    /// An unsigned big-endian integer of four bytes.
    pub fn u32(&mut self, name: FieldName, number: u32) {
        self.number(name, 4, number);
    }

    /// A code point of a registry.
    pub fn code<C: CodePoint>(&mut self, name: FieldName, point: C) {
        let start = self.bytes.len();
        let code = point.code();
        self.put(code, C::WIDTH);
        let value = FieldValue::Code { code, name: point.name().map(Into::into) };
        self.push(Field::leaf(name, start, self.bytes.len(), Some(value)));
    }

    /// Bytes with no inner structure. Zero bytes leave no field, as in the reader's `rest`.
    pub fn bytes(&mut self, name: FieldName, bytes: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        if !bytes.is_empty() {
            self.push(Field::leaf(name, start, self.bytes.len(), None));
        }
    }

    /// Says what the bytes of the field written last mean.
    pub fn annotate(&mut self, value: FieldValue) {
        let siblings = self.open.last_mut().unwrap_or(&mut self.fields);
        if let Some(field) = siblings.last_mut() {
            field.value = Some(value);
        }
    }

    /// A struct: the fields that `write` writes become children of `name`.
    pub fn group(
        &mut self,
        name: FieldName,
        write: impl FnOnce(&mut Self) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let start = self.bytes.len();
        self.open.push(Vec::new());
        write(self)?;
        self.close(name, start);
        Ok(())
    }

    /// A variable-length vector (RFC 5246, section 4.3). Its length is filled in when `write` is done.
    pub fn vector(
        &mut self,
        name: FieldName,
        prefix: LengthPrefix,
        write: impl FnOnce(&mut Self) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let start = self.bytes.len();
        self.open.push(Vec::new());
        self.number(FieldName::Length, prefix.width(), 0);
        let contents = self.bytes.len();
        write(self)?;
        let length = self.bytes.len() - contents;
        if length > prefix.max() {
            return Err(EncodeError { name, length, max: prefix.max() });
        }
        #[expect(clippy::cast_possible_truncation, reason = "bounded by the prefix's maximum, at most 2^24 - 1")]
        let number = length as u32;
        self.bytes[start..contents].copy_from_slice(&number.to_be_bytes()[4 - prefix.width()..]);
        if let Some(field) = self.open.last_mut().and_then(|children| children.first_mut()) {
            field.value = Some(FieldValue::Number { number });
        }
        self.close(name, start);
        Ok(())
    }

    /// A variable-length vector of bytes with no inner structure, as the leaf `contents` under `name`.
    pub fn opaque(
        &mut self,
        name: FieldName,
        contents: FieldName,
        prefix: LengthPrefix,
        bytes: &[u8],
    ) -> Result<(), EncodeError> {
        self.vector(name, prefix, |w| {
            w.bytes(contents, bytes);
            Ok(())
        })
    }

    fn number(&mut self, name: FieldName, width: usize, number: u32) {
        let start = self.bytes.len();
        self.put(number, width);
        self.push(Field::leaf(name, start, self.bytes.len(), Some(FieldValue::Number { number })));
    }

    fn put(&mut self, number: u32, width: usize) {
        self.bytes.extend_from_slice(&number.to_be_bytes()[4 - width..]);
    }

    fn push(&mut self, field: Field) {
        self.open.last_mut().unwrap_or(&mut self.fields).push(field);
    }

    fn close(&mut self, name: FieldName, start: usize) {
        let children = self.open.pop().unwrap_or_default();
        self.push(Field { name, start, end: self.bytes.len(), value: None, children });
    }
}
