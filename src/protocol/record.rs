//! The record layer: bytes from the wire become records, records become messages, and back; keys protect records.

pub(crate) mod channel;
pub(crate) mod inbound;
pub(crate) mod joiner;
pub(crate) mod protection;
