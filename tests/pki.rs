//! Keys, signatures and certificates: against the `openssl` command line, and against their own promises.

#![cfg(not(target_family = "wasm"))]
#![allow(clippy::disallowed_types, reason = "a seeded generator drives the functions under test")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "pki/annotate.rs"]
mod annotate;
#[path = "pki/authority.rs"]
mod authority;
#[path = "pki/chains.rs"]
mod chains;
#[path = "pki/oids.rs"]
mod oids;
#[path = "pki/openssl.rs"]
mod openssl;
#[path = "pki/pre_master_secret.rs"]
mod pre_master_secret;
#[path = "pki/signatures.rs"]
mod signatures;

use std::sync::OnceLock;

use chacha20::ChaCha20Rng;
use rand_core::SeedableRng;
use tls_glass::crypto::signature::{KeyAlgorithm, PrivateKey};
use tls_glass::pki::issue::CertificateAuthority;

/// 2026-11-20 12:00:00 UTC.
const NOW: u64 = 1_795_176_000;

fn rng(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

/// One key of each kind: making an RSA key takes a while.
fn key(algorithm: KeyAlgorithm) -> &'static PrivateKey {
    static RSA: OnceLock<PrivateKey> = OnceLock::new();
    static P256: OnceLock<PrivateKey> = OnceLock::new();
    let (key, seed) = match algorithm {
        KeyAlgorithm::Rsa => (&RSA, 1),
        KeyAlgorithm::EcdsaP256 => (&P256, 2),
    };
    key.get_or_init(|| PrivateKey::generate(algorithm, &mut rng(seed)).expect("a key"))
}

fn authority() -> &'static CertificateAuthority {
    static AUTHORITY: OnceLock<CertificateAuthority> = OnceLock::new();
    AUTHORITY.get_or_init(|| CertificateAuthority::generate(&mut rng(3), NOW).expect("an authority"))
}

const BOTH: [KeyAlgorithm; 2] = [KeyAlgorithm::Rsa, KeyAlgorithm::EcdsaP256];
