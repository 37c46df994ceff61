//! Which steps passed with what is here now: docs/decisions/tooling-kept-results.md.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context, Result};

use crate::inputs::Inputs;
use crate::process;
use crate::project::Project;
use crate::stamp;

/// The stamp of a step, kept while it passes.
pub struct Kept {
    file: PathBuf,
    /// Everything that the step's result depends on.
    text: String,
}

impl Kept {
    /// Reads what the step would run on, before it runs: what is changed while it runs counts as a change.
    pub fn new(project: &Project, step: &str, inputs: &Inputs) -> Result<Self> {
        let files = stamp::of_files_that(&project.root, inputs.counts)?;
        let mut text = format!("files {files}\n");
        text.push_str(&process::output(&mut project.line("rustc -vV"))?);
        text.push_str(&process::output(&mut project.line("node --version"))?);
        for names in inputs.programs {
            text.push_str(&version(project, names));
        }
        Ok(Self { file: project.stamps().join("passed").join(step), text })
    }

    /// Whether the step passed with just this.
    pub fn passed(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|last| last == self.text)
    }

    pub fn keep(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::write(&self.file, &self.text).with_context(|| format!("cannot write {}", self.file.display()))
    }

    pub fn forget(&self) -> Result<()> {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove {}", self.file.display()))
            }
            _ => Ok(()),
        }
    }
}

/// Where a program is and what it says of its version, in a line or several.
fn version(project: &Project, names: &[&str]) -> String {
    let Some(program) = project.find_program(names) else {
        return format!("{} is missing\n", names[0]);
    };
    let output = project.command(&program).arg("--version").stderr(Stdio::piped()).output();
    let said = output.map(|output| [output.stdout, output.stderr].concat()).unwrap_or_default();
    format!("{}: {}\n", program.display(), String::from_utf8_lossy(&said).trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_kept_until_something_changes_or_it_fails() {
        let file = std::env::temp_dir().join(format!("xtask-kept-{}/step", std::process::id()));
        let kept = |text: &str| Kept { file: file.clone(), text: text.to_owned() };
        assert!(!kept("1").passed(), "it never ran");
        kept("1").keep().unwrap();
        assert!(kept("1").passed());
        assert!(!kept("2").passed(), "something changed");
        kept("2").forget().unwrap();
        assert!(!kept("1").passed(), "it failed since");
        kept("2").forget().unwrap();
        fs::remove_dir_all(file.parent().unwrap()).unwrap();
    }
}
