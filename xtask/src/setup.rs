//! What a machine needs beyond Rust and Node.js: looked for first, installed when missing.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::process::{self, heading};
use crate::project::Project;
use crate::{stamp, system, tools, version};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
const OLDEST_NODE: &str = "20.19.0";

/// Everything that building and serving the page needs.
pub fn for_building(project: &mut Project) -> Result<()> {
    let lock = fs::read_to_string(project.root.join("Cargo.lock")).context("cannot read Cargo.lock")?;
    version::check_wasm_bindgen(&project.config.tools.wasm_bindgen, &lock)?;
    wasm_target(project)?;
    node(project)?;
    npm_packages(project, "www")?;
    tools::for_building(project)?;
    // After the tools of exact version, before the environment's: wasm-pack takes the first wasm-opt on PATH.
    project.add_tool_folder(project.www().join("node_modules/.bin"));
    if project.find_program(&["wasm-opt"]).is_none() {
        bail!("www/package.json brings no `wasm-opt`: it needs the npm package `binaryen`");
    }
    Ok(())
}

/// Everything that `cargo xtask check` needs beyond that.
pub fn for_checking(project: &mut Project) -> Result<()> {
    for_building(project)?;
    rust_component(project, "rustfmt", "cargo fmt --version")?;
    rust_component(project, "clippy", "cargo clippy --version")
}

/// Everything that the tests need beyond that.
pub fn for_testing(project: &mut Project) -> Result<()> {
    for_checking(project)?;
    tools::for_testing(project)?;
    system::packages(project)
}

/// Everything that `cargo xtask bench` needs beyond what building does: a browser, and what the page is measured beside.
pub fn for_measuring(project: &mut Project) -> Result<()> {
    for_building(project)?;
    npm_packages(project, "www/bench")?;
    system::packages(project)
}

fn wasm_target(project: &Project) -> Result<()> {
    let folder = process::output(&mut project.line(&format!("rustc --print target-libdir --target {WASM_TARGET}")))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    heading(&format!("Installing Rust's standard library for {WASM_TARGET} (seconds)"));
    process::run(&mut project.line(&format!("rustup target add {WASM_TARGET}")))
        .with_context(|| format!("Rust here has no target {WASM_TARGET}, and rustup could not add it"))
}

fn rust_component(project: &Project, component: &str, check: &str) -> Result<()> {
    if process::succeeds(&mut project.line(check)) {
        return Ok(());
    }
    heading(&format!("Installing Rust's component {component} (seconds)"));
    process::run(&mut project.line(&format!("rustup component add {component}")))
        .with_context(|| format!("Rust here has no {component}, and rustup could not add it"))
}

fn node(project: &Project) -> Result<()> {
    let found = process::output(&mut project.line("node --version"))
        .with_context(|| format!("Node.js {OLDEST_NODE} or newer is needed, with npm"))?;
    if version::numbers(&found) < version::numbers(OLDEST_NODE) {
        bail!("Node.js {OLDEST_NODE} or newer is needed, and this is {}", found.trim());
    }
    Ok(())
}

/// `npm ci` in a folder, unless what is in its `node_modules` came from the present lock file.
fn npm_packages(project: &Project, folder: &str) -> Result<()> {
    let path = project.root.join(folder);
    if !path.join("package-lock.json").is_file() {
        bail!("{folder}/package-lock.json is missing: run `npm install` in {folder}");
    }
    let installed = path.join("node_modules/.xtask-lock");
    let files = ["package.json", "package-lock.json"].map(|file| format!("{folder}/{file}"));
    let wanted = stamp::of_files(&project.root, &files.each_ref().map(String::as_str))?;
    if fs::read_to_string(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    heading(&format!("Installing npm packages in {folder} (half a minute)"));
    let mut command = project.npm(&["ci", "--no-audit", "--no-fund"]);
    process::run(command.current_dir(&path))?;
    fs::write(&installed, wanted).with_context(|| format!("cannot write {}", installed.display()))
}
