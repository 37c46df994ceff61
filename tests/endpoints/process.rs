//! The example programs as processes.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// No run takes longer, unless something hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// The path of an example program. `cargo test --test endpoints` alone does not build them, so this does.
fn program(name: &str) -> PathBuf {
    static EXAMPLES: OnceLock<PathBuf> = OnceLock::new();
    let directory = EXAMPLES.get_or_init(|| {
        let test = std::env::current_exe().expect("the path of this test");
        // target/PROFILE/deps/endpoints-HASH
        let profile = test.parent().and_then(|deps| deps.parent()).expect("target/PROFILE").to_owned();
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--offline", "--quiet", "--examples", "--manifest-path"]);
        build.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
        build.arg("--target-dir").arg(profile.parent().expect("target"));
        if profile.ends_with("release") {
            build.arg("--release");
        }
        // What cargo tells this test about its package is not what a build in a shell sees. Build scripts that look at it
        // would run again, and again in the next build outside.
        for (name, _) in std::env::vars_os() {
            let of_package = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"];
            if name.to_str().is_some_and(|name| of_package.iter().any(|prefix| name.starts_with(prefix))) {
                build.env_remove(name);
            }
        }
        let output = build.output().expect("cargo");
        assert!(output.status.success(), "cargo build --examples: {}", String::from_utf8_lossy(&output.stderr));
        profile.join("examples")
    });
    directory.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// How a program ended.
#[derive(Debug)]
pub struct Ended {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ended {
    /// A failure that is told in one line; returns the line.
    pub fn one_line(&self) -> &str {
        assert_eq!(self.status, Some(1), "{self:?}");
        let line = self.stderr.strip_suffix('\n').expect("a line");
        assert!(!line.is_empty() && !line.contains('\n'), "one line: {self:?}");
        line
    }
}

/// Runs a program to its end.
pub fn run(name: &str, arguments: &[&str]) -> Ended {
    let mut child = Command::new(program(name))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("an example program");
    // Read while it runs: what it prints may be more than a pipe holds.
    let stdout = read_all(child.stdout.take().expect("a pipe"));
    let stderr = read_all(child.stderr.take().expect("a pipe"));
    let deadline = Instant::now() + PATIENCE;
    let status = loop {
        match child.try_wait().expect("a child") {
            Some(status) => break status,
            None if Instant::now() > deadline => {
                let _ = child.kill();
                panic!("{name} {arguments:?} does not end: {}", stderr.join().expect("output"));
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    let (stdout, stderr) = (stdout.join().expect("output"), stderr.join().expect("output"));
    Ended { status: status.code(), stdout, stderr }
}

fn read_all(mut pipe: impl Read + Send + 'static) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).expect("output");
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// A server that runs until the test is over.
pub struct RunningServer {
    child: Child,
    stdout: BufReader<ChildStdout>,
    pub address: String,
}

impl RunningServer {
    pub fn start(arguments: &[&str]) -> Self {
        Self::spawn(Command::new(program("server")).stderr(Stdio::null()), arguments)
    }

    /// One that may have so many files open, sockets among them, and writes its errors to this file.
    #[cfg(unix)]
    pub fn start_with_files(limit: u32, errors: &str, arguments: &[&str]) -> Self {
        let errors = std::fs::File::create(errors).expect("a file");
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("ulimit -n {limit} && exec \"$0\" \"$@\"")).arg(program("server"));
        Self::spawn(command.stderr(errors), arguments)
    }

    fn spawn(command: &mut Command, arguments: &[&str]) -> Self {
        let mut child = command
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("an example program");
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("a line");
        let address = line.trim_end().strip_prefix("listening on ");
        let address = address.unwrap_or_else(|| panic!("the server says where it listens, not {line:?}")).to_owned();
        Self { child, stdout, address }
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The next line that it prints.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("a line");
        line.trim_end().to_owned()
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
