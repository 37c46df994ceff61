//! Options as JavaScript gives them. A field nobody knows, or one with a wrong value, is refused by name.

use js_sys::{Object, Reflect, Uint8Array};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::crypto::aead::AeadAlgorithm;
use crate::crypto::signature::KeyAlgorithm;
use crate::party::{self, ClientConfig, ServerConfig};
use crate::tls12::suite::{self, SUITES};
use crate::trace::{Role, ValueName};
use crate::wire::codepoint::{CipherSuite, NamedGroup, SignatureScheme};

/// Reads the fields of an options object, and remembers which it was asked for.
struct Fields {
    what: &'static str,
    object: Object,
    known: Vec<&'static str>,
}

impl Fields {
    fn of(what: &'static str, value: JsValue) -> Result<Self, JsError> {
        let object = value.dyn_into().map_err(|_| JsError::new(&format!("{what}: an object is needed")))?;
        Ok(Self { what, object, known: Vec::new() })
    }

    fn value(&mut self, name: &'static str) -> JsValue {
        self.known.push(name);
        Reflect::get(&self.object, &name.into()).unwrap_or_default()
    }

    fn optional<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<Option<T>, JsError> {
        let value = self.value(name);
        serde_wasm_bindgen::from_value(value).map_err(|error| self.refused(name, &error))
    }

    fn required<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, JsError> {
        self.optional(name)?.ok_or_else(|| self.refused(name, &"is needed"))
    }

    /// Exactly 32 bytes.
    fn seed(&mut self, name: &'static str) -> Result<Option<Box<[u8; 32]>>, JsError> {
        let value = self.value(name);
        if value.is_undefined() {
            return Ok(None);
        }
        let bytes: Uint8Array = value.dyn_into().map_err(|_| self.refused(name, &"is no Uint8Array"))?;
        if bytes.length() != 32 {
            return Err(self.refused(name, &format!("has {} bytes, 32 are needed", bytes.length())));
        }
        let mut seed = Box::new([0; 32]);
        bytes.copy_to(&mut seed[..]);
        Ok(Some(seed))
    }

    /// Refuses fields that nobody asked for.
    fn finish(self) -> Result<(), JsError> {
        for key in Object::keys(&self.object) {
            let key = key.as_string().unwrap_or_default();
            if !self.known.contains(&&*key) {
                let known = self.known.join(", ");
                return Err(JsError::new(&format!("{}: there is no `{key}`; there are {known}", self.what)));
            }
        }
        Ok(())
    }

    fn refused(&self, name: &str, why: &dyn core::fmt::Display) -> JsError {
        JsError::new(&format!("{}.{name}: {why}", self.what))
    }
}

/// What a party has from the world.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Environment {
    /// The party's own seed, 32 bytes. Without it, random numbers are the browser's.
    #[tsify(optional, type = "Uint8Array")]
    pub seed: Option<Box<[u8; 32]>>,
    /// Unix time in seconds, at which the party's clock stands still. Needed with a seed, and only there.
    #[tsify(optional, type = "number")]
    pub time: Option<u64>,
}

impl Environment {
    pub(super) fn read(value: JsValue) -> Result<Self, JsError> {
        let mut fields = Fields::of("Environment", value)?;
        let read = Self { seed: fields.seed("seed")?, time: fields.optional("time")? };
        match (&read.seed, read.time) {
            (Some(_), None) => return Err(fields.refused("time", &"is needed with a seed")),
            (None, Some(_)) => return Err(fields.refused("seed", &"is needed with a time")),
            _ => {}
        }
        fields.finish()?;
        Ok(read)
    }
}

/// A key exchange with the kind of certificate that goes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyExchange {
    /// The client encrypts `pre_master_secret` to the RSA key of the server's certificate.
    Rsa,
    /// One-time keys in a finite field, signed with an RSA key.
    DheRsa,
    /// One-time keys on a curve, signed with an RSA key.
    EcdheRsa,
    /// One-time keys on a curve, signed with an ECDSA key.
    EcdheEcdsa,
    /// One-time keys in a finite field that nobody signs.
    DhAnon,
}

impl KeyExchange {
    /// All that are used unless others are asked for.
    const USUAL: [Self; 4] = [Self::EcdheEcdsa, Self::EcdheRsa, Self::DheRsa, Self::Rsa];

    /// The same without the certificate.
    pub(super) const fn of_suite(self) -> suite::KeyExchange {
        match self {
            Self::Rsa => suite::KeyExchange::Rsa,
            Self::DheRsa => suite::KeyExchange::Dhe,
            Self::EcdheRsa | Self::EcdheEcdsa => suite::KeyExchange::Ecdhe,
            Self::DhAnon => suite::KeyExchange::DhAnon,
        }
    }

