//! What a party checks, and with what outcome.

use serde::Serialize;

use crate::wire::reference::Reference;

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// What was asked.
    pub name: CheckName,
    /// What it was asked of: a certificate's subject, a host name; empty where the name says it all.
    pub subject: String,
    /// The answer.
    pub outcome: Outcome,
    /// Where the check is demanded.
    pub reference: Reference,
}

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum CheckName {
    /// A chain of valid signatures leads from the certificate to a trust anchor.
    CertificatePath,
    /// The key of every issuer on the path may sign certificates.
    CertificateIssuerKeyUsage,
    /// Now lies within a certificate's validity. One check a certificate.
    CertificateDates,
    /// The certificate names the server that the client meant to reach.
    CertificateName,
    /// The certificate may be used by a server.
    CertificateExtendedKeyUsage,
    /// The certificate's key may be used as this key exchange uses it.
    CertificateKeyUsage,
    /// The certificate's key is of the kind that the cipher suite calls for.
    CertificateKeyFitsSuite,
    /// The certificate's key is of a kind that this side can verify signatures with.
    CertificateKeyKind,
    /// All of the certificate, in one call of the validation library.
    CertificateVerdict,
    /// The signature over the server's key exchange parameters was made with the certificate's key.
    ServerSignature,
    /// The signature over the handshake was made with the key of the client's certificate.
    ClientSignature,
    /// The peer saw the same handshake messages and holds the same `master_secret`.
    VerifyData,
    /// A session ticket is as this server made it.
    TicketAuthentic,
    /// A record is as its sender made it.
    RecordAuthentic,
}

/// A check's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed {
        /// Why, in the words of the code that asked.
        reason: String,
    },
    /// It was not asked, because a check it depends on failed.
    NotReached {
        /// What it depends on.
        reason: String,
    },
}

impl Outcome {
    /// Whether the check holds.
    pub const fn passed(&self) -> bool {
        matches!(self, Self::Passed)
    }
}
