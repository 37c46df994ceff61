//! The steps of a test run, in order: what is quick to fail comes first.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::inputs::{self, Inputs};
use crate::process;
use crate::project::Project;
use crate::{build, mutants, sizes, system};

pub struct Step {
    pub name: &'static str,
    pub title: &'static str,
    /// Steps whose results this one uses; where one of them failed, this one is not run.
    pub needs: &'static [&'static str],
    /// A step that does all that this one does. Where all steps are wanted, this one is left out.
    pub part_of: Option<&'static str>,
    /// While these are what they were when the step passed, it is not repeated. None: it is run every time, as it takes no time
    /// or knows by itself what changed.
    pub inputs: Option<Inputs>,
    /// What helps after a failure: the tool's own command for one test of many, or the one that mends.
    pub hint: &'static str,
    pub run: fn(&Project) -> Result<()>,
}

/// The steps of `cargo xtask check`.
pub const CHECK: [&str; 6] = ["fmt", "lint", "clippy", "quick", "types", "parts"];

const ONE_NATIVE_TEST: &str = "cargo test --test FILE NAME";
const ONE_BROWSER_TEST: &str = "wasm-pack test --headless --chrome (or --firefox) -- --test web NAME";
const ONE_PAGE_TEST: &str = "in www: npx vitest run FILE -t NAME";

pub const STEPS: [Step; 20] = [
    Step {
        name: "fmt",
        title: "Rust is formatted",
        needs: &[],
        part_of: None,
        inputs: Some(inputs::RUST),
        hint: "to mend: cargo fmt --all",
        run: |project| process::run(&mut project.line("cargo fmt --all --check")),
    },
    Step {
        name: "lint",
        title: "Biome",
        needs: &[],
        part_of: None,
        inputs: Some(inputs::PAGE),
        hint: "to mend what it can: npm run format, in www",
        run: |project| process::run(&mut project.npm(&["run", "lint"])),
    },
    Step {
        name: "deny",
        title: "Licences, duplicate versions and sources of dependencies",
        needs: &[],
        part_of: None,
        inputs: Some(inputs::RUST),
        hint: "what is allowed stands in deny.toml",
        run: |project| process::run(&mut project.line("cargo deny check licenses bans sources")),
    },
    Step {
        name: "clippy",
        title: "Clippy, for this machine",
        needs: &[],
        part_of: None,
        inputs: Some(inputs::RUST),
        hint: "what is allowed stands in Cargo.toml, under [lints]",
        run: |project| process::run(&mut project.line("cargo clippy --workspace --all-targets -- -D warnings")),
    },
    Step {
        name: "clippy-wasm",
        title: "Clippy, for WebAssembly",
        needs: &[],
        part_of: None,
        inputs: Some(inputs::RUST),
        hint: "what is allowed stands in Cargo.toml, under [lints]",
        run: |project| {
            let line = "cargo clippy --target wasm32-unknown-unknown --lib --tests -- -D warnings";
            process::run(&mut project.line(line))
        },
    },
    Step {
        name: "quick",
        title: "Native tests that take no time",
        needs: &[],
        part_of: Some("native"),
        inputs: Some(inputs::RUST),
        hint: ONE_NATIVE_TEST,
        run: |project| {
            let mut command = project.line("cargo test --workspace --lib --bins");
            process::run(command.args(QUICK.iter().flat_map(|file| ["--test", file])))
        },
    },
    Step {
        name: "native",
        title: "Tests, native",
        needs: &[],
        part_of: None,
        inputs: Some(inputs::NATIVE),
        hint: ONE_NATIVE_TEST,
        run: |project| process::run(&mut project.line("cargo test --workspace --no-fail-fast")),
    },
    Step {
        name: "doc",
        title: "Documentation",
        needs: &[],
        part_of: None,
        inputs: Some(inputs::RUST),
        hint: "cargo doc --no-deps --open shows it",
        run: |project| {
            let mut command = project.line("cargo doc --workspace --no-deps");
            process::run(command.env("RUSTDOCFLAGS", "-D warnings"))
        },
    },
    Step {
        name: "wasm",
        title: "The WebAssembly module",
        needs: &[],
        part_of: None,
        inputs: None,
        hint: "cargo xtask build",
        run: build::modules,
    },
    Step {
        name: "chrome",
        title: "Tests in headless Chrome",
        needs: &[],
        part_of: None,
        inputs: Some(inputs::CHROME),
        hint: ONE_BROWSER_TEST,
        run: |project| wasm_tests(project, "chrome", "chromedriver", &system::CHROMEDRIVER),
    },
    Step {
        name: "firefox",
        title: "Tests in headless Firefox",
        needs: &[],
        part_of: None,
        inputs: Some(inputs::FIREFOX),
        hint: ONE_BROWSER_TEST,
        run: |project| wasm_tests(project, "firefox", "geckodriver", &system::GECKODRIVER),
    },
    Step {
        name: "types",
        title: "TypeScript's types",
        needs: &["wasm"],
        part_of: None,
        inputs: Some(inputs::PAGE),
        hint: "npm run check, in www",
        run: |project| process::run(&mut project.npm(&["run", "check"])),
    },
    Step {
        name: "parts",
        title: "Tests of the page's parts that need no module",
        needs: &[],
        part_of: Some("unit"),
        inputs: Some(inputs::PAGE),
        hint: ONE_PAGE_TEST,
        run: |project| process::run(&mut project.npm(&["run", "test:parts"])),
    },
    Step {
        name: "unit",
        title: "Tests of the page's parts, under Node.js",
        needs: &["wasm"],
        part_of: None,
        inputs: Some(inputs::PAGE),
        hint: ONE_PAGE_TEST,
        run: |project| process::run(&mut project.npm(&["run", "test"])),
    },
    Step {
        name: "mutants",
        title: "Modules that break a rule of the glass are caught",
        needs: &["wasm"],
        part_of: None,
        inputs: Some(inputs::PAGE),
        hint: "docs/decisions/glass-mutants.md says what each of them breaks",
        run: mutants::run,
    },
    Step {
        name: "page",
        title: "The page",
        needs: &["wasm"],
        part_of: None,
        inputs: None,
        hint: "npm run build, in www",
        run: build::page,
    },
    Step {
        name: "e2e",
        title: "The built page in Chromium",
        needs: &["page"],
        part_of: None,
        inputs: Some(inputs::PAGE_IN_CHROMIUM),
        hint: "in www: npx playwright test FILE:LINE; a failure leaves its trace in www/test-results",
        run: |project| {
            let mut command = project.npm(&["run", "e2e"]);
            process::run(with_program(project, &mut command, "CHROMIUM", &system::CHROMIUM)?)
        },
    },
    Step {
        name: "e2e-firefox",
        title: "The built page in Firefox",
        needs: &["page"],
        part_of: None,
        inputs: Some(inputs::PAGE_IN_FIREFOX),
        hint: "its tests stand in www/test/firefox",
        run: |project| {
            let mut command = project.npm(&["run", "e2e:firefox"]);
            with_program(project, &mut command, "GECKODRIVER", &system::GECKODRIVER)?;
            process::run(with_program(project, &mut command, "FIREFOX", &system::FIREFOX)?)
        },
    },
    Step {
        name: "sizes",
        title: "Sizes of the built page, against their budgets",
        needs: &["page"],
        part_of: None,
        inputs: None,
        hint: "xtask/src/sizes.rs adds them up",
        run: |project| sizes::check(&project.www().join("dist")),
    },
    Step {
        name: "first-view",
        title: "All that a first view fetches, against its budget",
        needs: &["page"],
        part_of: None,
        inputs: Some(inputs::PAGE_IN_CHROMIUM),
        hint: "its budget stands in www/test/first-view",
        run: |project| {
            let mut command = project.npm(&["run", "first-view"]);
            process::run(with_program(project, &mut command, "CHROMIUM", &system::CHROMIUM)?)
        },
    },
];

