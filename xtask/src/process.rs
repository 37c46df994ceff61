//! Running commands, and saying so.

use std::io::{BufRead, BufReader, ErrorKind};
use std::process::{Command, Stdio};

use anyhow::{Context, Error, Result, bail};

/// Announces what is about to be done.
pub fn heading(text: &str) {
    println!("\n== {text}");
}

/// Runs a command to its end; its output goes to the terminal.
pub fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", describe(command));
    let status = command.status().map_err(|error| not_started(command, error))?;
    if !status.success() {
        bail!("`{}` failed ({status})", describe(command));
    }
    Ok(())
}

/// Runs a command to its end, shows its standard output line by line, and returns it.
pub fn run_and_read(command: &mut Command) -> Result<String> {
    println!("$ {}", describe(command));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| not_started(command, error))?;
    let mut text = String::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            let line = line.with_context(|| format!("cannot read what `{}` prints", describe(command)))?;
            println!("{line}");
            text.push_str(&line);
            text.push('\n');
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{}` failed ({status})", describe(command));
    }
    Ok(text)
}

/// Runs a command to its end and returns what it wrote to standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| not_started(command, error))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", describe(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` did not print text", describe(command)))
}

/// Whether a command can be started and ends well; what it prints is dropped.
pub fn succeeds(command: &mut Command) -> bool {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn not_started(command: &Command, error: std::io::Error) -> Error {
    let program = command.get_program().to_string_lossy();
    if error.kind() == ErrorKind::NotFound {
        anyhow::anyhow!("`{program}` was not found: install it, or put it on PATH")
    } else {
        Error::new(error).context(format!("`{program}` could not be started"))
    }
}

/// The command line as a person would type it, with its folder's name where that is not the root of the project.
fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let line: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    let folder = command.get_current_dir().and_then(|folder| folder.file_name());
    match folder {
        Some(folder) if folder == "www" => format!("{}   (in www)", line.join(" ")),
        _ => line.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_named() {
        let error = run(&mut Command::new("no-such-program-here")).unwrap_err().to_string();
        assert!(error.contains("`no-such-program-here` was not found"), "{error}");
    }

    #[test]
    fn a_failing_command_is_quoted() {
        let error = output(Command::new("cargo").arg("no-such-command")).unwrap_err().to_string();
        assert!(error.contains("`cargo no-such-command` failed"), "{error}");
    }
}
