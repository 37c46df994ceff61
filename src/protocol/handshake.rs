//! What the handshakes of all versions have in common.

pub(crate) mod authenticate;
pub(crate) mod certificates;
pub(crate) mod ephemeral_key;
pub(crate) mod identity;
pub(crate) mod transcript;
