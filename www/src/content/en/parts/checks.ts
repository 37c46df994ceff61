// What is checked, in words.

import type { CheckName } from '../../../../pkg/tls_glass';
import type { CheckWords } from '../../words';

export const checks: Record<CheckName, CheckWords> = {
  certificate_path: {
    label: 'Path to a trusted authority',
    text: 'A chain of valid signatures leads from the certificate to a root that the client trusts.',
    ofClient: 'A chain of valid signatures leads from the certificate to a root that the server trusts with clients.',
  },
  certificate_issuer_key_usage: {
    label: "Issuers' key usage",
    text: 'The key of every issuer on the path may sign certificates.',
  },
  certificate_dates: { label: 'Dates', text: "Now lies between the certificate's notBefore and notAfter." },
  certificate_name: { label: 'Name', text: 'The certificate names the server that the client wants to reach.' },
  certificate_extended_key_usage: {
    label: 'Purpose',
    text: 'The certificate may be used by a TLS server.',
    ofClient: 'The certificate may be used by a TLS client.',
  },
  certificate_key_usage: {
    label: 'Key usage',
    text: 'The key may be used as this key exchange uses it.',
    ofClient: 'The key may be used to sign.',
  },
  certificate_key_fits_suite: {
    label: 'Key fits the suite',
    text: 'The key is of the kind that the chosen cipher suite calls for.',
  },
  certificate_key_kind: {
    label: 'Kind of key',
    text: 'The key is of a kind that the server can verify signatures with.',
  },
  certificate_verdict: {
    label: 'Verdict of the library',
    text: 'One call of the validation library over the whole certificate agrees.',
  },
  server_signature: {
    label: "Server's signature",
    text: "The signature over the one-time public key was made with the private key of the certificate's public key.",
  },
  verify_data: {
    label: 'Finished',
    text: 'The other side saw the same handshake messages and holds the same master secret.',
  },
  client_signature: {
    label: "Client's signature",
    text: "The handshake was signed with the private key of the client's certificate.",
  },
  ticket_authentic: { label: 'Session ticket', text: 'The ticket is as this server made it.' },
  record_authentic: { label: 'Record', text: 'The record is as its sender made it.' },
};
