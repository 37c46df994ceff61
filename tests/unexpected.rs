//! What does not belong where it comes, in every state of both sides: the right alert, an error that says where, an end
//! without secrets, and no way to make a party go on for ever.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "unexpected/alerts.rs"]
mod alerts;
#[path = "unexpected/arbitrary.rs"]
mod arbitrary;
#[path = "unexpected/bad_secret.rs"]
mod bad_secret;
#[path = "unexpected/choices.rs"]
mod choices;
#[path = "unexpected/client_alerts.rs"]
mod client_alerts;
mod common;
#[path = "unexpected/finite_field.rs"]
mod finite_field;
#[path = "unexpected/idle.rs"]
mod idle;
#[path = "unexpected/passing.rs"]
mod passing;
#[path = "unexpected/play.rs"]
mod play;
#[path = "unexpected/stage.rs"]
mod stage;
#[path = "unexpected/tables.rs"]
mod tables;
