//! Extensions of the hellos (RFC 5246, section 7.4.1.4).

use super::codepoint::{EcPointFormat, ExtensionType, NameType, NamedGroup, SignatureScheme};
use super::{DecodeError, EncodeError, FieldName, FieldValue, LengthPrefix, Reader, Writer, printable};

/// An extension of a hello.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extension {
    /// `server_name` (RFC 6066, section 3): the host the client means to reach. A server answers with `None`, for an empty
    /// extension. Of a client, `None` stands for a list that has no host name among its names.
    ServerName(Option<String>),
    /// `supported_groups` (RFC 8422, section 5.1.1).
    SupportedGroups(Vec<NamedGroup>),
    /// `ec_point_formats` (RFC 8422, section 5.1.2).
    EcPointFormats(Vec<EcPointFormat>),
    /// `signature_algorithms` (RFC 5246, section 7.4.1.4.1).
    SignatureAlgorithms(Vec<SignatureScheme>),
    /// `application_layer_protocol_negotiation` (RFC 7301, section 3.1). A server answers with one.
    ApplicationProtocols(Vec<Vec<u8>>),
    /// `encrypt_then_mac` (RFC 7366, section 2). A server answers it where it chose a CBC suite.
    EncryptThenMac,
    /// `extended_master_secret` (RFC 7627, section 5.1).
    ExtendedMasterSecret,
    /// `session_ticket` (RFC 5077, section 3.2): the client's ticket, empty if it has none. A server that will send one
    /// answers with an empty one.
    SessionTicket(Vec<u8>),
    /// `renegotiation_info` (RFC 5746, section 3.2). Empty in a first handshake.
    RenegotiationInfo(Vec<u8>),
    /// One we do not know, or do not use.
    Other {
        /// Its type.
        extension_type: ExtensionType,
        /// Its contents.
        data: Vec<u8>,
    },
}

/// Whose hello an extension stands in: some have another form in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hello {
    Client,
    Server,
}

impl Extension {
    /// Its type.
    pub const fn extension_type(&self) -> ExtensionType {
        match self {
            Self::ServerName(_) => ExtensionType::SERVER_NAME,
            Self::SupportedGroups(_) => ExtensionType::SUPPORTED_GROUPS,
            Self::EcPointFormats(_) => ExtensionType::EC_POINT_FORMATS,
            Self::SignatureAlgorithms(_) => ExtensionType::SIGNATURE_ALGORITHMS,
            Self::ApplicationProtocols(_) => ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION,
            Self::EncryptThenMac => ExtensionType::ENCRYPT_THEN_MAC,
            Self::ExtendedMasterSecret => ExtensionType::EXTENDED_MASTER_SECRET,
            Self::SessionTicket(_) => ExtensionType::SESSION_TICKET,
            Self::RenegotiationInfo(_) => ExtensionType::RENEGOTIATION_INFO,
            Self::Other { extension_type, .. } => *extension_type,
        }
    }

    /// Reads all extensions of a hello. A hello that ends before them has none.
    pub(super) fn read_all(r: &mut Reader<'_>, hello: Hello) -> Result<Vec<Self>, DecodeError> {
        if r.is_at_end() {
            return Ok(Vec::new());
        }
        let mut seen = Vec::new();
        r.list(FieldName::Extensions, LengthPrefix::U16, 0..=0xffff, |r| {
            let extension = Self::read(r, hello)?;
            // RFC 5246, section 7.4.1.4: at most one extension of a type.
            if seen.contains(&extension.extension_type()) {
                return Err(r.illegal(FieldName::Extension, "an extension of this type stands here twice"));
            }
            seen.push(extension.extension_type());
            Ok(extension)
        })
    }

    /// Writes all extensions of a hello. Without any, the field itself is left out.
    pub(super) fn write_all(extensions: &[Self], w: &mut Writer) -> Result<(), EncodeError> {
        if extensions.is_empty() {
            return Ok(());
        }
        w.vector(FieldName::Extensions, LengthPrefix::U16, |w| extensions.iter().try_for_each(|each| each.write(w)))
    }

    fn read(r: &mut Reader<'_>, hello: Hello) -> Result<Self, DecodeError> {
        r.group(FieldName::Extension, |r| {
            let extension_type = r.code(FieldName::ExtensionType)?;
            r.vector(FieldName::ExtensionData, LengthPrefix::U16, 0..=0xffff, |r| {
                Self::read_data(r, extension_type, hello)
            })
        })
    }

