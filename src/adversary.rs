//! What an attacker can do with what she has: real computations on what crossed the wire and what was leaked to her.

pub(crate) mod eavesdrop;
