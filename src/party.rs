//! The parties: what each holds and does. Sans-IO: bytes in, bytes and events out, one unit of work a call.

mod attempt;
mod authority;
mod client;
mod credentials;
mod eavesdropper;
mod endpoint;
mod exchange;
pub mod http;
mod server;

pub use attempt::{Attempt, AttemptOutcome};
pub use authority::Authority;
pub use client::Client;
pub use eavesdropper::Eavesdropper;
pub use endpoint::Endpoint;
pub use server::Server;

pub use crate::adversary::eavesdrop::recover_tls12::{How, Link, Reading};
pub use crate::entropy::Environment;
pub use crate::protocol::session::Resumption;
pub use crate::protocol::tls12::client::ClientConfig;
pub use crate::protocol::tls12::server::{ClientCertificates, ServerConfig};
use crate::trace::Unit;

/// What a call of `advance` did.
#[derive(Clone, Debug, PartialEq)]
pub struct Advance {
    /// The unit of work, with its events.
    pub unit: Unit,
    /// Bytes to carry to the peer; often none.
    pub output: Vec<u8>,
    /// Application data that came from the peer in this unit.
    pub received: Option<Vec<u8>>,
}
