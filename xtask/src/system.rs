//! Browsers and other programs from outside the Rust and npm worlds. On Debian they are installed; elsewhere
//! this says which are missing.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, bail};

use crate::process::{self, heading};
use crate::project::Project;

/// Something the tests need, under any of its names.
struct Need {
    programs: &'static [&'static str],
    debian_package: &'static str,
}

pub const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
pub const CHROMEDRIVER: [&str; 1] = ["chromedriver"];
pub const FIREFOX: [&str; 2] = ["firefox-esr", "firefox"];
pub const GECKODRIVER: [&str; 1] = ["geckodriver"];
pub const OPENSSL: [&str; 1] = ["openssl"];

/// Both come in one package.
pub const GNUTLS: [[&str; 1]; 2] = [["gnutls-cli"], ["gnutls-serv"]];
/// The page shows commands that search a downloaded memory; a test runs them.
pub const SEARCHING: [[&str; 1]; 2] = [["xxd"], ["python3"]];

const NEEDS: [Need; 8] = [
    Need { programs: &CHROMIUM, debian_package: "chromium" },
    Need { programs: &CHROMEDRIVER, debian_package: "chromium-driver" },
    Need { programs: &FIREFOX, debian_package: "firefox-esr" },
    Need { programs: &OPENSSL, debian_package: "openssl" },
    Need { programs: &GNUTLS[0], debian_package: "gnutls-bin" },
    Need { programs: &GNUTLS[1], debian_package: "gnutls-bin" },
    Need { programs: &SEARCHING[0], debian_package: "xxd" },
    Need { programs: &SEARCHING[1], debian_package: "python3" },
];

pub fn packages(project: &Project) -> Result<()> {
    let missing = missing(project);
    if missing.is_empty() {
        return Ok(());
    }
    let packages: BTreeSet<_> = missing.iter().map(|need| need.debian_package).collect();
    let packages = packages.into_iter().collect::<Vec<_>>().join(" ");
    let Some(apt_get) = apt_get(project) else {
        let programs: Vec<_> = missing.iter().map(|need| need.programs.join(" or ")).collect();
        bail!(
            "the tests need programs that are not on PATH: {}. On Debian: `apt-get install {packages}`; \
             elsewhere install them by the system's own means, then run again",
            programs.join("; ")
        );
    };

    heading(&format!("Installing from Debian: {packages} (a minute or two)"));
    process::run(&mut project.line(&format!("{apt_get} update --quiet")))?;
    let install = format!("{apt_get} install --quiet --yes --no-install-recommends {packages}");
    process::run(&mut project.line(&install)).with_context(|| format!("install by hand: {packages}"))?;

    match self::missing(project).first() {
        Some(need) => bail!("{} is installed, but `{}` is not on PATH", need.debian_package, need.programs[0]),
        None => Ok(()),
    }
}

fn missing(project: &Project) -> Vec<&'static Need> {
    NEEDS.iter().filter(|need| project.find_program(need.programs).is_none()).collect()
}

/// How to call apt-get without a question, where that can be done: on Debian as root, or by a sudo that asks nothing.
fn apt_get(project: &Project) -> Option<&'static str> {
    let release = fs::read_to_string("/etc/os-release").ok()?;
    if !release.lines().any(|line| line.trim() == "ID=debian") {
        return None;
    }
    let user = process::output(&mut project.line("id -u")).ok()?;
    if user.trim() == "0" {
        Some("env DEBIAN_FRONTEND=noninteractive apt-get")
    } else if process::succeeds(&mut project.line("sudo --non-interactive true")) {
        Some("sudo --non-interactive env DEBIAN_FRONTEND=noninteractive apt-get")
    } else {
        None
    }
}
