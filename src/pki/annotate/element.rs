//! The elements of DER: tag, length, contents (X.690, section 8.1).

use crate::wire::{FieldName, FieldValue, Reader};

/// The first byte of an element.
pub(super) mod tag {
    pub(in super::super) const BOOLEAN: u8 = 0x01;
    pub(in super::super) const INTEGER: u8 = 0x02;
    pub(in super::super) const BIT_STRING: u8 = 0x03;
    pub(in super::super) const OCTET_STRING: u8 = 0x04;
    pub(in super::super) const NULL: u8 = 0x05;
    pub(in super::super) const OBJECT_IDENTIFIER: u8 = 0x06;
    pub(in super::super) const UTF8_STRING: u8 = 0x0c;
    pub(in super::super) const PRINTABLE_STRING: u8 = 0x13;
    pub(in super::super) const IA5_STRING: u8 = 0x16;
    pub(in super::super) const UTC_TIME: u8 = 0x17;
    pub(in super::super) const GENERALIZED_TIME: u8 = 0x18;
    pub(in super::super) const BMP_STRING: u8 = 0x1e;
    pub(in super::super) const SEQUENCE: u8 = 0x30;
    pub(in super::super) const SET: u8 = 0x31;

    /// The tag `[number]` of an element that holds others.
    pub(in super::super) const fn explicit(number: u8) -> u8 {
        0xa0 | number
    }

    /// The tag `[number]` of an element that holds a value.
    pub(in super::super) const fn implicit(number: u8) -> u8 {
        0x80 | number
    }
}

/// Tag and length of the element that comes next.
#[derive(Clone, Copy)]
struct Header {
    tag: u8,
    /// Bytes of the length: one, or one that says how many follow, and those.
    length_width: usize,
    length: usize,
}

impl Header {
    /// The next element's header, if all of the element is there.
    fn peek(r: &Reader<'_>) -> Option<Self> {
        let &[tag, first] = r.peek(2)? else { return None };
        // Tags of more than one byte do not occur in certificates, and DER has no element without a length (0x80).
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (length_width, length) = if first < 0x80 {
            (1, usize::from(first))
        } else {
            let digits = &r.peek(2 + usize::from(first & 0x7f))?[2..];
            if !(1..=3).contains(&digits.len()) {
                return None;
            }
            (1 + digits.len(), digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)))
        };
        let header = Self { tag, length_width, length };
        (header.total() <= r.remaining()).then_some(header)
    }

    fn total(self) -> usize {
        1 + self.length_width + self.length
    }
}

/// The tag of the next element, if all of the element is there.
pub(super) fn next_tag(r: &Reader<'_>) -> Option<u8> {
    Header::peek(r).map(|header| header.tag)
}

/// Reads the next element if it has this tag; else nothing. What `contents` leaves of it is unparsed.
pub(super) fn element<'a, T>(
    r: &mut Reader<'a>,
    name: FieldName,
    tag: u8,
    contents: impl FnOnce(&mut Reader<'a>) -> T,
) -> Option<T> {
    let header = Header::peek(r).filter(|header| header.tag == tag)?;
    // The header says that all bytes are there, so none of these reads fails.
    r.sized(name, header.total(), |r| {
        r.u8(FieldName::DerTag)?;
        r.annotate(FieldValue::Code { code: u32::from(tag), name: tag_name(tag).map(Into::into) });
        r.bytes(FieldName::DerLength, header.length_width)?;
        if let Ok(number) = u32::try_from(header.length) {
            r.annotate(FieldValue::Number { number });
        }
        let value = contents(r);
        r.rest(FieldName::Unparsed);
        Ok(value)
    })
    .ok()
}

/// Reads the next element if it has this tag, with contents that hold no further elements. `meaning` puts them
/// in words, which are returned.
pub(super) fn primitive(
    r: &mut Reader<'_>,
    name: FieldName,
    tag: u8,
    meaning: impl FnOnce(&[u8]) -> Option<String>,
) -> Option<String> {
    let text = element(r, name, tag, |r| contents(r, meaning))?;
    says(r, text.clone());
    text
}

/// The rest of an element, as one value.
pub(super) fn contents(r: &mut Reader<'_>, meaning: impl FnOnce(&[u8]) -> Option<String>) -> Option<String> {
    let bytes = r.rest(FieldName::DerValue);
    let text = meaning(bytes);
    if !bytes.is_empty() {
        says(r, text.clone());
    }
    text
}

/// Takes the next element whole, whatever it is.
pub(super) fn any(r: &mut Reader<'_>, name: FieldName) {
    if let Some(header) = Header::peek(r) {
        // The header says that all bytes are there.
        let _ = r.bytes(name, header.total());
    }
}

/// Says what the field that was read last says, where it says anything.
pub(super) fn says(r: &mut Reader<'_>, text: Option<String>) {
    if let Some(text) = text {
        r.annotate(FieldValue::Text { text });
    }
}

/// ASN.1's name of a universal tag.
const fn tag_name(tag: u8) -> Option<&'static str> {
    Some(match tag {
        tag::BOOLEAN => "BOOLEAN",
        tag::INTEGER => "INTEGER",
        tag::BIT_STRING => "BIT STRING",
        tag::OCTET_STRING => "OCTET STRING",
        tag::NULL => "NULL",
        tag::OBJECT_IDENTIFIER => "OBJECT IDENTIFIER",
        tag::UTF8_STRING => "UTF8String",
        tag::PRINTABLE_STRING => "PrintableString",
        tag::IA5_STRING => "IA5String",
        tag::UTC_TIME => "UTCTime",
        tag::GENERALIZED_TIME => "GeneralizedTime",
        tag::BMP_STRING => "BMPString",
        tag::SEQUENCE => "SEQUENCE",
        tag::SET => "SET",
        0x80 | 0xa0 => "[0]",
        0x81 | 0xa1 => "[1]",
        0x82 | 0xa2 => "[2]",
        0x83 | 0xa3 => "[3]",
        0x84 | 0xa4 => "[4]",
        0x85 | 0xa5 => "[5]",
        0x86 | 0xa6 => "[6]",
        0x87 | 0xa7 => "[7]",
        0x88 | 0xa8 => "[8]",
        _ => return None,
    })
}
