//! TLS 1.2 (RFC 5246): RSA, DHE, ECDHE and anonymous DH key exchange, with AEAD or CBC cipher suites.

pub(crate) mod both;
pub(crate) mod client;
pub(crate) mod established;
pub(crate) mod handshake;
pub mod key_schedule;
pub(crate) mod server;
mod server_share;
