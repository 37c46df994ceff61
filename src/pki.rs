//! Certificates (RFC 5280): how they are issued, how a client checks them, and what is written in them.

mod annotate;
pub mod issue;
mod issuer;
mod path;
pub mod profile;
mod subject;
pub mod verify;

pub use annotate::{annotate, annotate_request};

use der::{Decode, Encode};
use x509_cert::certificate::{CertificateInner, Raw};

/// When a certificate's validity ends, in Unix seconds; `None` if it is no certificate.
pub fn not_after(der: &[u8]) -> Option<u64> {
    let certificate = CertificateInner::<Raw>::from_der(der).ok()?;
    Some(certificate.tbs_certificate().validity().not_after.to_unix_duration().as_secs())
}

/// The name of a certificate's subject, in DER; `None` if it is no certificate.
pub fn subject_of(der: &[u8]) -> Option<Vec<u8>> {
    CertificateInner::<Raw>::from_der(der).ok()?.tbs_certificate().subject().to_der().ok()
}
