//! A connection whose handshake is complete.

use core::fmt::Write;
use std::sync::Arc;

use super::handshake::Handshake;
use crate::glass::Secret;

/// Both `Finished` are checked.
#[derive(Debug)]
pub(crate) struct Established {
    /// What the connection came to.
    pub(crate) handshake: Handshake,
    /// Kept for the key log, and for what else is derived from it.
    pub(crate) master_secret: Arc<Secret>,
}

impl Established {
    /// A line of a key log (RFC 9850).
    pub(crate) fn key_log(&self) -> String {
        format!("CLIENT_RANDOM {} {}", hex(&self.handshake.client_random), hex(&self.master_secret))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
