//! The project's own commands. `cargo xtask help` lists them.
//!
//! Everything the project needs beyond Rust and Node.js is installed from here, in the versions that
//! `wasm-pack.toml` and `www/package-lock.json` name; nothing here asks a question or reads standard input.

// In a test, a panic is the report.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bench;
mod build;
mod config;
mod fuzz;
mod inputs;
mod kept;
mod moving_picture;
mod mutants;
mod process;
mod project;
mod screenshot;
mod serve;
mod setup;
mod sizes;
mod stamp;
mod steps;
mod system;
mod test;
mod tools;
mod version;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::test::Choice;

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  setup              install what building and serving needs
  serve [--port N]   set up, build, and serve the page on localhost (port 8080)
  build [NAME]       set up and build the WebAssembly module: all builds in wasm-pack.toml, or the one named
  check              what every edit needs: format, lints, types and unit tests, without a browser
  test               set up, install browsers and drivers, and run every check and test; a step that passed
                     before, and of which nothing changed since, is named and not repeated
  test --all         run every step, changed or not (so does a CI=true in the environment)
  test --only NAME   run one step, and those it needs; may be repeated
  test --list        name the steps
  fuzz [--cases N]   feed every state of both parties N arbitrary inputs (1000)
  bench              print how fast and how large the page is beside Mermaid and node-forge, and what the memory
                     search costs
  screenshot         build the page and take the pictures in the README and of a link
  help               print this
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<ExitCode> {
    match arguments {
        ["help" | "--help" | "-h"] => print!("{USAGE}"),
        ["setup"] => setup::for_building(&mut Project::open()?)?,
        ["serve"] => serve::run(&mut Project::open()?, 8080)?,
        ["serve", "--port", port] => serve::run(&mut Project::open()?, parse_port(port)?)?,
        ["build"] => build::command(&mut Project::open()?, None)?,
        ["build", name] => build::command(&mut Project::open()?, Some(name))?,
        ["fuzz"] => fuzz::run(&Project::open()?, fuzz::CASES)?,
        ["fuzz", "--cases", cases] => fuzz::run(&Project::open()?, parse_cases(cases)?)?,
        ["bench"] => bench::run(&mut Project::open()?)?,
        ["screenshot"] => screenshot::run(&mut Project::open()?)?,
        ["test", "--list"] => test::list(),
        ["check"] => return test::check(&mut Project::open()?),
        ["test", rest @ ..] => return test::run(&mut Project::open()?, &parse_choice(rest)?),
        [] => bail!("no command given\n\n{USAGE}"),
        _ => bail!("cargo xtask does not understand `{}`\n\n{USAGE}", arguments.join(" ")),
    }
    Ok(ExitCode::SUCCESS)
}

fn parse_port(text: &str) -> Result<u16> {
    text.parse().with_context(|| format!("--port takes a number from 0 to 65535, not `{text}`"))
}

fn parse_cases(text: &str) -> Result<u32> {
    let cases = text.parse().ok().filter(|cases| *cases >= fuzz::FEWEST_CASES);
    cases.with_context(|| format!("--cases takes a number from {} on, not `{text}`", fuzz::FEWEST_CASES))
}

fn parse_choice<'a>(arguments: &[&'a str]) -> Result<Choice<'a>> {
    match arguments {
        [] if test::is_ci() => Ok(Choice::All),
        [] => Ok(Choice::Changed),
        ["--all"] => Ok(Choice::All),
        _ => Ok(Choice::Only(parse_only(arguments)?)),
    }
}

fn parse_only<'a>(arguments: &[&'a str]) -> Result<Vec<&'a str>> {
    arguments
        .chunks(2)
        .map(|pair| match pair {
            ["--only", name] => Ok(*name),
            ["--only"] => {
                bail!("--only takes the name of a step: `cargo xtask test --list` has them")
            }
            _ => bail!("`cargo xtask test` does not understand `{}`\n\n{USAGE}", pair.join(" ")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_may_be_repeated() {
        assert_eq!(parse_only(&["--only", "fmt", "--only", "doc"]).unwrap(), ["fmt", "doc"]);
        assert!(parse_only(&[]).unwrap().is_empty());
    }

    #[test]
    fn all_stands_alone() {
        assert!(matches!(parse_choice(&["--all"]).unwrap(), Choice::All));
        assert!(matches!(parse_choice(&["--only", "fmt"]).unwrap(), Choice::Only(names) if names == ["fmt"]));
        assert!(parse_choice(&["--all", "--only", "fmt"]).is_err());
    }

    #[test]
    fn unknown_arguments_are_named() {
        assert!(parse_only(&["--only"]).unwrap_err().to_string().contains("name of a step"));
        assert!(parse_only(&["--fast"]).unwrap_err().to_string().contains("`--fast`"));
        assert!(run(&["tset"]).unwrap_err().to_string().contains("`tset`"));
        assert!(parse_cases("9").unwrap_err().to_string().contains("`9`"));
        assert!(parse_cases("many").unwrap_err().to_string().contains("`many`"));
        assert!(parse_port("http").unwrap_err().to_string().contains("`http`"));
    }
}
