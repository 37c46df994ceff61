//! A TLS 1.2 server over the same core as the page: answers every HTTP/1.x request with 200 and a short body.
//!
//! For trying the core against any other stack. Not for protecting data.

use std::convert::Infallible;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::places::Places;
use crate::support::transport::{Limits, drive};
use crate::support::{self, Failure, KeyLog, NARROWING_USAGE, Narrowing, describe, exit, failed};
use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::entropy::Environment;
use tls_glass::party::{Authority, ClientCertificates, Resumption, Server, ServerConfig};

const USAGE: &str = "\
usage: server [FLAGS]

  --listen ADDRESS:PORT      listen there; 127.0.0.1:4433 by default, port 0 for any that is free
  --cert FILE --key FILE     this certificate chain and this PKCS#8 private key, in PEM; made if not given
  --certificate rsa|ecdsa    the kind of key pair to make; rsa by default
  --name NAME                the name in the certificate that is made; localhost by default
  --write-ca FILE            write the root certificate of the authority that signed it, in PEM
  --client-ca FILE           ask clients for certificates of these authorities, and serve those without, too
  --require-client-cert      refuse clients without; with --client-ca
  --timeout SECONDS          hang up on a peer that is silent for so long; 10 by default
  --handshake-timeout SECONDS   hang up on a peer whose whole handshake takes longer; 10 by default
  --connection-timeout SECONDS  hang up on any peer after so long; 60 by default
  --connections NUMBER       serve so many at once, and have others wait; 100 by default";

/// How long the server waits before it accepts again, after it could not.
const BACK_OFF: Duration = Duration::from_millis(200);
/// How often at most it says that it cannot.
const COMPLAINT: Duration = Duration::from_mins(1);

struct Flags {
    listen: String,
    files: Option<(PathBuf, PathBuf)>,
    algorithm: KeyAlgorithm,
    name: String,
    write_ca: Option<PathBuf>,
    client_ca: Option<PathBuf>,
    require_client_certificate: bool,
    limits: Limits,
    connections: usize,
    keylog: Option<PathBuf>,
    narrowing: Narrowing,
}

/// A private key in PKCS#8 and its certificate chain.
struct Identity {
    pkcs8: Vec<u8>,
    chain: Vec<Vec<u8>>,
}

pub(crate) fn main() -> ExitCode {
    exit(&format!("{USAGE}{NARROWING_USAGE}"), run().map(|never| match never {}))
}

fn run() -> Result<Infallible, Failure> {
    let flags = flags()?;
    let config = config(&flags)?;
    let identity = Arc::new(identity(&flags)?);
    let keylog = Arc::new(KeyLog::open(flags.keylog.as_deref())?);
    // What all connections have in common; it takes none itself.
    let house = Arc::new(house(&identity, &config)?);

    let listener = TcpListener::bind(&flags.listen).map_err(failed(&flags.listen))?;
    println!("listening on {}", listener.local_addr().map_err(failed(&flags.listen))?);
    let places = Places::new(flags.connections);
    let mut complained: Option<Instant> = None;
    loop {
        let place = places.take();
        let (config, identity, house) = (config.clone(), identity.clone(), house.clone());
        let (keylog, limits) = (keylog.clone(), flags.limits);
        let serving = listener.accept().and_then(|(socket, peer)| {
            thread::Builder::new().spawn(move || {
                let server = server(&identity, &config, &house);
                match server.and_then(|server| serve(socket, server, &keylog, limits)) {
                    Ok(what) => println!("{peer}: {what}"),
                    Err(why) => eprintln!("{peer}: {why}"),
                }
                drop(place);
            })
        });
        // No file descriptors are left, or no threads: others have to end first.
        if let Err(error) = serving {
            if complained.is_none_or(|last| last.elapsed() > COMPLAINT) {
                eprintln!("{}: no connection can be accepted: {}", flags.listen, describe(&error));
                complained = Some(Instant::now());
            }
            thread::sleep(BACK_OFF);
        }
    }
}

/// One connection, from the first byte to the last. Gives a line that says how it went.
fn serve(mut socket: TcpStream, mut server: Server, keylog: &KeyLog, limits: Limits) -> Result<String, Failure> {
    let on_socket = |error: std::io::Error| Failure::Failed(describe(&error));
    socket.set_nodelay(true).map_err(on_socket)?;
    let mut agreed = None;
    drive(&mut server, &mut socket, limits, |server, _| {
        if agreed.is_none()
            && let (Some(line), Some(negotiated)) = (server.key_log(), server.negotiated())
        {
            keylog.write(&line)?;
            agreed = Some(support::agreed(&negotiated));
        }
        if server.made_last_reply() {
            server.close();
        }
        Ok(())
    })
    .map_err(on_socket)?;
    match (server.error(), agreed) {
        (Some(error), _) => Err(Failure::Failed(error.to_string())),
        (None, Some(agreed)) => Ok(agreed),
        (None, None) => Ok("closed".to_owned()),
    }
}

/// A server for the sake of its sessions. Options that cannot be kept show before the first connection.
fn house(identity: &Identity, config: &ServerConfig) -> Result<Server, Failure> {
    let mut house = Server::new(Environment::system());
    house.install_identity(&identity.pkcs8, identity.chain.clone()).map_err(failed("the certificate and key"))?;
    if config.resumption == Resumption::SessionTicket {
        house.generate_ticket_key().map_err(failed("the ticket key"))?;
    }
    house.accept(config.clone()).map_err(failed("the server"))?;
    Ok(house)
}

