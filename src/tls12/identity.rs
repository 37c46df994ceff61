//! Who a party is, and how the other side knows.

use std::sync::Arc;

use crate::crypto::signature::{PrivateKey, PublicKey};
use crate::wire::codepoint::SignatureScheme;

/// A party's private key, in the one place where it rests, and its certificate chain, own one first.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) key: Arc<PrivateKey>,
    pub(crate) chain: Vec<Vec<u8>>,
}

/// A client that shows who it is, as one side has it.
#[derive(Debug)]
pub(crate) enum ClientAuth {
    /// The client's side: what it signs the handshake with, and how.
    Own { identity: Arc<Identity>, scheme: SignatureScheme },
    /// The server's side: the key of the client's certificate, and how the client may sign.
    Peer { key: PublicKey, schemes: Vec<SignatureScheme> },
}
