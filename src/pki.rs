//! Certificates (RFC 5280): how they are issued, how a client checks them, and what is written in them.

mod annotate;
pub mod issue;
mod path;
pub mod profile;
pub mod verify;

pub use annotate::{annotate, annotate_request};
