//! `wasm-pack.toml`: the versions of the tools, and the WebAssembly builds.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub tools: Tools,
    #[serde(rename = "build")]
    pub builds: BTreeMap<String, Build>,
}

/// The exact version of each tool.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Tools {
    pub wasm_pack: String,
    pub wasm_bindgen: String,
    pub geckodriver: String,
    pub cargo_deny: String,
}

/// One run of `wasm-pack build`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Build {
    pub target: Target,
    pub profile: Profile,
    /// Relative to the root of the project.
    pub out_dir: PathBuf,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    Bundler,
    Deno,
    NoModules,
    Nodejs,
    Web,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    Dev,
    Profiling,
    Release,
}

impl Config {
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        Self::parse(&text).with_context(|| format!("{} is not right", path.display()))
    }

    fn parse(text: &str) -> Result<Self> {
        Ok(toml::from_str(text)?)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Bundler => "bundler",
            Self::Deno => "deno",
            Self::NoModules => "no-modules",
            Self::Nodejs => "nodejs",
            Self::Web => "web",
        })
    }
}

impl Profile {
    /// The option of `wasm-pack build` that chooses this profile.
    pub fn option(self) -> &'static str {
        match self {
            Self::Dev => "--dev",
            Self::Profiling => "--profiling",
            Self::Release => "--release",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        [tools]
        wasm-pack = "0.15.1"
        wasm-bindgen = "0.2.130"
        geckodriver = "0.37.1"
        cargo-deny = "0.20.2"

        [build.page]
        target = "web"
        profile = "release"
        out-dir = "www/pkg"
    "#;

    fn error(text: &str) -> String {
        format!("{:#}", Config::parse(text).unwrap_err())
    }

    #[test]
    fn reads_versions_and_builds() {
        let config = Config::parse(GOOD).unwrap();
        assert_eq!(config.tools.wasm_pack, "0.15.1");
        let page = &config.builds["page"];
        assert_eq!((page.target, page.profile), (Target::Web, Profile::Release));
        assert_eq!(page.out_dir, Path::new("www/pkg"));
    }

    #[test]
    fn the_project_s_own_file_is_right() {
        Config::parse(include_str!("../../wasm-pack.toml")).unwrap();
    }

    #[test]
    fn unknown_keys_are_rejected_by_name() {
        let in_build = error(&GOOD.replace("profile =", "profil ="));
        assert!(in_build.contains("unknown field `profil`"), "{in_build}");
        let in_tools = error(&GOOD.replace("cargo-deny", "cargo-denny"));
        assert!(in_tools.contains("unknown field `cargo-denny`"), "{in_tools}");
        let at_top = error(&format!("{GOOD}\n[profile]"));
        assert!(at_top.contains("unknown field `profile`"), "{at_top}");
    }

    #[test]
    fn unknown_values_and_missing_keys_are_named() {
        let value = error(&GOOD.replace("\"web\"", "\"wbe\""));
        assert!(value.contains("unknown variant `wbe`"), "{value}");
        let key = error(&GOOD.replace("out-dir = \"www/pkg\"", ""));
        assert!(key.contains("missing field `out-dir`"), "{key}");
    }
}
