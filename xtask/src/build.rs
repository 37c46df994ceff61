//! Building the WebAssembly module (wasm-pack) and the page (Vite). Both are skipped when nothing changed.

use anyhow::{Result, bail};

use crate::config;
use crate::process::{self, heading};
use crate::project::Project;
use crate::setup;
use crate::stamp;

/// `cargo xtask build [NAME]`
pub fn command(project: &mut Project, name: Option<&str>) -> Result<()> {
    let known = || project.config.builds.keys().cloned().collect::<Vec<_>>().join(", ");
    if let Some(name) = name
        && !project.config.builds.contains_key(name)
    {
        bail!("wasm-pack.toml has no build `{name}`; it has: {}", known());
    }
    setup::for_building(project)?;
    for (each, build) in &project.config.builds {
        if name.is_none_or(|name| name == each) {
            wasm_pack(project, each, build)?;
        }
    }
    Ok(())
}

/// Every build in wasm-pack.toml.
pub fn modules(project: &Project) -> Result<()> {
    let mut builds = project.config.builds.iter();
    builds.try_for_each(|(name, build)| wasm_pack(project, name, build))
}

fn wasm_pack(project: &Project, name: &str, build: &config::Build) -> Result<()> {
    let compiler = process::output(&mut project.line("rustc --version"))?;
    let was_needed = stamp::Build {
        root: &project.root,
        sources: &["Cargo.toml", "Cargo.lock", "build.rs", "src", ".cargo", "wasm-pack.toml", "www/package-lock.json"],
        circumstances: compiler.trim(),
        results: &project.root.join(&build.out_dir),
        stamp: project.stamps().join(format!("{name}.stamp")),
    }
    .run(|| {
        heading(&format!("Building the WebAssembly module for {} (a minute or two the first time)", build.target));
        let mut command = project.line("wasm-pack build --mode no-install --target");
        command.arg(build.target.to_string()).arg(build.profile.option());
        command.arg("--out-dir").arg(&build.out_dir);
        process::run(&mut command)
    })?;
    if !was_needed {
        println!("{} is up to date", build.out_dir.display());
    }
    Ok(())
}

/// The page, with the module in it: www/dist.
pub fn page(project: &Project) -> Result<()> {
    // Where the page will be: docs/decisions/link-preview.md.
    let address = std::env::var("TLS_GLASS_ADDRESS").unwrap_or_default();
    let was_needed = stamp::Build {
        root: &project.root,
        sources: &["www"],
        circumstances: &address,
        results: &project.www().join("dist"),
        stamp: project.stamps().join("dist.stamp"),
    }
    .run(|| {
        heading("Building the page (seconds)");
        process::run(&mut project.npm(&["run", "build"]))
    })?;
    if !was_needed {
        println!("www/dist is up to date");
    }
    Ok(())
}
