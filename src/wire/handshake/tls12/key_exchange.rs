//! The key exchange messages.

use crate::wire::codepoint::{EcCurveType, HandshakeType, NamedGroup, SignatureScheme};
use crate::wire::handshake::{Message, unknown};
use crate::wire::reference::Reference;
use crate::wire::{DecodeError, EncodeError, FieldName, LengthPrefix, Reader, Writer, build};

/// The server's half of a key exchange with ephemeral keys.
pub trait ServerParams: Sized {
    /// Where it is defined.
    const REFERENCE: Reference;
    /// Reads it.
    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError>;
    /// Writes it.
    fn write(&self, w: &mut Writer) -> Result<(), EncodeError>;
}

/// The server's half of an elliptic-curve key exchange.
///
/// ```text
/// struct {
///     ECParameters    curve_params;   // curve_type named_curve, then a NamedCurve
///     ECPoint         public;         // opaque point<1..2^8-1>
/// } ServerECDHParams;
/// ```
///
/// (RFC 8422, section 5.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerEcdhParams {
    /// The group.
    pub named_curve: NamedGroup,
    /// The server's ephemeral public key.
    pub public: Vec<u8>,
}

impl ServerParams for ServerEcdhParams {
    const REFERENCE: Reference = Reference::new(8422, "5.4");

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.group(FieldName::ServerEcdhParams, |r| {
            if r.code::<EcCurveType>(FieldName::CurveType)? != EcCurveType::NAMED_CURVE {
                return Err(unknown::<EcCurveType>(r, FieldName::CurveType, "only named curves are allowed"));
            }
            Ok(Self {
                named_curve: r.code(FieldName::NamedCurve)?,
                public: r.opaque(FieldName::Public, FieldName::Point, LengthPrefix::U8, 1..=255)?.to_vec(),
            })
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.group(FieldName::ServerEcdhParams, |w| {
            w.code(FieldName::CurveType, EcCurveType::NAMED_CURVE);
            w.code(FieldName::NamedCurve, self.named_curve);
            w.opaque(FieldName::Public, FieldName::Point, LengthPrefix::U8, &self.public)
        })
    }
}

/// The server's half of a finite-field key exchange. The group has no name here: it is its prime and its generator.
///
/// ```text
/// struct {
///     opaque dh_p<1..2^16-1>;
///     opaque dh_g<1..2^16-1>;
///     opaque dh_Ys<1..2^16-1>;
/// } ServerDHParams;
/// ```
///
/// (RFC 5246, section 7.4.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerDhParams {
    /// The prime.
    pub dh_p: Vec<u8>,
    /// The generator.
    pub dh_g: Vec<u8>,
    /// The server's ephemeral public key.
    pub dh_ys: Vec<u8>,
}

impl ServerParams for ServerDhParams {
    const REFERENCE: Reference = Reference::new(5246, "7.4.3");

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        r.group(FieldName::ServerDhParams, |r| {
            let mut number = |name, bytes| Ok(r.opaque(name, bytes, LengthPrefix::U16, 1..=0xffff)?.to_vec());
            Ok(Self {
                dh_p: number(FieldName::DhP, FieldName::DhPBytes)?,
                dh_g: number(FieldName::DhG, FieldName::DhGBytes)?,
                dh_ys: number(FieldName::DhYs, FieldName::DhYsBytes)?,
            })
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.group(FieldName::ServerDhParams, |w| {
            w.opaque(FieldName::DhP, FieldName::DhPBytes, LengthPrefix::U16, &self.dh_p)?;
            w.opaque(FieldName::DhG, FieldName::DhGBytes, LengthPrefix::U16, &self.dh_g)?;
            w.opaque(FieldName::DhYs, FieldName::DhYsBytes, LengthPrefix::U16, &self.dh_ys)
        })
    }
}

/// What the server signs: both randoms, then its parameters (RFC 8422, section 5.4; RFC 5246, section 7.4.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedParams(pub Vec<u8>);

impl SignedParams {
    /// `ClientHello.random + ServerHello.random + ServerKeyExchange.params`
    pub fn new(
        client_random: &[u8; 32],
        server_random: &[u8; 32],
        params: &impl ServerParams,
    ) -> Result<Self, EncodeError> {
        let params = build(|w| params.write(w))?.bytes;
        Ok(Self([&client_random[..], server_random, &params].concat()))
    }
}

/// `ServerKeyExchange` of the key exchanges in which the server signs its ephemeral public key: `P` is
/// [`ServerEcdhParams`] with ECDHE, [`ServerDhParams`] with DHE.
///
/// ```text
/// struct {
///     P           params;
///     Signature   signed_params;  // SignatureAndHashAlgorithm, then opaque signature<0..2^16-1>
/// } ServerKeyExchange;
/// ```
///
/// (RFC 8422, section 5.4; RFC 5246, section 7.4.3), sent by the server after its `Certificate`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerKeyExchange<P> {
    /// The server's half of the key exchange.
    pub params: P,
    /// How it is signed.
    pub scheme: SignatureScheme,
    /// The signature over [`SignedParams`].
    pub signature: Vec<u8>,
}

