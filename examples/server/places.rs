//! How many connections are served at once.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A number of places, each for one connection.
pub struct Places(Arc<Free>);

struct Free {
    number: Mutex<usize>,
    more: Condvar,
}

/// One of them, free again when this is dropped.
pub struct Place(Arc<Free>);

impl Places {
    pub fn new(number: usize) -> Self {
        Self(Arc::new(Free { number: Mutex::new(number), more: Condvar::new() }))
    }

    /// Takes a place, as soon as one is free.
    pub fn take(&self) -> Place {
        let number = self.0.number.lock().unwrap_or_else(PoisonError::into_inner);
        let mut number = self.0.more.wait_while(number, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *number -= 1;
        Place(self.0.clone())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *self.0.number.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.more.notify_one();
    }
}
