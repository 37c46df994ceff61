//! The units of work.

use serde::Serialize;

/// What a unit of work does. A party does one of these a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(target_family = "wasm", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The authority makes its root and intermediate key pairs and certificates.
    EstablishAuthority,
    /// The server makes its long-lived key pair; or the client its own.
    GenerateKeyPair,
    /// Its holder makes a certificate signing request, which carries the public key.
    RequestCertificate,
    /// The authority signs a server's or a client's certificate.
    IssueCertificate,
    /// Its holder takes the certificate chain.
    InstallCertificate,
    /// The server makes the key that session tickets are encrypted with.
    GenerateTicketKey,
    /// A client gets the authority's root certificate as its trust anchor; or a server that asks for clients' certificates.
    InstallTrustAnchor,

    /// `ClientHello` is built and sent.
    SendClientHello,
    /// `ClientHello` is read; version, suite, group and signature scheme are chosen.
    ReceiveClientHello,
    /// The server decrypts the session ticket that the client brings, with its ticket key.
    OpenSessionTicket,
    /// `ServerHello` is built and sent.
    SendServerHello,
    /// `ServerHello` is read and compared with the offer.
    ReceiveServerHello,
    /// `Certificate` is sent; by a client that has none, an empty one.
    SendCertificate,
    /// `Certificate` is read; nothing is believed yet.
    ReceiveCertificate,
    /// An ephemeral key pair is made.
    GenerateEphemeralKey,
    /// The server signs both randoms and its ephemeral public key.
    SignServerKeyExchange,
    /// `ServerKeyExchange` is sent.
    SendServerKeyExchange,
    /// `ServerKeyExchange` is read; its signature is not checked yet.
    ReceiveServerKeyExchange,
    /// `CertificateRequest` is sent: the server asks for the client's certificate.
    SendCertificateRequest,
    /// `CertificateRequest` is read.
    ReceiveCertificateRequest,
    /// `ServerHelloDone` is sent.
    SendServerHelloDone,
    /// `ServerHelloDone` is read.
    ReceiveServerHelloDone,
    /// The peer's certificate chain is checked.
    CheckCertificate,
    /// The client checks the signature of `ServerKeyExchange`.
    VerifyServerKeyExchange,
    /// The client makes the 48 bytes of `pre_master_secret`.
    GeneratePreMasterSecret,
    /// `ClientKeyExchange` is sent. With RSA, `pre_master_secret` is encrypted in it.
    SendClientKeyExchange,
    /// `ClientKeyExchange` is read.
    ReceiveClientKeyExchange,
    /// The server decrypts `pre_master_secret` with its private key.
    DecryptPreMasterSecret,
    /// The shared secret is computed from the own ephemeral private key and the peer's public key.
    ComputeSharedSecret,
    /// The ephemeral private key is overwritten.
    EraseEphemeralKey,
    /// `master_secret` is derived; `pre_master_secret` is overwritten.
    DeriveMasterSecret,
    /// The keys that protect records are derived.
    DeriveDataKeys,
    /// The client signs the handshake so far with its own private key.
    SignCertificateVerify,
    /// `CertificateVerify` is sent.
    SendCertificateVerify,
    /// `CertificateVerify` is read; its signature is not checked yet.
    ReceiveCertificateVerify,
    /// The server checks the signature of `CertificateVerify`.
    CheckCertificateVerify,
    /// The server encrypts the session with its ticket key.
    SealSessionTicket,
    /// `NewSessionTicket` is sent.
    SendNewSessionTicket,
    /// `NewSessionTicket` is read.
    ReceiveNewSessionTicket,
    /// `ChangeCipherSpec` is sent: the records that follow are protected.
    SendChangeCipherSpec,
    /// `ChangeCipherSpec` is read: the records that follow are protected.
    ReceiveChangeCipherSpec,
    /// `Finished` is sent.
    SendFinished,
    /// `Finished` is read and compared.
    ReceiveFinished,
    /// A protected record is opened: decrypted, and found authentic or not. What it holds is read in the next unit.
    OpenRecord,
    /// A record of application data is sent.
    SendApplicationData,
    /// A record of application data is read.
    ReceiveApplicationData,
    /// An alert is sent.
    SendAlert,
    /// An alert is read.
    ReceiveAlert,
    /// A record is read that holds no whole message: the rest is still to come.
    ReceiveFragment,
    /// The transport has ended where something was still to come.
    ReceiveEnd,
    /// A `HelloRequest` is read, and passed over where the protocol says so.
    ReceiveHelloRequest,
    /// All secrets of the connection are overwritten.
    EraseKeys,

    /// The eavesdropper begins to listen.
    StartListening,
    /// The eavesdropper keeps a record that crosses the wire, and reads of it what anybody can read.
    KeepRecord,
    /// A key that leaked is given to the eavesdropper.
    TakeLeakedKey,
    /// Bytes are put into a party's memory from outside, for a search to find.
    PlantBytes,
}
