//! The names of all fields, as their RFCs spell them.

use core::fmt;

use serde::Serialize;

/// The name of a field or structure: RFC 5246 and its extensions for TLS, RFC 5280 for certificates.
///
/// The page has an explanation for each, checked by its type checker: a name without one, or one without a name, does
/// not build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is its RFC's name; the page's content explains every one")]
pub enum FieldName {
    // Any structure.
    Length,
    Unparsed,

    // The record layer: RFC 5246, section 6.2; RFC 5288, section 3; RFC 7366, section 3.
    ContentType,
    RecordVersion,
    RecordLength,
    Fragment,
    NonceExplicit,
    EncryptedContent,
    AuthenticationTag,
    #[serde(rename = "IV")]
    Iv,
    #[serde(rename = "content")]
    Content,
    #[serde(rename = "MAC")]
    Mac,
    Padding,
    PaddingLength,

    // Other content types: RFC 5246, sections 7.1, 7.2, 10.
    ChangeCipherSpecType,
    AlertLevel,
    AlertDescription,
    ApplicationData,
    HandshakeBytes,

    // Handshake messages: RFC 5246, section 7.4.
    MsgType,
    HandshakeLength,
    #[serde(rename = "HelloRequest")]
    HelloRequest,
    #[serde(rename = "ClientHello")]
    ClientHello,
    #[serde(rename = "ServerHello")]
    ServerHello,
    #[serde(rename = "Certificate")]
    Certificate,
    #[serde(rename = "ServerKeyExchange")]
    ServerKeyExchange,
    #[serde(rename = "CertificateRequest")]
    CertificateRequest,
    #[serde(rename = "ServerHelloDone")]
    ServerHelloDone,
    #[serde(rename = "ClientKeyExchange")]
    ClientKeyExchange,
    #[serde(rename = "CertificateVerify")]
    CertificateVerify,
    #[serde(rename = "NewSessionTicket")]
    NewSessionTicket,
    #[serde(rename = "Finished")]
    Finished,
    ClientVersion,
    ServerVersion,
    Random,
    SessionId,
    SessionIdBytes,
    CipherSuites,
    CipherSuite,
    CompressionMethods,
    CompressionMethod,
    CertificateList,
    #[serde(rename = "ASN.1Cert")]
    Asn1Cert,
    CertificateDer,
    CertificateTypes,
    CertificateType,
    CertificateAuthorities,
    #[serde(rename = "DistinguishedName")]
    DistinguishedName,
    DistinguishedNameDer,
    VerifyData,

    // Session tickets: RFC 5077, section 3.
    TicketLifetimeHint,
    Ticket,
    TicketBytes,

    // Extensions: RFC 5246, section 7.4.1.4, and the RFC of each.
    Extensions,
    #[serde(rename = "Extension")]
    Extension,
    ExtensionType,
    ExtensionData,
    ExtensionBytes,
    ServerNameList,
    #[serde(rename = "ServerName")]
    ServerName,
    NameType,
    HostName,
    HostNameBytes,
    OtherName,
    OtherNameBytes,
    NamedGroupList,
    NamedGroup,
    EcPointFormatList,
    EcPointFormat,
    SupportedSignatureAlgorithms,
    SignatureScheme,
    ProtocolNameList,
    ProtocolName,
    ProtocolNameBytes,
    RenegotiatedConnection,
    RenegotiatedConnectionBytes,

    // Key exchange: RFC 5246, section 7.4.7.1; RFC 8422, sections 5.4 and 5.7.
    #[serde(rename = "EncryptedPreMasterSecret")]
    EncryptedPreMasterSecret,
    EncryptedPreMasterSecretBytes,
    #[serde(rename = "ServerECDHParams")]
    ServerEcdhParams,
    CurveType,
    NamedCurve,
    Public,
    Point,
    Signature,
    SignatureAlgorithm,
    SignatureVector,
    SignatureBytes,
    #[serde(rename = "ecdh_Yc")]
    EcdhYc,

