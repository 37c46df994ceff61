//! Making an ephemeral key pair, on either side.

use crate::crypto::group::{self, KeyPair};
use crate::error::Error;
use crate::protocol::connection::state::Context;
use crate::trace::{Account, Names, Role, Value};
use crate::wire::codepoint::NamedGroup;
use crate::wire::reference::Reference;

/// Makes this side's ephemeral key pair for one connection; from now on the party holds it.
pub(crate) fn generate(names: Names, role: Role, group: NamedGroup, cx: &mut Context<'_>) -> Result<KeyPair, Error> {
    let (private, public) = (names.ephemeral_private_key, names.ephemeral_public_key);
    let reference = match (group.is_ffdhe(), role) {
        (true, Role::Server) => Reference::new(5246, "7.4.3"),
        (true, _) => Reference::new(5246, "7.4.7.2"),
        (false, Role::Server) => Reference::new(8422, "5.4"),
        (false, _) => Reference::new(8422, "5.7"),
    };
    let mut rng = cx.environment.entropy.rng("one-time key")?;
    cx.trace.start();
    let key_pair = group::generate(group, &mut rng)?;
    cx.trace.computation(
        format!("{group}.GenerateKeyPair"),
        Vec::new(),
        vec![Value::new(private, &key_pair.private), Value::new(public, &key_pair.public)],
        reference,
    );
    cx.trace.held(Account::Connection, private, &key_pair.private);
    cx.trace.held(Account::Handshake, public, &key_pair.public);
    Ok(key_pair)
}
