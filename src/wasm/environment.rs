//! The party's world in a browser: its random numbers, its clock, its stopwatch.

use wasm_bindgen::prelude::*;

use super::options;
use crate::entropy::{Entropy, Environment, Now};

impl From<options::Environment> for Environment {
    fn from(options: options::Environment) -> Self {
        match (options.seed, options.time) {
            // Durations cannot be derived from a seed. They are measured in seeded runs, too.
            (Some(seed), Some(time)) => Self { clock: Some(milliseconds), ..Self::seeded(*seed, time) },
            _ => Self { entropy: Entropy::system(), now: Now::Reads(unix_time), clock: Some(milliseconds) },
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a time of day is positive and far below 2^53"
)]
fn unix_time() -> u64 {
    (js_sys::Date::now() / 1000.0) as u64
}

/// Of the window or of the worker, whichever this is; a document has one, and so has a worker.
fn milliseconds() -> f64 {
    thread_local! {
        static PERFORMANCE: Option<web_sys::Performance> =
            js_sys::Reflect::get(&js_sys::global(), &"performance".into()).ok().and_then(|it| it.dyn_into().ok());
    }
    PERFORMANCE.with(|performance| performance.as_ref().map_or(0.0, web_sys::Performance::now))
}
