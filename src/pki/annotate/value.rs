//! What the contents of elements say, in words.

use core::fmt::Write;
use core::net::{Ipv4Addr, Ipv6Addr};

use const_oid::ObjectIdentifier;

use super::element::tag;
use crate::wire::{oid, printable};

/// Bytes in hexadecimal, with colons between them.
pub(super) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(3 * bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        // Writing to a String does not fail.
        let _ = write!(text, "{}{byte:02x}", if at == 0 { "" } else { ":" });
    }
    text
}

/// The name and the numbers of an object identifier: `serverAuth (1.3.6.1.5.5.7.3.1)`.
pub(super) fn oid(oid: &ObjectIdentifier) -> String {
    oid::name(oid).map_or_else(|| oid.to_string(), |name| format!("{name} ({oid})"))
}

/// The kind of a part of a distinguished name: `CN`, or its numbers (RFC 4514, section 3).
pub(super) fn attribute_type(oid: &ObjectIdentifier) -> String {
    oid::attribute_type(oid).map_or_else(|| oid.to_string(), Into::into)
}

/// The text of a string of the type that `tag` says, as it may be shown.
pub(super) fn text(tag: u8, bytes: &[u8]) -> Option<String> {
    let text: Option<String> = match tag {
        tag::UTF8_STRING => core::str::from_utf8(bytes).ok().map(Into::into),
        tag::PRINTABLE_STRING | tag::IA5_STRING => {
            core::str::from_utf8(bytes).ok().filter(|text| text.is_ascii()).map(Into::into)
        }
        tag::BMP_STRING => {
            let (pairs, []) = bytes.as_chunks::<2>() else {
                return None;
            };
            let units: Vec<u16> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
            String::from_utf16(&units).ok()
        }
        _ => None,
    };
    text.map(|text| printable(&text))
}

/// A date of RFC 5280, section 4.1.2.5, in ISO 8601.
pub(super) fn time(tag: u8, bytes: &[u8]) -> Option<String> {
    let digits = core::str::from_utf8(bytes.strip_suffix(b"Z")?).ok()?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (century, rest) = match tag {
        // Two digits for 1950 to 2049.
        tag::UTC_TIME if digits.len() == 12 => (if digits < "5" { "20" } else { "19" }, digits),
        tag::GENERALIZED_TIME if digits.len() == 14 => digits.split_at(2),
        _ => return None,
    };
    let part = |at: usize| &rest[at..at + 2];
    Some(format!("{century}{}-{}-{}T{}:{}:{}Z", part(0), part(2), part(4), part(6), part(8), part(10)))
}

/// An integer of up to eight bytes.
pub(super) fn number(bytes: &[u8]) -> Option<String> {
    let positive = bytes.first().is_some_and(|byte| *byte < 0x80);
    (positive && bytes.len() <= 8)
        .then(|| bytes.iter().fold(0, |number: u64, byte| number << 8 | u64::from(*byte)).to_string())
}

/// How long a large integer is.
pub(super) fn bit_length(bytes: &[u8]) -> Option<String> {
    let start = bytes.iter().position(|byte| *byte != 0)?;
    let first = bytes[start].leading_zeros() as usize;
    Some(format!("{} bits", 8 * (bytes.len() - start) - first))
}

/// DER knows two booleans (X.690, section 11.1).
pub(super) fn boolean(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0] => Some("FALSE".into()),
        [0xff] => Some("TRUE".into()),
        _ => None,
    }
}

/// An IP address.
pub(super) fn ip_address(bytes: &[u8]) -> Option<String> {
    if let Ok(address) = <[u8; 4]>::try_from(bytes) {
        return Some(Ipv4Addr::from(address).to_string());
    }
    <[u8; 16]>::try_from(bytes).ok().map(|address| Ipv6Addr::from(address).to_string())
}

/// The bits of a key usage, the first bit of the first byte first (RFC 5280, section 4.2.1.3).
pub(super) fn key_usage(bytes: &[u8], unused: u8) -> Option<String> {
    const NAMES: [&str; 9] = [
        "digitalSignature",
        "nonRepudiation",
        "keyEncipherment",
        "dataEncipherment",
        "keyAgreement",
        "keyCertSign",
        "cRLSign",
        "encipherOnly",
        "decipherOnly",
    ];
    let bits = (8 * bytes.len()).checked_sub(unused.into())?;
    let set = |bit: usize| bytes.get(bit / 8).is_some_and(|byte| byte << (bit % 8) & 0x80 != 0);
    let names: Vec<&str> =
        NAMES.iter().enumerate().filter(|(bit, _)| *bit < bits && set(*bit)).map(|(_, name)| *name).collect();
    Some(names.join(", "))
}