/// A server for one connection.
fn server(identity: &Identity, config: &ServerConfig, house: &Server) -> Result<Server, Failure> {
    let mut server = Server::new(Environment::system());
    server.install_identity(&identity.pkcs8, identity.chain.clone()).map_err(failed("the certificate and key"))?;
    if config.resumption != Resumption::None {
        server.share_sessions(house);
    }
    server.accept(config.clone()).map_err(failed("the server"))?;
    Ok(server)
}

fn config(flags: &Flags) -> Result<ServerConfig, Failure> {
    let narrowing = &flags.narrowing;
    let mut config = ServerConfig {
        cipher_suites: narrowing.suites()?,
        application_protocols: narrowing.protocols.clone(),
        extended_master_secret: !narrowing.no_extended_master_secret,
        encrypt_then_mac: !narrowing.no_encrypt_then_mac,
        resumption: narrowing.resumption,
        ..ServerConfig::default()
    };
    if let Some(path) = &flags.client_ca {
        config.trust_anchors = support::read_certificates(path)?;
        config.client_certificates =
            if flags.require_client_certificate { ClientCertificates::Required } else { ClientCertificates::Requested };
    }
    if !narrowing.groups.is_empty() {
        config.groups.clone_from(&narrowing.groups);
    }
    if !narrowing.schemes.is_empty() {
        config.signature_schemes.clone_from(&narrowing.schemes);
    }
    Ok(config)
}

/// From files, or freshly made and signed by an authority of its own.
fn identity(flags: &Flags) -> Result<Identity, Failure> {
    if let Some((certificate, key)) = &flags.files {
        let chain = support::read_certificates(certificate)?;
        return Ok(Identity { pkcs8: support::read_private_key(key)?, chain });
    }
    make(flags).map_err(failed("making a certificate")).and_then(|(identity, root)| {
        if let Some(path) = &flags.write_ca {
            std::fs::write(path, pem(&root)).map_err(failed(path.display()))?;
        }
        Ok(identity)
    })
}

fn make(flags: &Flags) -> Result<(Identity, Vec<u8>), tls_glass::Error> {
    let mut authority = Authority::new(Environment::system());
    authority.establish()?;
    let mut server = Server::new(Environment::system());
    server.generate_key_pair(flags.algorithm)?;
    let (_, request) = server.request_certificate(&flags.name)?;
    let (_, chain) = authority.issue(&request, &[&flags.name])?;
    let pkcs8 = server.private_key().map(<[u8]>::to_vec).unwrap_or_default();
    Ok((Identity { pkcs8, chain }, authority.root().to_vec()))
}

/// RFC 7468.
fn pem(certificate: &[u8]) -> String {
    use der::pem::{LineEnding, encode_string};
    encode_string("CERTIFICATE", LineEnding::LF, certificate).unwrap_or_default()
}

fn flags() -> Result<Flags, Failure> {
    use lexopt::Arg::{Long, Short};
    let mut parser = lexopt::Parser::from_env();
    let (mut certificate, mut key) = (None, None);
    let mut flags = Flags {
        listen: "127.0.0.1:4433".to_owned(),
        files: None,
        algorithm: KeyAlgorithm::Rsa,
        name: "localhost".to_owned(),
        write_ca: None,
        client_ca: None,
        require_client_certificate: false,
        limits: Limits {
            silence: Duration::from_secs(10),
            handshake: Some(Duration::from_secs(10)),
            connection: Some(Duration::from_mins(1)),
        },
        connections: 100,
        keylog: None,
        narrowing: Narrowing::default(),
    };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("listen") => flags.listen = support::text(&mut parser)?,
            Long("cert") => certificate = Some(PathBuf::from(parser.value()?)),
            Long("key") => key = Some(PathBuf::from(parser.value()?)),
            Long("certificate") => {
                flags.algorithm = match support::text(&mut parser)?.as_str() {
                    "rsa" => KeyAlgorithm::Rsa,
                    "ecdsa" => KeyAlgorithm::EcdsaP256,
                    other => return Err(Failure::Usage(format!("--certificate {other}: it is rsa or ecdsa"))),
                }
            }
            Long("name") => flags.name = support::text(&mut parser)?,
            Long("write-ca") => flags.write_ca = Some(PathBuf::from(parser.value()?)),
            Long("client-ca") => flags.client_ca = Some(PathBuf::from(parser.value()?)),
            Long("require-client-cert") => flags.require_client_certificate = true,
            Long("timeout") => flags.limits.silence = support::seconds("timeout", &mut parser)?,
            Long("handshake-timeout") => {
                flags.limits.handshake = Some(support::seconds("handshake-timeout", &mut parser)?);
            }
            Long("connection-timeout") => {
                flags.limits.connection = Some(support::seconds("connection-timeout", &mut parser)?);
            }
            Long("connections") => flags.connections = number(&support::text(&mut parser)?)?,
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
            other => return Err(other.unexpected().into()),
        }
    }
    flags.files = support::pair(certificate, key)?;
    if flags.require_client_certificate && flags.client_ca.is_none() {
        return Err(Failure::Usage("--require-client-cert goes with --client-ca: whose certificates?".into()));
    }
    if flags.files.is_some() && flags.write_ca.is_some() {
        return Err(Failure::Usage("--write-ca goes with a certificate that is made here".into()));
    }
    Ok(flags)
}

/// The value of `--connections`.
fn number(value: &str) -> Result<usize, Failure> {
    match value.parse() {
        Ok(number) if (1..=10_000).contains(&number) => Ok(number),
        _ => Err(Failure::Usage(format!("--connections {value}: a number between 1 and 10000"))),
    }
}
