//! What can go wrong, who is to blame, and which alert says so.

use core::fmt;

use serde::Serialize;

use crate::wire::codepoint::{
    AlertDescription, AlertLevel, CipherSuite, ContentType, ExtensionType, HandshakeType, ProtocolVersion,
};
use crate::wire::place::{BufferId, Place};
use crate::wire::{DecodeError, EncodeError, FieldName};

/// Why a connection ended before its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What happened.
    pub kind: ErrorKind,
    /// Where in which buffer, for errors about bytes.
    pub place: Option<Place>,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A message or record is not formed as its RFC says.
    Decode(DecodeError),
    /// Our own options do not fit into a message.
    Encode(EncodeError),
    /// A record is longer than RFC 5246, section 6.2, allows.
    RecordOverflow {
        /// Its length in bytes.
        length: usize,
        /// The most there may be.
        max: usize,
    },
    /// A handshake message is longer than we accept.
    HandshakeMessageTooLong {
        /// Its length in bytes.
        length: usize,
        /// The most we accept.
        max: usize,
    },
    /// A handshake message came that this state does not await.
    UnexpectedMessage {
        /// What came.
        got: HandshakeType,
        /// What the state awaits.
        expected: &'static [HandshakeType],
    },
    /// A record came whose content type this state does not await.
    UnexpectedContent {
        /// What came.
        got: ContentType,
        /// What the state awaits.
        expected: ContentType,
    },
    /// A key change or other content came in the middle of a handshake message.
    MessageNotAligned,
    /// A record of a type that must not be empty is empty (RFC 5246, section 6.2.1).
    EmptyRecord(ContentType),
    /// A protected record does not open: it was not made with this key and sequence number, or was changed.
    BadRecordMac,
    /// The peer offers no protocol version that we speak, or chose one we did not offer.
    ProtocolVersion(ProtocolVersion),
    /// The two sides have no cipher suite, group or signature scheme in common.
    NothingInCommon {
        /// Of what: the field that was searched.
        what: FieldName,
    },
    /// The client names finite-field groups, none of which is ours (RFC 7919, section 4).
    NoFiniteFieldInCommon,
    /// The server's finite-field group is none that we know to be strong.
    UnknownFiniteField,
    /// The server chose a suite, group, scheme or method that was not offered.
    NotOffered {
        /// The field that says so.
        what: FieldName,
    },
    /// The server chose a cipher suite that was not offered.
    CipherSuiteNotOffered(CipherSuite),
    /// The server answered an extension that was not sent.
    ExtensionNotOffered(ExtensionType),
    /// The two sides have no application protocol in common (RFC 7301, section 3.2).
    NoApplicationProtocol,
    /// The peer's certificate did not pass.
    Certificate(CertificateError),
    /// The server's signature over its key exchange parameters is wrong.
    BadSignature,
    /// The client's signature over the handshake is wrong.
    BadClientSignature,
    /// The client shows no certificate, and the server goes on with none that does not.
    NoClientCertificate,
    /// A server that does not show who it is asks who the client is (RFC 5246, section 7.4.4).
    AnonymousServerAsks,
    /// A session whose `master_secret` is bound to its handshake would be resumed without `extended_master_secret` (RFC
    /// 7627, section 5.3).
    ResumedUnbound,
    /// The server resumes a session with something else than the session has.
    ResumedDifferently {
        /// The field that says so.
        what: FieldName,
    },
    /// The peer's public key is not a valid element of the group.
    BadKeyShare,
    /// The peer's `verify_data` is wrong.
    BadVerifyData,
    /// The peer's first handshake carries a `renegotiation_info` that is not empty (RFC 5746, section 3).
    BadRenegotiationInfo,
    /// The peer sent a fatal alert.
    AlertReceived(AlertDescription),
    /// The peer sent an alert that is neither warning nor fatal.
    BadAlertLevel(AlertLevel),
    /// The peer sends records without end that move nothing on.
    TooManyIdleRecords,
    /// The transport ended before the peer said `close_notify`.
    Truncated,
    /// A key, a random source or an option of our own failed. Never the peer's fault.
    Internal(&'static str),
}

/// Why a certificate did not pass (RFC 5280, section 6; RFC 9525).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateError {
    /// The chain is empty.
    None,
    /// It is not formed as RFC 5280 says, or a signature is wrong.
    Bad(String),
    /// No path leads to a trust anchor.
    UnknownIssuer,
    /// Now is before or after its validity.
    NotValidNow(String),
    /// It names another server.
    NotForThisName(String),
    /// It, or its key, may not be used for this.
    WrongUsage(String),
}

