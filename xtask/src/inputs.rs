//! What the result of a step depends on. Files count unless a rule here leaves them out, so that a new folder counts for all.

use crate::system;

/// A program from outside the project, under any of its names.
type Program = &'static [&'static str];

/// While these are what they were when a step passed, it would pass again.
pub struct Inputs {
    /// Whether a file counts, by its path from the root of the project on.
    pub counts: fn(&str) -> bool,
    /// Programs whose versions count, beside those of Rust and Node.js.
    pub programs: &'static [Program],
}

/// The Rust sources and their tests.
pub const RUST: Inputs = Inputs { counts: is_rust, programs: &[] };
/// The Rust sources, their tests, and the other stacks that they talk to.
pub const NATIVE: Inputs =
    Inputs { counts: is_rust, programs: &[&system::OPENSSL, &system::GNUTLS[0], &system::GNUTLS[1]] };
/// The Rust sources, and the browser that runs their tests.
pub const CHROME: Inputs = Inputs { counts: is_rust, programs: &[&system::CHROMIUM, &system::CHROMEDRIVER] };
/// Likewise.
pub const FIREFOX: Inputs = Inputs { counts: is_rust, programs: &[&system::FIREFOX, &system::GECKODRIVER] };
/// The page and the module in it.
pub const PAGE: Inputs = Inputs { counts: is_page, programs: &[] };
/// The page, the module in it, and what its tests in Chromium use.
pub const PAGE_IN_CHROMIUM: Inputs =
    Inputs { counts: is_page, programs: &[&system::CHROMIUM, &system::SEARCHING[0], &system::SEARCHING[1]] };
/// The page, the module in it, and the browser.
pub const PAGE_IN_FIREFOX: Inputs = Inputs { counts: is_page, programs: &[&system::FIREFOX, &system::GECKODRIVER] };

/// Prose and what other machines do with the project.
fn is_aside(path: &str) -> bool {
    ["docs/", ".github/", ".ci/", "LICENSE-"].iter().any(|start| path.starts_with(start))
        || ["CHANGELOG.md", "CONTRIBUTING.md"].contains(&path)
}

fn is_typescript_test(path: &str) -> bool {
    path.starts_with("tests/e2e/") || path.starts_with("tests/screenshot/")
}

/// The README is the crate's documentation.
fn is_rust(path: &str) -> bool {
    !is_aside(path) && !path.starts_with("www/") && !is_typescript_test(path)
}

/// The tests of the page read files of the Rust tests, but not their code. The module is made from sources that count.
fn is_page(path: &str) -> bool {
    let is_rust_test = path.starts_with("tests/") && has_extension(path, "rs");
    let is_elsewhere = ["examples/", "www/pkg/"].iter().any(|start| path.starts_with(start)) || path == "README.md";
    !is_aside(path) && !is_rust_test && !is_elsewhere
}

fn has_extension(path: &str, extension: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|found| found == extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_counts_where_it_is_used() {
        for path in ["src/lib.rs", "Cargo.lock", "xtask/src/main.rs", ".cargo/config.toml", "tests/vectors/run.txt"] {
            assert!(is_rust(path) && is_page(path), "{path}");
        }
        for path in ["tests/codec.rs", "tests/codec/trees.rs", "examples/client.rs", "README.md"] {
            assert!(is_rust(path) && !is_page(path), "{path}");
        }
        for path in ["www/src/page.ts", "www/package-lock.json", "tests/e2e/audit.ts"] {
            assert!(!is_rust(path) && is_page(path), "{path}");
        }
        for path in ["docs/decisions/cbc.md", "www/pkg/tls_glass.d.ts", "CHANGELOG.md", ".github/workflows/ci.yml"] {
            assert!(!is_rust(path) && !is_page(path), "{path}");
        }
    }

    #[test]
    fn a_folder_that_no_rule_names_counts() {
        assert!(is_rust("new/file") && is_page("new/file"));
    }
}
