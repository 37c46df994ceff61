// The steps of a connection that resumes an earlier one: by a session ID, or by a session ticket.

import type { StepId } from '../../../run/model';
import type { RESUMED } from '../../../run/steps';
import type { Epilogue, StepWords } from '../../words';

/** The steps that a full handshake has, too. */
type Base = Readonly<Record<Exclude<(typeof RESUMED)[number], 'session' | 'open-ticket'> | Epilogue, StepWords>>;

const openTicket: StepWords = {
  title: 'The server decrypts the ticket',
  caption: 'With its ticket key it reads the session, the {master_secret} included. It kept no copy of its own.',
  why: 'The server needs no memory of its clients: one key opens all their tickets. That is also the risk. Who steals this key opens every connection whose ticket was recorded.',
  engineers:
    "{ticketSize} bytes: the name of the key, a nonce, and the state under AES-256-GCM. The makeup of a ticket is the server's own affair (RFC 5077, section 4). A ticket that does not open leads to a full handshake.",
};

/** What is said whichever way the session is named. */
export function resumed(base: Base): Base & Readonly<Record<'open-ticket', StepWords>> {
  return {
    certificate: base.certificate,
    'client-hello': base['client-hello'],
    'open-ticket': openTicket,
    'server-hello': base['server-hello'],
    'data-keys': {
      title: 'Both derive data keys',
      caption: 'From the same {master_secret} as before and two new random numbers, {dataKeys}.',
      why: 'The random numbers are new, so these data keys differ from the earlier ones. No private key is used.',
      engineers:
        'key_block = PRF(master_secret, "key expansion", server_random + client_random) (RFC 5246, section 6.3). pre_master_secret does not appear: master_secret comes from the session.',
    },
    'server-finished': {
      title: 'The server confirms',
      caption: 'This time the server is the first. Its Finished proves that it holds the {master_secret}.',
      why: 'No certificate was sent. Besides the client, only whoever was at the other end of the earlier connection has this secret, and who that was, the earlier handshake has shown as far as it could.',
      engineers:
        'In an abbreviated handshake the server sends ChangeCipherSpec and Finished right after its ServerHello (RFC 5246, section 7.3).',
    },
    'client-finished': {
      title: 'The client confirms',
      caption: 'The client encrypts from here on. Its Finished proves that it holds the {master_secret}, too.',
      why: 'Each side is sure now that the other is the one of the earlier connection. The handshake took one round trip less.',
      engineers:
        'verify_data = PRF(master_secret, "client finished", Hash(handshake_messages))[0..11] (RFC 5246, section 7.4.9), over the messages of this handshake only.',
    },
    request: base.request,
    reply: base.reply,
    read: {
      ...base.read,
      why: "The client derived the same data keys as the server, from the secret of the earlier connection and both random numbers. In this connection nobody used the server's private key.",
    },
    close: {
      ...base.close,
      caption: 'Each says that it has nothing more to send, and {dataKeysAtEnd}. The session stays.',
      why: 'close_notify shows that nothing was cut off at the end. Data keys that are erased cannot be stolen later; but the session is kept, and with it the data keys could be derived again.',
    },
    alert: base.alert,
  };
}

export function byId(
  base: Base,
): Readonly<Record<Extract<StepId, 'session' | 'client-hello' | 'server-hello'>, StepWords>> {
  return {
    session: {
      title: 'An earlier connection leaves a session',
      caption: 'Both sides keep its {master_secret}, under an ID that the server chose. Its data keys are erased.',
      why: 'A full handshake costs computing and round trips. Who expects to come back keeps the secret that it led to, and saves most of the next one.',
      engineers:
        'The earlier connection took {earlierRecords} records, a full handshake among them; session_id in its ServerHello names the session (RFC 5246, section 7.4.1.3). It is kept for two hours at most, and only with extended_master_secret (RFC 7627, section 5.3).',
    },
    'client-hello': {
      ...base['client-hello'],
      caption: 'With its offer it asks for the earlier session, by its ID, and sends a new random number.',
      why: 'The ID is no secret: it is of use only to whoever holds the master secret that belongs to it. If the server has forgotten the session, a full handshake follows.',
      engineers:
        'ClientHello (RFC 5246, section 7.4.1.2) with the session_id of the earlier ServerHello. cipher_suites must contain the suite of the session. {clientHelloSize} bytes in all.',
    },
    'server-hello': {
      ...base['server-hello'],
      caption: 'It knows the session, and says so by sending the same ID. It goes on with {suite}.',
      why: 'No certificate follows and no key exchange. Both have the secret already; only the random numbers are new.',
      engineers:
        'ServerHello with the session_id of the client resumes the session (RFC 5246, section 7.4.1.3), with its suite. extended_master_secret (RFC 7627): {extendedMasterSecret}, as in the session.',
    },
  };
}

export function byTicket(
  base: Base,
): Readonly<Record<Extract<StepId, 'session' | 'client-hello' | 'server-hello'>, StepWords>> {
  return {
    session: {
      title: 'An earlier connection leaves a session',
      caption:
        'The server encrypts the session with its ticket key, and the client keeps it. The server itself keeps nothing of it.',
      why: 'The ticket crosses the wire in the clear, so Eve has it, too. It is of use only to whoever holds the master secret, or the ticket key.',
      engineers:
        "NewSessionTicket (RFC 5077, section 3.3), {ticketSize} bytes of ticket, comes before the server's ChangeCipherSpec. The client keeps master_secret beside it; the server erases its own.",
    },
    'client-hello': {
      ...base['client-hello'],
      caption:
        'With its offer it brings the ticket of the earlier connection, {ticketSize} bytes, and a new random number.',
      why: 'The client cannot open the ticket. It need not: it has kept the master secret itself, and the ticket is for the server.',
      engineers:
        'session_ticket (RFC 5077, section 3.2) carries the ticket. session_id is a random one: its return will show that the server took the ticket (section 3.4). {clientHelloSize} bytes in all.',
    },
    'server-hello': {
      ...base['server-hello'],
      caption: 'It takes the ticket, and says so by sending back the ID of the offer. It goes on with {suite}.',
      why: 'No certificate follows and no key exchange. Both have the secret now; only the random numbers are new.',
      engineers:
        'ServerHello with the session_id of the client (RFC 5077, section 3.4), and with the suite of the session. extended_master_secret (RFC 7627): {extendedMasterSecret}, as in the session.',
    },
  };
}