    fn read_data(r: &mut Reader<'_>, extension_type: ExtensionType, hello: Hello) -> Result<Self, DecodeError> {
        use LengthPrefix::{U8, U16};
        Ok(match extension_type {
            ExtensionType::SERVER_NAME if hello == Hello::Server && r.is_at_end() => Self::ServerName(None),
            ExtensionType::SERVER_NAME => match (hello, read_server_name(r)?) {
                (Hello::Server, None) => {
                    return Err(r.illegal(FieldName::ServerNameList, "a server's server_name is empty"));
                }
                (_, name) => Self::ServerName(name),
            },
            ExtensionType::SUPPORTED_GROUPS => {
                Self::SupportedGroups(
                    r.list(FieldName::NamedGroupList, U16, 2..=0xffff, |r| r.code(FieldName::NamedGroup))?,
                )
            }
            ExtensionType::EC_POINT_FORMATS => {
                Self::EcPointFormats(
                    r.list(FieldName::EcPointFormatList, U8, 1..=255, |r| r.code(FieldName::EcPointFormat))?,
                )
            }
            ExtensionType::SIGNATURE_ALGORITHMS => {
                Self::SignatureAlgorithms(r.list(FieldName::SupportedSignatureAlgorithms, U16, 2..=0xfffe, |r| {
                    r.code(FieldName::SignatureScheme)
                })?)
            }
            ExtensionType::APPLICATION_LAYER_PROTOCOL_NEGOTIATION => {
                Self::ApplicationProtocols(r.list(FieldName::ProtocolNameList, U16, 2..=0xffff, |r| {
                    r.vector(FieldName::ProtocolName, U8, 1..=255, |r| {
                        let name = r.rest(FieldName::ProtocolNameBytes);
                        r.annotate(text(name));
                        Ok(name.to_vec())
                    })
                })?)
            }
            ExtensionType::ENCRYPT_THEN_MAC => Self::EncryptThenMac,
            ExtensionType::EXTENDED_MASTER_SECRET => Self::ExtendedMasterSecret,
            ExtensionType::SESSION_TICKET => Self::SessionTicket(r.rest(FieldName::TicketBytes).to_vec()),
            ExtensionType::RENEGOTIATION_INFO => Self::RenegotiationInfo(
                r.opaque(FieldName::RenegotiatedConnection, FieldName::RenegotiatedConnectionBytes, U8, 0..=255)?
                    .to_vec(),
            ),
            _ => Self::Other { extension_type, data: r.rest(FieldName::ExtensionBytes).to_vec() },
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.group(FieldName::Extension, |w| {
            w.code(FieldName::ExtensionType, self.extension_type());
            w.vector(FieldName::ExtensionData, LengthPrefix::U16, |w| self.write_data(w))
        })
    }

    fn write_data(&self, w: &mut Writer) -> Result<(), EncodeError> {
        use LengthPrefix::{U8, U16};
        match self {
            Self::ServerName(None) | Self::EncryptThenMac | Self::ExtendedMasterSecret => Ok(()),
            Self::ServerName(Some(host_name)) => w.vector(FieldName::ServerNameList, U16, |w| {
                w.group(FieldName::ServerName, |w| {
                    w.code(FieldName::NameType, NameType::HOST_NAME);
                    w.vector(FieldName::HostName, U16, |w| {
                        w.bytes(FieldName::HostNameBytes, host_name.as_bytes());
                        w.annotate(text(host_name.as_bytes()));
                        Ok(())
                    })
                })
            }),
            Self::SupportedGroups(groups) => w.vector(FieldName::NamedGroupList, U16, |w| {
                for group in groups {
                    w.code(FieldName::NamedGroup, *group);
                }
                Ok(())
            }),
            Self::EcPointFormats(formats) => w.vector(FieldName::EcPointFormatList, U8, |w| {
                for format in formats {
                    w.code(FieldName::EcPointFormat, *format);
                }
                Ok(())
            }),
            Self::SignatureAlgorithms(schemes) => w.vector(FieldName::SupportedSignatureAlgorithms, U16, |w| {
                for scheme in schemes {
                    w.code(FieldName::SignatureScheme, *scheme);
                }
                Ok(())
            }),
            Self::ApplicationProtocols(names) => w.vector(FieldName::ProtocolNameList, U16, |w| {
                names.iter().try_for_each(|name| {
                    w.vector(FieldName::ProtocolName, U8, |w| {
                        w.bytes(FieldName::ProtocolNameBytes, name);
                        w.annotate(text(name));
                        Ok(())
                    })
                })
            }),
            Self::RenegotiationInfo(data) => {
                w.opaque(FieldName::RenegotiatedConnection, FieldName::RenegotiatedConnectionBytes, U8, data)
            }
            Self::SessionTicket(ticket) => {
                w.bytes(FieldName::TicketBytes, ticket);
                Ok(())
            }
            Self::Other { data, .. } => {
                w.bytes(FieldName::ExtensionBytes, data);
                Ok(())
            }
        }
    }
}

/// `struct { ServerName server_name_list<1..2^16-1> } ServerNameList;`, of which the host name is read.
///
/// Names of other types are passed over: RFC 6066, section 3, has all of them begin with a length of two bytes, so that
/// this can be done.
fn read_server_name(r: &mut Reader<'_>) -> Result<Option<String>, DecodeError> {
    let names = r.list(FieldName::ServerNameList, LengthPrefix::U16, 1..=0xffff, |r| {
        r.group(FieldName::ServerName, |r| {
            if r.code::<NameType>(FieldName::NameType)? != NameType::HOST_NAME {
                r.opaque(FieldName::OtherName, FieldName::OtherNameBytes, LengthPrefix::U16, 0..=0xffff)?;
                return Ok(None);
            }
            r.vector(FieldName::HostName, LengthPrefix::U16, 1..=0xffff, |r| {
                let bytes = r.rest(FieldName::HostNameBytes);
                r.annotate(text(bytes));
                match core::str::from_utf8(bytes) {
                    Ok(name) if name.is_ascii() => Ok(Some(name.to_owned())),
                    _ => Err(r.illegal(FieldName::HostNameBytes, "a host name is ASCII")),
                }
            })
        })
    })?;
    let mut host_names = names.into_iter().flatten();
    let first = host_names.next();
    match host_names.next() {
        None => Ok(first),
        Some(_) => Err(r.illegal(FieldName::ServerNameList, "at most one name of a type")),
    }
}

fn text(bytes: &[u8]) -> FieldValue {
    FieldValue::Text { text: printable(&String::from_utf8_lossy(bytes)) }
}
