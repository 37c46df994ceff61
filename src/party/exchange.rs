//! What client and server say to each other above TLS: a request and its reply, kept until the connection is over.

use crate::glass::Secret;
use crate::trace::{Account, Recorder, ValueName};

/// The most of a received message that is kept; what follows is only handed out.
const MOST: usize = 1 << 14;

/// A request and its reply, in the clear, where their holder keeps them.
#[derive(Debug, Default)]
pub(super) struct Exchange {
    request: Option<Secret>,
    reply: Option<Secret>,
}

impl Exchange {
    /// Keeps `bytes` behind what is here already of the request. After a reply, they are the beginning of another one.
    pub(super) fn add_to_request(&mut self, bytes: &[u8], recorder: &mut Recorder) {
        if self.reply.take().is_some() {
            self.request = None;
            recorder.erased(ValueName::Reply);
        }
        add(&mut self.request, ValueName::Request, bytes, recorder);
    }

    /// Keeps `bytes` behind what is here already of the reply.
    pub(super) fn add_to_reply(&mut self, bytes: &[u8], recorder: &mut Recorder) {
        add(&mut self.reply, ValueName::Reply, bytes, recorder);
    }

    /// Keeps the reply that is to be sent, all of it.
    pub(super) fn set_reply(&mut self, bytes: &[u8], recorder: &mut Recorder) {
        recorder.held(Account::Connection, ValueName::Reply, bytes);
        self.reply = Some(Secret::copy_of(bytes));
    }

    pub(super) fn reply(&self) -> Option<&[u8]> {
        self.reply.as_deref()
    }
}

/// Adds as much as there is room for, and declares the whole.
fn add(kept: &mut Option<Secret>, name: ValueName, bytes: &[u8], recorder: &mut Recorder) {
    let before = kept.take();
    let before = before.as_deref().unwrap_or_default();
    let room = MOST.saturating_sub(before.len());
    let whole = Secret::joined(before, &bytes[..bytes.len().min(room)]);
    recorder.held(Account::Connection, name, &whole);
    *kept = Some(whole);
}
