//! A cursor that reads fields and records where each of them lies.

use core::ops::RangeInclusive;

use super::codepoint::CodePoint;
use super::span::{Field, FieldValue};
use super::{DecodeError, DecodeErrorKind, FieldName, LengthPrefix};

/// Reads a buffer from front to back. Every read names the field it reads; the names and places make the field tree.
#[derive(Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Fields opened and not closed yet, outermost first. The first stands for the buffer itself.
    open: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    name: Option<FieldName>,
    start: usize,
    /// Offset behind the last byte that may belong to the field.
    limit: usize,
    /// Whether the field ends at `limit`, wherever reading stops. A group ends where its last child ends.
    bounded: bool,
    children: Vec<Field>,
}

/// A value read from a buffer, or why it could not be read; with the fields in either case.
#[derive(Debug)]
pub struct Parsed<T> {
    /// The value, or the first thing wrong with the bytes.
    pub result: Result<T, DecodeError>,
    /// All fields that were read. What was not is a leaf named [`FieldName::Unparsed`].
    pub fields: Vec<Field>,
}

/// Reads all of `bytes` with `read`. Bytes left over are an error.
pub fn parse<'a, T>(bytes: &'a [u8], read: impl FnOnce(&mut Reader<'a>) -> Result<T, DecodeError>) -> Parsed<T> {
    let mut reader = Reader::new(bytes);
    let result = read(&mut reader).and_then(|value| reader.expect_end().map(|()| value));
    Parsed { result, fields: reader.into_fields() }
}

