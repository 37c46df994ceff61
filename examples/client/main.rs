//! A TLS 1.2 client over the same core as the page. `endpoint.rs` says what it does.
// Sockets need an operating system; in a browser there is nothing to run.
#![cfg_attr(target_family = "wasm", no_main)]

#[cfg(not(target_family = "wasm"))]
mod endpoint;
#[cfg(not(target_family = "wasm"))]
mod reply;
#[cfg(not(target_family = "wasm"))]
#[path = "../support/mod.rs"]
mod support;

#[cfg(not(target_family = "wasm"))]
fn main() -> std::process::ExitCode {
    endpoint::main()
}
