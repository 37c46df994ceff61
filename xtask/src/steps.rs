//! The steps of a test run, in order: what is quick to fail comes first.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;
use crate::project::Project;
use crate::{build, mutants, sizes, system};

pub struct Step {
    pub name: &'static str,
    pub title: &'static str,
    /// Steps whose results this one uses; where one of them failed, this one is not run.
    pub needs: &'static [&'static str],
    pub run: fn(&Project) -> Result<()>,
}

pub const STEPS: [Step; 17] = [
    Step {
        name: "fmt",
        title: "Rust is formatted",
        needs: &[],
        run: |project| process::run(&mut project.line("cargo fmt --all --check")),
    },
    Step {
        name: "deny",
        title: "Licences, duplicate versions and sources of dependencies",
        needs: &[],
        run: |project| process::run(&mut project.line("cargo deny check licenses bans sources")),
    },
    Step {
        name: "clippy",
        title: "Clippy, for this machine",
        needs: &[],
        run: |project| process::run(&mut project.line("cargo clippy --workspace --all-targets -- -D warnings")),
    },
    Step {
        name: "clippy-wasm",
        title: "Clippy, for WebAssembly",
        needs: &[],
        run: |project| {
            let line = "cargo clippy --target wasm32-unknown-unknown --lib --tests -- -D warnings";
            process::run(&mut project.line(line))
        },
    },
    Step {
        name: "native",
        title: "Tests, native",
        needs: &[],
        run: |project| process::run(&mut project.line("cargo test --workspace")),
    },
    Step {
        name: "doc",
        title: "Documentation",
        needs: &[],
        run: |project| {
            let mut command = project.line("cargo doc --workspace --no-deps");
            process::run(command.env("RUSTDOCFLAGS", "-D warnings"))
        },
    },
    Step { name: "wasm", title: "The WebAssembly module", needs: &[], run: build::modules },
    Step {
        name: "chrome",
        title: "Tests in headless Chrome",
        needs: &[],
        run: |project| wasm_tests(project, "chrome", "chromedriver", &system::CHROMEDRIVER),
    },
    Step {
        name: "firefox",
        title: "Tests in headless Firefox",
        needs: &[],
        run: |project| wasm_tests(project, "firefox", "geckodriver", &["geckodriver"]),
    },
    Step {
        name: "types",
        title: "TypeScript's types",
        needs: &["wasm"],
        run: |project| process::run(&mut project.npm(&["run", "check"])),
    },
    Step { name: "lint", title: "Biome", needs: &[], run: |project| process::run(&mut project.npm(&["run", "lint"])) },
    Step {
        name: "unit",
        title: "Tests of the page's parts, under Node.js",
        needs: &["wasm"],
        run: |project| process::run(&mut project.npm(&["run", "test"])),
    },
    Step {
        name: "mutants",
        title: "Modules that break a rule of the glass are caught",
        needs: &["wasm"],
        run: mutants::run,
    },
    Step { name: "page", title: "The page", needs: &["wasm"], run: build::page },
    Step {
        name: "e2e",
        title: "The built page in Chromium",
        needs: &["page"],
        run: |project| {
            let mut command = project.npm(&["run", "e2e"]);
            process::run(with_program(project, &mut command, "CHROMIUM", &system::CHROMIUM)?)
        },
    },
    Step {
        name: "e2e-firefox",
        title: "The built page in Firefox",
        needs: &["page"],
        run: |project| {
            let mut command = project.npm(&["run", "e2e:firefox"]);
            with_program(project, &mut command, "GECKODRIVER", &["geckodriver"])?;
            process::run(with_program(project, &mut command, "FIREFOX", &system::FIREFOX)?)
        },
    },
    Step {
        name: "sizes",
        title: "Sizes of the built page",
        needs: &["page"],
        run: |project| sizes::print(&project.www().join("dist")),
    },
];

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
