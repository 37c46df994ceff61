//! What both endpoints share: flags, sockets, PEM files.
#![allow(dead_code, reason = "each endpoint uses some of it")]

pub mod transport;

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tls_glass::party::{Advance, Client, Resumption, Server};
use tls_glass::protocol::suite::tls12::{KeyExchange, SUITES, Suite};
use tls_glass::trace::Negotiated;
use tls_glass::wire::codepoint::{CipherSuite, CodePoint, NamedGroup, SignatureScheme};

/// Why an endpoint ends, as one line.
#[derive(Debug)]
pub enum Failure {
    /// The flags are wrong: the usage follows.
    Usage(String),
    /// Something else, already in a sentence.
    Failed(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(why) | Self::Failed(why) => f.write_str(why),
        }
    }
}

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}

/// Runs an endpoint: status 2 and the usage on bad flags, 1 and one line on any other failure.
pub fn exit(usage: &str, result: Result<(), Failure>) -> std::process::ExitCode {
    match result {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(Failure::Usage(why)) => {
            eprintln!("{why}\n\n{usage}");
            std::process::ExitCode::from(2)
        }
        Err(Failure::Failed(why)) => {
            eprintln!("{why}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// A failure with the thing it is about.
pub fn failed<E: fmt::Display>(what: impl fmt::Display) -> impl FnOnce(E) -> Failure {
    move |error| Failure::Failed(format!("{what}: {error}"))
}

/// The flags that both endpoints take to narrow what they negotiate.
#[derive(Debug, Default)]
pub struct Narrowing {
    key_exchange: Option<KeyExchange>,
    suites: Vec<CipherSuite>,
    pub groups: Vec<NamedGroup>,
    pub schemes: Vec<SignatureScheme>,
    pub protocols: Vec<String>,
    pub no_extended_master_secret: bool,
    pub no_encrypt_then_mac: bool,
    pub resumption: Resumption,
}

pub const NARROWING_USAGE: &str = "
  --key-exchange NAME        only suites with this key exchange: rsa, dhe, ecdhe, dh_anon
  --suite NAME               only this suite, by its registered name; may be repeated
  --group NAME               only this group: x25519, secp256r1, ffdhe2048, ffdhe3072; may be repeated
  --scheme NAME              only this signature scheme, such as rsa_pss_rsae_sha256; may be repeated
  --alpn NAME                this application protocol; may be repeated
  --no-ems                   without extended_master_secret
  --no-etm                   without encrypt_then_mac
  --resumption id|ticket     resume sessions, by session ID or by session ticket; a client connects twice
  --keylog FILE              append CLIENT_RANDOM lines to FILE";

impl Narrowing {
    /// Takes a flag if it is one of ours.
    pub fn take(&mut self, flag: &str, parser: &mut lexopt::Parser) -> Result<bool, Failure> {
        match flag {
            "key-exchange" => {
                let value = text(parser)?;
                self.key_exchange = Some(match value.as_str() {
                    "rsa" => KeyExchange::Rsa,
                    "dhe" => KeyExchange::Dhe,
                    "ecdhe" => KeyExchange::Ecdhe,
                    "dh_anon" => KeyExchange::DhAnon,
                    _ => {
                        let usage = format!("--key-exchange {value}: it is rsa, dhe, ecdhe or dh_anon");
                        return Err(Failure::Usage(usage));
                    }
                });
            }
            "suite" => {
                let ours: Vec<_> = SUITES.iter().map(|suite| suite.common.id).collect();
                self.suites.push(named("--suite", &text(parser)?, &ours)?);
            }
            "group" => self.groups.push(named("--group", &text(parser)?, &tls_glass::crypto::group::SUPPORTED)?),
            "scheme" => self.schemes.push(named("--scheme", &text(parser)?, &SCHEMES)?),
            "alpn" => self.protocols.push(text(parser)?),
            "resumption" => {
                self.resumption = match text(parser)?.as_str() {
                    "id" => Resumption::SessionId,
                    "ticket" => Resumption::SessionTicket,
                    other => return Err(Failure::Usage(format!("--resumption {other}: it is id or ticket"))),
                };
            }
            "no-etm" => self.no_encrypt_then_mac = true,
            "no-ems" => self.no_extended_master_secret = true,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The suites that remain.
    pub fn suites(&self) -> Result<Vec<CipherSuite>, Failure> {
        let suites: Vec<CipherSuite> = SUITES
            .iter()
            .filter(|suite: &&Suite| {
                // Anonymous ones only for whoever asks for them.
                let asked = self.key_exchange.is_some() || !self.suites.is_empty();
                asked || suite.certificate_key.is_some()
            })
            .filter(|suite| self.key_exchange.is_none_or(|kept| kept == suite.key_exchange))
            .map(|suite| suite.common.id)
            .filter(|id| self.suites.is_empty() || self.suites.contains(id))
            .collect();
        if suites.is_empty() {
            return Err(Failure::Usage(
                "no cipher suite is left: --suite and --key-exchange exclude each other".into(),
            ));
        }
        Ok(suites)
    }
}

const SCHEMES: [SignatureScheme; 7] = [
    SignatureScheme::ECDSA_SECP256R1_SHA256,
    SignatureScheme::RSA_PSS_RSAE_SHA256,
    SignatureScheme::RSA_PSS_RSAE_SHA384,
    SignatureScheme::RSA_PSS_RSAE_SHA512,
    SignatureScheme::RSA_PKCS1_SHA256,
    SignatureScheme::RSA_PKCS1_SHA384,
    SignatureScheme::RSA_PKCS1_SHA512,
];

fn named<C: CodePoint>(flag: &str, name: &str, known: &[C]) -> Result<C, Failure> {
    known.iter().copied().find(|point| point.name() == Some(name)).ok_or_else(|| {
        let known: Vec<&str> = known.iter().filter_map(|point| point.name()).collect();
        Failure::Usage(format!("{flag} {name}: it is one of {}", known.join(", ")))
    })
}

/// A flag's value as text.
pub fn text(parser: &mut lexopt::Parser) -> Result<String, Failure> {
    let value = parser.value()?;
    value.into_string().map_err(|value| Failure::Usage(format!("{}: not Unicode", value.display())))
}

/// The value of `--flag` in seconds.
pub fn seconds(flag: &str, parser: &mut lexopt::Parser) -> Result<Duration, Failure> {
    let value = text(parser)?;
    match value.parse::<f64>() {
        Ok(number) if number > 0.0 && number <= 86_400.0 => Ok(Duration::from_secs_f64(number)),
        _ => Err(Failure::Usage(format!("--{flag} {value}: seconds between 0 and 86400"))),
    }
}

/// A certificate and its key: both, or neither.
pub fn pair(certificate: Option<PathBuf>, key: Option<PathBuf>) -> Result<Option<(PathBuf, PathBuf)>, Failure> {
    match (certificate, key) {
        (Some(certificate), Some(key)) => Ok(Some((certificate, key))),
        (None, None) => Ok(None),
        _ => Err(Failure::Usage("--cert and --key go together".into())),
    }
}

/// All certificates of a PEM file, in DER.
pub fn read_certificates(path: &Path) -> Result<Vec<Vec<u8>>, Failure> {
    let certificates: Vec<Vec<u8>> = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(failed(path.display()))?
        .into_iter()
        .map(|der| der.to_vec())
        .collect();
    if certificates.is_empty() {
        return Err(Failure::Failed(format!("{}: there is no certificate in it", path.display())));
    }
    Ok(certificates)
}

/// The private key of a PEM file, in PKCS#8.
pub fn read_private_key(path: &Path) -> Result<Vec<u8>, Failure> {
    PrivatePkcs8KeyDer::from_pem_file(path)
        .map(|key| key.secret_pkcs8_der().to_vec())
        .map_err(failed(format!("{}: a PKCS#8 key (BEGIN PRIVATE KEY) is needed", path.display())))
}

/// A key log file (RFC 9850), shared by all connections.
pub struct KeyLog(Option<Mutex<File>>);

impl KeyLog {
    /// Appends to the file at `path`, or logs nothing.
    pub fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else { return Ok(Self(None)) };
        let file = OpenOptions::new().create(true).append(true).open(path).map_err(failed(path.display()))?;
        Ok(Self(Some(Mutex::new(file))))
    }

    pub fn write(&self, line: &str) -> io::Result<()> {
        let Some(file) = &self.0 else { return Ok(()) };
        let mut file = file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        writeln!(file, "{line}")
    }
}

/// Either side of a connection, as far as a socket cares.
pub trait Endpoint {
    fn advance(&mut self) -> Option<Advance>;
    fn receive(&mut self, bytes: &[u8]);
    fn receive_end(&mut self);
    fn send(&mut self, data: &[u8]);
    fn close(&mut self);
    fn is_closed(&self) -> bool;
    fn error(&self) -> Option<&tls_glass::Error>;
    fn negotiated(&self) -> Option<Negotiated>;
    fn key_log(&self) -> Option<String>;
}

macro_rules! endpoint {
    ($party:ty) => {
        impl Endpoint for $party {
            fn advance(&mut self) -> Option<Advance> {
                self.advance()
            }
            fn receive(&mut self, bytes: &[u8]) {
                self.receive(bytes);
            }
            fn receive_end(&mut self) {
                self.receive_end();
            }
            fn send(&mut self, data: &[u8]) {
                self.send(data);
            }
            fn close(&mut self) {
                self.close();
            }
            fn is_closed(&self) -> bool {
                self.is_closed()
            }
            fn error(&self) -> Option<&tls_glass::Error> {
                self.error()
            }
            fn negotiated(&self) -> Option<Negotiated> {
                self.negotiated()
            }
            fn key_log(&self) -> Option<String> {
                self.key_log()
            }
        }
    };
}
endpoint!(Client);
endpoint!(Server);

/// What was agreed on, in a line.
pub fn agreed(negotiated: &Negotiated) -> String {
    let resumed = if negotiated.resumed { ", resumed" } else { "" };
    format!("{}, {}{resumed}", negotiated.version, negotiated.cipher_suite)
}

/// What a socket error means, in words.
pub fn describe(error: &io::Error) -> String {
    match error.kind() {
        // One of our own, with a sentence in it.
        _ if error.get_ref().is_some() => error.to_string(),
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => "timed out".to_owned(),
        io::ErrorKind::ConnectionRefused => "connection refused".to_owned(),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => "the peer hung up".to_owned(),
        _ => error.to_string(),
    }
}
