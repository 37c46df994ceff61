//! What every peer is asked for, whichever stack it is.

use std::net::SocketAddr;

use crate::files::{ClientIdentity, Files, Identity};
use crate::table::{ClientCertificate, Combination, Role};

/// What goes in each direction, and how much of it.
pub use crate::common::{DATA_LENGTH as LENGTH, data};

/// Another stack.
pub trait Peer: Sync {
    /// Its name and version.
    fn name(&self) -> String;

    /// Why it cannot do this at all, from what it says of itself.
    fn lacks(&self, _combination: &Combination) -> Option<String> {
        None
    }

    /// Why it is no fault of ours if this, having been tried, ends with this error.
    fn excuse(&self, _role: Role, _combination: &Combination, _error: &str) -> Option<String> {
        None
    }

    /// Whether this end of a first try is the tool's own whim. Then there is one more.
    fn deserves_another_try(&self, _role: Role, _error: &str) -> bool {
        false
    }

    /// Whether it can be told to do without `extended_master_secret` and `encrypt_then_mac`. Then we offer and accept
    /// them, and it is the peer that does not.
    fn declines(&self) -> bool {
        false
    }

    /// Whether its key log has a line for a connection that resumes a session, too.
    fn logs_resumed(&self) -> bool {
        true
    }

    /// Whether it says `close_notify` by itself once it has received all, when it has this role.
    fn can_close_first(&self, _role: Role) -> bool {
        true
    }

    /// What we send and what the peer sends, when it has this role.
    fn payload(&self, _role: Role) -> Payload {
        Payload { ours: data(1), theirs: data(2) }
    }

    /// Starts it as a server for one connection; if that is to resume another, for two.
    fn serve(&self, stage: &Stage) -> (SocketAddr, Box<dyn Running>);

    /// Starts it as a client of the server at `address`, for as many.
    fn connect(&self, stage: &Stage, address: SocketAddr) -> Box<dyn Running>;
}

/// A peer at work.
pub trait Running {
    /// The connection that is to be resumed is over. From now on it may send.
    fn go_on(&mut self) {}

    /// Waits for its end.
    fn finish(self: Box<Self>) -> Heard;
}

/// One connection: what is to be agreed on and by whom.
pub struct Stage {
    pub combination: Combination,
    pub identity: &'static Identity,
    pub files: Files,
    pub payload: Payload,
    /// Who says `close_notify` first once all has arrived.
    pub peer_closes_first: bool,
}

impl Stage {
    /// Who the client is, where it shows it.
    pub fn client(&self) -> Option<&'static ClientIdentity> {
        match self.combination.client_certificate {
            ClientCertificate::NotAsked => None,
            ClientCertificate::Shown(key) => Some(self.identity.client(key)),
        }
    }
}

/// Application data.
#[derive(Clone)]
pub struct Payload {
    pub ours: Vec<u8>,
    pub theirs: Vec<u8>,
}

/// What a peer has to tell after a connection.
pub struct Heard {
    /// What we sent it; `None` if all it does is to send it back.
    pub received: Option<Vec<u8>>,
    /// Its key log (RFC 9850).
    pub key_log: String,
    /// What it printed besides.
    pub complaints: String,
}

/// Numbered lines, for a tool that passes on text only.
pub fn lines() -> Vec<u8> {
    let mut text: Vec<u8> =
        (0..).flat_map(|number| format!("line {number} of many\n").into_bytes()).take(LENGTH - 1).collect();
    text.push(b'\n');
    text
}
