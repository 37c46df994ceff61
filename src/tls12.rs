//! TLS 1.2 (RFC 5246): RSA, DHE, ECDHE and anonymous DH key exchange, with AEAD or CBC cipher suites.
//!
//! A connection is sans-IO: bytes go in, bytes and events come out, and one call does one unit of work. Each state is a
//! type that holds what exists in that state and nothing else; handling consumes it and gives the next.

mod authenticate;
mod certificate_verify;
mod channel;
pub(crate) mod client;
mod connection;
mod derive;
mod finish;
mod handshake;
pub(crate) mod identity;
pub mod key_schedule;
pub(crate) mod listen;
mod one_time_key;
mod protection;
pub(crate) mod recover;
pub(crate) mod server;
pub(crate) mod session;
mod share;
pub mod suite;
pub(crate) mod ticket;

pub(crate) use connection::Connection;
pub(crate) use finish::Established;
pub(crate) use protection::Protection;
#[cfg(feature = "mutant-cipher")]
pub(crate) use protection::open_with_kept;
