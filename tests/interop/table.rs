//! What is tried with every peer, and the table that says what came of it.

use std::fmt;

use tls_glass::crypto::signature::KeyAlgorithm;
use tls_glass::party::Resumption;
use tls_glass::protocol::suite::Cipher;
use tls_glass::protocol::suite::tls12::{SUITES, Suite};
use tls_glass::wire::codepoint::NamedGroup;

/// One way in which two sides can come together.
#[derive(Clone, Copy, Debug)]
pub struct Combination {
    pub suite: Suite,
    pub group: Option<NamedGroup>,
    pub extended_master_secret: bool,
    pub encrypt_then_mac: bool,
    pub client_certificate: ClientCertificate,
    /// How the connection resumes one that was made just before; `None` for a full handshake.
    pub resumption: Resumption,
}

/// Whether the client shows who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientCertificate {
    NotAsked,
    /// The server insists, and the client has one with a key of this kind.
    Shown(KeyAlgorithm),
}

/// Every suite with every group, a CBC suite with both orders of encryption and MAC. What `extended_master_secret` changes
/// (which hash the master secret is bound to) depends on the suite and not on the group: without it, the first group does.
/// So it does for client certificates, which are tried with every suite whose server shows one, and for sessions that are
/// resumed, which are tried with and without them.
pub fn combinations() -> Vec<Combination> {
    let mut all = Vec::new();
    for suite in SUITES {
        let groups: Vec<_> = suite.key_exchange.groups().iter().copied().map(Some).collect();
        let groups = if groups.is_empty() { vec![None] } else { groups };
        let orders: &[bool] = if matches!(suite.cipher, Cipher::Cbc(_)) { &[false, true] } else { &[false] };
        for (at, group) in groups.into_iter().enumerate() {
            let bindings: &[bool] = if at == 0 { &[true, false] } else { &[true] };
            for &extended_master_secret in bindings {
                all.extend(orders.iter().map(|&encrypt_then_mac| Combination {
                    suite,
                    group,
                    extended_master_secret,
                    encrypt_then_mac,
                    client_certificate: ClientCertificate::NotAsked,
                    resumption: Resumption::None,
                }));
            }
        }
    }
    let shown = all.iter().filter_map(with_client_certificate).collect::<Vec<_>>();
    all.extend(shown);
    let resumed = all.iter().flat_map(with_resumption).collect::<Vec<_>>();
    all.extend(resumed);
    all
}

/// The same, resuming an earlier connection in each way, for one row of each suite, order and client. Without
/// `extended_master_secret` we resume nothing.
fn with_resumption(row: &Combination) -> Vec<Combination> {
    let is_first = row.group == row.suite.key_exchange.groups().first().copied() && row.extended_master_secret;
    let ways: &[Resumption] = if is_first { &[Resumption::SessionId, Resumption::SessionTicket] } else { &[] };
    ways.iter().map(|&resumption| Combination { resumption, ..*row }).collect()
}

/// The same with a certified client, for one row of each suite. Its key is of the other kind than the server's.
fn with_client_certificate(row: &Combination) -> Option<Combination> {
    let first = row.suite.key_exchange.groups().first().copied();
    let is_first = row.group == first && row.extended_master_secret && !row.encrypt_then_mac;
    let key = match row.suite.certificate_key? {
        KeyAlgorithm::Rsa => KeyAlgorithm::EcdsaP256,
        KeyAlgorithm::EcdsaP256 => KeyAlgorithm::Rsa,
    };
    is_first.then_some(Combination { client_certificate: ClientCertificate::Shown(key), ..*row })
}

impl Combination {
    /// The groups to offer. The key of an ECDSA certificate has to be on a curve that the other side takes (RFC 5246,
    /// sections 7.4.2 and 7.4.6), and it takes those that it names (RFC 8422, section 4), even if another is agreed on.
    pub fn groups(&self) -> Vec<NamedGroup> {
        let agreed = self.group.unwrap_or(NamedGroup::X25519);
        let ecdsa = self.suite.certificate_key == Some(KeyAlgorithm::EcdsaP256)
            || self.client_certificate == ClientCertificate::Shown(KeyAlgorithm::EcdsaP256);
        if ecdsa && agreed != NamedGroup::SECP256R1 { vec![agreed, NamedGroup::SECP256R1] } else { vec![agreed] }
    }