/// Files of native tests that run in a second or less.
const QUICK: [&str; 3] = ["codec", "seeded", "structure"];

/// The tests that `wasm-pack` runs in a browser, through the browser's driver.
fn wasm_tests(project: &Project, browser: &str, driver: &str, programs: &[&str]) -> Result<()> {
    let driver_path = program(project, programs)?;
    let mut command = project.line("wasm-pack test --headless --mode no-install");
    command.arg(format!("--{browser}")).arg(format!("--{driver}")).arg(driver_path);
    // wasm-pack names the driver itself, and another one named in the environment would be taken first.
    for variable in ["CHROMEDRIVER", "GECKODRIVER", "CHROMEDRIVER_REMOTE", "GECKODRIVER_REMOTE"] {
        command.env_remove(variable);
    }
    let output = process::run_and_read(&mut command)?;
    if passed_tests(&output) == 0 {
        bail!(
            "no test ran in {browser}: each file of browser tests needs \
             `wasm_bindgen_test_configure!(run_in_browser)` or a worker's"
        );
    }
    Ok(())
}

/// The sum of all `test result: ok. N passed; …`: a file without tests for a browser ends well, and says 0 or nothing.
fn passed_tests(output: &str) -> usize {
    output
        .lines()
        .filter_map(|line| line.strip_prefix("test result: ok. ")?.split(' ').next()?.parse::<usize>().ok())
        .sum()
}

/// Tells a command in an environment variable where a program is.
pub fn with_program<'a>(
    project: &Project,
    command: &'a mut Command,
    variable: &str,
    names: &[&str],
) -> Result<&'a mut Command> {
    Ok(command.env(variable, program(project, names)?))
}

fn program(project: &Project, names: &[&str]) -> Result<PathBuf> {
    project.find_program(names).with_context(|| format!("`{}` is not on PATH", names.join("` or `")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passed_tests_add_up() {
        let output = "no tests to run!\ntest result: ok. 12 passed; 0 failed; 0 ignored\n\
                      test t ... ok\ntest result: ok. 3 passed; 0 failed\n";
        assert_eq!(passed_tests(output), 15);
        assert_eq!(passed_tests("no tests to run!\n"), 0);
    }
}
