//! `cargo xtask serve`

use std::net::TcpListener;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::{build, setup};

pub fn run(project: &mut Project, port: u16) -> Result<()> {
    setup::for_building(project)?;
    build::modules(project)?;
    build::page(project)?;
    TcpListener::bind(("localhost", port))
        .with_context(|| format!("localhost:{port} cannot be served on: choose another port with --port"))?;

    let mut command = project.command(if cfg!(windows) { "vite.cmd" } else { "vite" });
    command.current_dir(project.www());
    command.args(["preview", "--host", "localhost", "--strictPort", "--port", &port.to_string()]);
    println!("\nThe page is at http://localhost:{port}/   (Ctrl-C stops it)\n");
    become_server(command)
}

/// The server takes this process's place, so that whatever stops the one stops the other.
#[cfg(unix)]
fn become_server(mut command: std::process::Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(error).context("the server (`vite preview`) could not be started")
}

#[cfg(not(unix))]
fn become_server(mut command: std::process::Command) -> Result<()> {
    crate::process::run(&mut command)
}
