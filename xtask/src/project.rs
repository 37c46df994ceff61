//! Where the project is, what `wasm-pack.toml` says, and how its commands are started.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::config::Config;

pub struct Project {
    pub root: PathBuf,
    pub config: Config,
    /// Folders of tools, searched before those of the environment's PATH.
    tool_folders: Vec<PathBuf>,
}

impl Project {
    pub fn open() -> Result<Self> {
        let root = root()?;
        let config = Config::read(&root.join("wasm-pack.toml"))?;
        if env::var_os("RUSTFLAGS").is_some() {
            println!(
                "note: RUSTFLAGS is set; it would replace the flags in .cargo/config.toml, so it is left out here"
            );
        }
        Ok(Self { root, config, tool_folders: Vec::new() })
    }

    pub fn www(&self) -> PathBuf {
        self.root.join("www")
    }

    /// What a run leaves for the next one to find.
    pub fn stamps(&self) -> PathBuf {
        self.root.join("target/xtask")
    }

    pub fn add_tool_folder(&mut self, folder: PathBuf) {
        if !self.tool_folders.contains(&folder) {
            self.tool_folders.push(folder);
        }
    }

    /// A command that starts in the root of the project, finds the tools, and has no standard input.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .env("PATH", self.path())
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        command
    }

    /// A command line, its words separated by spaces, that starts in the root of the project.
    pub fn line(&self, line: &str) -> Command {
        let mut words = line.split_whitespace();
        let mut command = self.command(words.next().unwrap_or_default());
        command.args(words);
        command
    }

    /// An npm command that starts in `www`.
    pub fn npm(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command.current_dir(self.www()).args(arguments);
        command
    }

    /// The first of these programs that the commands above would find.
    pub fn find_program(&self, names: &[&str]) -> Option<PathBuf> {
        names.iter().find_map(|name| find_in(&self.path(), name))
    }

    fn path(&self) -> std::ffi::OsString {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let folders = self.tool_folders.iter().cloned().chain(env::split_paths(&inherited));
        // Fails only for a folder with a separator in its name; the inherited ones have none.
        env::join_paths(folders).unwrap_or(inherited)
    }
}

fn find_in(path: &OsStr, name: &str) -> Option<PathBuf> {
    env::split_paths(path)
        .map(|folder| folder.join(name).with_extension(env::consts::EXE_EXTENSION))
        .find(|file| file.is_file())
}

/// The parent of this package's folder: cargo says where that is, also when the project was moved since the build.
fn root() -> Result<PathBuf> {
    let package = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    package.parent().map(Path::to_path_buf).with_context(|| format!("{} is in no folder", package.display()))
}
