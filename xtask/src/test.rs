//! `cargo xtask test` and `cargo xtask check`: runs the steps, all of them even when some fail, and sums up.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Error, Result, bail};

use crate::kept::Kept;
use crate::process::heading;
use crate::project::Project;
use crate::setup;
use crate::steps::{CHECK, STEPS, Step};

/// Which steps are run.
pub enum Choice<'a> {
    /// All, except those that passed with what is here now.
    Changed,
    /// All.
    All,
    /// Those named, and those they need.
    Only(Vec<&'a str>),
}

enum Outcome {
    Passed,
    /// It passed before, on this machine, and nothing that its result depends on has changed since.
    Unchanged,
    Failed(Error),
    /// A step that this one needs did not pass.
    NotReached(&'static str),
}

impl Outcome {
    fn is_good(&self) -> bool {
        matches!(self, Self::Passed | Self::Unchanged)
    }
}

struct Report {
    step: &'static Step,
    outcome: Outcome,
    time: Duration,
}

pub fn list() {
    for step in &STEPS {
        let part = step.part_of.map(|whole| format!(" (part of {whole})")).unwrap_or_default();
        println!("{:<12}  {}{part}", step.name, step.title);
    }
}

/// Whether this is a run of a continuous integration, whose machines say so by `CI=true`. There every step is run: its result
/// is evidence for others, and its target folder may come from a cache.
pub fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// Returns whether all steps passed, as the exit code of the process.
pub fn run(project: &mut Project, choice: &Choice) -> Result<ExitCode> {
    let steps = match choice {
        Choice::Only(names) => select(names)?,
        Choice::Changed | Choice::All => STEPS.iter().filter(|step| step.part_of.is_none()).collect(),
    };
    let start = Instant::now();
    setup::for_testing(project)?;
    Ok(run_steps(project, &steps, matches!(choice, Choice::Changed), start.elapsed()))
}

/// `cargo xtask check`
pub fn check(project: &mut Project) -> Result<ExitCode> {
    let steps = select(&CHECK)?;
    let start = Instant::now();
    setup::for_checking(project)?;
    Ok(run_steps(project, &steps, true, start.elapsed()))
}

fn select(only: &[&str]) -> Result<Vec<&'static Step>> {
    let mut wanted: Vec<&str> = only.to_vec();
    let mut next = 0;
    while let Some(name) = wanted.get(next) {
        let Some(step) = STEPS.iter().find(|step| step.name == *name) else {
            bail!("there is no step `{name}`: `cargo xtask test --list` names them");
        };
        wanted.extend(step.needs);
        next += 1;
    }
    Ok(STEPS.iter().filter(|step| wanted.contains(&step.name)).collect())
}

