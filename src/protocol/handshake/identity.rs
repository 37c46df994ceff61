//! Who a party is, and how the other side knows.

use std::sync::Arc;

use crate::crypto::signature::{PrivateKey, PublicKey};
use crate::error::Error;
use crate::trace::{Names, Value, ValueKind};
use crate::wire::codepoint::SignatureScheme;

/// A party's private key, in the one place where it rests, and its certificate chain, own one first.
#[derive(Debug)]
pub(crate) struct Identity {
    /// What its values are called.
    pub(crate) names: Names,
    pub(crate) key: Arc<PrivateKey>,
    pub(crate) chain: Vec<Vec<u8>>,
}

impl Identity {
    /// The private key as a computation's input, under the name that its owner gave it.
    pub(crate) fn private_key_value(&self) -> Result<Value, Error> {
        Ok(Value { name: self.names.private_key, kind: ValueKind::PrivateKey, parts: self.key.parts()? })
    }
}

/// A client that shows who it is, as one side has it.
#[derive(Debug)]
pub(crate) enum ClientAuth {
    /// The client's side: what it signs the handshake with, and how.
    Own { identity: Arc<Identity>, scheme: SignatureScheme },
    /// The server's side: the key of the client's certificate, and how the client may sign.
    Peer { key: PublicKey, schemes: Vec<SignatureScheme> },
}
