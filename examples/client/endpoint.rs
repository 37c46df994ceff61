//! A TLS 1.2 client over the same core as the page: connects, asks for one page, prints the reply, all of it.
//!
//! For trying the core against any other stack. Not for protecting data.

use std::io;
use std::net::{TcpStream, ToSocketAddrs};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use crate::reply::Reply;
use crate::support::transport::{Limits, drive};
use crate::support::{self, Failure, KeyLog, NARROWING_USAGE, Narrowing, describe, exit, failed};
use tls_glass::entropy::Environment;
use tls_glass::party::{Client, ClientConfig, Resumption};

const USAGE: &str = "\
usage: client [FLAGS] HOST:PORT

  --ca FILE                  trust the certificates in this PEM file; needed
  --cert FILE --key FILE     show this certificate chain, and this PKCS#8 private key, in PEM, to a server that asks
  --name NAME                expect this server name; HOST by default
  --path PATH                ask for this path; / by default
  --send TEXT                send TEXT instead of our HTTP request, with \\n and \\r understood; a reply that is not
                             HTTP is read until the server closes
  --timeout SECONDS          give up when the peer is silent for so long; 10 by default

The reply is read to the end that HTTP gives it (Content-Length, chunks, the end of the connection); less is an error.";

struct Flags {
    address: String,
    ca: PathBuf,
    /// The client's own chain and key.
    files: Option<(PathBuf, PathBuf)>,
    name: Option<String>,
    path: String,
    send: Option<String>,
    timeout: Duration,
    keylog: Option<PathBuf>,
    narrowing: Narrowing,
}

pub(crate) fn main() -> ExitCode {
    exit(&format!("{USAGE}{NARROWING_USAGE}"), run())
}

fn run() -> Result<(), Failure> {
    let flags = flags()?;
    let (host, _) = flags
        .address
        .rsplit_once(':')
        .ok_or_else(|| Failure::Usage(format!("{}: HOST:PORT is needed", flags.address)))?;
    let name = flags.name.clone().unwrap_or_else(|| host.trim_matches(['[', ']']).to_owned());
    let keylog = KeyLog::open(flags.keylog.as_deref())?;
    let mut client = client(&flags)?;
    let config = config(&flags, &name)?;
    // The second one resumes the session of the first.
    let connections = if flags.narrowing.resumption == Resumption::None { 1 } else { 2 };
    (0..connections).try_for_each(|_| talk(&mut client, &config, &flags, &name, &keylog))
}

/// One connection, from the first byte to the last.
fn talk(client: &mut Client, config: &ClientConfig, flags: &Flags, name: &str, keylog: &KeyLog) -> Result<(), Failure> {
    let usage = |error: tls_glass::Error| Failure::Usage(error.to_string());
    client.connect(config.clone()).map_err(usage)?;
    let mut reply = if let Some(text) = &flags.send {
        let text = text.replace("\\r", "\r").replace("\\n", "\n");
        client.send(text.as_bytes());
        Reply::to(text.as_bytes())
    } else {
        client.request(name, &flags.path).map_err(usage)?;
        Reply::to(b"GET ")
    };
    let mut socket = connect(&flags.address, flags.timeout)?;
    let mut written = false;
    let limits = Limits { silence: flags.timeout, handshake: None, connection: None };
    let outcome = drive(client, &mut socket, limits, |client, advance| {
        if !written && let Some(line) = client.key_log() {
            written = true;
            keylog.write(&line)?;
            if let Some(negotiated) = client.negotiated() {
                eprintln!("{}", support::agreed(&negotiated));
            }
        }
        if let Some(data) = &advance.received {
            reply.receive(data, &mut io::stdout().lock())?;
            if reply.is_complete() {
                client.close();
            }
        }
        Ok(())
    });
    let failed = |why: &dyn std::fmt::Display| Err(Failure::Failed(format!("{}: {why}", flags.address)));
    match (outcome, client.error()) {
        // Who has all of it need not wait for a peer that leaves close_notify unanswered (RFC 5246, section 7.2.1).
        (Err(error), None) if reply.is_complete() && is_silence(&error) => Ok(()),
        (Err(error), _) => failed(&describe(&error)),
        (Ok(()), Some(error)) => failed(error),
        (Ok(()), None) => reply.end().or_else(|why| failed(&why)),
    }
}

