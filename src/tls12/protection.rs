//! Protecting records with AEAD (RFC 5246, section 6.2.3.3; RFC 5288, section 3).

use crate::crypto::aead::AeadAlgorithm;
use crate::error::{Error, ErrorKind};
#[cfg(feature = "mutant-cipher")]
use crate::glass::KeptCipher;
use crate::glass::Secret;
use crate::trace::{CheckName, Outcome, Recorder, Reference, Value, ValueName};
use crate::wire::codepoint::{CodePoint, ContentType, ProtocolVersion};
use crate::wire::record::split_aead;

const RFC_5288: Reference = Reference::new(5288, "3");
const RFC_5246: Reference = Reference::new(5246, "6.2.3.3");

/// What protects one direction of a connection.
#[derive(Debug)]
pub(crate) struct Protection {
    /// Which key it is.
    pub(crate) name: ValueName,
    aead: AeadAlgorithm,
    key: Secret,
    fixed_iv: Secret,
    sequence_number: u64,
}

impl Protection {
    pub(crate) fn new(name: ValueName, aead: AeadAlgorithm, key: Secret, fixed_iv: Secret) -> Self {
        Self { name, aead, key, fixed_iv, sequence_number: 0 }
    }

    /// `GenericAEADCipher`: the explicit part of the nonce, the ciphertext, the tag.
    pub(crate) fn seal(
        &mut self,
        content_type: ContentType,
        plaintext: &[u8],
        trace: &mut Recorder,
    ) -> Result<Vec<u8>, Error> {
        // The explicit part need only be unique: the sequence number is.
        let explicit = self.sequence_number.to_be_bytes();
        let nonce = self.nonce(explicit)?;
        let aad = additional_data(self.sequence_number, content_type, plaintext.len());
        trace.start();
        let ciphertext = self.aead.seal(&self.key, &nonce, &aad, plaintext)?;
        trace.computation(
            format!("{}.Seal", self.aead.name()),
            vec![
                Value::new(self.name, &self.key),
                Value::new(ValueName::Nonce, &nonce),
                Value::new(ValueName::AdditionalData, &aad),
                Value::new(ValueName::Plaintext, plaintext),
            ],
            vec![Value::new(ValueName::Ciphertext, &ciphertext)],
            RFC_5288,
        );
        self.advance()?;
        Ok([&explicit[..], &ciphertext].concat())
    }

    /// The plaintext, if the record is the next one that the holder of the key sent.
    pub(crate) fn open(
        &mut self,
        content_type: ContentType,
        fragment: &[u8],
        trace: &mut Recorder,
    ) -> Result<Vec<u8>, Error> {
        let opened = self.open_next(content_type, fragment, trace);
        let outcome = match &opened {
            Ok(_) => Outcome::Passed,
            Err(error) => Outcome::Failed { reason: error.to_string() },
        };
        trace.check(CheckName::RecordAuthentic, "", outcome, RFC_5246);
        let plaintext = opened?;
        self.advance()?;
        Ok(plaintext)
    }

    /// The plaintext of the record with the sequence number that its explicit nonce says, as our own records do. For a
    /// trial on a single record: the connection goes on as if nothing had happened.
    pub(crate) fn try_open(&self, content_type: ContentType, fragment: &[u8]) -> Result<Vec<u8>, Error> {
        let (explicit, ciphertext) = split_aead(fragment).ok_or(ErrorKind::BadRecordMac)?;
        let length = ciphertext.len() - AeadAlgorithm::TAG_LENGTH;
        let aad = additional_data(u64::from_be_bytes(*explicit), content_type, length);
        self.aead.open(&self.key, &self.nonce(*explicit)?, &aad, ciphertext)
    }

    /// A copy of the key, to be kept against the rules.
    #[cfg(feature = "mutant-inline")]
    pub(crate) fn copy_inline(&self) -> Option<crate::glass::InlineSecret> {
        crate::glass::InlineSecret::copy_of(&self.key)
    }