/// Who caused an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Blame {
    /// The peer, or somebody on the wire.
    Peer,
    /// Nobody: the two sides just do not fit.
    Both,
    /// This side.
    Own,
}

/// An error as the narrator gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct ErrorReport {
    /// What happened, in a sentence.
    pub message: String,
    /// The alert that says so; `None` where the error is the peer's alert.
    #[cfg_attr(target_family = "wasm", tsify(type = "string | undefined"))]
    pub alert: Option<AlertDescription>,
    /// Who caused it.
    pub blame: Blame,
    /// Where, for errors about bytes.
    pub place: Option<Place>,
}

impl Error {
    /// The alert that tells the peer: the one map from error to alert. `None` where the peer has said it already.
    pub fn alert(&self) -> Option<AlertDescription> {
        use AlertDescription as A;
        Some(match &self.kind {
            ErrorKind::Decode(error) => match error.kind {
                crate::wire::DecodeErrorKind::Illegal { .. } => A::ILLEGAL_PARAMETER,
                _ => A::DECODE_ERROR,
            },
            ErrorKind::HandshakeMessageTooLong { .. } => A::DECODE_ERROR,
            ErrorKind::RecordOverflow { .. } => A::RECORD_OVERFLOW,
            ErrorKind::UnexpectedMessage { .. }
            | ErrorKind::UnexpectedContent { .. }
            | ErrorKind::MessageNotAligned
            | ErrorKind::EmptyRecord(_)
            | ErrorKind::TooManyIdleRecords => A::UNEXPECTED_MESSAGE,
            ErrorKind::BadRecordMac => A::BAD_RECORD_MAC,
            ErrorKind::ProtocolVersion(_) => A::PROTOCOL_VERSION,
            ErrorKind::NothingInCommon { .. }
            | ErrorKind::BadRenegotiationInfo
            | ErrorKind::NoClientCertificate
            | ErrorKind::AnonymousServerAsks
            | ErrorKind::ResumedUnbound => A::HANDSHAKE_FAILURE,
            ErrorKind::NotOffered { .. }
            | ErrorKind::CipherSuiteNotOffered(_)
            | ErrorKind::ResumedDifferently { .. }
            | ErrorKind::BadKeyShare
            | ErrorKind::BadAlertLevel(_) => A::ILLEGAL_PARAMETER,
            ErrorKind::NoFiniteFieldInCommon | ErrorKind::UnknownFiniteField => A::INSUFFICIENT_SECURITY,
            ErrorKind::ExtensionNotOffered(_) => A::UNSUPPORTED_EXTENSION,
            ErrorKind::NoApplicationProtocol => A::NO_APPLICATION_PROTOCOL,
            ErrorKind::Certificate(error) => match error {
                CertificateError::None => A::DECODE_ERROR,
                CertificateError::Bad(_) | CertificateError::NotForThisName(_) => A::BAD_CERTIFICATE,
                CertificateError::UnknownIssuer => A::UNKNOWN_CA,
                CertificateError::NotValidNow(_) => A::CERTIFICATE_EXPIRED,
                CertificateError::WrongUsage(_) => A::UNSUPPORTED_CERTIFICATE,
            },
            ErrorKind::BadSignature | ErrorKind::BadClientSignature | ErrorKind::BadVerifyData => A::DECRYPT_ERROR,
            // The peer has ended the connection: there is nobody to send an alert to.
            ErrorKind::AlertReceived(_) | ErrorKind::Truncated => return None,
            ErrorKind::Encode(_) | ErrorKind::Internal(_) => A::INTERNAL_ERROR,
        })
    }

    /// Who caused it.
    pub fn blame(&self) -> Blame {
        match self.kind {
            ErrorKind::NothingInCommon { .. } | ErrorKind::NoFiniteFieldInCommon | ErrorKind::NoApplicationProtocol => {
                Blame::Both
            }
            ErrorKind::Encode(_) | ErrorKind::Internal(_) => Blame::Own,
            _ => Blame::Peer,
        }
    }

    /// The error as the narrator gets it.
    pub fn report(&self) -> ErrorReport {
        ErrorReport {
            message: self.kind.to_string(),
            alert: self.alert(),
            blame: self.blame(),
            place: self.place.clone(),
        }
    }

