//! Random numbers and time: the operating system's, or all derived from a seed.

// clippy.toml forbids to keep generators and HKDF objects. Those here are dropped within the call that made them.
#![allow(clippy::disallowed_types)]

use std::collections::BTreeMap;

use chacha20::ChaCha20Rng;
use hkdf::Hkdf;
use rand_core::{CryptoRng, SeedableRng};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

use crate::error::{Error, ErrorKind};
use crate::trace::Role;

/// What a party has from the world besides bytes: random numbers, the time of day, a stopwatch.
#[derive(Debug)]
pub struct Environment {
    /// Where random numbers come from.
    pub entropy: Entropy,
    /// What time it is.
    pub now: Now,
    /// Milliseconds since any fixed moment, to time computations with; `None` to leave them untimed.
    pub clock: Option<fn() -> f64>,
}

impl Environment {
    /// The real world, on a machine with an operating system.
    #[cfg(not(target_family = "wasm"))]
    pub fn system() -> Self {
        Self { entropy: Entropy::system(), now: Now::Reads(native::unix_time), clock: Some(native::milliseconds) }
    }

    /// A world in which everything follows from a party's seed; time stands still at `now`, in Unix seconds.
    pub fn seeded(party_seed: [u8; 32], now: u64) -> Self {
        Self { entropy: Entropy::seeded(party_seed), now: Now::Fixed(now), clock: None }
    }

    /// Unix time in seconds.
    pub fn now(&self) -> u64 {
        match self.now {
            Now::Reads(read) => read(),
            Now::Fixed(now) => now,
        }
    }
}

/// Where the time of day comes from.
#[derive(Clone, Copy, Debug)]
pub enum Now {
    /// A clock that tells Unix time in seconds.
    Reads(fn() -> u64),
    /// A moment in Unix seconds: part of a seeded run.
    Fixed(u64),
}

/// A party's source of random numbers.
///
/// With a seed, each draw is `HKDF-SHA256(seed, connection, label, count)` (RFC 5869): it depends on what it is for, not
/// on what was drawn before, and no generator lives on between draws, since its state would give away what it drew.
pub struct Entropy {
    seed: Option<Box<[u8; 32]>>,
    connection: u32,
    counts: BTreeMap<&'static str, u32>,
}

impl Entropy {
    /// Draws from the operating system, or in a browser from `crypto.getRandomValues`.
    pub const fn system() -> Self {
        Self { seed: None, connection: 0, counts: BTreeMap::new() }
    }

    /// Derives every draw from a party's seed.
    pub fn seeded(mut party_seed: [u8; 32]) -> Self {
        let seed = Box::new(party_seed);
        party_seed.zeroize();
        Self { seed: Some(seed), connection: 0, counts: BTreeMap::new() }
    }

    /// The seed, where there is one: it rests in the party's memory like any other secret.
    pub fn seed(&self) -> Option<&[u8; 32]> {
        self.seed.as_deref()
    }

    /// Starts the draws of the next connection.
    pub fn next_connection(&mut self) {
        self.connection += 1;
        self.counts.clear();
    }

    /// Fills `bytes` with random numbers for the purpose that `label` names.
    pub fn fill(&mut self, label: &'static str, bytes: &mut [u8]) -> Result<(), Error> {
        let Some(seed) = &self.seed else {
            return getrandom::fill(bytes)
                .map_err(|_| ErrorKind::Internal("the system gives no random numbers").into());
        };
        let count = self.counts.entry(label).or_default();
        let info = [&self.connection.to_be_bytes()[..], label.as_bytes(), &count.to_be_bytes()].concat();
        *count += 1;
        Hkdf::<Sha256>::new(None, &seed[..])
            .expand(&info, bytes)
            .map_err(|_| ErrorKind::Internal("a seeded draw is longer than HKDF allows").into())
    }

    /// A generator for one use, such as finding primes: to be dropped within the call that asked for it.
    pub fn rng(&mut self, label: &'static str) -> Result<impl CryptoRng + use<>, Error> {
        let mut seed = Zeroizing::new([0; 32]);
        self.fill(label, &mut seed[..])?;
        Ok(ChaCha20Rng::from_seed(*seed))
    }
}

impl Drop for Entropy {
    fn drop(&mut self) {
        if let Some(seed) = &mut self.seed {
            seed.zeroize();
        }
    }
}

impl core::fmt::Debug for Entropy {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(if self.seed.is_some() { "Entropy(seeded)" } else { "Entropy(system)" })
    }
}

/// The seed of one party of a run: `HKDF-SHA256(seed, "tls-glass party " || role)`.
///
/// Whoever holds the run's seed knows every secret of the run, so no party does.
pub fn party_seed(run_seed: &[u8; 32], role: Role) -> [u8; 32] {
    let role = match role {
        Role::Authority => "authority",
        Role::Client => "client",
        Role::Eavesdropper => "eavesdropper",
        Role::Server => "server",
    };
    let mut seed = [0; 32];
    // 32 bytes are far below HKDF's limit, the only error there is.
    let _ = Hkdf::<Sha256>::new(None, run_seed).expand_multi_info(&[b"tls-glass party ", role.as_bytes()], &mut seed);
    seed
}

#[cfg(not(target_family = "wasm"))]
mod native {
    use std::sync::OnceLock;
    use std::time::{Instant, SystemTime, UNIX_EPOCH};

    pub(super) fn unix_time() -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
    }

    pub(super) fn milliseconds() -> f64 {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed().as_secs_f64() * 1000.0
    }
}
