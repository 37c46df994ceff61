//! Another stack's command line tool as a peer.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::sockets::PATIENCE;

/// A running tool, ended with the connection.
pub struct Process {
    child: Child,
    /// Lets the input go in.
    gate: Option<Sender<()>>,
    stdout: Option<JoinHandle<Vec<u8>>>,
    stderr: Option<JoinHandle<Vec<u8>>>,
}

impl Process {
    /// Starts it. Its input stays open until `expected_output` bytes have come, so that it does not leave before.
    pub fn start(command: Command, input: Vec<u8>, expected_output: usize) -> Self {
        let mut process = Self::start_shut(command, input, expected_output);
        process.let_in();
        process
    }

    /// The same, but its input has to be let in.
    pub fn start_shut(mut command: Command, input: Vec<u8>, expected_output: usize) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| {
            panic!("{name} is needed for this test (on Debian: packages openssl and gnutls-bin): {error}")
        });
        let mut stdin = child.stdin.take().expect("a pipe");
        let mut stdout = child.stdout.take().expect("a pipe");
        let mut stderr = child.stderr.take().expect("a pipe");
        let (gate, opened) = mpsc::channel();
        let writer = thread::spawn(move || {
            // It is dropped with the process, too.
            let _ = opened.recv();
            // A peer that has hung up shows in what it sent.
            let _ = stdin.write_all(&input);
            stdin
        });
        let stdout = thread::spawn(move || {
            let mut output = Vec::new();
            let _ = stdout.by_ref().take(expected_output as u64).read_to_end(&mut output);
            drop(writer.join());
            let _ = stdout.read_to_end(&mut output);
            output
        });
        let stderr = thread::spawn(move || {
            let mut output = Vec::new();
            let _ = stderr.read_to_end(&mut output);
            output
        });
        Self { child, gate: Some(gate), stdout: Some(stdout), stderr: Some(stderr) }
    }

    /// Lets the input go in.
    pub fn let_in(&mut self) {
        self.gate = None;
    }

    /// Waits until it has ended by itself; gives what it printed, and what it complained of.
    pub fn finish(mut self) -> (Vec<u8>, String) {
        let deadline = Instant::now() + PATIENCE;
        while self.child.try_wait().expect("a child").is_none() {
            if Instant::now() > deadline {
                let (output, complaints) = self.end();
                return (output, format!("it did not end by itself\n{complaints}"));
            }
            thread::sleep(Duration::from_millis(5));
        }
        self.end()
    }

    /// Ends it, for a tool that never does so by itself.
    pub fn end(&mut self) -> (Vec<u8>, String) {
        let status = self.child.try_wait().expect("a child");
        let _ = self.child.kill();
        self.gate = None;
        let output = self.stdout.take().expect("one reader").join().expect("read");
        let complaints = self.stderr.take().expect("one reader").join().expect("read");
        let status = status.map_or_else(|| "it was ended".to_owned(), |status| status.to_string());
        (output, format!("{status}\n{}", String::from_utf8_lossy(&complaints)))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
