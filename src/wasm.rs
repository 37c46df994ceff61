//! The boundary to JavaScript: the one place that names `wasm_bindgen`.
//!
//! Each class wraps one party. Calls take and give bytes as `Uint8Array` and events as plain objects, typed in the
//! generated declarations; only bad options throw. All that a call made is in its result: nothing waits inside.

mod environment;
mod options;

use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::error::Error;
use crate::party;
use crate::trace::{Action, Expected, Holding, Unit};
use crate::wire::as_bytes;
pub use options::{
    Cipher, ClientCertificates, ClientOptions, Endpoint, Environment, Group, HttpRequest, KeyExchange,
    KeyPairAlgorithm, LeakedKey, Resumption, Scheme, ServerOptions, TriedKey,
};

/// One unit of work that was done.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Advanced {
    /// What was done.
    pub unit: Unit,
    /// Bytes to carry to the peer; often none.
    #[serde(serialize_with = "as_bytes")]
    #[tsify(type = "Uint8Array")]
    pub output: Vec<u8>,
    /// What the party declares to hold now.
    pub holdings: Vec<Holding>,
    /// What the party would do next; `undefined` where it waits for bytes, or is done.
    pub next: Option<Action>,
}

/// A certificate, signed.
#[derive(Serialize, Tsify)]
pub struct Issued {
    /// The unit that signed it.
    pub advanced: Advanced,
    /// The certificate that was asked for and the authority's intermediate one, in DER.
    #[tsify(type = "Uint8Array[]")]
    pub chain: Vec<Bytes>,
}

/// A certificate signing request.
#[derive(Serialize, Tsify)]
pub struct Requested {
    /// The unit that made it.
    pub advanced: Advanced,
    /// The request, in DER.
    #[serde(serialize_with = "as_bytes")]
    #[tsify(type = "Uint8Array")]
    pub request: Vec<u8>,
}

/// Bytes, which JavaScript receives as a `Uint8Array`.
pub struct Bytes(Vec<u8>);

impl Serialize for Bytes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

/// A panic becomes an exception that carries its message. The instance must not be used after it.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| {
        let error = js_sys::Error::new(&info.to_string());
        error.set_name("Panic");
        wasm_bindgen::throw_val(error.into());
    }));
}

#[expect(unsafe_code, reason = "a symbol of the linker: only its address is taken")]
unsafe extern "C" {
    safe static __heap_base: u8;
}

/// The address at which static data ends and the heap begins. The linker knows it; wasm-bindgen drops the export.
#[wasm_bindgen(js_name = "heapBase")]
pub fn heap_base() -> usize {
    (&raw const __heap_base).addr()
}

/// The number of the RFC that deprecates a key exchange in TLS 1.2, if one does.
#[wasm_bindgen(js_name = "deprecatedBy")]
pub fn deprecated_by(
    #[wasm_bindgen(js_name = "keyExchange")] key_exchange: Ts<KeyExchange>,
) -> Result<Option<u16>, JsError> {
    let key_exchange: KeyExchange = options::one("keyExchange", key_exchange.into())?;
    Ok(key_exchange.of_suite().deprecated_by())
}

/// The number of the RFC whose recommendations leave a cipher's mode out, if one's do.
#[wasm_bindgen(js_name = "notRecommendedBy")]
pub fn not_recommended_by(cipher: Ts<Cipher>) -> Result<Option<u16>, JsError> {
    let cipher: Cipher = options::one("cipher", cipher.into())?;
    Ok(cipher.not_recommended_by())
}

/// What the party was asked for cannot be done: its message for the exception.
fn refused(error: &Error) -> JsError {
    JsError::new(&error.to_string())
}

fn advanced(unit: Unit, output: Vec<u8>, holdings: Vec<Holding>, next: Option<Action>) -> Advanced {
    Advanced { unit, output, holdings, next }
}

fn told<T: Tsify + Serialize>(value: &T) -> Result<Ts<T>, JsError> {
    Ok(Ts::from_rust(value)?)
}

/// The certificate authority.
#[wasm_bindgen]
pub struct Authority(party::Authority);

