//! The eavesdropper: she hears every record, changes none, and computes with the keys that were leaked to her.

pub(crate) mod hear;
pub(crate) mod recover_tls12;