fn is_silence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

fn config(flags: &Flags, name: &str) -> Result<ClientConfig, Failure> {
    let mut config = ClientConfig {
        cipher_suites: flags.narrowing.suites()?,
        extended_master_secret: !flags.narrowing.no_extended_master_secret,
        encrypt_then_mac: !flags.narrowing.no_encrypt_then_mac,
        application_protocols: flags.narrowing.protocols.clone(),
        resumption: flags.narrowing.resumption,
        trust_anchors: support::read_certificates(&flags.ca)?,
        ..ClientConfig::new(name)
    };
    if !flags.narrowing.groups.is_empty() {
        config.groups.clone_from(&flags.narrowing.groups);
    }
    if !flags.narrowing.schemes.is_empty() {
        config.signature_schemes.clone_from(&flags.narrowing.schemes);
    }
    Ok(config)
}

fn client(flags: &Flags) -> Result<Client, Failure> {
    let mut client = Client::new(Environment::system());
    if let Some((certificate, key)) = &flags.files {
        let (chain, pkcs8) = (support::read_certificates(certificate)?, support::read_private_key(key)?);
        client.install_identity(&pkcs8, chain).map_err(failed("the certificate and key"))?;
    }
    Ok(client)
}

fn connect(address: &str, timeout: Duration) -> Result<TcpStream, Failure> {
    let addresses = address.to_socket_addrs().map_err(failed(address))?;
    let mut last = Failure::Failed(format!("{address}: the name has no address"));
    for each in addresses {
        match TcpStream::connect_timeout(&each, timeout) {
            Ok(socket) => {
                socket.set_nodelay(true).map_err(failed(address))?;
                return Ok(socket);
            }
            Err(error) => last = Failure::Failed(format!("{address}: {}", describe(&error))),
        }
    }
    Err(last)
}

fn flags() -> Result<Flags, Failure> {
    use lexopt::Arg::{Long, Short, Value};
    let mut parser = lexopt::Parser::from_env();
    let mut address = None;
    let (mut ca, mut certificate, mut key) = (None, None, None);
    let mut flags = Flags {
        address: String::new(),
        ca: PathBuf::new(),
        files: None,
        name: None,
        path: "/".to_owned(),
        send: None,
        timeout: Duration::from_secs(10),
        keylog: None,
        narrowing: Narrowing::default(),
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("ca") => ca = Some(PathBuf::from(parser.value()?)),
            Long("cert") => certificate = Some(PathBuf::from(parser.value()?)),
            Long("key") => key = Some(PathBuf::from(parser.value()?)),
            Long("name") => flags.name = Some(support::text(&mut parser)?),
            Long("path") => flags.path = support::text(&mut parser)?,
            Long("send") => flags.send = Some(support::text(&mut parser)?),
            Long("timeout") => flags.timeout = support::seconds("timeout", &mut parser)?,
            Long("keylog") => flags.keylog = Some(PathBuf::from(parser.value()?)),
            Long("help") | Short('h') => {
                println!("{USAGE}{NARROWING_USAGE}");
                std::process::exit(0);
            }
            Long(flag) => {
                let flag = flag.to_owned();
                if !flags.narrowing.take(&flag, &mut parser)? {
                    return Err(Failure::Usage(format!("--{flag}: there is no such flag")));
                }
            }
            Value(value) if address.is_none() => {
                let value = value.into_string().map_err(|_| Failure::Usage("HOST:PORT is not Unicode".into()))?;
                address = Some(value);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    flags.files = support::pair(certificate, key)?;
    flags.address = address.ok_or_else(|| Failure::Usage("HOST:PORT is needed".into()))?;
    flags.ca = ca.ok_or_else(|| Failure::Usage("--ca FILE is needed: whom should the client trust?".into()))?;
    Ok(flags)
}
