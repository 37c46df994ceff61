// What a fatal alert means.

/** Alerts by the name of their registry. What is not here is shown by its name. */
export const alerts: Readonly<Record<string, string>> = {
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