    fn is_of(self, suite: &suite::Suite) -> bool {
        let key = match self {
            Self::Rsa | Self::DheRsa | Self::EcdheRsa => Some(KeyAlgorithm::Rsa),
            Self::EcdheEcdsa => Some(KeyAlgorithm::EcdsaP256),
            Self::DhAnon => None,
        };
        (suite.key_exchange, suite.certificate_key) == (self.of_suite(), key)
    }
}

/// The cipher that protects records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cipher {
    /// `AES_128_GCM`, with SHA-256.
    #[serde(rename = "aes_128_gcm")]
    Aes128Gcm,
    /// `AES_256_GCM`, with SHA-384.
    #[serde(rename = "aes_256_gcm")]
    Aes256Gcm,
    /// `CHACHA20_POLY1305`, with SHA-256.
    #[serde(rename = "chacha20_poly1305")]
    ChaCha20Poly1305,
    /// `AES_128_CBC` with a MAC: HMAC-SHA1 where the key exchange is RSA, else HMAC-SHA256.
    #[serde(rename = "aes_128_cbc")]
    Aes128Cbc,
}

impl Cipher {
    /// The number of the RFC whose recommended suites leave its mode out, if one's do. RFC 9325, section 4.2: all suites that
    /// it recommends are of authenticated encryption.
    pub(super) const fn not_recommended_by(self) -> Option<u16> {
        match self {
            Self::Aes128Cbc => Some(9325),
            Self::Aes128Gcm | Self::Aes256Gcm | Self::ChaCha20Poly1305 => None,
        }
    }

    const ALL: [Self; 4] = [Self::Aes128Gcm, Self::Aes256Gcm, Self::ChaCha20Poly1305, Self::Aes128Cbc];

    fn is_of(self, suite: &suite::Suite) -> bool {
        let aead = match self {
            Self::Aes128Gcm => AeadAlgorithm::Aes128Gcm,
            Self::Aes256Gcm => AeadAlgorithm::Aes256Gcm,
            Self::ChaCha20Poly1305 => AeadAlgorithm::ChaCha20Poly1305,
            Self::Aes128Cbc => return matches!(suite.cipher, suite::Cipher::Cbc(_)),
        };
        suite.cipher == suite::Cipher::Aead(aead)
    }
}

/// The group of the one-time keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// RFC 7748.
    X25519,
    /// NIST P-256.
    Secp256r1,
    /// RFC 7919, appendix A.1.
    Ffdhe2048,
    /// RFC 7919, appendix A.2.
    Ffdhe3072,
}

impl From<Group> for NamedGroup {
    fn from(group: Group) -> Self {
        match group {
            Group::X25519 => Self::X25519,
            Group::Secp256r1 => Self::SECP256R1,
            Group::Ffdhe2048 => Self::FFDHE2048,
            Group::Ffdhe3072 => Self::FFDHE3072,
        }
    }
}

/// How the server signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// RSA with PSS padding and SHA-256.
    RsaPssRsaeSha256,
    /// RSA with PSS padding and SHA-384.
    RsaPssRsaeSha384,
    /// RSA with PKCS#1 v1.5 padding and SHA-256.
    RsaPkcs1Sha256,
    /// RSA with PKCS#1 v1.5 padding and SHA-384.
    RsaPkcs1Sha384,
    /// ECDSA with P-256 and SHA-256.
    EcdsaSecp256r1Sha256,
}

impl From<Scheme> for SignatureScheme {
    fn from(scheme: Scheme) -> Self {
        match scheme {
            Scheme::RsaPssRsaeSha256 => Self::RSA_PSS_RSAE_SHA256,
            Scheme::RsaPssRsaeSha384 => Self::RSA_PSS_RSAE_SHA384,
            Scheme::RsaPkcs1Sha256 => Self::RSA_PKCS1_SHA256,
            Scheme::RsaPkcs1Sha384 => Self::RSA_PKCS1_SHA384,
            Scheme::EcdsaSecp256r1Sha256 => Self::ECDSA_SECP256R1_SHA256,
        }
    }
}

/// The kind of the server's long-lived key pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyPairAlgorithm {
    /// RSA with a modulus of 2048 bits.
    Rsa,
    /// ECDSA with P-256.
    EcdsaP256,
}

impl From<KeyPairAlgorithm> for KeyAlgorithm {
    fn from(algorithm: KeyPairAlgorithm) -> Self {
        match algorithm {
            KeyPairAlgorithm::Rsa => Self::Rsa,
            KeyPairAlgorithm::EcdsaP256 => Self::EcdsaP256,
        }
    }
}