#[wasm_bindgen]
impl Authority {
    /// An authority without keys.
    #[wasm_bindgen(constructor)]
    pub fn new(environment: Ts<Environment>) -> Result<Self, JsError> {
        Ok(Self(party::Authority::new(Environment::read(environment.into())?.into())))
    }

    /// Makes the root and the intermediate key pair and their certificates.
    pub fn establish(&mut self) -> Result<Ts<Advanced>, JsError> {
        let unit = self.0.establish().map_err(|error| refused(&error))?;
        told(&self.quiet(unit))
    }

    /// Signs a certificate for the public key in the request.
    pub fn issue(
        &mut self,
        request: &[u8],
        #[wasm_bindgen(js_name = "serverName")] server_name: &str,
    ) -> Result<Ts<Issued>, JsError> {
        let (unit, chain) = self.0.issue(request, &[server_name]).map_err(|error| refused(&error))?;
        told(&Issued { advanced: self.quiet(unit), chain: chain.into_iter().map(Bytes).collect() })
    }

    /// Signs a client's certificate for the holder of this name, with the public key in the request.
    #[wasm_bindgen(js_name = "issueToClient")]
    pub fn issue_to_client(&mut self, request: &[u8], name: &str) -> Result<Ts<Issued>, JsError> {
        let (unit, chain) = self.0.issue_to_client(request, name).map_err(|error| refused(&error))?;
        told(&Issued { advanced: self.quiet(unit), chain: chain.into_iter().map(Bytes).collect() })
    }

    /// The certificate that others take as their trust anchor, in DER.
    #[wasm_bindgen(js_name = "rootCertificate")]
    pub fn root_certificate(&self) -> Vec<u8> {
        self.0.root().to_vec()
    }

    /// What the authority declares to hold now.
    pub fn holdings(&self) -> Result<Vec<Ts<Holding>>, JsError> {
        self.0.holdings().iter().map(told).collect()
    }

    fn quiet(&self, unit: Unit) -> Advanced {
        advanced(unit, Vec::new(), self.0.holdings(), None)
    }
}

/// The TLS server.
#[wasm_bindgen]
pub struct Server(party::Server);

#[wasm_bindgen]
impl Server {
    /// A server without a key pair.
    #[wasm_bindgen(constructor)]
    pub fn new(environment: Ts<Environment>) -> Result<Self, JsError> {
        Ok(Self(party::Server::new(Environment::read(environment.into())?.into())))
    }

    /// Makes a certificate signing request for a server of this name.
    #[wasm_bindgen(js_name = "requestCertificate")]
    pub fn request_certificate(
        &mut self,
        #[wasm_bindgen(js_name = "serverName")] server_name: &str,
    ) -> Result<Ts<Requested>, JsError> {
        let (unit, request) = self.0.request_certificate(server_name).map_err(|error| refused(&error))?;
        told(&Requested { advanced: self.quiet(unit), request })
    }

    /// Forgets all sessions, and the ticket key.
    #[wasm_bindgen(js_name = "forgetSessions")]
    pub fn forget_sessions(&mut self) {
        self.0.forget_sessions();
    }

    /// Makes the key that session tickets are encrypted with.
    #[wasm_bindgen(js_name = "generateTicketKey")]
    pub fn generate_ticket_key(&mut self) -> Result<Ts<Advanced>, JsError> {
        let unit = self.0.generate_ticket_key().map_err(|error| refused(&error))?;
        told(&self.quiet(unit))
    }

    /// Forgets all authorities whose word on clients counted.
    #[wasm_bindgen(js_name = "forgetTrustAnchors")]
    pub fn forget_trust_anchors(&mut self) {
        self.0.forget_trust_anchors();
    }

    /// Awaits a new connection.
    pub fn accept(&mut self, options: Ts<ServerOptions>) -> Result<(), JsError> {
        let mut options = ServerOptions::read(options.into())?;
        let reply = options.reply.take();
        self.0.accept(options.into()).map_err(|error| refused(&error))?;
        if let Some(text) = reply {
            self.0.reply_with(&text);
        }
        Ok(())
    }
}

/// The TLS client.
#[wasm_bindgen]
pub struct Client(party::Client);

