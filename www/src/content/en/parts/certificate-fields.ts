// What every field of a certificate means, and of the request for one.

import type { FieldName } from '../../../../pkg/tls_glass';
import type { Explanation } from '../../words';

export const der = {
  der_tag: { text: 'The type of the element that follows, as ASN.1 numbers types.', rfc: [5280, '4.1'] },
  der_length: {
    text: 'How many bytes the element has. Long lengths say first how many bytes they take.',
    rfc: [5280, '4.1'],
  },
  der_unused_bits: {
    text: 'How many bits of the last byte of a BIT STRING do not count. For keys and signatures, none.',
    rfc: [5280, '4.1'],
  },
  der_value: { text: 'The content of the element.', rfc: [5280, '4.1'] },
  CertificationRequest: {
    text: 'A request for a certificate: what is asked for, the algorithm, and a signature with the key itself.',
    rfc: [2986, '4.2'],
  },
  certificationRequestInfo: {
    text: 'What is asked for: a name and a public key. The private key is not in it.',
    rfc: [2986, '4.1'],
  },
  attributes: { text: 'What the request asks for besides, such as extensions.', rfc: [2986, '4.1'] },
  X509Certificate: { text: 'A certificate: what is signed, the algorithm, and the signature.', rfc: [5280, '4.1'] },
  tbsCertificate: {
    text: 'The part that the authority signs: names, dates, public key, extensions.',
    rfc: [5280, '4.1.2'],
  },
  version: { text: 'The version of the certificate format. 2 means version 3.', rfc: [5280, '4.1.2.1'] },
  serialNumber: { text: "The certificate's number, unique for its issuer and hard to guess.", rfc: [5280, '4.1.2.2'] },
  signatureAlgorithm: { text: 'With which algorithm the issuer signed.', rfc: [5280, '4.1.1.2'] },
  signatureValue: {
    text: "The issuer's signature over tbsCertificate. It binds the name to the public key.",
    rfc: [5280, '4.1.1.3'],
  },
  algorithm: { text: 'An algorithm, as an object identifier.', rfc: [5280, '4.1.1.2'] },
  parameters: { text: 'What the algorithm needs to know, such as the curve.', rfc: [5280, '4.1.1.2'] },
  issuer: { text: 'Who signed this certificate.', rfc: [5280, '4.1.2.4'] },
  validity: { text: 'From when until when the certificate holds.', rfc: [5280, '4.1.2.5'] },
  notBefore: { text: 'The certificate does not hold before this moment.', rfc: [5280, '4.1.2.5'] },
  notAfter: { text: 'The certificate does not hold after this moment.', rfc: [5280, '4.1.2.5'] },
  subject: { text: 'Whose public key this is.', rfc: [5280, '4.1.2.6'] },
  RelativeDistinguishedName: { text: 'One part of a name.', rfc: [5280, '4.1.2.4'] },
  AttributeTypeAndValue: { text: 'What kind of part it is, and what it says.', rfc: [5280, '4.1.2.4'] },
  AttributeType: { text: 'The kind: common name, organization, country and so on.', rfc: [5280, '4.1.2.4'] },
  AttributeValue: { text: 'The text of this part of the name.', rfc: [5280, '4.1.2.4'] },
  subjectPublicKeyInfo: { text: 'The public key, with its algorithm.', rfc: [5280, '4.1.2.7'] },
  subjectPublicKey: {
    text: 'The bits of the public key, in the form that its algorithm prescribes.',
    rfc: [5280, '4.1.2.7'],
  },
  RSAPublicKey: { text: 'An RSA public key: modulus and exponent.', rfc: [8017, 'A.1.1'] },
  modulus: {
    text: 'The product of two secret primes. The size of the key is the size of this number.',
    rfc: [8017, '3.1'],
  },
  publicExponent: { text: 'The exponent for encrypting and for verifying. Nearly always 65537.', rfc: [8017, '3.1'] },
  ECPoint: { text: 'An elliptic-curve public key: a point of the curve.', rfc: [5480, '2.2'] },
  'tbsCertificate.signature': {
    text: 'The algorithm that the issuer signs with. It stands here too, so that nobody can change it unseen.',
    rfc: [5280, '4.1.2.3'],
  },
  'tbsCertificate.extensions': {
    text: 'What the certificate says beyond the first version of the format.',
    rfc: [5280, '4.1.2.9'],
  },
  X509Extension: { text: 'One extension: its type, whether it is critical, and its content.', rfc: [5280, '4.1.2.9'] },
  extnID: { text: 'Which extension this is, as an object identifier.', rfc: [5280, '4.2'] },
  critical: {
    text: 'Whoever does not understand a critical extension must reject the certificate.',
    rfc: [5280, '4.2'],
  },
  extnValue: { text: 'The content of the extension, in DER once more.', rfc: [5280, '4.2'] },
  BasicConstraints: { text: 'Whether this key may sign other certificates.', rfc: [5280, '4.2.1.9'] },
  cA: { text: 'True for an authority. Absent, and so false, for a server.', rfc: [5280, '4.2.1.9'] },
  pathLenConstraint: { text: 'How many authorities may follow below this one.', rfc: [5280, '4.2.1.9'] },
  KeyUsage: { text: 'What the key may be used for: sign, encrypt keys, sign certificates.', rfc: [5280, '4.2.1.3'] },
  ExtKeyUsageSyntax: { text: 'The purposes of the certificate, such as a TLS server.', rfc: [5280, '4.2.1.12'] },
  KeyPurposeId: { text: 'One purpose, as an object identifier.', rfc: [5280, '4.2.1.12'] },
  SubjectAltName: {
    text: 'The names that the certificate is good for. Clients compare these, not the subject.',
    rfc: [5280, '4.2.1.6'],
  },
  dNSName: { text: 'A host name that the certificate is good for.', rfc: [5280, '4.2.1.6'] },
  GeneralName: { text: 'A name of another kind.', rfc: [5280, '4.2.1.6'] },
  SubjectKeyIdentifier: { text: "A short name for this certificate's key.", rfc: [5280, '4.2.1.2'] },
  AuthorityKeyIdentifier: {
    text: "Names the issuer's key, to find the next certificate of the chain.",
    rfc: [5280, '4.2.1.1'],
  },
  keyIdentifier: { text: "The short name of the issuer's key, usually a hash.", rfc: [5280, '4.2.1.1'] },
} as const satisfies Partial<Record<FieldName, Explanation>>;