impl<'a> Reader<'a> {
    /// A reader at the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        let buffer = Open { name: None, start: 0, limit: bytes.len(), bounded: true, children: Vec::new() };
        Self { bytes, at: 0, open: vec![buffer] }
    }

    /// An unsigned integer of one byte.
    pub fn u8(&mut self, name: FieldName) -> Result<u8, DecodeError> {
        let [value] = low_bytes(self.number(name, 1)?);
        Ok(value)
    }

    /// An unsigned big-endian integer of two bytes.
    pub fn u16(&mut self, name: FieldName) -> Result<u16, DecodeError> {
        Ok(u16::from_be_bytes(low_bytes(self.number(name, 2)?)))
    }

    /// An unsigned big-endian integer of three bytes.
    pub fn u24(&mut self, name: FieldName) -> Result<u32, DecodeError> {
        self.number(name, 3)
    }

    /// An unsigned big-endian integer of four bytes.
    pub fn u32(&mut self, name: FieldName) -> Result<u32, DecodeError> {
        self.number(name, 4)
    }

    /// A code point of a registry. Unknown values are kept.
    pub fn code<C: CodePoint>(&mut self, name: FieldName) -> Result<C, DecodeError> {
        let start = self.at;
        let code = be(self.take(name, C::WIDTH)?);
        let point = C::from_code(code);
        let value = FieldValue::Code { code, name: point.name().map(Into::into) };
        self.push(Field::leaf(name, start, self.at, Some(value)));
        Ok(point)
    }

    /// `length` bytes with no inner structure. Zero bytes leave no field.
    pub fn bytes(&mut self, name: FieldName, length: usize) -> Result<&'a [u8], DecodeError> {
        let start = self.at;
        let bytes = self.take(name, length)?;
        if length > 0 {
            self.push(Field::leaf(name, start, self.at, None));
        }
        Ok(bytes)
    }

    /// `N` bytes with no inner structure.
    pub fn array<const N: usize>(&mut self, name: FieldName) -> Result<[u8; N], DecodeError> {
        let mut array = [0; N];
        array.copy_from_slice(self.bytes(name, N)?);
        Ok(array)
    }

    /// Everything up to the end of the enclosing field, as one leaf. An empty rest leaves no field.
    pub fn rest(&mut self, name: FieldName) -> &'a [u8] {
        let (start, end) = (self.at, self.limit());
        self.at = end;
        if end > start {
            self.push(Field::leaf(name, start, end, None));
        }
        &self.bytes[start..end]
    }

    /// A struct: the fields that `read` reads become children of `name`.
    pub fn group<T>(
        &mut self,
        name: FieldName,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let limit = self.limit();
        self.open.push(Open { name: Some(name), start: self.at, limit, bounded: false, children: Vec::new() });
        let value = read(self)?;
        self.close();
        Ok(value)
    }

    /// A field of exactly `length` bytes, which `read` has to use up.
    pub fn sized<T>(
        &mut self,
        name: FieldName,
        length: usize,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        if length > self.remaining() {
            return Err(self.truncated(name, length));
        }
        self.open.push(Open {
            name: Some(name),
            start: self.at,
            limit: self.at + length,
            bounded: true,
            children: Vec::new(),
        });
        let value = read(self)?;
        self.expect_end()?;
        self.close();
        Ok(value)
    }

    /// A variable-length vector (RFC 5246, section 4.3): a length, which must lie in `range`, and that many bytes.
    pub fn vector<T>(
        &mut self,
        name: FieldName,
        prefix: LengthPrefix,
        range: RangeInclusive<usize>,
        read: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let limit = self.limit();
        self.open.push(Open { name: Some(name), start: self.at, limit, bounded: false, children: Vec::new() });
        let length_at = self.at;
        let length = self.number(FieldName::Length, prefix.width())? as usize;
        if !range.contains(&length) {
            return Err(self.error_at(length_at, DecodeErrorKind::LengthOutOfRange { length, range }));
        }
        if length > self.remaining() {
            return Err(
                self.error_at(length_at, DecodeErrorKind::Truncated { needed: length, available: self.remaining() })
            );
        }
        if let Some(vector) = self.open.last_mut() {
            vector.limit = self.at + length;
            vector.bounded = true;
        }
        let value = read(self)?;
        self.expect_end()?;
        self.close();
        Ok(value)
    }

    /// A variable-length vector of bytes with no inner structure, as the leaf `contents` under `name`.
    pub fn opaque(
        &mut self,
        name: FieldName,
        contents: FieldName,
        prefix: LengthPrefix,
        range: RangeInclusive<usize>,
    ) -> Result<&'a [u8], DecodeError> {
        self.vector(name, prefix, range, |r| Ok(r.rest(contents)))
    }

    /// A vector of items, each read by `item`.
    pub fn list<T>(
        &mut self,
        name: FieldName,
        prefix: LengthPrefix,
        range: RangeInclusive<usize>,
        mut item: impl FnMut(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<Vec<T>, DecodeError> {
        self.vector(name, prefix, range, |r| {
            let mut items = Vec::new();
            while !r.is_at_end() {
                items.push(item(r)?);
            }
            Ok(items)
        })
    }

    /// Says what the bytes of the field read last mean.
    pub fn annotate(&mut self, value: FieldValue) {
        if let Some(field) = self.open.last_mut().and_then(|open| open.children.last_mut()) {
            field.value = Some(value);
        }
    }

    /// Whether the enclosing field has no byte left.
    pub fn is_at_end(&self) -> bool {
        self.remaining() == 0
    }

    /// Bytes left in the enclosing field.
    pub fn remaining(&self) -> usize {
        self.limit() - self.at
    }

    /// Offset of the next byte.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// The next bytes, without moving: for formats that have to look at a tag before they can name it.
    pub fn peek(&self, length: usize) -> Option<&'a [u8]> {
        if length <= self.remaining() { self.bytes.get(self.at..self.at + length) } else { None }
    }

    /// An error about the field read last, at its first byte.
    pub fn illegal(&self, name: FieldName, reason: &'static str) -> DecodeError {
        let offset = self
            .open
            .last()
            .and_then(|open| open.children.iter().rev().find(|field| field.name == name))
            .map_or(self.at, |field| field.start);
        let mut error = self.error_at(offset, DecodeErrorKind::Illegal { reason });
        error.path.push(name);
        error
    }

    fn number(&mut self, name: FieldName, width: usize) -> Result<u32, DecodeError> {
        let start = self.at;
        let number = be(self.take(name, width)?);
        self.push(Field::leaf(name, start, self.at, Some(FieldValue::Number { number })));
        Ok(number)
    }

    fn take(&mut self, name: FieldName, length: usize) -> Result<&'a [u8], DecodeError> {
        if length > self.remaining() {
            return Err(self.truncated(name, length));
        }
        let bytes = &self.bytes[self.at..self.at + length];
        self.at += length;
        Ok(bytes)
    }

    fn truncated(&self, name: FieldName, needed: usize) -> DecodeError {
        let mut error = self.error_at(self.at, DecodeErrorKind::Truncated { needed, available: self.remaining() });
        error.path.push(name);
        error
    }

    fn expect_end(&self) -> Result<(), DecodeError> {
        match self.remaining() {
            0 => Ok(()),
            left => Err(self.error_at(self.at, DecodeErrorKind::Trailing { left })),
        }
    }

    fn error_at(&self, offset: usize, kind: DecodeErrorKind) -> DecodeError {
        DecodeError { kind, offset, path: self.open.iter().filter_map(|open| open.name).collect() }
    }

    fn limit(&self) -> usize {
        self.open.last().map_or(self.bytes.len(), |open| open.limit)
    }

    fn push(&mut self, field: Field) {
        if let Some(open) = self.open.last_mut() {
            open.children.push(field);
        }
    }

    /// Closes the innermost field; what it should have held and nobody read becomes a leaf.
    fn close(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        if open.bounded && self.at < open.limit {
            open.children.push(Field::leaf(FieldName::Unparsed, self.at, open.limit, None));
            self.at = open.limit;
        }
        if let Some(name) = open.name {
            self.push(Field { name, start: open.start, end: self.at, value: None, children: open.children });
        } else {
            self.open.push(open);
        }
    }

    fn into_fields(mut self) -> Vec<Field> {
        while self.open.len() > 1 {
            self.close();
        }
        self.close();
        self.open.pop().map(|buffer| buffer.children).unwrap_or_default()
    }
}

/// The last `N` bytes of a big-endian number.
fn low_bytes<const N: usize>(number: u32) -> [u8; N] {
    let mut bytes = [0; N];
    bytes.copy_from_slice(&number.to_be_bytes()[4 - N..]);
    bytes
}

fn be(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}
