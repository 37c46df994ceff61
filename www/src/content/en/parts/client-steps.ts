// The steps that there are only where the server asks for the client's certificate, and what others say then.

import type { ClientStep, StepWords } from '../../words';

export const clientSteps: Readonly<Record<ClientStep, StepWords>> = {
  ask: {
    title: "The server asks for the client's certificate",
    caption: 'The server asks who the client is, and says which kinds of keys and signatures it can verify.',
    why: 'Most servers do not ask: they learn who the client is from a password, once data is encrypted. With a certificate the client proves it within the handshake.',
    engineers:
      'CertificateRequest (RFC 5246, section 7.4.4): {schemesAsked} supported_signature_algorithms and {authoritiesAsked} certificate_authorities. Where no authority is named, the client may send any certificate that fits. ServerHelloDone follows.',
  },
  'client-identity': {
    title: 'The client sends its certificate',
    caption: "It contains the client's name and public key, readable by anyone; a copy lets nobody act as the client.",
    why: 'In TLS 1.2 certificates cross the wire before anything is encrypted. So whoever listens learns who the client is, and that it means to reach this server.',
    engineers:
      "Certificate (RFC 5246, section 7.4.6) carries {clientChainLength} certificates, the client's first. It comes before ClientKeyExchange; what shows that the key is the client's comes after it.",
  },
  'client-check': {
    title: 'The server checks the client',
    caption:
      'The server checks whether an authority that it trusts with clients signed this certificate: {clientChecksPassed} of {clientCheckCount} checks pass.',
    why: "They tell the server whose public key it has. Whether the client holds the matching private key, the certificate does not show: that takes the client's signature.",
    engineers:
      'As the client checks the server (RFC 5280, section 6), but for the purpose clientAuth, and for no name in particular: the server learns it from the certificate.',
  },
  'client-sign': {
    title: 'The client signs',
    caption:
      "The client's own private key signs all messages so far. The server's private key in its memory: {keyInSigner}.",
    why: "A certificate can be copied. The signature shows that this client holds the private key that belongs to it. That key is the client's own: the client made it, and it is not the server's.",
    engineers:
      'handshake_messages from ClientHello to ClientKeyExchange, signed with {clientScheme} (RFC 5246, section 7.4.8). They contain both randoms, so that the signature fits no other connection.',
  },
  'client-proof': {
    title: 'The client sends the signature',
    caption: 'The client sends it readable by anyone: nobody learns a private key from a signature.',
    why: "The server needs it to know that the certificate's holder is at the other end. Anyone can verify the signature; only the client's private key can make it.",
    engineers:
      'CertificateVerify (RFC 5246, section 7.4.8), after ClientKeyExchange and before ChangeCipherSpec. The server has kept all messages until now, to verify it.',
  },
  'client-verify': {
    title: 'The server verifies the signature',
    caption: "The server uses the client's public key. If the signature fits, it knows who the client is.",
    why: "The certificate says whose public key this is. The signature shows that the client holds the private key that belongs to it, in this very connection. The server did not need the client's private key for that.",
    engineers:
      '{clientScheme} over the handshake_messages as the server has them. A wrong signature would end the connection with decrypt_error (RFC 5246, section 7.2.2).',
  },
};

/** Where the client has a key pair and a certificate as well. */
export const bothCertified: StepWords = {
  title: 'The authority signs two certificates',
  caption:
    'Each side keeps its own private key and sends the authority its public key and name. The authority signs those.',
  why: "The client holds a private key now, and still not the server's: each made its own, and sent only the public key to the authority.",
  engineers:
    "Each sends a certification request (PKCS #10, RFC 2986), signed with its own key. The client's certificate is for clientAuth and has the client's name as its subject (RFC 5280).",
};

/** Where the server asks, and the client has none. */
export const noClientCertificate: StepWords = {
  title: 'The client sends no certificate',
  caption: 'It has none, and says so with an empty list. The server does not learn who it is.',
  why: 'A request for a certificate must be answered, if only with nothing. A server that requires one ends the connection here; another goes on with a client that it does not know.',
  engineers:
    'Certificate with an empty certificate_list (RFC 5246, section 7.4.6). The server may go on, or answer with a fatal handshake_failure. No CertificateVerify follows.',
};
