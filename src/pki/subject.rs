//! What to call a certificate.

use der::Decode;
use x509_cert::certificate::{CertificateInner, Raw};

use crate::wire::printable;

/// Its subject's common name, or its whole subject, or its place in the chain.
pub(super) fn subject(at: usize, der: &[u8]) -> String {
    let name =
        CertificateInner::<Raw>::from_der(der).map(|certificate| certificate.tbs_certificate().subject().clone());
    match name {
        Ok(name) if !name.is_empty() => {
            let common_name = name.common_name().ok().flatten().map(|name| name.value().into_owned());
            printable(&common_name.unwrap_or_else(|| name.to_string()))
        }
        _ => format!("certificate {}", at + 1),
    }
}
