//! What somebody who watches a party could tell two runs apart by, values aside.

use core::mem::{Discriminant, discriminant};

use tls_glass::trace::{Action, Event, Unit};

/// What was done and told of, in order.
pub type Course = Vec<(Action, Vec<(Discriminant<Event>, String)>)>;

pub fn course(units: &[Unit]) -> Course {
    let events = |unit: &Unit| unit.events.iter().map(|event| (discriminant(event), detail(event))).collect();
    units.iter().map(|unit| (unit.action, events(unit))).collect()
}

fn detail(event: &Event) -> String {
    match event {
        Event::Computation(computation) => computation.function.clone(),
        Event::Check(check) => format!("{:?} {:?}", check.name, check.outcome),
        Event::Held { value } => format!("{:?}", value.name),
        Event::Erased { name } => format!("{name:?}"),
        Event::Alert { direction, description, .. } => format!("{direction:?} {description}"),
        Event::Failure(report) => report.message.clone(),
        _ => String::new(),
    }
}
