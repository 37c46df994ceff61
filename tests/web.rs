//! In a headless browser, inside one module: the core does there what it does natively.
#![cfg(target_family = "wasm")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "web/options.rs"]
mod options;
#[path = "web/seeded_run.rs"]
mod seeded_run;

use std::collections::BTreeSet;

use tls_glass::entropy;
use tls_glass::wasm::Environment;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

// Where the page's parties run.
wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// The real world, as a browser has it.
fn browser() -> entropy::Environment {
    Environment { seed: None, time: None }.into()
}

#[wasm_bindgen_test]
fn rsa_dhe_and_ecdhe_carry_a_request_and_its_reply() {
    for run in &seeded_run::RUNS {
        let wire = seeded_run::run(run, |_| browser());
        assert!(wire.reply.starts_with(b"HTTP/1.1 200 OK\r\n"), "{}", run.name);
    }
}

#[wasm_bindgen_test]
fn a_seeded_run_has_the_bytes_of_the_native_one() {
    let expected = seeded_run::expected();
    assert!(expected.len() > 6, "the vectors are there");
    assert_eq!(seeded_run::computed(), expected);
}

#[wasm_bindgen_test]
fn random_numbers_differ() {
    let drawn: BTreeSet<[u8; 32]> = (0..16)
        .map(|_| {
            let mut bytes = [0; 32];
            browser().entropy.fill("test", &mut bytes).expect("the browser gives random numbers");
            bytes
        })
        .collect();
    assert_eq!(drawn.len(), 16);
    assert!(!drawn.contains(&[0; 32]));
}

#[wasm_bindgen_test]
fn the_clock_and_the_stopwatch_run() {
    let world = browser();
    // 2026 to 2100: a clock in milliseconds, or one that stands at zero, is outside.
    assert!((1_767_225_600..4_102_444_800).contains(&world.now()), "{}", world.now());
    let milliseconds = world.clock.expect("a browser has a stopwatch");
    let start = milliseconds();
    while milliseconds() <= start {}
}
