// What is checked, in words, and what an alert means.

import type { CheckName } from '../../../pkg/tls_glass';

export interface CheckWords {
  readonly label: string;
  readonly text: string;
  /** What it says where the server checks the client, if that is something else. */
  readonly ofClient?: string;
}

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
    text: 'The other side saw the same handshake messages and holds the same master_secret.',
  },
  client_signature: {
    label: "Client's signature",
    text: "The handshake was signed with the private key of the client's certificate.",
  },
  ticket_authentic: { label: 'Session ticket', text: 'The ticket is as this server made it.' },
  record_authentic: { label: 'Record', text: 'The record is as its sender made it.' },
};

/** Alerts by the name of their registry. What is not here is shown by its name. */
export const alerts: Readonly<Record<string, string>> = {
  close_notify: 'The sender has nothing more to send. The ordinary end of a connection.',
  unexpected_message: 'A message came that is not due in this state.',
  bad_record_mac: 'A record does not open: it was changed, or made with another key.',
  record_overflow: 'A record is longer than allowed.',
  handshake_failure:
    'The two sides have no acceptable set of parameters in common, or a certificate is required and none was sent.',
  bad_certificate: 'The certificate is malformed, or its signature or name is wrong.',
  unsupported_certificate: 'The certificate is of a kind that cannot be used here.',
  certificate_revoked: 'The authority has taken the certificate back.',
  certificate_expired: 'The certificate is not valid now.',
  certificate_unknown: 'The certificate cannot be accepted for another reason.',
  illegal_parameter: 'A field has a value that is out of range or contradicts another.',
  unknown_ca: 'No chain leads from the certificate to an authority that its receiver trusts.',
  access_denied: 'The certificate is valid, but access is refused.',
  decode_error: 'A message is not formed as its RFC says.',
  decrypt_error: 'A signature or a Finished message is wrong.',
  protocol_version: 'The two sides have no protocol version in common.',
  insufficient_security: 'The other side offers only what is too weak for this one.',
  internal_error: 'Something went wrong inside the sender, through no fault of the other side.',
  user_canceled: 'The user ended the handshake.',
  no_renegotiation: 'A new handshake is refused.',
  unsupported_extension: 'The server answered an extension that was not offered.',
  unrecognized_name: 'The server knows no site of this name.',
  no_application_protocol: 'The two sides have no application protocol in common.',
};
