//! `cargo xtask test`: runs the steps, all of them even when some fail, and sums up.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Error, Result, bail};

use crate::process::heading;
use crate::project::Project;
use crate::setup;
use crate::steps::{STEPS, Step};

enum Outcome {
    Passed,
    Failed(Error),
    /// A step that this one needs did not pass.
    NotReached(&'static str),
}

struct Report {
    step: &'static Step,
    outcome: Outcome,
    time: Duration,
}

pub fn list() {
    for step in &STEPS {
        println!("{:<12}  {}", step.name, step.title);
    }
}

/// Runs the steps named, and those they need; all of them where none is named.
/// Returns whether all passed, as the exit code of the process.
pub fn run(project: &mut Project, only: &[&str]) -> Result<ExitCode> {
    let steps = select(only)?;
    let start = Instant::now();
    setup::for_testing(project)?;
    let setup_time = start.elapsed();

    let mut reports: Vec<Report> = Vec::new();
    for step in steps {
        reports.push(run_step(project, step, &reports));
    }
    Ok(sum_up(setup_time, &reports))
}

fn select(only: &[&str]) -> Result<Vec<&'static Step>> {
    if only.is_empty() {
        return Ok(STEPS.iter().collect());
    }
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

fn run_step(project: &Project, step: &'static Step, before: &[Report]) -> Report {
    let passed =
        |name: &str| before.iter().any(|report| report.step.name == name && matches!(report.outcome, Outcome::Passed));
    let start = Instant::now();
    let outcome = if let Some(missing) = step.needs.iter().find(|name| !passed(name)) {
        Outcome::NotReached(missing)
    } else {
        heading(&format!("{}: {}", step.name, step.title));
        (step.run)(project).map_or_else(Outcome::Failed, |()| Outcome::Passed)
    };
    if let Outcome::Failed(error) = &outcome {
        println!("FAILED: {error:#}");
    }
    Report { step, outcome, time: start.elapsed() }
}

fn sum_up(setup_time: Duration, reports: &[Report]) -> ExitCode {
    heading("Summary");
    println!("{:<12}  {:>7.1} s  done", "setup", setup_time.as_secs_f64());
    for report in reports {
        let said = match &report.outcome {
            Outcome::Passed => "passed".to_owned(),
            Outcome::Failed(error) => format!("FAILED: {error:#}"),
            Outcome::NotReached(needed) => {
                format!("not reached: it needs `{needed}`, which did not pass")
            }
        };
        println!("{:<12}  {:>7.1} s  {said}", report.step.name, report.time.as_secs_f64());
    }

    let count = |wanted: fn(&Outcome) -> bool| reports.iter().filter(|report| wanted(&report.outcome)).count();
    let passed = count(|outcome| matches!(outcome, Outcome::Passed));
    let failed = reports.len() - passed;
    println!("\nsteps: {passed} passed, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
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
        assert_eq!(names(&[]).len(), STEPS.len());
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