#[wasm_bindgen]
impl Client {
    /// A client that trusts nobody yet.
    #[wasm_bindgen(constructor)]
    pub fn new(environment: Ts<Environment>) -> Result<Self, JsError> {
        Ok(Self(party::Client::new(Environment::read(environment.into())?.into())))
    }

    /// Makes a certificate signing request for the client's own key pair.
    #[wasm_bindgen(js_name = "requestCertificate")]
    pub fn request_certificate(&mut self) -> Result<Ts<Requested>, JsError> {
        let (unit, request) = self.0.request_certificate().map_err(|error| refused(&error))?;
        told(&Requested { advanced: self.quiet(unit), request })
    }

    /// Puts bytes into the client's memory that it does not know of, for a search to find.
    pub fn plant(&mut self, bytes: &[u8]) -> Result<Ts<Advanced>, JsError> {
        let unit = self.0.plant(bytes).map_err(|error| refused(&error))?;
        told(&self.quiet(unit))
    }

    /// Prepares a connection.
    pub fn connect(&mut self, options: Ts<ClientOptions>) -> Result<(), JsError> {
        let mut options = ClientOptions::read(options.into())?;
        let host = options.server_name.clone();
        let (path, content) = (core::mem::take(&mut options.request.path), options.request.content.take());
        self.0.connect(options.into()).map_err(|error| refused(&error))?;
        self.0.request_with(&host, &path, content.as_deref()).map_err(|error| refused(&error))
    }

    /// Opens a record from the server with a cipher that was kept.
    #[cfg(feature = "mutant-cipher")]
    #[wasm_bindgen(js_name = "openWithKeptCipher")]
    pub fn open_with_kept_cipher(&self, record: &[u8]) -> Option<Vec<u8>> {
        self.0.open_with_kept_cipher(record)
    }
}

/// What JavaScript may ask of a party at either end of a connection. wasm-bindgen takes no generic `impl`: this is what stands
/// for one.
macro_rules! endpoint_methods {
    ($endpoint:ident) => {
        #[wasm_bindgen]
        impl $endpoint {
            /// Makes the party's own long-lived key pair.
            #[wasm_bindgen(js_name = "generateKeyPair")]
            pub fn generate_key_pair(&mut self, algorithm: Ts<KeyPairAlgorithm>) -> Result<Ts<Advanced>, JsError> {
                let algorithm: KeyPairAlgorithm = options::one("algorithm", algorithm.into())?;
                let unit = self.0.generate_key_pair(algorithm.into()).map_err(|error| refused(&error))?;
                told(&self.quiet(unit))
            }

            /// Takes the chain that the authority gave: the party's own certificate first.
            #[wasm_bindgen(js_name = "installCertificate")]
            pub fn install_certificate(&mut self, chain: Vec<js_sys::Uint8Array>) -> Result<Ts<Advanced>, JsError> {
                let chain = chain.iter().map(js_sys::Uint8Array::to_vec).collect();
                let unit = self.0.install_certificate(chain).map_err(|error| refused(&error))?;
                told(&self.quiet(unit))
            }

            /// Takes an authority's root certificate, in DER, whose word on the peer counts.
            #[wasm_bindgen(js_name = "installTrustAnchor")]
            pub fn install_trust_anchor(&mut self, root: &[u8]) -> Result<Ts<Advanced>, JsError> {
                let unit = self.0.install_trust_anchor(root).map_err(|error| refused(&error))?;
                told(&self.quiet(unit))
            }

            /// Bytes from the wire. Nothing is done with them yet.
            pub fn receive(&mut self, bytes: &[u8]) {
                self.0.receive(bytes);
            }

            /// The transport has ended: no byte will follow.
            #[wasm_bindgen(js_name = "receiveEnd")]
            pub fn receive_end(&mut self) {
                self.0.receive_end();
            }

            /// What [`advance`](Self::advance) would do.
            pub fn next(&self) -> Result<Option<Ts<Action>>, JsError> {
                self.0.next().as_ref().map(told).transpose()
            }

            /// What the party needs from its peer before it can go on; `undefined` where it can, or is done.
            pub fn awaits(&self) -> Result<Option<Ts<Expected>>, JsError> {
                self.0.awaits().as_ref().map(told).transpose()
            }

            /// Whether the connection is over, for good or ill: its end of the transport may be closed.
            #[wasm_bindgen(js_name = "isClosed")]
            pub fn is_closed(&self) -> bool {
                self.0.is_closed()
            }

            /// Does the next unit of work, if there is one.
            pub fn advance(&mut self) -> Result<Option<Ts<Advanced>>, JsError> {
                let done = self.0.advance();
                done.map(|done| told(&advanced(done.unit, done.output, self.0.holdings(), self.0.next()))).transpose()
            }

            /// Ends the connection in good order.
            pub fn close(&mut self) {
                self.0.close();
            }

            /// Tries a key on a protected record. The connection goes on as if nothing had happened.
            pub fn attempt(&self, record: &[u8], key: Ts<TriedKey>) -> Result<Ts<party::Attempt>, JsError> {
                let key: TriedKey = options::one("key", key.into())?;
                told(&self.0.attempt(record, key.into()).map_err(|error| refused(&error))?)
            }

            /// What the party declares to hold now.
            pub fn holdings(&self) -> Result<Vec<Ts<Holding>>, JsError> {
                self.0.holdings().iter().map(told).collect()
            }

            fn quiet(&self, unit: Unit) -> Advanced {
                advanced(unit, Vec::new(), self.0.holdings(), self.0.next())
            }
        }
    };
}

