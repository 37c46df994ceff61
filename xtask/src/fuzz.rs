//! `cargo xtask fuzz`: the test of arbitrary bytes, with more cases than a test run has time for.

use anyhow::Result;

use crate::process;
use crate::project::Project;

/// Cases for each state where the command names no number: about eight minutes on two cores.
pub const CASES: u32 = 1000;

/// With fewer, the test cannot expect that some are refused.
pub const FEWEST_CASES: u32 = 10;

/// What the test takes the number from.
const VARIABLE: &str = "TLS_GLASS_CASES";

/// Feeds every state of both parties this many inputs. What fails is added to the file of regressions beside the test, which
/// belongs into the repository: from then on every test run begins with it.
pub fn run(project: &Project, cases: u32) -> Result<()> {
    let mut command = project.line("cargo test --test unexpected arbitrary -- --nocapture");
    process::run(command.env(VARIABLE, cases.to_string()))?;
    println!("\n{cases} cases in every state: none failed");
    Ok(())
}
