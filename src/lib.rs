#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]

pub(crate) mod adversary;
pub mod crypto;
pub mod entropy;
pub mod error;
pub mod glass;
pub mod party;
pub mod pki;
pub mod protocol;
pub mod trace;
#[cfg(target_family = "wasm")]
pub mod wasm;
pub mod wire;

pub use error::{Error, ErrorKind};
