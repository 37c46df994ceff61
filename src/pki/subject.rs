//! What to call a certificate.

use der::{Decode, Encode};
use x509_cert::certificate::{CertificateInner, Raw};

use super::annotate::name_in_words;
use crate::wire::printable;

/// Its subject's common name, or its whole subject, or its place in the chain.
pub(super) fn subject(at: usize, der: &[u8]) -> String {
    let name =
        CertificateInner::<Raw>::from_der(der).map(|certificate| certificate.tbs_certificate().subject().clone());
    match name {
        Ok(name) if !name.is_empty() => {
            let common_name = name.common_name().ok().flatten().map(|name| printable(&name.value()));
            common_name.or_else(|| name_in_words(&name.to_der().ok()?))
        }
        _ => None,
    }
    .unwrap_or_else(|| format!("certificate {}", at + 1))
}
