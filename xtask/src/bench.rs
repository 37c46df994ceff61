//! `cargo xtask bench`: what the memory search costs, beside its budgets. Nothing here is asserted.

use anyhow::Result;

use crate::process;
use crate::project::Project;
use crate::{build, setup};

pub fn run(project: &mut Project) -> Result<()> {
    setup::for_building(project)?;
    build::modules(project)?;
    process::run(&mut project.npm(&["run", "bench"]))
}
