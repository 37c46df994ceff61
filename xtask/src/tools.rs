//! Tools that cargo installs, each in the exact version that `wasm-pack.toml` names.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process::{self, heading};
use crate::project::Project;
use crate::version;

struct Tool<'a> {
    /// The name on crates.io.
    package: &'static str,
    /// The program asked for its version.
    program: &'static str,
    version: &'a str,
    /// `wasm-bindgen-cli` does not build with the versions its own lock file names.
    locked: bool,
    /// What an installation took on two processor cores.
    minutes: &'static str,
}

/// The tools that building needs.
pub fn for_building(project: &mut Project) -> Result<()> {
    let wasm_pack = project.config.tools.wasm_pack.clone();
    let wasm_bindgen = project.config.tools.wasm_bindgen.clone();
    let tools = [
        Tool { package: "wasm-pack", program: "wasm-pack", version: &wasm_pack, locked: true, minutes: "two minutes" },
        Tool {
            package: "wasm-bindgen-cli",
            program: "wasm-bindgen",
            version: &wasm_bindgen,
            locked: false,
            minutes: "two to three minutes",
        },
    ];
    provide(project, &tools)
}

/// The tools that testing needs beyond those.
pub fn for_testing(project: &mut Project) -> Result<()> {
    let geckodriver = project.config.tools.geckodriver.clone();
    let cargo_deny = project.config.tools.cargo_deny.clone();
    let tools = [
        Tool {
            package: "geckodriver",
            program: "geckodriver",
            version: &geckodriver,
            locked: true,
            minutes: "two minutes",
        },
        Tool {
            package: "cargo-deny",
            program: "cargo-deny",
            version: &cargo_deny,
            locked: true,
            minutes: "three minutes",
        },
    ];
    provide(project, &tools)
}

fn provide(project: &mut Project, tools: &[Tool]) -> Result<()> {
    for tool in tools {
        if found_version(project, Path::new(tool.program)).as_deref() == Some(tool.version) {
            continue;
        }
        let folder = cache()?.join(format!("{}-{}", tool.package, tool.version));
        let program = folder.join("bin").join(tool.program);
        if found_version(project, &program).as_deref() != Some(tool.version) {
            install(project, tool, &folder)?;
        }
        if found_version(project, &program).as_deref() != Some(tool.version) {
            bail!(
                "{} does not report version {}: remove {} and run again",
                program.display(),
                tool.version,
                folder.display()
            );
        }
        project.add_tool_folder(folder.join("bin"));
    }
    Ok(())
}

fn install(project: &Project, tool: &Tool, folder: &Path) -> Result<()> {
    heading(&format!("Installing {} {} (about {})", tool.package, tool.version, tool.minutes));
    println!("It goes into {}, once.", folder.display());
    let mut command = project.command("cargo");
    command.args(["install", "--quiet", tool.package, "--version", tool.version, "--root"]);
    command.arg(folder);
    if tool.locked {
        command.arg("--locked");
    }
    process::run(&mut command)
        .with_context(|| format!("{} {} could not be installed from crates.io", tool.package, tool.version))
}

fn found_version(project: &Project, program: &Path) -> Option<String> {
    let output = project.command(program).arg("--version").output().ok()?;
    let output = String::from_utf8(output.stdout).ok()?;
    version::reported(&output).map(str::to_owned)
}

/// A folder of this user's, shared by all copies of the project.
fn cache() -> Result<PathBuf> {
    let named = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    let folder = named.or_else(|| env::home_dir().map(|home| home.join(".cache")));
    let folder = folder.context("no folder for tools: set HOME, or XDG_CACHE_HOME to an absolute path")?;
    Ok(folder.join("tls-glass/tools"))
}