/// How connections are resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resumption {
    /// No session outlives its connection.
    None,
    /// The server keeps the session, and names it.
    SessionId,
    /// The server encrypts the session, and the client keeps that.
    SessionTicket,
}

impl From<Resumption> for party::Resumption {
    fn from(resumption: Resumption) -> Self {
        match resumption {
            Resumption::None => Self::None,
            Resumption::SessionId => Self::SessionId,
            Resumption::SessionTicket => Self::SessionTicket,
        }
    }
}

/// Whether the server asks its clients for certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientCertificates {
    /// It does not.
    None,
    /// It does, and goes on without.
    Requested,
    /// It does, and refuses clients that have none.
    Required,
}

impl From<ClientCertificates> for party::ClientCertificates {
    fn from(asked: ClientCertificates) -> Self {
        match asked {
            ClientCertificates::None => Self::None,
            ClientCertificates::Requested => Self::Requested,
            ClientCertificates::Required => Self::Required,
        }
    }
}

/// A key to try on a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TriedKey {
    /// The private key of the server's certificate.
    ServerPrivateKey,
    /// The public key of the server's certificate.
    ServerPublicKey,
    /// The client-to-server data key.
    ClientWriteKey,
    /// The server-to-client data key.
    ServerWriteKey,
}

impl From<TriedKey> for ValueName {
    fn from(key: TriedKey) -> Self {
        match key {
            TriedKey::ServerPrivateKey => Self::ServerPrivateKey,
            TriedKey::ServerPublicKey => Self::ServerPublicKey,
            TriedKey::ClientWriteKey => Self::ClientWriteKey,
            TriedKey::ServerWriteKey => Self::ServerWriteKey,
        }
    }
}

/// A key that can leak to an eavesdropper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeakedKey {
    /// The private key of the server's certificate, in PKCS#8.
    ServerPrivateKey,
    /// The client-to-server data key.
    ClientWriteKey,
    /// The server-to-client data key.
    ServerWriteKey,
    /// The fixed part of the client-to-server nonces.
    ClientWriteIv,
    /// The fixed part of the server-to-client nonces.
    ServerWriteIv,
    /// The key of the client-to-server MAC.
    ClientWriteMacKey,
    /// The key of the server-to-client MAC.
    ServerWriteMacKey,
    /// The key that the server encrypts session tickets with.
    SessionTicketKey,
}

impl From<LeakedKey> for ValueName {
    fn from(key: LeakedKey) -> Self {
        match key {
            LeakedKey::ServerPrivateKey => Self::ServerPrivateKey,
            LeakedKey::ClientWriteKey => Self::ClientWriteKey,
            LeakedKey::ServerWriteKey => Self::ServerWriteKey,
            LeakedKey::ClientWriteIv => Self::ClientWriteIv,
            LeakedKey::ServerWriteIv => Self::ServerWriteIv,
            LeakedKey::ClientWriteMacKey => Self::ClientWriteMacKey,
            LeakedKey::ServerWriteMacKey => Self::ServerWriteMacKey,
            LeakedKey::SessionTicketKey => Self::SessionTicketKey,
        }
    }
}

/// Who sends a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Tsify, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// The TLS client.
    Client,
    /// The TLS server.
    Server,
}

impl From<Endpoint> for Role {
    fn from(endpoint: Endpoint) -> Self {
        match endpoint {
            Endpoint::Client => Self::Client,
            Endpoint::Server => Self::Server,
        }
    }
}

/// What the client asks the server for, over HTTP/1.1.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct HttpRequest {
    /// The path of the resource.
    pub path: String,
}

impl HttpRequest {
    fn read(value: JsValue) -> Result<Self, JsError> {
        let mut fields = Fields::of("request", value)?;
        let read = Self { path: fields.required("path")? };
        fields.finish()?;
        Ok(read)
    }
}

/// What a client offers and asks for. Lists are in order of preference.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ClientOptions {
    /// The name of the server it means to reach.
    pub server_name: String,
    /// Key exchanges to offer.
    pub key_exchanges: Vec<KeyExchange>,
    /// Ciphers to offer.
    pub ciphers: Vec<Cipher>,
    /// Groups to offer.
    pub groups: Vec<Group>,
    /// Signature schemes to accept; all that the core knows by default.
    #[tsify(optional)]
    pub signature_schemes: Option<Vec<Scheme>>,
    /// Application protocols to offer (ALPN); an empty list offers none.
    pub application_protocols: Vec<String>,
    /// Whether to offer `extended_master_secret`; it does by default.
    #[tsify(optional)]
    pub extended_master_secret: Option<bool>,
    /// Whether to offer `encrypt_then_mac` with CBC; it does by default.
    #[tsify(optional)]
    pub encrypt_then_mac: Option<bool>,
    /// How the connection is resumed later, or resumes an earlier one; by default it does neither.
    #[tsify(optional)]
    pub resumption: Option<Resumption>,
    /// The request to make over the connection.
    pub request: HttpRequest,
}

