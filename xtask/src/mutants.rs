//! The mutants: modules that break one rule of `src/glass.rs` each. The memory search must notice two of them; the third
//! hides from any search, and must be refused by the linter.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::process::{self, heading};
use crate::project::Project;
use crate::stamp;

const MUTANTS: [&str; 3] = ["inline", "unzeroed", "cipher"];
/// What the linter must say of the third, and where.
const REFUSAL: [&str; 2] = ["clippy::disallowed-types", "src/glass/kept_cipher.rs"];

/// Builds the mutants, lints the one that no search finds, and runs the tests.
pub fn run(project: &Project) -> Result<()> {
    for name in MUTANTS {
        build(project, name)?;
    }
    lint(project)?;
    let mut command = project.npm(&["run", "test:mutants"]);
    process::run(command.env("TLS_GLASS_MUTANTS", folder(project)))
}

fn folder(project: &Project) -> PathBuf {
    project.root.join("target/mutants")
}

fn build(project: &Project, name: &str) -> Result<()> {
    let folder = folder(project).join(name);
    let compiler = process::output(&mut project.line("rustc --version"))?;
    let was_needed = stamp::Build {
        root: &project.root,
        sources: &["Cargo.toml", "Cargo.lock", "src", ".cargo", "wasm-pack.toml"],
        circumstances: compiler.trim(),
        results: &folder,
        stamp: project.stamps().join(format!("mutant-{name}.stamp")),
    }
    .run(|| {
        heading(&format!("Building the mutant `{name}`"));
        let mut command =
            project.line("wasm-pack build --mode no-install --target web --dev --no-typescript --out-dir");
        command.arg(&folder).args(["--features", &format!("mutant-{name}")]);
        process::run(&mut command)
    })?;
    if !was_needed {
        println!("the mutant `{name}` is up to date");
    }
    Ok(())
}

/// The linter must refuse the kept cipher, and for that reason.
fn lint(project: &Project) -> Result<()> {
    let mut command = project.line("cargo clippy --lib --features mutant-cipher -- -D clippy::disallowed-types");
    println!("the linter is to refuse the mutant `cipher`");
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        bail!("the linter let a kept cipher pass: clippy.toml does not list its type any more");
    }
    if let Some(missing) = REFUSAL.iter().find(|expected| !said.replace('_', "-").contains(&expected.replace('_', "-")))
    {
        bail!("the linter failed, but did not say `{missing}`:\n{said}");
    }
    println!("it does");
    Ok(())
}
