//! Who a server is, and the files that other stacks read it from.

use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};

use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::entropy::Environment;
use tls_glass::party::{Authority, Client, Server};
use tls_glass::wire::codepoint::NamedGroup;

use crate::common::SERVER_NAME;

/// A server's private key and certificates, as our own authority issues them.
pub struct Identity {
    pub pkcs8: Vec<u8>,
    pub chain: Vec<Vec<u8>>,
    pub root: Vec<u8>,
    authority: Mutex<Authority>,
    clients: [OnceLock<ClientIdentity>; 2],
}

/// A client's, of the same authority.
pub struct ClientIdentity {
    pub pkcs8: Vec<u8>,
    pub chain: Vec<Vec<u8>>,
}

impl Identity {
    pub fn new(algorithm: KeyAlgorithm) -> Self {
        let mut authority = Authority::new(Environment::system());
        authority.establish().expect("the authority makes its keys");
        let mut server = Server::new(Environment::system());
        server.generate_key_pair(algorithm).expect("the server makes its key pair");
        let (_, request) = server.request_certificate(SERVER_NAME).expect("the server makes a request");
        let (_, chain) = authority.issue(&request, &[SERVER_NAME]).expect("the authority signs");
        let pkcs8 = server.private_key().expect("the server has a key").to_vec();
        let root = authority.root().to_vec();
        Self { pkcs8, chain, root, authority: Mutex::new(authority), clients: [OnceLock::new(), OnceLock::new()] }
    }

    /// A client with a key of this kind.
    pub fn client(&self, algorithm: KeyAlgorithm) -> &ClientIdentity {
        self.clients[usize::from(algorithm == KeyAlgorithm::Rsa)].get_or_init(|| {
            let mut client = Client::new(Environment::system());
            client.generate_key_pair(algorithm).expect("the client makes its key pair");
            let (_, request) = client.request_certificate().expect("the client makes a request");
            let mut authority = self.authority.lock().expect("nobody panics with it");
            let (_, chain) = authority.issue_to_client(&request, "Alice").expect("the authority signs");
            ClientIdentity { pkcs8: client.private_key().expect("the client has a key").to_vec(), chain }
        })
    }

    /// One for all tests of a file: making an RSA key takes a while.
    pub fn shared(algorithm: KeyAlgorithm) -> &'static Self {
        static RSA: OnceLock<Identity> = OnceLock::new();
        static ECDSA: OnceLock<Identity> = OnceLock::new();
        match algorithm {
            KeyAlgorithm::Rsa => &RSA,
            KeyAlgorithm::EcdsaP256 => &ECDSA,
        }
        .get_or_init(|| Self::new(algorithm))
    }
}

/// A directory for one connection's files, removed at its end.
pub struct Files(PathBuf);

impl Files {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("tls-glass-interop-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a directory for temporary files");
        Self(path)
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).into_os_string().into_string().expect("a path in UTF-8")
    }

    /// Writes the parameters of a finite-field group, as OpenSSL itself has them, and gives the path.
    pub fn finite_field(&self, group: NamedGroup) -> String {
        static FFDHE2048: OnceLock<String> = OnceLock::new();
        static FFDHE3072: OnceLock<String> = OnceLock::new();
        let parameters = if group == NamedGroup::FFDHE3072 { &FFDHE3072 } else { &FFDHE2048 };
        let path = self.path("dh.pem");
        std::fs::write(&path, parameters.get_or_init(|| parameters_of_openssl(group))).expect("a temporary file");
        path
    }

    /// Writes an identity in PEM: `chain.pem`, `key.pem` and `root.pem`.
    pub fn with_identity(identity: &Identity) -> Self {
        let files = Self::new();
        let chain: String = identity.chain.iter().map(|der| pem("CERTIFICATE", der)).collect();
        for (name, text) in [
            ("chain.pem", chain),
            ("key.pem", pem("PRIVATE KEY", &identity.pkcs8)),
            ("root.pem", pem("CERTIFICATE", &identity.root)),
        ] {
            std::fs::write(files.path(name), text).expect("a temporary file");
        }
        files
    }

    /// Adds a client's identity in PEM: `client-chain.pem` and `client-key.pem`.
    pub fn add_client(&self, client: &ClientIdentity) {
        let chain: String = client.chain.iter().map(|der| pem("CERTIFICATE", der)).collect();
        for (name, text) in [("client-chain.pem", chain), ("client-key.pem", pem("PRIVATE KEY", &client.pkcs8))] {
            std::fs::write(self.path(name), text).expect("a temporary file");
        }
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn parameters_of_openssl(group: NamedGroup) -> String {
    let option = format!("group:{group}");
    let arguments = ["genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", &option];
    let output = Command::new("openssl").args(arguments).output().expect("openssl runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("PEM")
}

fn pem(label: &str, der: &[u8]) -> String {
    der::pem::encode_string(label, der::pem::LineEnding::LF, der).expect("PEM")
}