impl ClientOptions {
    pub(super) fn read(value: JsValue) -> Result<Self, JsError> {
        let mut fields = Fields::of("ClientOptions", value)?;
        let read = Self {
            server_name: fields.required("serverName")?,
            key_exchanges: fields.required("keyExchanges")?,
            ciphers: fields.required("ciphers")?,
            groups: fields.required("groups")?,
            signature_schemes: fields.optional("signatureSchemes")?,
            application_protocols: fields.required("applicationProtocols")?,
            extended_master_secret: fields.optional("extendedMasterSecret")?,
            encrypt_then_mac: fields.optional("encryptThenMac")?,
            resumption: fields.optional("resumption")?,
            request: HttpRequest::read(fields.value("request"))?,
        };
        fields.finish()?;
        Ok(read)
    }
}

/// What a server accepts. Lists are in order of preference; without one, all that the core knows.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ServerOptions {
    /// Key exchanges to accept.
    #[tsify(optional)]
    pub key_exchanges: Option<Vec<KeyExchange>>,
    /// Ciphers to accept.
    #[tsify(optional)]
    pub ciphers: Option<Vec<Cipher>>,
    /// Groups to accept.
    #[tsify(optional)]
    pub groups: Option<Vec<Group>>,
    /// Application protocols to accept (ALPN).
    #[tsify(optional)]
    pub application_protocols: Option<Vec<String>>,
    /// How connections are resumed; by default they are not.
    #[tsify(optional)]
    pub resumption: Option<Resumption>,
    /// Whether to ask clients for certificates; it does not by default.
    #[tsify(optional)]
    pub client_certificates: Option<ClientCertificates>,
}

impl ServerOptions {
    pub(super) fn read(value: JsValue) -> Result<Self, JsError> {
        let mut fields = Fields::of("ServerOptions", value)?;
        let read = Self {
            key_exchanges: fields.optional("keyExchanges")?,
            ciphers: fields.optional("ciphers")?,
            groups: fields.optional("groups")?,
            application_protocols: fields.optional("applicationProtocols")?,
            resumption: fields.optional("resumption")?,
            client_certificates: fields.optional("clientCertificates")?,
        };
        fields.finish()?;
        Ok(read)
    }
}

impl From<ClientOptions> for ClientConfig {
    fn from(options: ClientOptions) -> Self {
        let all = Self::new(&options.server_name);
        Self {
            cipher_suites: suites(&options.key_exchanges, &options.ciphers),
            groups: converted(options.groups),
            signature_schemes: options.signature_schemes.map_or(all.signature_schemes, converted),
            application_protocols: options.application_protocols,
            extended_master_secret: options.extended_master_secret.unwrap_or(all.extended_master_secret),
            encrypt_then_mac: options.encrypt_then_mac.unwrap_or(all.encrypt_then_mac),
            resumption: options.resumption.map_or(all.resumption, Into::into),
            ..all
        }
    }
}

impl From<ServerOptions> for ServerConfig {
    fn from(options: ServerOptions) -> Self {
        let all = Self::default();
        let key_exchanges = options.key_exchanges.as_deref().unwrap_or(&KeyExchange::USUAL);
        let ciphers = options.ciphers.as_deref().unwrap_or(&Cipher::ALL);
        Self {
            cipher_suites: suites(key_exchanges, ciphers),
            groups: options.groups.map_or(all.groups, converted),
            application_protocols: options.application_protocols.unwrap_or(all.application_protocols),
            resumption: options.resumption.map_or(all.resumption, Into::into),
            client_certificates: options.client_certificates.map_or(all.client_certificates, Into::into),
            ..all
        }
    }
}

/// Every suite that is made of one of each, in their order.
fn suites(key_exchanges: &[KeyExchange], ciphers: &[Cipher]) -> Vec<CipherSuite> {
    let suite = |exchange: KeyExchange, cipher: Cipher| {
        SUITES.iter().find(|suite| exchange.is_of(suite) && cipher.is_of(suite)).map(|suite| suite.id)
    };
    key_exchanges.iter().flat_map(|exchange| ciphers.iter().filter_map(|cipher| suite(*exchange, *cipher))).collect()
}

fn converted<A, B: From<A>>(list: Vec<A>) -> Vec<B> {
    list.into_iter().map(Into::into).collect()
}

/// A value that is no options object: an enumeration's name.
pub(super) fn one<T: DeserializeOwned>(what: &'static str, value: JsValue) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(value).map_err(|error| JsError::new(&format!("{what}: {error}")))
}
