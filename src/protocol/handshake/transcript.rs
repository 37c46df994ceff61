//! The messages of a handshake, and their hash.

use crate::crypto::hash::HashAlgorithm;
use crate::trace::{Recorder, Value, ValueName};
use crate::wire::reference::Reference;

/// `handshake_messages`: all messages sent and received, headers included, without `HelloRequest` (RFC 5246, section
/// 7.4.9). Kept as bytes, since the hash function is chosen after the first message.
#[derive(Debug, Default)]
pub(crate) struct Transcript(Vec<u8>);

impl Transcript {
    pub(crate) fn add(&mut self, message: &[u8]) {
        self.0.extend_from_slice(message);
    }

    /// All messages, one after the other.
    pub(crate) fn messages(&self) -> &[u8] {
        &self.0
    }
}

/// `Hash(handshake_messages)`, of all messages so far.
pub(crate) fn hash_transcript(
    transcript: &Transcript,
    hash: HashAlgorithm,
    name: ValueName,
    reference: Reference,
    trace: &mut Recorder,
) -> Vec<u8> {
    trace.start();
    let hashed = hash.hash(transcript.messages());
    trace.computation(
        hash.name(),
        vec![Value::new(ValueName::HandshakeMessages, transcript.messages())],
        vec![Value::new(name, &hashed)],
        reference,
    );
    hashed
}
