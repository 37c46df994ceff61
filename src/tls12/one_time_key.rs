//! Making a one-time key pair, on either side.

use super::connection::Context;
use crate::crypto::group::{self, KeyPair};
use crate::error::Error;
use crate::trace::{Reference, Role, Value, ValueName};
use crate::wire::codepoint::NamedGroup;

/// Makes this side's one-time key pair for one connection; from now on the party holds it.
pub(super) fn generate(role: Role, group: NamedGroup, cx: &mut Context<'_>) -> Result<KeyPair, Error> {
    let (private, public, section) = match role {
        Role::Server => (ValueName::ServerOneTimePrivateKey, ValueName::ServerOneTimePublicKey, "5.4"),
        _ => (ValueName::ClientOneTimePrivateKey, ValueName::ClientOneTimePublicKey, "5.7"),
    };
    let mut rng = cx.environment.entropy.rng("one-time key")?;
    cx.trace.start();
    let key_pair = group::generate(group, &mut rng)?;
    cx.trace.computation(
        format!("{group}.GenerateKeyPair"),
        Vec::new(),
        vec![Value::new(private, &key_pair.private), Value::new(public, &key_pair.public)],
        Reference::new(8422, section),
    );
    cx.trace.held(private, &key_pair.private);
    cx.trace.held(public, &key_pair.public);
    Ok(key_pair)
}