endpoint_methods!(Client);
endpoint_methods!(Server);

/// Whoever listens on the wire.
#[wasm_bindgen]
pub struct Eavesdropper(party::Eavesdropper);

#[wasm_bindgen]
impl Eavesdropper {
    /// An eavesdropper who has heard nothing yet. She draws no random numbers and needs no clock.
    #[wasm_bindgen(constructor)]
    #[expect(clippy::new_without_default, reason = "JavaScript has constructors, and no defaults")]
    pub fn new() -> Self {
        Self(party::Eavesdropper::new())
    }

    /// Begins to listen to a new connection.
    pub fn listen(&mut self) -> Result<Ts<Advanced>, JsError> {
        let unit = self.0.listen();
        told(&advanced(unit, Vec::new(), self.0.holdings(), self.0.next()))
    }

    /// Begins to listen to the next connection of the same two. What was kept of the one before stays.
    #[wasm_bindgen(js_name = "listenFurther")]
    pub fn listen_further(&mut self) -> Result<Ts<Advanced>, JsError> {
        let unit = self.0.listen_further();
        told(&advanced(unit, Vec::new(), self.0.holdings(), self.0.next()))
    }

    /// Bytes that `from` sends, as they pass. Nothing is done with them yet.
    pub fn overhear(&mut self, from: Ts<Endpoint>, bytes: &[u8]) -> Result<(), JsError> {
        let from: Endpoint = options::one("from", from.into())?;
        self.0.overhear(from.into(), bytes);
        Ok(())
    }

    /// What [`advance`](Self::advance) would do.
    pub fn next(&self) -> Result<Option<Ts<Action>>, JsError> {
        self.0.next().as_ref().map(told).transpose()
    }

    /// Keeps the next record, if there is one.
    pub fn advance(&mut self) -> Result<Option<Ts<Advanced>>, JsError> {
        let done = self.0.advance();
        done.map(|done| told(&advanced(done.unit, done.output, self.0.holdings(), self.0.next()))).transpose()
    }

    /// Takes a key that leaked; the server's private key in PKCS#8.
    pub fn give(&mut self, name: Ts<LeakedKey>, bytes: &[u8]) -> Result<Ts<Advanced>, JsError> {
        let name: LeakedKey = options::one("name", name.into())?;
        let unit = self.0.give(name.into(), bytes).map_err(|error| refused(&error))?;
        told(&advanced(unit, Vec::new(), self.0.holdings(), self.0.next()))
    }

    /// Tries to read a record that `from` sent, with what was heard and given so far.
    pub fn read(&self, record: &[u8], from: Ts<Endpoint>) -> Result<Ts<party::Reading>, JsError> {
        let from: Endpoint = options::one("from", from.into())?;
        told(&self.0.read(record, from.into()))
    }

    /// What she declares to hold now.
    pub fn holdings(&self) -> Result<Vec<Ts<Holding>>, JsError> {
        self.0.holdings().iter().map(told).collect()
    }
}
