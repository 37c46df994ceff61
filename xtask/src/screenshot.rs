//! `cargo xtask screenshot`

use anyhow::Result;

use crate::process;
use crate::project::Project;
use crate::{build, setup, steps, system};

pub fn run(project: &mut Project) -> Result<()> {
    setup::for_testing(project)?;
    build::modules(project)?;
    build::page(project)?;
    let mut command = project.npm(&["run", "screenshot"]);
    process::run(steps::with_program(project, &mut command, "CHROMIUM", &system::CHROMIUM)?)
}
