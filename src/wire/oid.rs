//! Object identifiers (X.660): those that the code acts on, and the names of those that certificates commonly have.
//!
//! `const-oid` has a database of all that IANA and the RFCs name. It weighs more than the rest of the certificate code, and
//! would lie in every memory that is searched: docs/decisions/names-of-oids.md.

use const_oid::ObjectIdentifier;

macro_rules! identifiers {
    ($($constant:ident = $dotted:literal,)*) => {
        $(
            #[doc = concat!("The object identifier ", $dotted, ".")]
            pub const $constant: ObjectIdentifier = ObjectIdentifier::new_unwrap($dotted);
        )*
    };
}

// Named as in RFC 5280, RFC 5912 and RFC 4519.
identifiers! {
    COMMON_NAME = "2.5.4.3",
    ECDSA_WITH_SHA_256 = "1.2.840.10045.4.3.2",
    ID_CE_AUTHORITY_KEY_IDENTIFIER = "2.5.29.35",
    ID_CE_BASIC_CONSTRAINTS = "2.5.29.19",
    ID_CE_EXT_KEY_USAGE = "2.5.29.37",
    ID_CE_KEY_USAGE = "2.5.29.15",
    ID_CE_SUBJECT_ALT_NAME = "2.5.29.17",
    ID_CE_SUBJECT_KEY_IDENTIFIER = "2.5.29.14",
    ID_EC_PUBLIC_KEY = "1.2.840.10045.2.1",
    ID_EXTENSION_REQ = "1.2.840.113549.1.9.14",
    ID_KP_CLIENT_AUTH = "1.3.6.1.5.5.7.3.2",
    ID_KP_SERVER_AUTH = "1.3.6.1.5.5.7.3.1",
    RSA_ENCRYPTION = "1.2.840.113549.1.1.1",
    SHA_256_WITH_RSA_ENCRYPTION = "1.2.840.113549.1.1.11",
    SHA_384_WITH_RSA_ENCRYPTION = "1.2.840.113549.1.1.12",
    SHA_512_WITH_RSA_ENCRYPTION = "1.2.840.113549.1.1.13",
}

/// The name of an object identifier in the document that defines it, without the prefixes `id-ce-`, `id-kp-`, `id-pe-` and
/// `id-at-`. `None` where it is not among [`NAMES`].
pub fn name(oid: &ObjectIdentifier) -> Option<&'static str> {
    look_up(NAMES, oid)
}

/// The short name of the type of an attribute in a distinguished name (RFC 4514, section 3), or else its name.
pub fn attribute_type(oid: &ObjectIdentifier) -> Option<&'static str> {
    look_up(ATTRIBUTE_TYPES, oid).or_else(|| name(oid))
}