fn run_steps(project: &Project, steps: &[&'static Step], only_changed: bool, setup_time: Duration) -> ExitCode {
    let mut reports: Vec<Report> = Vec::new();
    for step in steps {
        reports.push(run_step(project, step, only_changed, &reports));
    }
    println!("{}", summary(setup_time, &reports));
    if reports.iter().all(|report| report.outcome.is_good()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_step(project: &Project, step: &'static Step, only_changed: bool, before: &[Report]) -> Report {
    let passed = |name: &str| before.iter().any(|report| report.step.name == name && report.outcome.is_good());
    let start = Instant::now();
    let outcome = if let Some(missing) = step.needs.iter().find(|name| !passed(name)) {
        Outcome::NotReached(missing)
    } else {
        heading(&format!("{}: {}", step.name, step.title));
        run_where_changed(project, step, only_changed).unwrap_or_else(Outcome::Failed)
    };
    match &outcome {
        Outcome::Failed(error) => println!("FAILED: {error:#}"),
        Outcome::Unchanged => println!("{UNCHANGED}"),
        Outcome::Passed | Outcome::NotReached(_) => {}
    }
    Report { step, outcome, time: start.elapsed() }
}

const UNCHANGED: &str = "unchanged since it passed";

fn run_where_changed(project: &Project, step: &Step, only_changed: bool) -> Result<Outcome> {
    let Some(inputs) = &step.inputs else {
        (step.run)(project)?;
        return Ok(Outcome::Passed);
    };
    let kept = Kept::new(project, step.name, inputs)?;
    if only_changed && kept.passed() {
        return Ok(Outcome::Unchanged);
    }
    kept.forget()?;
    (step.run)(project)?;
    kept.keep()?;
    Ok(Outcome::Passed)
}

fn summary(setup_time: Duration, reports: &[Report]) -> String {
    let mut lines =
        vec!["\n== Summary".to_owned(), format!("{:<12}  {:>7.1} s  done", "setup", setup_time.as_secs_f64())];
    for Report { step, outcome, time } in reports {
        let said = match outcome {
            Outcome::Passed => "passed".to_owned(),
            Outcome::Unchanged => UNCHANGED.to_owned(),
            Outcome::Failed(error) => format!("FAILED: {error:#}"),
            Outcome::NotReached(needed) => {
                format!("not reached: it needs `{needed}`, which did not pass")
            }
        };
        lines.push(format!("{:<12}  {:>7.1} s  {said}", step.name, time.as_secs_f64()));
    }

    let count = |wanted: fn(&Outcome) -> bool| reports.iter().filter(|report| wanted(&report.outcome)).count();
    let unchanged = count(|outcome| matches!(outcome, Outcome::Unchanged));
    let passed = count(|outcome| matches!(outcome, Outcome::Passed));
    let failed = count(|outcome| !outcome.is_good());
    lines.push(if unchanged == 0 {
        format!("\nsteps: {passed} passed, {failed} failed")
    } else {
        format!(
            "\nsteps: {passed} passed, {unchanged} unchanged since they passed, {failed} failed\n\
             `cargo xtask test --all` repeats those that are unchanged, too"
        )
    });

    for Report { step, outcome, .. } in reports {
        if matches!(outcome, Outcome::Failed(_)) {
            lines.push(format!("\n{} alone: cargo xtask test --only {}", step.name, step.name));
            lines.push(format!("  {}", step.hint));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(only: &[&str]) -> Vec<&'static str> {
        select(only).unwrap().iter().map(|step| step.name).collect()
    }

    #[test]
    fn a_step_brings_those_it_needs_in_order() {
        assert_eq!(names(&["e2e"]), ["wasm", "page", "e2e"]);
        assert_eq!(names(&["sizes", "fmt"]), ["fmt", "wasm", "page", "sizes"]);
    }

    #[test]
    fn a_check_needs_no_browser() {
        assert_eq!(names(&CHECK), ["fmt", "lint", "clippy", "quick", "wasm", "types", "parts"]);
    }

    #[test]
    fn what_is_part_of_a_step_is_part_of_one_that_is_run() {
        for whole in STEPS.iter().filter_map(|step| step.part_of) {
            assert!(STEPS.iter().any(|step| step.name == whole && step.part_of.is_none()), "{whole}");
        }
    }

    fn report(name: &str, outcome: Outcome) -> Report {
        let step = STEPS.iter().find(|step| step.name == name).unwrap();
        Report { step, outcome, time: Duration::from_secs(1) }
    }

    #[test]
    fn the_summary_says_how_to_run_what_failed_alone() {
        let failure = Outcome::Failed(anyhow::anyhow!("no"));
        let reports =
            [report("fmt", Outcome::Passed), report("page", failure), report("e2e", Outcome::NotReached("page"))];
        let said = summary(Duration::ZERO, &reports);
        assert!(said.contains("steps: 1 passed, 2 failed"), "{said}");
        assert!(said.contains("page alone: cargo xtask test --only page"), "{said}");
        assert!(!said.contains("--only e2e") && !said.contains("--only fmt"), "{said}");
    }

    #[test]
    fn what_was_not_repeated_is_said_and_counted_apart() {
        let reports = [report("fmt", Outcome::Unchanged), report("wasm", Outcome::Passed)];
        let said = summary(Duration::ZERO, &reports);
        assert!(said.contains("fmt               1.0 s  unchanged since it passed"), "{said}");
        assert!(said.contains("steps: 1 passed, 1 unchanged since they passed, 0 failed"), "{said}");
    }

    #[test]
    fn an_unknown_step_is_named() {
        let error = select(&["e3e"]).err().unwrap().to_string();
        assert!(error.contains("`e3e`"), "{error}");
    }

    #[test]
    fn what_a_step_needs_comes_before_it() {
        for (place, step) in STEPS.iter().enumerate() {
            for needed in step.needs {
                assert!(STEPS[..place].iter().any(|earlier| earlier.name == *needed), "{needed}");
            }
        }
    }
}
