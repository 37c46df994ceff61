//! The one place that names cryptographic libraries.
//!
//! Every function here takes bytes and gives bytes. No key, cipher, MAC or generator object outlives a call
//! ([`glass`](crate::glass) says why).

// clippy.toml forbids the libraries' key, cipher and MAC objects elsewhere. Within a call of this module they may be used.
#![allow(clippy::disallowed_types)]

pub mod aead;
pub(crate) mod algorithm_name;
pub mod cbc_hmac;
pub mod group;
pub mod hash;
pub mod key_transport;
pub mod part;
pub mod prf;
mod prime;
pub mod rsa;
pub mod signature;