    /// The same error, about bytes of this buffer.
    pub(crate) fn in_buffer(mut self, buffer: BufferId) -> Self {
        if let Some(place) = &mut self.place {
            place.buffer.get_or_insert(buffer);
        }
        self
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self { kind, place: None }
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        let place = Place { buffer: None, offset: error.offset, path: error.path.clone() };
        Self { kind: ErrorKind::Decode(error), place: Some(place) }
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        ErrorKind::Encode(error).into()
    }
}

impl From<CertificateError> for Error {
    fn from(error: CertificateError) -> Self {
        ErrorKind::Certificate(error).into()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl core::error::Error for Error {}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(error) => error.fmt(f),
            Self::Encode(error) => error.fmt(f),
            Self::RecordOverflow { length, max } => write!(f, "a record holds {length} bytes, {max} are allowed"),
            Self::HandshakeMessageTooLong { length, max } => {
                write!(f, "a handshake message announces {length} bytes, {max} are accepted")
            }
            Self::UnexpectedMessage { got, expected } => write!(f, "{got} came, {} was due", List(expected)),
            Self::UnexpectedContent { got, expected } => write!(f, "a record of {got} came, {expected} was due"),
            Self::MessageNotAligned => f.write_str("a handshake message is interrupted by another kind of record"),
            Self::EmptyRecord(content_type) => write!(f, "a record of {content_type} is empty"),
            Self::BadRecordMac => f.write_str("a record does not open with the current key"),
            Self::ProtocolVersion(version) => write!(f, "no common protocol version: the peer has {version}"),
            Self::NothingInCommon { what } => write!(f, "the two sides have no {what} in common"),
            Self::NoFiniteFieldInCommon => f.write_str("the two sides have no finite-field group in common"),
            Self::UnknownFiniteField => {
                f.write_str("the server's finite-field group is none that is known to be strong")
            }
            Self::NotOffered { what } => write!(f, "the peer chose a {what} that was not offered"),
            Self::CipherSuiteNotOffered(suite) => write!(f, "the server chose {suite}, which was not offered"),
            Self::ExtensionNotOffered(extension) => write!(f, "the server answers {extension}, which was not offered"),
            Self::NoApplicationProtocol => f.write_str("the two sides have no application protocol in common"),
            Self::Certificate(error) => error.fmt(f),
            Self::BadSignature => f.write_str("the signature over the server's key exchange parameters is wrong"),
            Self::BadClientSignature => f.write_str("the client's signature over the handshake is wrong"),
            Self::NoClientCertificate => f.write_str("the client shows no certificate"),
            Self::AnonymousServerAsks => f.write_str("a server without a certificate asks for the client's"),
            Self::ResumedUnbound => f.write_str("a session would be resumed without extended_master_secret"),
            Self::ResumedDifferently { what } => write!(f, "the session that is resumed has another {what}"),
            Self::BadKeyShare => f.write_str("the peer's one-time public key is not a valid element of the group"),
            Self::BadVerifyData => f.write_str("the peer's verify_data is wrong"),
            Self::BadRenegotiationInfo => f.write_str("renegotiation_info is not empty in a first handshake"),
            Self::AlertReceived(alert) => write!(f, "the peer sent the alert {alert}"),
            Self::BadAlertLevel(level) => write!(f, "the peer sent an alert of level {level}"),
            Self::TooManyIdleRecords => f.write_str("the peer sends record after record that moves nothing on"),
            Self::Truncated => f.write_str("the peer hung up without close_notify"),
            Self::Internal(what) => f.write_str(what),
        }
    }
}

impl fmt::Display for CertificateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("no certificate was sent"),
            Self::Bad(why) => write!(f, "the certificate is bad: {why}"),
            Self::UnknownIssuer => f.write_str("no chain leads from the certificate to a trusted authority"),
            Self::NotValidNow(why) => write!(f, "the certificate is not valid now: {why}"),
            Self::NotForThisName(why) => write!(f, "the certificate is for another name: {why}"),
            Self::WrongUsage(why) => write!(f, "the certificate may not be used for this: {why}"),
        }
    }
}

struct List<'a>(&'a [HandshakeType]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, item) in self.0.iter().enumerate() {
            write!(f, "{}{item}", if i == 0 { "" } else { " or " })?;
        }
        Ok(())
    }
}
