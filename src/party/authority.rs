//! The certificate authority: holds its own two signing keys, and gets nothing but public keys from servers.

use std::collections::BTreeMap;

use crate::crypto::signature::{KeyAlgorithm, PrivateKey, PublicKey};
use crate::entropy::Environment;
use crate::error::{Error, ErrorKind};
use crate::pki::issue::{CertificateAuthority, check_request, signed_parts};
use crate::pki::{annotate, annotate_request};
use crate::trace::{Account, Action, BufferKind, Holding, Recorder, Role, Unit, Value, ValueName};
use crate::wire::reference::Reference;

/// What signing a certificate request, or checking its signature, is defined by.
const PKCS10: Reference = Reference::new(2986, "4.2");
/// How a certificate is signed.
const SIGN_CERTIFICATE: Reference = Reference::new(5280, "4.1.1.3");
/// What an ECDSA key pair is.
const KEY_PAIR: Reference = Reference::new(6979, "2.2");

/// The certificate authority: a root that clients trust, and an intermediate that signs servers' certificates.
///
/// It sees a server's public key, in the server's signing request, and never the private key.
#[derive(Debug)]
pub struct Authority {
    environment: Environment,
    recorder: Recorder,
    keys: Option<CertificateAuthority>,
    /// The public keys of the last server and of the last client that it signed for.
    subjects: BTreeMap<ValueName, PublicKey>,
}

impl Authority {
    /// An authority that has no keys yet.
    pub fn new(environment: Environment) -> Self {
        let mut recorder = Recorder::new(environment.clock);
        if let Some(seed) = environment.entropy.seed() {
            recorder.held(Account::Party, ValueName::AuthoritySeed, seed);
        }
        Self { environment, recorder, keys: None, subjects: BTreeMap::new() }
    }

    /// Makes the root's and the intermediate's key pairs (P-256) and certificates.
    pub fn establish(&mut self) -> Result<Unit, Error> {
        let outcome = self.make_keys();
        self.unit(Action::EstablishAuthority, outcome).map(|(unit, ())| unit)
    }

    /// Signs a server's certificate for `names`, host names or IP addresses that the authority takes for the
    /// requester's, with the public key of `csr`, a signing request in DER (RFC 2986). Returns the certificate and the
    /// intermediate's, in DER, in the order in which a server sends them.
    ///
    /// `ErrorKind::Certificate` if the request is malformed or not signed with the private key to its public key.
    pub fn issue(&mut self, csr: &[u8], names: &[&str]) -> Result<(Unit, Vec<Vec<u8>>), Error> {
        let outcome = self.sign_certificate(csr, Subject::Server(names));
        self.unit(Action::IssueCertificate, outcome)
    }

    /// Signs a client's certificate for the holder of `name`, as [`issue`](Self::issue) does for a server.
    pub fn issue_to_client(&mut self, csr: &[u8], name: &str) -> Result<(Unit, Vec<Vec<u8>>), Error> {
        let outcome = self.sign_certificate(csr, Subject::Client(name));
        self.unit(Action::IssueCertificate, outcome)
    }

    /// The root certificate in DER, for clients to trust; empty before [`establish`](Self::establish).
    pub fn root(&self) -> &[u8] {
        self.keys.as_ref().map_or(&[], |keys| &keys.root)
    }

    /// What it holds now.
    pub fn holdings(&self) -> Vec<Holding> {
        self.recorder.holdings()
    }

    fn make_keys(&mut self) -> Result<(), Error> {
        let root_key = self.make_key(ValueName::RootPrivateKey, "root key")?;
        let intermediate_key = self.make_key(ValueName::IntermediatePrivateKey, "intermediate key")?;
        let signer = key_value(ValueName::RootPrivateKey, &root_key)?;

        let now = self.environment.now();
        let mut rng = self.environment.entropy.rng("authority certificates")?;
        self.recorder.start();
        let keys = CertificateAuthority::with_keys(root_key, intermediate_key, &mut rng, now)?;
        let certificates =
            [(ValueName::RootCertificate, &keys.root), (ValueName::IntermediateCertificate, &keys.intermediate)];
        // Both are signed with the root's key: its own certificate, and the intermediate's.
        let parts = certificates.iter().filter_map(|(_, der)| signed_parts(der));
        let (contents, signatures): (Vec<_>, Vec<_>) =
            parts.map(|(tbs, signature)| certificate_values(tbs, signature)).unzip();
        let inputs = core::iter::once(signer).chain(contents).collect();
        self.recorder.computation("ECDSA.Sign", inputs, signatures, SIGN_CERTIFICATE);
        for (_, der) in certificates {
            self.recorder.buffer(BufferKind::Certificate, der, annotate(der), Vec::new(), None);
        }
        // Held from here on, since nothing can fail any more.
        let (root, intermediate) = (keys.root_key.parts()?, keys.intermediate_key.parts()?);
        self.recorder.held_parts(Account::Party, ValueName::RootPrivateKey, root);
        self.recorder.held_parts(Account::Party, ValueName::IntermediatePrivateKey, intermediate);
        for (name, der) in certificates {
            self.recorder.held(Account::Party, name, der);
        }
        self.keys = Some(keys);
        Ok(())
    }

