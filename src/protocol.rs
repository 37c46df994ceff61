//! TLS: what all versions share, and then each version.
//!
//! A connection is sans-IO: bytes go in, bytes and events come out, and one call does one unit of work. Each state is a
//! type that holds what exists in that state and nothing else; handling consumes it and gives the next.

pub(crate) mod connection;
pub(crate) mod handshake;
pub(crate) mod record;
pub(crate) mod session;
pub mod suite;
pub mod tls12;
