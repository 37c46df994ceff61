//! The certificates in a message, each as a buffer of its own.

use crate::pki::annotate;
use crate::trace::{BufferKind, Recorder};
use crate::wire::place::{BufferId, Slice};
use crate::wire::{Field, FieldName, named};

/// Records each certificate of a `Certificate` message as a buffer: a slice of the message, whose bytes and fields these are.
pub(crate) fn record_certificates(message: BufferId, bytes: &[u8], fields: &[Field], trace: &mut Recorder) {
    for field in named(fields, FieldName::CertificateDer) {
        let Field { start, end, .. } = *field;
        let der = &bytes[start..end];
        let source = Slice { buffer: message, start, end };
        trace.buffer(BufferKind::Certificate, der, annotate(der), vec![source], None);
    }
}
