//! Alerts (RFC 5246, section 7.2).

pub use super::codepoint::{AlertDescription, AlertLevel};
use super::{DecodeError, FieldName, Reader, Writer};

/// `struct { AlertLevel level; AlertDescription description; } Alert;`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Warning or fatal.
    pub level: AlertLevel,
    /// What it says.
    pub description: AlertDescription,
}

impl Alert {
    /// An alert after which the connection is over.
    pub const fn fatal(description: AlertDescription) -> Self {
        Self { level: AlertLevel::FATAL, description }
    }

    /// An alert after which the receiver may go on.
    pub const fn warning(description: AlertDescription) -> Self {
        Self { level: AlertLevel::WARNING, description }
    }

    /// Reads an alert.
    pub fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self { level: r.code(FieldName::AlertLevel)?, description: r.code(FieldName::AlertDescription)? })
    }

    /// Writes an alert.
    pub fn write(self, w: &mut Writer) {
        w.code(FieldName::AlertLevel, self.level);
        w.code(FieldName::AlertDescription, self.description);
    }
}
