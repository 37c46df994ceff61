//! The parts of CBC cipher suites: AES-128-CBC, HMAC, and the padding between them (RFC 5246, section 6.2.3.2).
//!
//! In the order of the RFC (MAC, then encrypt), whoever can tell a wrong padding from a wrong MAC, by an alert or by time,
//! can decrypt (Vaudenay 2002; Lucky 13, 2013). [`Opened`] is therefore computed in one course whatever the padding says.

use aes::Aes128;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use cbc::{Decryptor, Encryptor};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq, ConstantTimeGreater};

use super::hash::hmac_with;
use crate::error::{Error, ErrorKind};

/// Bytes of a block of AES, and of the IV.
pub const BLOCK_LENGTH: usize = 16;
/// Bytes of the key of AES-128.
pub const KEY_LENGTH: usize = 16;
/// Bytes that SHA-1 and SHA-256 take at a time.
const HASH_BLOCK: usize = 64;

/// The MAC of a CBC cipher suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MacAlgorithm {
    /// HMAC-SHA1 (RFC 2104). What breaks SHA-1 as a hash does not break it here.
    HmacSha1,
    /// HMAC-SHA256.
    HmacSha256,
}

impl MacAlgorithm {
    /// As RFC 5246 writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HMAC-SHA1",
            Self::HmacSha256 => "HMAC-SHA256",
        }
    }

    /// Bytes of the MAC, and of its key.
    pub const fn length(self) -> usize {
        match self {
            Self::HmacSha1 => 20,
            Self::HmacSha256 => 32,
        }
    }

    /// The MAC of the concatenated `message`.
    pub fn compute(self, key: &[u8], message: &[&[u8]]) -> Vec<u8> {
        match self {
            Self::HmacSha1 => hmac_with::<Sha1>(key, message),
            Self::HmacSha256 => hmac_with::<Sha256>(key, message),
        }
    }

    /// Hashes as many zeros, for the time that it takes.
    fn waste(self, bytes: &[u8]) {
        let hash = match self {
            Self::HmacSha1 => Sha1::digest(bytes).to_vec(),
            Self::HmacSha256 => Sha256::digest(bytes).to_vec(),
        };
        core::hint::black_box(hash);
    }
}

/// Adds the least padding that makes whole blocks: `padding_length` bytes of the value `padding_length`, and that byte
/// itself.
pub fn pad(content: &mut Vec<u8>) {
    let rest = BLOCK_LENGTH - 1 - content.len() % BLOCK_LENGTH;
    #[expect(clippy::cast_possible_truncation, reason = "less than a block")]
    let value = rest as u8;
    content.resize(content.len() + rest + 1, value);
}

/// AES-128-CBC of whole blocks.
pub fn encrypt(key: &[u8], iv: &[u8; BLOCK_LENGTH], blocks: &[u8]) -> Result<Vec<u8>, Error> {
    let cipher = Encryptor::<Aes128>::new_from_slices(key, iv).map_err(|_| WRONG_KEY)?;
    whole(blocks)?;
    Ok(cipher.encrypt_padded_vec::<NoPadding>(blocks))
}

/// Undoes [`encrypt`].
pub fn decrypt(key: &[u8], iv: &[u8; BLOCK_LENGTH], blocks: &[u8]) -> Result<Vec<u8>, Error> {
    let cipher = Decryptor::<Aes128>::new_from_slices(key, iv).map_err(|_| WRONG_KEY)?;
    whole(blocks)?;
    cipher.decrypt_padded_vec::<NoPadding>(blocks).map_err(|_| ErrorKind::BadRecordMac.into())
}

const WRONG_KEY: ErrorKind = ErrorKind::Internal("a traffic key has the wrong length");

fn whole(blocks: &[u8]) -> Result<(), Error> {
    if blocks.len().is_multiple_of(BLOCK_LENGTH) { Ok(()) } else { Err(ErrorKind::BadRecordMac.into()) }
}

/// A decrypted block: content, MAC, padding.
#[derive(Debug)]
pub struct Opened {
    /// How much of it is content, if the padding is right; if not, as much as there would be without any.
    pub content: usize,
    /// The MAC that stands behind the content.
    pub mac: Vec<u8>,
    padding: Choice,
}

impl Opened {
    /// Takes decrypted blocks apart, whose MAC has `mac_length` bytes. Which bytes are looked at depends on their number
    /// only. Fails if there are too few for a MAC and a byte of padding, which anybody can see.
    pub fn split(decrypted: &[u8], mac_length: usize) -> Result<Self, Error> {
        let without_padding =
            decrypted.len().checked_sub(mac_length + 1).ok_or(Error::from(ErrorKind::BadRecordMac))?;
        let (padding, length) = padding(decrypted, without_padding);
        let content = without_padding - length;
        let mut mac = vec![0; mac_length];
        for start in without_padding.saturating_sub(255)..=without_padding {
            let here = start.ct_eq(&content);
            for (to, from) in mac.iter_mut().zip(&decrypted[start..]) {
                to.conditional_assign(from, here);
            }
        }
        Ok(Self { content, mac, padding })
    }

    /// Whether the padding is right and `mac` is the one that is here. One answer, so that none tells which is wrong.
    pub fn is_authentic(&self, mac: &[u8]) -> bool {
        (self.padding & self.mac.ct_eq(mac)).into()
    }
}

/// Whether the padding is right, and how many bytes it has besides the last; none if it is wrong.
fn padding(decrypted: &[u8], most: usize) -> (Choice, usize) {
    let Some((last, before)) = decrypted.split_last() else { return (Choice::from(0), 0) };
    let length = u32::from(*last);
    let most = u32::try_from(most).unwrap_or(u32::MAX);
    let mut good = !length.ct_gt(&most);
    for (i, byte) in (0_u32..255).zip(before.iter().rev()) {
        let belongs = length.ct_gt(&i);
        good &= !belongs | byte.ct_eq(last);
    }
    let length = u32::conditional_select(&0, &length, good);
    (good, length as usize)
}

/// The MAC of the first `length` of all `bytes` behind a header, in a time that depends on how many bytes there are in
/// all: what is not hashed for the MAC is hashed for nothing.
pub fn compute_in_constant_time(mac: MacAlgorithm, key: &[u8], header: &[u8], bytes: &[u8], length: usize) -> Vec<u8> {
    // HMAC puts one block of key before the message; the hash adds nine bytes at least and fills up the last block.
    let blocks = |content: usize| (HASH_BLOCK + header.len() + content + 9).div_ceil(HASH_BLOCK);
    let value = mac.compute(key, &[header, &bytes[..length]]);
    let spare = (blocks(bytes.len()) - blocks(length)) * HASH_BLOCK;
    mac.waste(&vec![0; bytes.len() + HASH_BLOCK][..spare]);
    value
}