    /// Whether an earlier connection is resumed.
    pub fn resumes(&self) -> bool {
        self.resumption != Resumption::None
    }

    /// The two halves of the suite's name: key exchange and cipher.
    fn halves(&self) -> (String, String) {
        let name = self.suite.common.id.to_string();
        let (key_exchange, cipher) = name.split_once("_WITH_").expect("a suite of TLS 1.2");
        (key_exchange.trim_start_matches("TLS_").to_owned(), cipher.to_owned())
    }
}

/// What the peer is in a connection. We are the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Client,
    Server,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Client => "client",
            Self::Server => "server",
        })
    }
}

/// What came of a combination.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// So many bytes arrived at each side, and both had logged the same master secret.
    Carried(usize),
    /// The peer cannot do this, for this reason.
    NotSupported(String),
    /// It should have worked.
    Failed(String),
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Carried(bytes) => write!(f, "{bytes} bytes each way"),
            Self::NotSupported(reason) => write!(f, "not supported: {reason}"),
            Self::Failed(why) => write!(f, "FAILED: {}", why.lines().next().unwrap_or_default()),
        }
    }
}

/// One row: a peer in a role, a combination, and what came of it.
#[derive(Clone, Debug)]
pub struct Row {
    pub peer: String,
    pub role: Role,
    pub combination: Combination,
    pub outcome: Outcome,
}

const HEADER: [&str; 10] = [
    "peer",
    "its role",
    "key exchange",
    "group",
    "cipher",
    "extended_master_secret",
    "encrypt_then_mac",
    "client certificate",
    "resumption",
    "result",
];

impl Row {
    fn cells(&self) -> [String; 10] {
        let Combination { suite, group, extended_master_secret, encrypt_then_mac, client_certificate, resumption } =
            self.combination;
        let (key_exchange, cipher) = self.combination.halves();
        let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        [
            self.peer.clone(),
            self.role.to_string(),
            key_exchange,
            group.map_or_else(|| "-".to_owned(), |group| group.to_string()),
            cipher,
            yes(extended_master_secret),
            // It has no meaning with AEAD.
            if matches!(suite.cipher, Cipher::Cbc(_)) { yes(encrypt_then_mac) } else { "-".to_owned() },
            match client_certificate {
                ClientCertificate::NotAsked => "not asked for".to_owned(),
                ClientCertificate::Shown(key) => key.to_string(),
            },
            match resumption {
                Resumption::None => "full handshake",
                Resumption::SessionId => "session ID",
                Resumption::SessionTicket => "session ticket",
            }
            .to_owned(),
            self.outcome.to_string(),
        ]
    }
}

/// The table, with aligned columns, and a line a peer and role that sums it up.
pub fn render(rows: &[Row]) -> String {
    let lines: Vec<[String; 10]> =
        std::iter::once(HEADER.map(str::to_owned)).chain(rows.iter().map(Row::cells)).collect();
    let width = |column: usize| lines.iter().map(|line| line[column].len()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..HEADER.len()).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let cells: Vec<String> = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text.push('\n');
    text.push_str(&summary(rows));
    text
}

fn summary(rows: &[Row]) -> String {
    let mut who: Vec<(&str, Role)> = rows.iter().map(|row| (row.peer.as_str(), row.role)).collect();
    who.dedup();
    let count = |(peer, role): (&str, Role), which: fn(&Outcome) -> bool| {
        rows.iter().filter(|row| row.peer == peer && row.role == role && which(&row.outcome)).count()
    };
    let line = |who: (&str, Role)| {
        let carried = count(who, |outcome| matches!(outcome, Outcome::Carried(_)));
        let not_supported = count(who, |outcome| matches!(outcome, Outcome::NotSupported(_)));
        let failed = count(who, |outcome| matches!(outcome, Outcome::Failed(_)));
        let (peer, role) = who;
        format!("{peer} as {role}: {carried} carried, {not_supported} not supported, {failed} failed\n")
    };
    who.into_iter().map(line).collect()
}
