//! The example programs, as their users meet them: flags, files, sockets, and one clear line where something fails.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "endpoints/client.rs"]
mod client;
mod common;
#[path = "interop/files.rs"]
#[allow(dead_code, reason = "only certificates and files are needed here")]
mod files;
#[path = "endpoints/keep_alive.rs"]
mod keep_alive;
#[path = "endpoints/limits.rs"]
mod limits;
#[path = "endpoints/process.rs"]
mod process;
#[path = "endpoints/replies.rs"]
mod replies;
#[path = "endpoints/server.rs"]
mod server;
#[path = "interop/sockets.rs"]
#[allow(dead_code, reason = "only a free port is needed here")]
mod sockets;