    // Finite-field key exchange: RFC 5246, sections 7.4.3 and 7.4.7.2.
    #[serde(rename = "ServerDHParams")]
    ServerDhParams,
    DhP,
    DhPBytes,
    DhG,
    DhGBytes,
    #[serde(rename = "dh_Ys")]
    DhYs,
    #[serde(rename = "dh_Ys_bytes")]
    DhYsBytes,
    #[serde(rename = "dh_Yc")]
    DhYc,
    #[serde(rename = "dh_Yc_bytes")]
    DhYcBytes,

    // Certificates, in DER: RFC 5280, section 4.1; X.690, section 8.1.
    DerTag,
    DerLength,
    DerUnusedBits,
    DerValue,
    #[serde(rename = "X509Certificate")]
    X509Certificate,
    #[serde(rename = "tbsCertificate")]
    TbsCertificate,
    #[serde(rename = "version")]
    X509Version,
    #[serde(rename = "serialNumber")]
    SerialNumber,
    #[serde(rename = "tbsCertificate.signature")]
    X509Signature,
    #[serde(rename = "signatureAlgorithm")]
    X509SignatureAlgorithm,
    #[serde(rename = "signatureValue")]
    X509SignatureValue,
    #[serde(rename = "algorithm")]
    Algorithm,
    #[serde(rename = "parameters")]
    Parameters,
    #[serde(rename = "issuer")]
    Issuer,
    #[serde(rename = "validity")]
    Validity,
    #[serde(rename = "notBefore")]
    NotBefore,
    #[serde(rename = "notAfter")]
    NotAfter,
    #[serde(rename = "subject")]
    Subject,
    #[serde(rename = "RelativeDistinguishedName")]
    RelativeDistinguishedName,
    #[serde(rename = "AttributeTypeAndValue")]
    AttributeTypeAndValue,
    #[serde(rename = "AttributeType")]
    AttributeType,
    #[serde(rename = "AttributeValue")]
    AttributeValue,
    #[serde(rename = "subjectPublicKeyInfo")]
    SubjectPublicKeyInfo,
    #[serde(rename = "subjectPublicKey")]
    SubjectPublicKey,
    #[serde(rename = "RSAPublicKey")]
    RsaPublicKey,
    #[serde(rename = "modulus")]
    Modulus,
    #[serde(rename = "publicExponent")]
    PublicExponent,
    #[serde(rename = "ECPoint")]
    EcPoint,
    #[serde(rename = "tbsCertificate.extensions")]
    X509Extensions,
    #[serde(rename = "X509Extension")]
    X509Extension,
    #[serde(rename = "extnID")]
    ExtnId,
    #[serde(rename = "critical")]
    Critical,
    #[serde(rename = "extnValue")]
    ExtnValue,
    #[serde(rename = "BasicConstraints")]
    BasicConstraints,
    #[serde(rename = "cA")]
    Ca,
    #[serde(rename = "pathLenConstraint")]
    PathLenConstraint,
    #[serde(rename = "KeyUsage")]
    KeyUsage,
    #[serde(rename = "ExtKeyUsageSyntax")]
    ExtKeyUsage,
    #[serde(rename = "KeyPurposeId")]
    KeyPurposeId,
    #[serde(rename = "SubjectAltName")]
    SubjectAltName,
    #[serde(rename = "dNSName")]
    DnsName,
    #[serde(rename = "GeneralName")]
    GeneralName,
    #[serde(rename = "SubjectKeyIdentifier")]
    SubjectKeyIdentifier,
    #[serde(rename = "AuthorityKeyIdentifier")]
    AuthorityKeyIdentifier,
    #[serde(rename = "keyIdentifier")]
    KeyIdentifier,

    // Certificate signing requests, in DER: RFC 2986, section 4.
    #[serde(rename = "CertificationRequest")]
    CertificationRequest,
    #[serde(rename = "certificationRequestInfo")]
    CertificationRequestInfo,
    #[serde(rename = "attributes")]
    Attributes,
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}
