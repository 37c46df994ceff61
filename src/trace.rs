//! What a party reports: what it did, which bytes and values came of it, what it checked and holds.
//!
//! A party hands out one [`Unit`] for every unit of work. Nothing here flows back into a party, and a party keeps no copy.

mod action;
mod buffer;
mod check;
mod expected;
mod names;
mod recorder;
mod value;

use serde::Serialize;

pub use action::Action;
pub use buffer::{Buffer, BufferKind};
pub use check::{Check, CheckName, Outcome};
pub use expected::Expected;
pub use names::Names;
pub(crate) use recorder::{Account, Recorder};
pub use value::{Holding, Value, ValueKind, ValueName};

use crate::error::ErrorReport;
use crate::wire::codepoint::{
    AlertDescription, AlertLevel, CipherSuite, ContentType, HandshakeType, NamedGroup, ProtocolVersion, SignatureScheme,
};
use crate::wire::place::BufferId;
use crate::wire::reference::Reference;

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The certificate authority.
    Authority,
    /// The TLS client.
    Client,
    /// Whoever listens on the wire: Eve.
    Eavesdropper,
    /// The TLS server.
    Server,
}

/// One unit of work of one party: one computation, or one message built or handled.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Unit {
    /// Who did it.
    pub role: Role,
    /// What was done.
    pub action: Action,
    /// What came of it, in order.
    pub events: Vec<Event>,
}

/// Something that happened within a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Event {
    /// A buffer came to be.
    Buffer {
        /// The bytes, with their fields.
        buffer: Buffer,
    },
    /// A record was put on the wire or taken from it.
    Record {
        /// The record's buffer.
        buffer: BufferId,
        /// Sent or received.
        direction: Direction,
        /// What it carries.
        #[cfg_attr(target_family = "wasm", tsify(type = "string"))]
        content_type: ContentType,
        /// The key it is protected with; `None` while records are in the clear.
        protection: Option<ValueName>,
    },
    /// A handshake message was built or read.
    Message {
        /// The message's buffer.
        buffer: BufferId,
        /// Sent or received.
        direction: Direction,
        /// Its type.
        #[cfg_attr(target_family = "wasm", tsify(type = "string"))]
        message: HandshakeType,
        /// Where it is defined.
        reference: Reference,
    },
    /// The parties' hellos settled how the connection works.
    Negotiated(Negotiated),
    /// A value was computed or drawn.
    Computation(Computation),
    /// The party now holds a value that it keeps after this unit.
    Held {
        /// The value.
        value: Value,
    },
    /// The party no longer holds a value: its bytes were overwritten.
    Erased {
        /// Which one.
        name: ValueName,
    },
    /// A check was made.
    Check(Check),
    /// Application data was sent or received, in the clear here.
    ApplicationData {
        /// Sent or received.
        direction: Direction,
        /// The plaintext's buffer.
        buffer: BufferId,
    },
    /// An alert was sent or received.
    Alert {
        /// Sent or received.
        direction: Direction,
        /// Warning or fatal.
        #[cfg_attr(target_family = "wasm", tsify(type = "string"))]
        level: AlertLevel,
        /// What it says.
        #[cfg_attr(target_family = "wasm", tsify(type = "string"))]
        description: AlertDescription,
    },
    /// The connection failed here. A fatal alert follows, unless the peer's alert was the failure.
    Failure(ErrorReport),
}

/// Which way bytes went, seen from the party whose event it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To the peer.
    Sent,
    /// From the peer.
    Received,
}

/// What both sides agreed on in their hellos.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Negotiated {
    /// The protocol version.
    #[cfg_attr(target_family = "wasm", tsify(type = "string"))]
    pub version: ProtocolVersion,
    /// The cipher suite.
    #[cfg_attr(target_family = "wasm", tsify(type = "string"))]
    pub cipher_suite: CipherSuite,
    /// The group of the key agreement, where the server has chosen one.
    #[cfg_attr(target_family = "wasm", tsify(type = "string | undefined"))]
    pub group: Option<NamedGroup>,
    /// The scheme of the server's signature, where the server has chosen one.
    #[cfg_attr(target_family = "wasm", tsify(type = "string | undefined"))]
    pub signature_scheme: Option<SignatureScheme>,
    /// The application protocol (RFC 7301).
    pub application_protocol: Option<String>,
    /// Whether the master secret is bound to the handshake (RFC 7627).
    pub extended_master_secret: bool,
    /// Whether the MAC is of the encrypted content (RFC 7366).
    pub encrypt_then_mac: bool,
    /// Whether the connection resumes a session of an earlier one (RFC 5246, section 7.3).
    pub resumed: bool,
}

/// A value computed from others: `outputs = function(inputs)`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Computation {
    /// The function, as its RFC names it: `PRF`, `RSAES-PKCS1-v1_5-Decrypt`, `AES-128-GCM.Seal`.
    pub function: String,
    /// Its arguments, in the function's order.
    pub inputs: Vec<Value>,
    /// What came out. Empty where the outcome is a [`Check`].
    pub outputs: Vec<Value>,
    /// Where the function is defined.
    pub reference: Reference,
    /// How long it took, in milliseconds; `None` below the clock's resolution, and where the party has no clock.
    pub milliseconds: Option<f64>,
}
