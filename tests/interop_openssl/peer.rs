//! The `openssl` command line tool as a peer, and the files it reads.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::entropy::Environment;
use tls_glass::party::{Authority, Server};
use tls_glass::wire::codepoint::NamedGroup;

use crate::common::SERVER_NAME;

/// No step of a test takes longer, unless something hangs.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A server's private key and certificates, as our own authority issues them.
pub struct Identity {
    pub pkcs8: Vec<u8>,
    pub chain: Vec<Vec<u8>>,
    pub root: Vec<u8>,
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
        Self { pkcs8, chain, root: authority.root().to_vec() }
    }
}

/// A directory for one test's files, removed at its end.
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

    /// Has OpenSSL write the parameters of a finite-field group, as OpenSSL itself has them, and gives the path.
    pub fn finite_field(&self, group: NamedGroup) -> String {
        let path = self.path("dh.pem");
        let option = format!("group:{group}");
        let arguments = ["genpkey", "-genparam", "-algorithm", "DH", "-pkeyopt", &option, "-out", &path];
        let output = Command::new("openssl").args(arguments).output().expect("openssl runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        path
    }

    /// Writes an identity as OpenSSL wants it: `chain.pem`, `key.pem` and `root.pem`.
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
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn pem(label: &str, der: &[u8]) -> String {
    der::pem::encode_string(label, der::pem::LineEnding::LF, der).expect("PEM")
}

/// A running `openssl`, ended with the test.
pub struct OpenSsl {
    child: Child,
    stdout: Option<JoinHandle<Vec<u8>>>,
    stderr: Option<JoinHandle<Vec<u8>>>,
}

impl OpenSsl {
    /// Starts it. Its input stays open until all of `expected_output` bytes have come, so that it does not leave before.
    pub fn start(arguments: &[&str], input: Vec<u8>, expected_output: usize) -> Self {
        let mut child = Command::new("openssl")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command line tool openssl is needed for this test: install OpenSSL 1.1.1 or later");
        let mut stdin = child.stdin.take().expect("a pipe");
        let mut stdout = child.stdout.take().expect("a pipe");
        let mut stderr = child.stderr.take().expect("a pipe");
        let writer = thread::spawn(move || {
            // A peer that has hung up shows in what it sent.
            let _ = stdin.write_all(&input);
            stdin
        });
        let stdout = thread::spawn(move || {
            let mut output = Vec::new();
            let _ = stdout.by_ref().take(expected_output as u64).read_to_end(&mut output);
            drop(writer.join());
            let _ = stdout.read_to_end(&mut output);
            output
        });
        let stderr = thread::spawn(move || {
            let mut output = Vec::new();
            let _ = stderr.read_to_end(&mut output);
            output
        });
        Self { child, stdout: Some(stdout), stderr: Some(stderr) }
    }

    /// Waits until it has ended; returns what it printed, and what it complained of.
    pub fn finish(mut self) -> (Vec<u8>, String) {
        let deadline = Instant::now() + PATIENCE;
        while self.child.try_wait().expect("a child").is_none() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.kill();
        let output = self.stdout.take().expect("one reader").join().expect("read");
        let complaints = self.stderr.take().expect("one reader").join().expect("read");
        (output, String::from_utf8_lossy(&complaints).into_owned())
    }
}

impl Drop for OpenSsl {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free a moment ago: `openssl s_server` cannot say which one it took when told to be quiet.
pub fn free_port() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr()).expect("a free port")
}

/// Connects as soon as somebody listens.
pub fn connect(address: SocketAddr) -> TcpStream {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(socket) => return with_timeouts(socket),
            Err(error) if Instant::now() > deadline => panic!("openssl s_server does not listen: {error}"),
            Err(_) => thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// Waits for a connection.
pub fn accept(listener: &TcpListener) -> TcpStream {
    listener.set_nonblocking(true).expect("a listener");
    let deadline = Instant::now() + PATIENCE;
    loop {
        match listener.accept() {
            Ok((socket, _)) => {
                socket.set_nonblocking(false).expect("a socket");
                return with_timeouts(socket);
            }
            Err(error) if Instant::now() > deadline => panic!("openssl s_client does not connect: {error}"),
            Err(_) => thread::sleep(Duration::from_millis(5)),
        }
    }
}

fn with_timeouts(socket: TcpStream) -> TcpStream {
    socket.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    socket.set_write_timeout(Some(PATIENCE)).expect("a timeout");
    socket
}
