//! Protecting records (RFC 5246, section 6.2.3).

#[cfg(any(feature = "mutant-cipher", feature = "mutant-inline"))]
mod mutants;
mod tls12_aead;
mod tls12_cbc;

#[cfg(feature = "mutant-cipher")]
pub(crate) use mutants::open_with_kept;

use crate::crypto::aead::AeadAlgorithm;
use crate::entropy::Entropy;
use crate::error::{Error, ErrorKind};
use crate::glass::{Secret, scrubbed};
use crate::protocol::suite::Cipher;
use crate::trace::{CheckName, Outcome, Recorder, ValueName};
use crate::wire::codepoint::{CodePoint, ContentType, ProtocolVersion};
use crate::wire::record;
use crate::wire::reference::Reference;

/// The most sequence numbers that a trial on a single record goes through.
const MOST_TRIED: u64 = 1000;

/// The keys of one direction. What the cipher has no use for is empty.
#[derive(Debug)]
pub struct DirectionKeys {
    /// `client_write_key` or `server_write_key`
    pub key: Secret,
    /// `client_write_IV` or `server_write_IV`
    pub fixed_iv: Secret,
    /// `client_write_MAC_key` or `server_write_MAC_key`
    pub mac_key: Secret,
}

/// What protects one direction of a connection.
#[derive(Debug)]
pub(crate) struct Protection {
    /// Which key it is.
    pub(crate) name: ValueName,
    cipher: Cipher,
    /// Whether the MAC is of the encrypted content (RFC 7366); for CBC only.
    encrypt_then_mac: bool,
    keys: DirectionKeys,
    sequence_number: u64,
}

/// What a protected record held.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) content: Vec<u8>,
    /// With CBC, all that was decrypted, and how many bytes of it are a MAC.
    pub(crate) blocks: Option<Blocks>,
}

/// Decrypted blocks: content, MAC, padding.
#[derive(Debug)]
pub(crate) struct Blocks {
    pub(crate) bytes: Vec<u8>,
    pub(crate) mac_length: usize,
}

/// The header that a record's protection covers, and the number that is not sent.
#[derive(Clone, Copy, Debug)]
struct Header {
    sequence_number: u64,
    content_type: ContentType,
}

impl Protection {
    pub(crate) fn new(name: ValueName, cipher: Cipher, encrypt_then_mac: bool, keys: DirectionKeys) -> Self {
        Self { name, cipher, encrypt_then_mac, keys, sequence_number: 0 }
    }

    /// The fragment of the next record.
    pub(crate) fn seal(
        &mut self,
        content_type: ContentType,
        content: &[u8],
        trace: &mut Recorder,
        entropy: &mut Entropy,
    ) -> Result<Vec<u8>, Error> {
        let header = Header { sequence_number: self.sequence_number, content_type };
        let sealed = scrubbed(|| match self.cipher {
            Cipher::Aead(algorithm) => self.aead(algorithm).seal(header, content, trace),
            Cipher::Cbc(_) if self.encrypt_then_mac => {
                self.cbc()?.seal_encrypt_then_mac(header, content, trace, entropy)
            }
            Cipher::Cbc(_) => self.cbc()?.seal_mac_then_encrypt(header, content, trace, entropy),
        })?;
        self.advance()?;
        Ok(sealed)
    }

    /// The content, if the record is the next one that the holder of the key sent.
    pub(crate) fn open(
        &mut self,
        content_type: ContentType,
        fragment: &[u8],
        trace: &mut Recorder,
    ) -> Result<Opened, Error> {
        let header = Header { sequence_number: self.sequence_number, content_type };
        let opened = self.open_with(header, fragment, trace);
        let outcome = match &opened {
            Ok(_) => Outcome::Passed,
            Err(error) => Outcome::Failed { reason: error.to_string() },
        };
        trace.check(CheckName::RecordAuthentic, "", outcome, self.reference());
        let opened = opened?;
        self.advance()?;
        Ok(opened)
    }

    /// The content of a single record, whatever its sequence number: for a trial, after which the connection goes on as if
    /// nothing had happened. Only GCM records say the number; for others, the latest are gone through, from the last on.
    pub(crate) fn try_open(&self, content_type: ContentType, fragment: &[u8]) -> Result<Vec<u8>, Error> {
        let known = match self.cipher {
            Cipher::Aead(AeadAlgorithm::Aes128Gcm | AeadAlgorithm::Aes256Gcm) => {
                record::split_aead(fragment).map(|(explicit, _)| u64::from_be_bytes(*explicit))
            }
            _ => None,
        };
        let next = self.sequence_number;
        let candidates = known.map_or(next.saturating_sub(MOST_TRIED)..=next, |number| number..=number);
        candidates
            .rev()
            .find_map(|number| self.open_as(number, content_type, fragment).ok())
            .ok_or_else(|| ErrorKind::BadRecordMac.into())
    }

