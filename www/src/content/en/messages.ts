// The messages that cross the wire, by the names their RFCs give them.

import type { MessageName } from '../../run/model';
import type { MessageWords } from '../words';

export const messages: Record<MessageName, MessageWords> = {
  hello_request: { label: 'HelloRequest', text: 'The server asks for a new handshake.' },
  client_hello: { label: 'ClientHello', text: 'What the client offers.' },
  server_hello: { label: 'ServerHello', text: 'What the server chooses.' },
  certificate: { label: 'Certificate', text: 'A certificate chain.' },
  server_key_exchange: { label: 'ServerKeyExchange', text: "The server's one-time public key." },
  certificate_request: { label: 'CertificateRequest', text: 'The server asks who the client is.' },
  certificate_verify: { label: 'CertificateVerify', text: 'The client signs the handshake.' },
  server_hello_done: { label: 'ServerHelloDone', text: 'The server waits for the client.' },
  client_key_exchange: { label: 'ClientKeyExchange', text: "The client's part of the key exchange." },
  new_session_ticket: { label: 'NewSessionTicket', text: 'The session, encrypted, for the client to keep.' },
  finished: { label: 'Finished', text: 'A hash of the whole handshake, keyed with the master secret.' },
  change_cipher_spec: { label: 'ChangeCipherSpec', text: 'What follows from this side is protected.' },
  alert: { label: 'Alert', text: 'The end, or a fault.' },
  application_data: { label: 'Application data', text: 'What the application sends.' },
};

/** What the alert means that ends every connection in good order. The others: parts/alerts.ts. */
export const closeNotify = 'The sender has nothing more to send. The ordinary end of a connection.';
