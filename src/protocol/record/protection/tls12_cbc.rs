//! Records protected with AES-128-CBC and HMAC, in either order (RFC 5246, section 6.2.3.2; RFC 7366, section 3).

use super::{Blocks, DirectionKeys, Header, Opened};
use crate::crypto::cbc_hmac::{self, BLOCK_LENGTH, MacAlgorithm};
use crate::entropy::Entropy;
use crate::error::{Error, ErrorKind};
use crate::trace::{Recorder, Value, ValueName};
use crate::wire::reference::Reference;
use subtle::ConstantTimeEq;

const MAC_THEN_ENCRYPT: Reference = Reference::new(5246, "6.2.3.2");
const ENCRYPT_THEN_MAC: Reference = Reference::new(7366, "3");

/// AES-128-CBC and a MAC with the keys of one direction.
pub(super) struct CbcHmac<'a> {
    pub(super) name: ValueName,
    pub(super) mac: MacAlgorithm,
    pub(super) keys: &'a DirectionKeys,
}

impl CbcHmac<'_> {
    /// `IV + AES-128-CBC(content + MAC(header + content) + padding)`
    pub(super) fn seal_mac_then_encrypt(
        &self,
        header: Header,
        content: &[u8],
        trace: &mut Recorder,
        entropy: &mut Entropy,
    ) -> Result<Vec<u8>, Error> {
        let aad = header.with_length(content.len());
        trace.start();
        let mac = self.mac.compute(&self.keys.mac_key, &[&aad, content]);
        self.tell_mac(&aad, Value::new(ValueName::Plaintext, content), &mac, MAC_THEN_ENCRYPT, trace);
        let mut blocks = [content, &mac].concat();
        cbc_hmac::pad(&mut blocks);
        self.encrypt(&blocks, trace, entropy)
    }

    /// `IV + AES-128-CBC(content + padding) + MAC(header + IV + ciphertext)`
    pub(super) fn seal_encrypt_then_mac(
        &self,
        header: Header,
        content: &[u8],
        trace: &mut Recorder,
        entropy: &mut Entropy,
    ) -> Result<Vec<u8>, Error> {
        let mut blocks = content.to_vec();
        cbc_hmac::pad(&mut blocks);
        let mut sealed = self.encrypt(&blocks, trace, entropy)?;
        let aad = header.with_length(sealed.len());
        trace.start();
        let mac = self.mac.compute(&self.keys.mac_key, &[&aad, &sealed]);
        self.tell_mac(&aad, Value::new(ValueName::Ciphertext, &sealed), &mac, ENCRYPT_THEN_MAC, trace);
        sealed.extend_from_slice(&mac);
        Ok(sealed)
    }

    /// One error for a wrong padding and a wrong MAC, after one course of computation: who could tell them apart could
    /// decrypt.
    pub(super) fn open_mac_then_encrypt(
        &self,
        header: Header,
        fragment: &[u8],
        trace: &mut Recorder,
    ) -> Result<Opened, Error> {
        let blocks = self.decrypt(fragment, trace)?;
        let mac_length = self.mac.length();
        let opened = cbc_hmac::Opened::split(&blocks, mac_length)?;
        let aad = header.with_length(opened.content);
        let most = blocks.len() - mac_length - 1;
        trace.start();
        let key = &self.keys.mac_key;
        let mac = cbc_hmac::compute_in_constant_time(self.mac, key, &aad, &blocks[..most], opened.content);
        if !opened.is_authentic(&mac) {
            return Err(ErrorKind::BadRecordMac.into());
        }
        // The MAC's inputs are recorded only after the check. Before it, their length would disclose the padding's length.
        let content = blocks[..opened.content].to_vec();
        self.tell_mac(&aad, Value::new(ValueName::Plaintext, &content), &mac, MAC_THEN_ENCRYPT, trace);
        Ok(Opened { content, blocks: Some(Blocks { bytes: blocks, mac_length }) })
    }

    /// The MAC comes first: what it does not cover is not decrypted.
    pub(super) fn open_encrypt_then_mac(
        &self,
        header: Header,
        fragment: &[u8],
        trace: &mut Recorder,
    ) -> Result<Opened, Error> {
        let covered = fragment.len().checked_sub(self.mac.length()).ok_or(ErrorKind::BadRecordMac)?;
        let (sealed, sent) = fragment.split_at(covered);
        let aad = header.with_length(sealed.len());
        trace.start();
        let mac = self.mac.compute(&self.keys.mac_key, &[&aad, sealed]);
        self.tell_mac(&aad, Value::new(ValueName::Ciphertext, sealed), &mac, ENCRYPT_THEN_MAC, trace);
        if !bool::from(mac.ct_eq(sent)) {
            return Err(ErrorKind::BadRecordMac.into());
        }
        let blocks = self.decrypt(sealed, trace)?;
        // The sender made the padding: the MAC says so. An empty MAC is right whatever it is compared with.
        let opened = cbc_hmac::Opened::split(&blocks, 0)?;
        if !opened.is_authentic(&[]) {
            return Err(ErrorKind::BadRecordMac.into());
        }
        let content = blocks[..opened.content].to_vec();
        Ok(Opened { content, blocks: Some(Blocks { bytes: blocks, mac_length: 0 }) })
    }

    fn encrypt(&self, blocks: &[u8], trace: &mut Recorder, entropy: &mut Entropy) -> Result<Vec<u8>, Error> {
        // RFC 5246, section 6.2.3.2: unpredictable, or somebody who chooses plaintexts can guess others (BEAST, 2011).
        let mut iv = [0; BLOCK_LENGTH];
        entropy.fill("record IV", &mut iv)?;
        trace.start();
        let ciphertext = cbc_hmac::encrypt(&self.keys.key, &iv, blocks)?;
        trace.computation(
            "AES-128-CBC.Encrypt",
            vec![
                Value::new(self.name, &self.keys.key),
                Value::new(ValueName::Iv, &iv),
                Value::new(ValueName::Plaintext, blocks),
            ],
            vec![Value::new(ValueName::Ciphertext, &ciphertext)],
            MAC_THEN_ENCRYPT,
        );
        Ok([&iv[..], &ciphertext].concat())
    }

    fn decrypt(&self, fragment: &[u8], trace: &mut Recorder) -> Result<Vec<u8>, Error> {
        let (iv, ciphertext) = fragment.split_first_chunk::<BLOCK_LENGTH>().ok_or(ErrorKind::BadRecordMac)?;
        trace.start();
        let blocks = cbc_hmac::decrypt(&self.keys.key, iv, ciphertext)?;
        trace.computation(
            "AES-128-CBC.Decrypt",
            vec![
                Value::new(self.name, &self.keys.key),
                Value::new(ValueName::Iv, iv),
                Value::new(ValueName::Ciphertext, ciphertext),
            ],
            vec![Value::new(ValueName::Plaintext, &blocks)],
            MAC_THEN_ENCRYPT,
        );
        Ok(blocks)
    }

    fn tell_mac(&self, aad: &[u8], covered: Value, mac: &[u8], reference: Reference, trace: &mut Recorder) {
        let key = super::names(self.name)[2];
        trace.computation(
            self.mac.name(),
            vec![Value::new(key, &self.keys.mac_key), Value::new(ValueName::AdditionalData, aad), covered],
            vec![Value::new(ValueName::Mac, mac)],
            reference,
        );
    }
}
