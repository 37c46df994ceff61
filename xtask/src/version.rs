//! Versions: those that tools report, and the one in Cargo.lock.

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// The version in what `TOOL --version` prints: the second word of the first line.
pub fn reported(output: &str) -> Option<&str> {
    output.lines().next()?.split_whitespace().nth(1)
}

/// The numbers of a version such as `v20.19.0`, comparable in order.
pub fn numbers(version: &str) -> Option<Vec<u32>> {
    let version = version.trim().trim_start_matches('v');
    version.split('.').map(|part| part.parse().ok()).collect()
}

/// The wasm-bindgen tool and the crate of that name talk to each other in a format that changes with every version.
pub fn check_wasm_bindgen(tool: &str, cargo_lock: &str) -> Result<()> {
    let library = locked(cargo_lock, "wasm-bindgen")?;
    if tool != library {
        bail!(
            "wasm-pack.toml asks for the wasm-bindgen tool {tool}, but Cargo.lock has the wasm-bindgen crate \
             {library}: the two must be equal, so change one of them"
        );
    }
    Ok(())
}

/// The version of a package that Cargo.lock holds once.
fn locked(cargo_lock: &str, name: &str) -> Result<String> {
    #[derive(Deserialize)]
    struct Lock {
        package: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        version: String,
    }

    let lock: Lock = toml::from_str(cargo_lock).context("Cargo.lock does not read as one")?;
    let mut found = lock.package.into_iter().filter(|package| package.name == name);
    match (found.next(), found.next()) {
        (Some(package), None) => Ok(package.version),
        (None, _) => bail!("Cargo.lock has no package `{name}`: run `cargo update --workspace`"),
        (Some(_), Some(_)) => bail!("Cargo.lock has more than one version of `{name}`: leave one"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
        version = 4

        [[package]]
        name = "wasm-bindgen"
        version = "0.2.130"

        [[package]]
        name = "wasm-bindgen-macro"
        version = "0.2.129"
    "#;

    #[test]
    fn a_tool_s_version_is_the_second_word() {
        assert_eq!(reported("wasm-pack 0.15.1\n"), Some("0.15.1"));
        assert_eq!(reported("geckodriver 0.37.1 (abc 2026-01-01)\n\nmore\n"), Some("0.37.1"));
        assert_eq!(reported("wasm-pack\n"), None);
        assert_eq!(reported(""), None);
    }

    #[test]
    fn versions_compare_by_number() {
        assert!(numbers("v20.19.0\n") > numbers("20.9.12"));
        assert!(numbers("22.0.0") > numbers("20.19.0"));
        assert_eq!(numbers("v20.19.0"), Some(vec![20, 19, 0]));
        assert_eq!(numbers("nightly"), None);
    }

    #[test]
    fn equal_wasm_bindgen_versions_pass() {
        check_wasm_bindgen("0.2.130", LOCK).unwrap();
    }

    #[test]
    fn different_wasm_bindgen_versions_are_both_named() {
        let error = check_wasm_bindgen("0.2.131", LOCK).unwrap_err().to_string();
        assert!(error.contains("0.2.131") && error.contains("0.2.130"), "{error}");
    }

    #[test]
    fn a_missing_or_doubled_package_is_an_error() {
        let missing = check_wasm_bindgen("1", "package = []").unwrap_err().to_string();
        assert!(missing.contains("no package"), "{missing}");
        let doubled = LOCK.replace("wasm-bindgen-macro", "wasm-bindgen");
        let doubled = check_wasm_bindgen("0.2.130", &doubled).unwrap_err().to_string();
        assert!(doubled.contains("more than one"), "{doubled}");
    }
}
