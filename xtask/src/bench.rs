//! `cargo xtask bench`: the first view beside Mermaid's, a handshake beside node-forge's, RSA keys beside those of Node.js's
//! `WebCrypto`, and what the memory search costs beside its budgets. Each group of rows is a file in www/bench. Nothing here is
//! asserted.

use anyhow::Result;

use crate::process;
use crate::project::Project;
use crate::{build, setup, steps, system};

pub fn run(project: &mut Project) -> Result<()> {
    setup::for_measuring(project)?;
    build::modules(project)?;
    build::page(project)?;
    let mut command = project.npm(&["run", "bench"]);
    process::run(steps::with_program(project, &mut command, "CHROMIUM", &system::CHROMIUM)?)
}
