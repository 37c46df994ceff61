//! Seeded runs give the same bytes everywhere. This writes the file that the browsers' tests and the page's are
//! compared with, when asked to: `UPDATE_VECTORS=1 cargo test --test seeded`.
#![cfg(not(target_family = "wasm"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "web/seeded_run.rs"]
mod seeded_run;

use std::collections::BTreeMap;
use std::fs;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/seeded-run.txt");
const HEADING: &str =
    "# Seeded runs: what follows from the seed, natively and in every browser. Written by tests/seeded.rs.\n";

#[test]
fn seeded_runs_have_the_bytes_that_are_on_file() {
    let computed = seeded_run::computed();
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        fs::write(FILE, file_of(&computed)).expect("the vectors can be written");
        return;
    }
    assert_eq!(computed, seeded_run::expected(), "UPDATE_VECTORS=1 writes the file anew");
}

#[test]
fn a_seeded_run_is_the_same_twice() {
    assert_eq!(seeded_run::computed(), seeded_run::computed());
}

fn file_of(values: &BTreeMap<String, String>) -> String {
    values.iter().fold(HEADING.to_owned(), |file, (name, value)| file + name + " " + value + "\n")
}