    /// The key in the form of its cipher, to be kept against the rules.
    #[cfg(feature = "mutant-cipher")]
    pub(crate) fn keep_cipher(&self) -> Option<KeptCipher> {
        KeptCipher::new(&self.key, &self.fixed_iv)
    }

    /// The names of the key and of the fixed part of its nonces.
    pub(crate) fn names(&self) -> [ValueName; 2] {
        let iv =
            if self.name == ValueName::ClientWriteKey { ValueName::ClientWriteIv } else { ValueName::ServerWriteIv };
        [self.name, iv]
    }

    /// The AEAD algorithm.
    pub(crate) fn algorithm(&self) -> AeadAlgorithm {
        self.aead
    }

    fn open_next(&self, content_type: ContentType, fragment: &[u8], trace: &mut Recorder) -> Result<Vec<u8>, Error> {
        let (explicit, ciphertext) = split_aead(fragment).ok_or(ErrorKind::BadRecordMac)?;
        let nonce = self.nonce(*explicit)?;
        let length = ciphertext.len() - AeadAlgorithm::TAG_LENGTH;
        let aad = additional_data(self.sequence_number, content_type, length);
        trace.start();
        let opened = self.aead.open(&self.key, &nonce, &aad, ciphertext);
        trace.computation(
            format!("{}.Open", self.aead.name()),
            vec![
                Value::new(self.name, &self.key),
                Value::new(ValueName::Nonce, &nonce),
                Value::new(ValueName::AdditionalData, &aad),
                Value::new(ValueName::Ciphertext, ciphertext),
            ],
            opened.iter().map(|plaintext| Value::new(ValueName::Plaintext, plaintext)).collect(),
            RFC_5288,
        );
        opened
    }

    /// `struct { opaque salt[4]; opaque nonce_explicit[8]; } GCMNonce;`
    fn nonce(&self, explicit: [u8; 8]) -> Result<[u8; 12], Error> {
        let mut nonce = [0; 12];
        let (salt, rest) = nonce.split_at_mut(4);
        if self.fixed_iv.len() != salt.len() {
            return Err(ErrorKind::Internal("a fixed IV has the wrong length").into());
        }
        salt.copy_from_slice(&self.fixed_iv);
        rest.copy_from_slice(&explicit);
        Ok(nonce)
    }

    /// RFC 5246, section 6.1: sequence numbers do not wrap.
    fn advance(&mut self) -> Result<(), Error> {
        self.sequence_number =
            self.sequence_number.checked_add(1).ok_or(ErrorKind::Internal("the sequence numbers are used up"))?;
        Ok(())
    }
}

/// Opens a record with a kept cipher.
#[cfg(feature = "mutant-cipher")]
pub(crate) fn open_with_kept(cipher: &KeptCipher, content_type: ContentType, fragment: &[u8]) -> Option<Vec<u8>> {
    let (explicit, ciphertext) = split_aead(fragment)?;
    let length = ciphertext.len() - AeadAlgorithm::TAG_LENGTH;
    cipher.open(*explicit, &additional_data(u64::from_be_bytes(*explicit), content_type, length), ciphertext)
}

/// `additional_data = seq_num + TLSCompressed.type + TLSCompressed.version + TLSCompressed.length`
fn additional_data(sequence_number: u64, content_type: ContentType, length: usize) -> [u8; 13] {
    let mut data = [0; 13];
    data[..8].copy_from_slice(&sequence_number.to_be_bytes());
    data[8] = content_type.0;
    data[9..11].copy_from_slice(&ProtocolVersion::TLS_1_2.0.to_be_bytes());
    // A record's length is below 2^16, checked when it came and when it was cut.
    #[expect(clippy::cast_possible_truncation, reason = "at most 2^14 + 2048")]
    data[11..].copy_from_slice(&(length as u16).to_be_bytes());
    debug_assert_eq!(ContentType::WIDTH, 1);
    data
}
