//! Arbitrary messages and extensions.

use proptest::collection::vec;
use proptest::prelude::*;
use tls_glass::wire::alert::Alert;
use tls_glass::wire::codepoint::{
    AlertDescription, AlertLevel, CipherSuite, ClientCertificateType, CompressionMethod, EcPointFormat, ExtensionType,
    NamedGroup, ProtocolVersion, SignatureScheme,
};
use tls_glass::wire::extension::Extension;
use tls_glass::wire::handshake::tls12::{
    Certificate, CertificateRequest, CertificateVerify, ClientEcdhPublic, EncryptedPreMasterSecret, Finished,
    NewSessionTicket, ServerDhParams, ServerEcdhParams, ServerKeyExchange,
};
use tls_glass::wire::handshake::{ClientHello, ServerHello};
use tls_glass::wire::record::FragmentLayout;

fn bytes(length: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), length)
}

/// Types that have a meaning of their own, which `Other` cannot stand for.
const KNOWN: [u16; 9] = [0, 10, 11, 13, 16, 22, 23, 35, 0xff01];

pub fn extension() -> impl Strategy<Value = Extension> {
    prop_oneof![
        "[a-z0-9.-]{1,60}".prop_map(|name| Extension::ServerName(Some(name))),
        Just(Extension::ServerName(None)),
        vec(any::<u16>().prop_map(NamedGroup), 1..20).prop_map(Extension::SupportedGroups),
        vec(any::<u8>().prop_map(EcPointFormat), 1..10).prop_map(Extension::EcPointFormats),
        vec(any::<u16>().prop_map(SignatureScheme), 1..20).prop_map(Extension::SignatureAlgorithms),
        vec(bytes(1..255), 1..5).prop_map(Extension::ApplicationProtocols),
        Just(Extension::EncryptThenMac),
        Just(Extension::ExtendedMasterSecret),
        bytes(0..300).prop_map(Extension::SessionTicket),
        bytes(0..40).prop_map(Extension::RenegotiationInfo),
        (any::<u16>().prop_filter("a type without a meaning", |code| !KNOWN.contains(code)), bytes(0..80))
            .prop_map(|(code, data)| Extension::Other { extension_type: ExtensionType(code), data }),
    ]
}

/// At most one of a type: two are no hello.
fn extensions() -> impl Strategy<Value = Vec<Extension>> {
    vec(extension(), 0..8).prop_map(|mut all| {
        let mut seen = Vec::new();
        all.retain(|extension| {
            let first = !seen.contains(&extension.extension_type());
            seen.push(extension.extension_type());
            first
        });
        all
    })
}

/// One that may stand in a client's hello.
pub fn extension_of_client() -> impl Strategy<Value = Extension> {
    extension().prop_filter("only a server's server_name is empty", |extension| !is_server_only(extension))
}

fn is_server_only(extension: &Extension) -> bool {
    *extension == Extension::ServerName(None)
}

fn of_client(mut extensions: Vec<Extension>) -> Vec<Extension> {
    extensions.retain(|extension| !is_server_only(extension));
    extensions
}

prop_compose! {
    pub fn client_hello()(
        version in any::<u16>(),
        random in any::<[u8; 32]>(),
        session_id in bytes(0..=32),
        suites in vec(any::<u16>(), 1..40),
        methods in bytes(1..5),
        extensions in extensions().prop_map(of_client),
    ) -> ClientHello {
        ClientHello {
            client_version: ProtocolVersion(version),
            random,
            session_id,
            cipher_suites: suites.into_iter().map(CipherSuite).collect(),
            compression_methods: methods.into_iter().map(CompressionMethod).collect(),
            extensions,
        }
    }
}

prop_compose! {
    pub fn server_hello()(
        version in any::<u16>(),
        random in any::<[u8; 32]>(),
        session_id in bytes(0..=32),
        suite in any::<u16>(),
        method in any::<u8>(),
        extensions in extensions(),
    ) -> ServerHello {
        ServerHello {
            server_version: ProtocolVersion(version),
            random,
            session_id,
            cipher_suite: CipherSuite(suite),
            compression_method: CompressionMethod(method),
            extensions,
        }
    }
}

pub fn certificate() -> impl Strategy<Value = Certificate> {
    vec(bytes(1..300), 0..4).prop_map(|certificate_list| Certificate { certificate_list })
}

prop_compose! {
    pub fn server_key_exchange()(
        group in any::<u16>(),
        public in bytes(1..=255),
        scheme in any::<u16>(),
        signature in bytes(0..520),
    ) -> ServerKeyExchange<ServerEcdhParams> {
        ServerKeyExchange {
            params: ServerEcdhParams { named_curve: NamedGroup(group), public },
            scheme: SignatureScheme(scheme),
            signature,
        }
    }
}

prop_compose! {
    pub fn certificate_request()(
        types in vec(any::<u8>(), 1..8),
        schemes in vec(any::<u16>(), 1..20),
        authorities in vec(bytes(1..120), 0..4),
    ) -> CertificateRequest {
        CertificateRequest {
            certificate_types: types.into_iter().map(ClientCertificateType).collect(),
            supported_signature_algorithms: schemes.into_iter().map(SignatureScheme).collect(),
            certificate_authorities: authorities,
        }
    }
}

prop_compose! {
    pub fn certificate_verify()(scheme in any::<u16>(), signature in bytes(0..520)) -> CertificateVerify {
        CertificateVerify { scheme: SignatureScheme(scheme), signature }
    }
}

prop_compose! {
    pub fn new_session_ticket()(ticket_lifetime_hint in any::<u32>(), ticket in bytes(0..300)) -> NewSessionTicket {
        NewSessionTicket { ticket_lifetime_hint, ticket }
    }
}

prop_compose! {
    pub fn server_dh_params()(
        dh_p in bytes(1..400),
        dh_g in bytes(1..4),
        dh_ys in bytes(1..400),
    ) -> ServerDhParams {
        ServerDhParams { dh_p, dh_g, dh_ys }
    }
}

/// All layouts of a record's fragment.
pub const PROTECTIONS: [FragmentLayout; 5] = [
    FragmentLayout::None,
    FragmentLayout::Gcm,
    FragmentLayout::ChaCha20Poly1305,
    FragmentLayout::Cbc,
    FragmentLayout::CbcThenMac { mac_length: 20 },
];

pub fn protection() -> impl Strategy<Value = FragmentLayout> {
    proptest::sample::select(&PROTECTIONS[..])
}

pub fn encrypted_pre_master_secret() -> impl Strategy<Value = EncryptedPreMasterSecret> {
    bytes(0..520).prop_map(EncryptedPreMasterSecret)
}

pub fn client_ecdh_public() -> impl Strategy<Value = ClientEcdhPublic> {
    bytes(1..=255).prop_map(ClientEcdhPublic)
}

pub fn finished() -> impl Strategy<Value = Finished> {
    any::<[u8; 12]>().prop_map(|verify_data| Finished { verify_data })
}

pub fn alert() -> impl Strategy<Value = Alert> {
    any::<(u8, u8)>()
        .prop_map(|(level, description)| Alert { level: AlertLevel(level), description: AlertDescription(description) })
}
