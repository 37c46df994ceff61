//! `cargo xtask screenshot`: the pictures in the README and the one that a link to the page shows, taken of the built page.

use std::fs;

use anyhow::{Context, Result};

use crate::moving_picture;
use crate::process::{self, heading};
use crate::project::Project;
use crate::{build, setup, steps, system};

pub fn run(project: &mut Project) -> Result<()> {
    setup::for_testing(project)?;
    build::modules(project)?;
    build::page(project)?;
    let frames = project.root.join("target/picture");
    if frames.is_dir() {
        fs::remove_dir_all(&frames).with_context(|| format!("cannot clear {}", frames.display()))?;
    }
    let mut command = project.npm(&["run", "screenshot"]);
    command.env("TLS_GLASS_FRAMES", &frames);
    process::run(steps::with_program(project, &mut command, "CHROMIUM", &system::CHROMIUM)?)?;
    heading("Making the moving picture of its frames");
    moving_picture::make(&frames, &project.root.join("docs/handshake.png"))
}
