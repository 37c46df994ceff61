//! What client and server say to each other above TLS: a request and its reply, kept until the connection is over.

use crate::glass::Secret;
use crate::trace::{Account, Recorder, ValueName};

/// The most of a received message that is kept, in bytes; what follows is only handed out.
const MOST: usize = 1 << 16;

/// A request and its reply, in the clear, where their holder keeps them.
#[derive(Debug, Default)]
pub(super) struct Exchange {
    request: Option<Secret>,
    reply: Option<Secret>,
    /// Whether what comes next was declared when it was decrypted.
    announced: bool,
}

impl Exchange {
    /// Declares `bytes` of a request that were decrypted and are kept elsewhere until they come here.
    pub(super) fn announce_request(&mut self, bytes: &[u8], recorder: &mut Recorder) {
        self.begin_anew(recorder);
        self.announced = announce(self.request.as_ref(), ValueName::Request, bytes, recorder);
    }

    /// The same of a reply.
    pub(super) fn announce_reply(&mut self, bytes: &[u8], recorder: &mut Recorder) {
        self.announced = announce(self.reply.as_ref(), ValueName::Reply, bytes, recorder);
    }

    /// Keeps `bytes` behind what is here already of the request. After a reply, they are the beginning of another one.
    pub(super) fn add_to_request(&mut self, bytes: &[u8], recorder: &mut Recorder) {
        self.begin_anew(recorder);
        let announced = core::mem::take(&mut self.announced);
        add(&mut self.request, ValueName::Request, bytes, announced, recorder);
    }

    fn begin_anew(&mut self, recorder: &mut Recorder) {
        if self.reply.take().is_some() {
            self.request = None;
            recorder.erased(ValueName::Reply);
        }
    }

    /// Keeps `bytes` behind what is here already of the reply.
    pub(super) fn add_to_reply(&mut self, bytes: &[u8], recorder: &mut Recorder) {
        let announced = core::mem::take(&mut self.announced);
        add(&mut self.reply, ValueName::Reply, bytes, announced, recorder);
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

/// Declares a beginning, and says whether this was one. What is behind a beginning that is kept here already has no name until it
/// is joined with that.
fn announce(kept: Option<&Secret>, name: ValueName, bytes: &[u8], recorder: &mut Recorder) -> bool {
    if kept.is_none() {
        recorder.held(Account::Connection, name, bytes);
    }
    kept.is_none()
}

/// Adds as much as there is room for, and declares the whole unless it was `announced` so.
fn add(kept: &mut Option<Secret>, name: ValueName, bytes: &[u8], announced: bool, recorder: &mut Recorder) {
    let before = kept.take();
    let before = before.as_deref().unwrap_or_default();
    let room = MOST.saturating_sub(before.len());
    let whole = Secret::joined(before, &bytes[..bytes.len().min(room)]);
    if !announced {
        recorder.held(Account::Connection, name, &whole);
    }
    *kept = Some(whole);
}