    fn make_key(&mut self, name: ValueName, label: &'static str) -> Result<PrivateKey, Error> {
        let mut rng = self.environment.entropy.rng(label)?;
        self.recorder.start();
        let key = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng)?;
        self.recorder.computation("ECDSA.GenerateKeyPair", Vec::new(), vec![key_value(name, &key)?], KEY_PAIR);
        Ok(key)
    }

    fn sign_certificate(&mut self, csr: &[u8], subject: Subject<'_>) -> Result<Vec<Vec<u8>>, Error> {
        let keys = self.keys.as_ref().ok_or(ErrorKind::Internal("the authority has no keys yet"))?;

        self.recorder.buffer(BufferKind::CertificateRequest, csr, annotate_request(csr), Vec::new(), None);
        self.recorder.start();
        let public = check_request(csr)?;
        let verify = match public.algorithm() {
            KeyAlgorithm::Rsa => "RSASSA-PKCS1-v1_5.Verify",
            KeyAlgorithm::EcdsaP256 => "ECDSA.Verify",
        };
        let mut inputs = vec![Value::new(subject.public_key(), public.spki())];
        if let Some((info, signature)) = signed_parts(csr) {
            inputs.push(Value::new(ValueName::CertificationRequestInfo, info));
            inputs.push(Value::new(ValueName::RequestSignature, signature));
        }
        self.recorder.computation(verify, inputs, Vec::new(), PKCS10);

        let now = self.environment.now();
        let mut rng = self.environment.entropy.rng(subject.label())?;
        self.recorder.start();
        let certificate = match subject {
            Subject::Server(names) => keys.certify_server(&public, names, now, &mut rng)?,
            Subject::Client(name) => keys.certify_client(&public, name, now, &mut rng)?,
        };
        let signer = key_value(ValueName::IntermediatePrivateKey, &keys.intermediate_key)?;
        if let Some((tbs, signature)) = signed_parts(&certificate) {
            let (tbs, signature) = certificate_values(tbs, signature);
            self.recorder.computation("ECDSA.Sign", vec![signer, tbs], vec![signature], SIGN_CERTIFICATE);
        }
        self.recorder.buffer(BufferKind::Certificate, &certificate, annotate(&certificate), Vec::new(), None);
        self.recorder.held(Account::Party, subject.public_key(), public.spki());
        let chain = vec![certificate, keys.intermediate.clone()];
        self.subjects.insert(subject.public_key(), public);
        Ok(chain)
    }

    /// Hands out the events of a unit that worked, and drops those of one that did not.
    fn unit<T>(&mut self, action: Action, outcome: Result<T, Error>) -> Result<(Unit, T), Error> {
        let events = self.recorder.drain();
        outcome.map(|value| (Unit { role: Role::Authority, action, events }, value))
    }
}

/// Whom a certificate is for.
#[derive(Clone, Copy, Debug)]
enum Subject<'a> {
    /// A server of these names.
    Server(&'a [&'a str]),
    /// A client of this name.
    Client(&'a str),
}

impl Subject<'_> {
    const fn public_key(self) -> ValueName {
        match self {
            Self::Server(_) => ValueName::ServerPublicKey,
            Self::Client(_) => ValueName::ClientPublicKey,
        }
    }

    /// What the draws for it are called.
    const fn label(self) -> &'static str {
        match self {
            Self::Server(_) => "server certificate",
            Self::Client(_) => "client certificate",
        }
    }
}

fn certificate_values(tbs: &[u8], signature: &[u8]) -> (Value, Value) {
    (Value::new(ValueName::TbsCertificate, tbs), Value::new(ValueName::CertificateSignature, signature))
}

fn key_value(name: ValueName, key: &PrivateKey) -> Result<Value, Error> {
    Ok(Value { name, kind: name.kind(), parts: key.parts()? })
}
