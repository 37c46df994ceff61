//! Options as JavaScript gives them. A field nobody knows, or one with a wrong value, is refused by name.

mod names;

use js_sys::{Object, Reflect, Uint8Array};
use serde::de::DeserializeOwned;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

pub use names::{
    Cipher, ClientCertificates, Endpoint, Group, KeyExchange, KeyPairAlgorithm, LeakedKey, Resumption, Scheme, TriedKey,
};

use crate::party::{ClientConfig, ServerConfig};
use crate::protocol::suite::tls12::SUITES;
use crate::wire::codepoint::CipherSuite;

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

/// What the client asks the server for, over HTTP/1.1.
#[derive(Tsify)]
#[serde(rename_all = "camelCase")]
pub struct HttpRequest {
    /// The path of the resource.
    pub path: String,
    /// What is sent there, as text; without it the resource is only asked for.
    #[tsify(optional)]
    pub content: Option<String>,
}

impl HttpRequest {
    fn read(value: JsValue) -> Result<Self, JsError> {
        let mut fields = Fields::of("request", value)?;
        let read = Self { path: fields.required("path")?, content: fields.optional("content")? };
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
    /// What it answers requests with, as text.
    #[tsify(optional)]
    pub reply: Option<String>,
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
            reply: fields.optional("reply")?,
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
        SUITES.iter().find(|suite| exchange.is_of(suite) && cipher.is_of(suite)).map(|suite| suite.common.id)
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