impl<P: ServerParams> Message for ServerKeyExchange<P> {
    const TYPE: HandshakeType = HandshakeType::SERVER_KEY_EXCHANGE;
    const NAME: FieldName = FieldName::ServerKeyExchange;
    const REFERENCE: Reference = P::REFERENCE;

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let params = P::read(r)?;
        r.group(FieldName::Signature, |r| {
            Ok(Self {
                params,
                scheme: r.code(FieldName::SignatureAlgorithm)?,
                signature: r
                    .opaque(FieldName::SignatureVector, FieldName::SignatureBytes, LengthPrefix::U16, 0..=0xffff)?
                    .to_vec(),
            })
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        self.params.write(w)?;
        w.group(FieldName::Signature, |w| {
            w.code(FieldName::SignatureAlgorithm, self.scheme);
            w.opaque(FieldName::SignatureVector, FieldName::SignatureBytes, LengthPrefix::U16, &self.signature)
        })
    }
}

/// `ServerKeyExchange` of anonymous DH: nobody signs it.
///
/// `struct { ServerDHParams params; } ServerKeyExchange;` (RFC 5246, section 7.4.3), sent by the server after its
/// `ServerHello`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnonymousKeyExchange(pub ServerDhParams);

impl Message for AnonymousKeyExchange {
    const TYPE: HandshakeType = HandshakeType::SERVER_KEY_EXCHANGE;
    const NAME: FieldName = FieldName::ServerKeyExchange;
    const REFERENCE: Reference = ServerDhParams::REFERENCE;

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        ServerDhParams::read(r).map(Self)
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        self.0.write(w)
    }
}

/// `ClientKeyExchange` of the RSA key exchange: the `pre_master_secret`, encrypted with the server's public key.
///
/// ```text
/// struct {
///     public-key-encrypted PreMasterSecret pre_master_secret;  // opaque<0..2^16-1>
/// } EncryptedPreMasterSecret;
/// ```
///
/// (RFC 5246, section 7.4.7.1), sent by the client after `ServerHelloDone`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncryptedPreMasterSecret(pub Vec<u8>);

impl Message for EncryptedPreMasterSecret {
    const TYPE: HandshakeType = HandshakeType::CLIENT_KEY_EXCHANGE;
    const NAME: FieldName = FieldName::ClientKeyExchange;
    const REFERENCE: Reference = Reference::new(5246, "7.4.7.1");

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let bytes = r.opaque(
            FieldName::EncryptedPreMasterSecret,
            FieldName::EncryptedPreMasterSecretBytes,
            LengthPrefix::U16,
            0..=0xffff,
        )?;
        Ok(Self(bytes.to_vec()))
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.opaque(
            FieldName::EncryptedPreMasterSecret,
            FieldName::EncryptedPreMasterSecretBytes,
            LengthPrefix::U16,
            &self.0,
        )
    }
}

/// `ClientKeyExchange` of the ECDHE key exchanges: the client's ephemeral public key.
///
/// ```text
/// struct {
///     ECPoint ecdh_Yc;    // opaque point<1..2^8-1>
/// } ClientECDiffieHellmanPublic;
/// ```
///
/// (RFC 8422, section 5.7), sent by the client after `ServerHelloDone`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientEcdhPublic(pub Vec<u8>);

impl Message for ClientEcdhPublic {
    const TYPE: HandshakeType = HandshakeType::CLIENT_KEY_EXCHANGE;
    const NAME: FieldName = FieldName::ClientKeyExchange;
    const REFERENCE: Reference = Reference::new(8422, "5.7");

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self(r.opaque(FieldName::EcdhYc, FieldName::Point, LengthPrefix::U8, 1..=255)?.to_vec()))
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.opaque(FieldName::EcdhYc, FieldName::Point, LengthPrefix::U8, &self.0)
    }
}

/// `ClientKeyExchange` of the finite-field key exchanges: the client's ephemeral public key.
///
/// ```text
/// struct {
///     opaque dh_Yc<1..2^16-1>;
/// } ClientDiffieHellmanPublic;
/// ```
///
/// (RFC 5246, section 7.4.7.2), sent by the client after `ServerHelloDone`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientDhPublic(pub Vec<u8>);

impl Message for ClientDhPublic {
    const TYPE: HandshakeType = HandshakeType::CLIENT_KEY_EXCHANGE;
    const NAME: FieldName = FieldName::ClientKeyExchange;
    const REFERENCE: Reference = Reference::new(5246, "7.4.7.2");

    fn read(r: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self(r.opaque(FieldName::DhYc, FieldName::DhYcBytes, LengthPrefix::U16, 1..=0xffff)?.to_vec()))
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.opaque(FieldName::DhYc, FieldName::DhYcBytes, LengthPrefix::U16, &self.0)
    }
}
