//! Records protected with AEAD (RFC 5246, section 6.2.3.3; RFC 5288, section 3; RFC 7905, section 2).

use super::{DirectionKeys, Header};
use crate::crypto::aead::AeadAlgorithm;
use crate::error::{Error, ErrorKind};
use crate::trace::{Recorder, Value, ValueName};
use crate::wire::record::split_aead;
use crate::wire::reference::Reference;

const NONCE_LENGTH: usize = 12;

/// An AEAD algorithm with the keys of one direction.
pub(super) struct Aead<'a> {
    pub(super) name: ValueName,
    pub(super) algorithm: AeadAlgorithm,
    pub(super) keys: &'a DirectionKeys,
}

impl Aead<'_> {
    /// The explicit part of the nonce where there is one, the ciphertext, the tag.
    pub(super) fn seal(&self, header: Header, content: &[u8], trace: &mut Recorder) -> Result<Vec<u8>, Error> {
        // The explicit part need only be unique: the sequence number is.
        let explicit = header.sequence_number.to_be_bytes();
        let nonce = self.nonce(explicit)?;
        let aad = header.with_length(content.len());
        trace.start();
        let ciphertext = self.algorithm.seal(&self.keys.key, &nonce, &aad, content)?;
        trace.computation(
            format!("{}.Seal", self.algorithm.name()),
            self.inputs(&nonce, &aad, Value::new(ValueName::Plaintext, content)),
            vec![Value::new(ValueName::Ciphertext, &ciphertext)],
            self.reference(),
        );
        Ok(if self.sends_nonce() { [&explicit[..], &ciphertext].concat() } else { ciphertext })
    }

    pub(super) fn open(&self, header: Header, fragment: &[u8], trace: &mut Recorder) -> Result<Vec<u8>, Error> {
        let (explicit, ciphertext) = if self.sends_nonce() {
            let (explicit, ciphertext) = split_aead(fragment).ok_or(ErrorKind::BadRecordMac)?;
            (*explicit, ciphertext)
        } else {
            (header.sequence_number.to_be_bytes(), fragment)
        };
        let length = ciphertext.len().checked_sub(AeadAlgorithm::TAG_LENGTH).ok_or(ErrorKind::BadRecordMac)?;
        let nonce = self.nonce(explicit)?;
        let aad = header.with_length(length);
        trace.start();
        let opened = self.algorithm.open(&self.keys.key, &nonce, &aad, ciphertext);
        trace.computation(
            format!("{}.Open", self.algorithm.name()),
            self.inputs(&nonce, &aad, Value::new(ValueName::Ciphertext, ciphertext)),
            opened.iter().map(|content| Value::new(ValueName::Plaintext, content)).collect(),
            self.reference(),
        );
        opened
    }

    fn inputs(&self, nonce: &[u8], aad: &[u8], text: Value) -> Vec<Value> {
        vec![
            Value::new(self.name, &self.keys.key),
            Value::new(ValueName::Nonce, nonce),
            Value::new(ValueName::AdditionalData, aad),
            text,
        ]
    }

    /// RFC 7905, section 2: with ChaCha20-Poly1305 both sides count, and no part of the nonce is sent.
    fn sends_nonce(&self) -> bool {
        self.algorithm != AeadAlgorithm::ChaCha20Poly1305
    }

    fn reference(&self) -> Reference {
        if self.sends_nonce() { Reference::new(5288, "3") } else { Reference::new(7905, "2") }
    }

    /// GCM: `struct { opaque salt[4]; opaque nonce_explicit[8]; } GCMNonce;`. ChaCha20-Poly1305: the sequence number,
    /// padded on the left, XOR the fixed part.
    fn nonce(&self, explicit: [u8; 8]) -> Result<[u8; NONCE_LENGTH], Error> {
        let fixed = &self.keys.fixed_iv;
        let mut nonce = [0; NONCE_LENGTH];
        if fixed.len() > NONCE_LENGTH {
            return Err(ErrorKind::Internal("a fixed IV has the wrong length").into());
        }
        nonce[..fixed.len()].copy_from_slice(fixed);
        for (byte, explicit) in nonce[4..].iter_mut().zip(explicit) {
            *byte ^= explicit;
        }
        Ok(nonce)
    }
}