    /// The content of the record with this sequence number. Keeps nothing and tells nobody.
    pub(crate) fn open_as(
        &self,
        sequence_number: u64,
        content_type: ContentType,
        fragment: &[u8],
    ) -> Result<Vec<u8>, Error> {
        let header = Header { sequence_number, content_type };
        self.open_with(header, fragment, &mut Recorder::default()).map(|opened| opened.content)
    }

    /// How the fragments are laid out.
    pub(crate) fn layout(&self) -> record::FragmentLayout {
        layout(self.cipher, self.encrypt_then_mac)
    }

    /// Whether `name` is of the keys that are here.
    pub(crate) fn is_of(&self, name: ValueName) -> bool {
        names(self.name).contains(&name)
    }

    /// Where it is said what makes a record authentic.
    fn reference(&self) -> Reference {
        match self.cipher {
            Cipher::Aead(_) => Reference::new(5246, "6.2.3.3"),
            Cipher::Cbc(_) if self.encrypt_then_mac => Reference::new(7366, "3"),
            Cipher::Cbc(_) => Reference::new(5246, "6.2.3.2"),
        }
    }

    /// The function that opens a record, as the suites write it.
    pub(crate) fn function(&self) -> String {
        match self.cipher {
            Cipher::Aead(algorithm) => format!("{}.Open", algorithm.name()),
            Cipher::Cbc(_) => "AES-128-CBC.Decrypt".to_owned(),
        }
    }

    fn open_with(&self, header: Header, fragment: &[u8], trace: &mut Recorder) -> Result<Opened, Error> {
        scrubbed(|| match self.cipher {
            Cipher::Aead(algorithm) => {
                let content = self.aead(algorithm).open(header, fragment, trace)?;
                Ok(Opened { content, blocks: None })
            }
            Cipher::Cbc(_) if self.encrypt_then_mac => self.cbc()?.open_encrypt_then_mac(header, fragment, trace),
            Cipher::Cbc(_) => self.cbc()?.open_mac_then_encrypt(header, fragment, trace),
        })
    }

    fn aead(&self, algorithm: AeadAlgorithm) -> tls12_aead::Aead<'_> {
        tls12_aead::Aead { name: self.name, algorithm, keys: &self.keys }
    }

    fn cbc(&self) -> Result<tls12_cbc::CbcHmac<'_>, Error> {
        match self.cipher {
            Cipher::Cbc(mac) => Ok(tls12_cbc::CbcHmac { name: self.name, mac, keys: &self.keys }),
            Cipher::Aead(_) => Err(ErrorKind::Internal("an AEAD suite has no MAC").into()),
        }
    }

    /// RFC 5246, section 6.1: sequence numbers do not wrap.
    fn advance(&mut self) -> Result<(), Error> {
        self.sequence_number =
            self.sequence_number.checked_add(1).ok_or(ErrorKind::Internal("the sequence numbers are used up"))?;
        Ok(())
    }
}

/// How the fragments of a cipher's records are laid out.
pub(crate) fn layout(cipher: Cipher, encrypt_then_mac: bool) -> record::FragmentLayout {
    match cipher {
        Cipher::Aead(AeadAlgorithm::ChaCha20Poly1305) => record::FragmentLayout::ChaCha20Poly1305,
        Cipher::Aead(_) => record::FragmentLayout::Gcm,
        Cipher::Cbc(mac) if encrypt_then_mac => record::FragmentLayout::CbcThenMac { mac_length: mac.length() },
        Cipher::Cbc(_) => record::FragmentLayout::Cbc,
    }
}

/// The names of the keys of a direction, by its first: key, fixed part of the nonces, MAC key.
pub(crate) const fn names(key: ValueName) -> [ValueName; 3] {
    match key {
        ValueName::ClientWriteKey => [key, ValueName::ClientWriteIv, ValueName::ClientWriteMacKey],
        _ => [key, ValueName::ServerWriteIv, ValueName::ServerWriteMacKey],
    }
}

impl Header {
    /// `seq_num + TLSCompressed.type + TLSCompressed.version + TLSCompressed.length`: what AEAD calls additional data, and
    /// what a MAC has before the content.
    fn with_length(self, length: usize) -> [u8; 13] {
        let mut data = [0; 13];
        data[..8].copy_from_slice(&self.sequence_number.to_be_bytes());
        data[8] = self.content_type.0;
        data[9..11].copy_from_slice(&ProtocolVersion::TLS_1_2.0.to_be_bytes());
        // A record's length is below 2^16, checked when it came and when it was cut.
        #[expect(clippy::cast_possible_truncation, reason = "at most 2^14 + 2048")]
        data[11..].copy_from_slice(&(length as u16).to_be_bytes());
        debug_assert_eq!(ContentType::WIDTH, 1);
        data
    }
}
