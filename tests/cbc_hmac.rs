//! CBC with HMAC (RFC 5246, section 6.2.3.2; RFC 7366): every padding that is right is taken, and nobody learns what is
//! wrong with one that is not.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "cbc_hmac/blocks.rs"]
mod blocks;
mod common;
#[path = "cbc_hmac/records.rs"]
mod records;