fn look_up(table: &[(&str, &'static str)], oid: &ObjectIdentifier) -> Option<&'static str> {
    let dotted = oid.to_string();
    let at = table.binary_search_by_key(&dotted.as_str(), |(dotted, _)| dotted).ok()?;
    Some(table[at].1)
}

/// The short names of attribute types, in the order of their object identifiers as text. Those of RFC 4519, section 2, in
/// the case of RFC 4514, section 3, where that has them.
pub const ATTRIBUTE_TYPES: &[(&str, &str)] = &[
    ("0.9.2342.19200300.100.1.1", "uid"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("0.9.2342.19200300.100.1.3", "mail"),
    ("1.2.840.113549.1.9.1", "email"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.3", "CN"),
    ("2.5.4.4", "SN"),
    ("2.5.4.42", "GN"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "street"),
];

/// The names of object identifiers, in the order of those as text.
pub const NAMES: &[(&str, &str)] = &[
    // RFC 4519, section 2: attribute types.
    ("0.9.2342.19200300.100.1.1", "userId"),
    ("0.9.2342.19200300.100.1.25", "domainComponent"),
    ("0.9.2342.19200300.100.1.3", "RFC822Mailbox"),
    // RFC 3279, section 2: DSA.
    ("1.2.840.10040.4.1", "id-dsa"),
    ("1.2.840.10040.4.3", "dsa-with-sha1"),
    // RFC 5480: keys on elliptic curves, and a curve.
    ("1.2.840.10045.2.1", "id-ecPublicKey"),
    ("1.2.840.10045.3.1.7", "secp256r1"),
    // RFC 3279, section 2.2.3, and RFC 5758, section 3.2: ECDSA.
    ("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
    ("1.2.840.10045.4.3.1", "ecdsa-with-SHA224"),
    ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
    ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
    ("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
    // RFC 3279, section 2.3.3: Diffie-Hellman.
    ("1.2.840.10046.2.1", "dhpublicnumber"),
    // RFC 8017, appendix C: RSA.
    ("1.2.840.113549.1.1.1", "rsaEncryption"),
    ("1.2.840.113549.1.1.10", "id-RSASSA-PSS"),
    ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
    ("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
    ("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
    ("1.2.840.113549.1.1.14", "sha224WithRSAEncryption"),
    ("1.2.840.113549.1.1.2", "md2WithRSAEncryption"),
    ("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
    ("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
    ("1.2.840.113549.1.1.7", "id-RSAES-OAEP"),
    // RFC 2985, section 5: attributes of PKCS #9.
    ("1.2.840.113549.1.9.1", "pkcs-9-at-emailAddress"),
    ("1.2.840.113549.1.9.14", "pkcs-9-at-extensionRequest"),
    ("1.2.840.113549.1.9.2", "pkcs-9-at-unstructuredName"),
    ("1.2.840.113549.1.9.7", "pkcs-9-at-challengePassword"),
    ("1.2.840.113549.1.9.8", "pkcs-9-at-unstructuredAddress"),
    // RFC 8410, section 3: X25519, Ed25519 and their larger relatives.
    ("1.3.101.110", "id-X25519"),
    ("1.3.101.111", "id-X448"),
    ("1.3.101.112", "id-Ed25519"),
    ("1.3.101.113", "id-Ed448"),
    // RFC 5480, section 2.1.1.1, and SEC 2, section 2.4.1: curves.
    ("1.3.132.0.10", "secp256k1"),
    ("1.3.132.0.33", "secp224r1"),
    ("1.3.132.0.34", "secp384r1"),
    ("1.3.132.0.35", "secp521r1"),
    // RFC 5639, section 4.1: curves.
    ("1.3.36.3.3.2.8.1.1.11", "brainpoolP384r1"),
    ("1.3.36.3.3.2.8.1.1.13", "brainpoolP512r1"),
    ("1.3.36.3.3.2.8.1.1.7", "brainpoolP256r1"),
    // RFC 6962, section 3: Certificate Transparency.
    ("1.3.6.1.4.1.11129.2.4.2", "ct-precert-scts"),
    ("1.3.6.1.4.1.11129.2.4.3", "ct-precert-poison"),
    // CA/Browser Forum, EV Guidelines, section 7.1.4.2: attribute types.
    ("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionLocalityName"),
    ("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionStateOrProvinceName"),
    ("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionCountryName"),
    // RFC 5280, section 4.2.2, and RFC 7633, section 4: extensions.
    ("1.3.6.1.5.5.7.1.1", "authorityInfoAccess"),
    ("1.3.6.1.5.5.7.1.11", "subjectInfoAccess"),
    ("1.3.6.1.5.5.7.1.24", "tlsfeature"),
    // RFC 5280, section 4.2.1.12: what a certificate may be used for.
    ("1.3.6.1.5.5.7.3.1", "serverAuth"),
    ("1.3.6.1.5.5.7.3.2", "clientAuth"),
    ("1.3.6.1.5.5.7.3.3", "codeSigning"),
    ("1.3.6.1.5.5.7.3.4", "emailProtection"),
    ("1.3.6.1.5.5.7.3.8", "timeStamping"),
    ("1.3.6.1.5.5.7.3.9", "OCSPSigning"),
    // RFC 5758, section 3.1: DSA. RFC 9881, section 2: ML-DSA.
    ("2.16.840.1.101.3.4.3.17", "id-ml-dsa-44"),
    ("2.16.840.1.101.3.4.3.18", "id-ml-dsa-65"),
    ("2.16.840.1.101.3.4.3.19", "id-ml-dsa-87"),
    ("2.16.840.1.101.3.4.3.2", "dsa-with-sha256"),
    // RFC 5280, section 4.2.1: extensions.
    ("2.5.29.14", "subjectKeyIdentifier"),
    ("2.5.29.15", "keyUsage"),
    ("2.5.29.16", "privateKeyUsagePeriod"),
    ("2.5.29.17", "subjectAltName"),
    ("2.5.29.18", "issuerAltName"),
    ("2.5.29.19", "basicConstraints"),
    ("2.5.29.30", "nameConstraints"),
    ("2.5.29.31", "cRLDistributionPoints"),
    ("2.5.29.32", "certificatePolicies"),
    ("2.5.29.33", "policyMappings"),
    ("2.5.29.35", "authorityKeyIdentifier"),
    ("2.5.29.36", "policyConstraints"),
    ("2.5.29.37", "extKeyUsage"),
    ("2.5.29.37.0", "anyExtendedKeyUsage"),
    ("2.5.29.46", "freshestCRL"),
    ("2.5.29.54", "inhibitAnyPolicy"),
    ("2.5.29.9", "subjectDirectoryAttributes"),
    // RFC 5280, appendix A, RFC 4519, section 2, and X.520: attribute types.
    ("2.5.4.10", "organizationName"),
    ("2.5.4.11", "organizationalUnitName"),
    ("2.5.4.12", "title"),
    ("2.5.4.13", "description"),
    ("2.5.4.15", "businessCategory"),
    ("2.5.4.17", "postalCode"),
    ("2.5.4.18", "postOfficeBox"),
    ("2.5.4.20", "telephoneNumber"),
    ("2.5.4.3", "commonName"),
    ("2.5.4.4", "surname"),
    ("2.5.4.41", "name"),
    ("2.5.4.42", "givenName"),
    ("2.5.4.43", "initials"),
    ("2.5.4.44", "generationQualifier"),
    ("2.5.4.45", "x500UniqueIdentifier"),
    ("2.5.4.46", "dnQualifier"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "countryName"),
    ("2.5.4.65", "pseudonym"),
    ("2.5.4.7", "localityName"),
    ("2.5.4.8", "stateOrProvinceName"),
    ("2.5.4.9", "streetAddress"),
    ("2.5.4.97", "organizationIdentifier"),
];
