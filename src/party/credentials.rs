//! A party's own key pair and certificate: made, requested, installed. The same for a server and for a client.

use std::sync::Arc;

use super::Environment;
use crate::crypto::part::Part;
use crate::crypto::signature::{KeyAlgorithm, PrivateKey, PublicKey};
use crate::error::{CertificateError, Error, ErrorKind};
use crate::pki::{annotate, annotate_request, issue};
use crate::protocol::handshake::identity::Identity;
use crate::trace::{Account, BufferKind, Names, Recorder, Value, ValueKind, ValueName};
use crate::wire::reference::Reference;

/// What the draws of their owner are for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labels {
    key_label: &'static str,
    request_label: &'static str,
}

impl Labels {
    pub(crate) const SERVER: Self = Self { key_label: "server key pair", request_label: "certificate request" };
    pub(crate) const CLIENT: Self = Self { key_label: "client key pair", request_label: "client certificate request" };
}

const NO_KEY: ErrorKind = ErrorKind::Internal("there is no key pair yet");

/// A key pair and the certificate for it, as far as there is one.
#[derive(Debug)]
pub(super) struct Credentials {
    names: Names,
    labels: Labels,
    identity: Option<Arc<Identity>>,
}

impl Credentials {
    pub(super) const fn new(names: Names, labels: Labels) -> Self {
        Self { names, labels, identity: None }
    }

    pub(super) const fn names(&self) -> Names {
        self.names
    }

    pub(super) fn identity(&self) -> Result<&Arc<Identity>, Error> {
        self.identity.as_ref().ok_or_else(|| NO_KEY.into())
    }

    /// The key pair with a certificate, if it has one.
    pub(super) fn certified(&self) -> Option<&Arc<Identity>> {
        self.identity.as_ref().filter(|identity| !identity.chain.is_empty())
    }

    /// Makes a key pair. A former one is overwritten.
    pub(super) fn generate(
        &mut self,
        algorithm: KeyAlgorithm,
        environment: &mut Environment,
        recorder: &mut Recorder,
    ) -> Result<(), Error> {
        let mut rng = environment.entropy.rng(self.labels.key_label)?;
        recorder.start();
        let key = PrivateKey::generate(algorithm, &mut rng)?;
        let public = key.public_key()?;
        let parts = key.parts()?;
        let (function, reference) = match algorithm {
            KeyAlgorithm::Rsa => ("RSA.GenerateKeyPair", Reference::new(8017, "3")),
            KeyAlgorithm::EcdsaP256 => ("ECDSA.GenerateKeyPair", Reference::new(6979, "2.2")),
        };
        let outputs = vec![self.private_value(parts.clone()), Value::new(self.names.public_key, public.spki())];
        recorder.computation(function, Vec::new(), outputs, reference);
        self.take(Arc::new(key), Vec::new(), parts, &public, recorder);
        Ok(())
    }

    /// A certificate signing request, in DER. It carries the public key, and a signature that shows that the private key
    /// is here.
    pub(super) fn request(
        &self,
        names: &[&str],
        environment: &mut Environment,
        recorder: &mut Recorder,
    ) -> Result<Vec<u8>, Error> {
        let identity = self.identity()?;
        let mut rng = environment.entropy.rng(self.labels.request_label)?;
        recorder.start();
        let request = issue::request(&identity.key, names, &mut rng)?;
        let function = format!("{}.Sign", identity.key.algorithm().certificate_scheme());
        if let Some((info, signature)) = issue::signed_parts(&request) {
            let private = self.private_value(identity.key.parts()?);
            let inputs = vec![private, Value::new(ValueName::CertificationRequestInfo, info)];
            let outputs = vec![Value::new(ValueName::RequestSignature, signature)];
            recorder.computation(function, inputs, outputs, Reference::new(2986, "4.2"));
        }
        recorder.buffer(BufferKind::CertificateRequest, &request, annotate_request(&request), Vec::new(), None);
        Ok(request)
    }

    /// Takes a chain for the key pair that is here, own certificate first. Fails if that is for another public key.
    pub(super) fn install_certificate(&mut self, chain: Vec<Vec<u8>>, recorder: &mut Recorder) -> Result<(), Error> {
        let key = Arc::clone(&self.identity()?.key);
        check_fit(&key.public_key()?, &chain)?;
        self.take_chain(key, chain, recorder);
        Ok(())
    }

    /// Takes a private key in PKCS#8 and a certificate chain, both in DER, made elsewhere. Fails, and changes nothing, if
    /// they do not belong together.
    pub(super) fn install(&mut self, pkcs8: &[u8], chain: Vec<Vec<u8>>, recorder: &mut Recorder) -> Result<(), Error> {
        let key = PrivateKey::from_pkcs8(pkcs8)?;
        let (parts, public) = (key.parts()?, key.public_key()?);
        check_fit(&public, &chain)?;
        self.take(Arc::new(key), chain, parts, &public, recorder);
        Ok(())
    }

    fn take(
        &mut self,
        key: Arc<PrivateKey>,
        chain: Vec<Vec<u8>>,
        parts: Vec<Part>,
        public: &PublicKey,
        recorder: &mut Recorder,
    ) {
        recorder.held_parts(Account::Party, self.names.private_key, parts);
        recorder.held(Account::Party, self.names.public_key, public.spki());
        self.take_chain(key, chain, recorder);
    }

    fn take_chain(&mut self, key: Arc<PrivateKey>, chain: Vec<Vec<u8>>, recorder: &mut Recorder) {
        recorder.release(|account, name| account == Account::Party && self.names.chain.contains(&name));
        for (name, der) in self.names.chain.into_iter().zip(&chain) {
            recorder.buffer(BufferKind::Certificate, der, annotate(der), Vec::new(), None);
            recorder.held(Account::Party, name, der);
        }
        self.identity = Some(Arc::new(Identity { names: self.names, key, chain }));
    }

    fn private_value(&self, parts: Vec<Part>) -> Value {
        Value { name: self.names.private_key, kind: ValueKind::PrivateKey, parts }
    }
}

/// Whether a chain's first certificate is for this public key.
fn check_fit(public: &PublicKey, chain: &[Vec<u8>]) -> Result<(), Error> {
    let leaf = chain.first().ok_or(CertificateError::None)?;
    if PublicKey::from_certificate(leaf)?.spki() == public.spki() {
        Ok(())
    } else {
        Err(ErrorKind::Internal("the certificate is for another public key than the one that is here").into())
    }
}
