// The steps of DH_anon, as far as they are not those of DHE: nobody shows who they are, and each step says what follows.

import type { StepWords } from '../../words';

type AnonymousStep =
  | 'certificate'
  | 'client-hello'
  | 'server-hello'
  | 'server-key'
  | 'client-key'
  | 'agree'
  | 'erase'
  | 'client-finished'
  | 'server-finished';

/** The steps of DH_anon that say something else than those of DHE, which are given. */
export function anonymous(
  dhe: Readonly<Record<Exclude<AnonymousStep, 'server-key'>, StepWords>>,
): Readonly<Record<AnonymousStep, StepWords>> {
  return {
    certificate: {
      ...dhe.certificate,
      caption:
        "The server has a certificate from before; this connection uses neither it nor the server's private key.",
      why: 'With DH_anon nobody shows who they are. The server has its key pair and its certificate all the same, so that the page can look for the private key, and try it.',
    },
    'client-hello': {
      ...dhe['client-hello'],
      engineers: `${dhe['client-hello'].engineers} An anonymous suite is among the offers: in TLS 1.2 only if the application has asked for it (RFC 5246, appendix A.5).`,
    },
    'server-hello': {
      ...dhe['server-hello'],
      why: 'The suite is an anonymous one: no certificate follows, and no signature. From here on neither side can tell who the other is.',
    },
    'server-key': {
      title: 'The server sends its part',
      caption:
        'The server makes a one-time key pair and sends the one-time public key, readable by anyone and unsigned.',
      why: 'Nothing shows whose key this is. Somebody on the wire could send one of their own in its place, and the client could not tell the difference.',
      engineers:
        'ServerKeyExchange with ServerDHParams (dh_p, dh_g, dh_Ys) and no signature (RFC 5246, section 7.4.3). Certificate and CertificateRequest are not sent (sections 7.4.2 and 7.4.4). ServerHelloDone follows.',
    },
    'client-key': {
      ...dhe['client-key'],
      why: 'The client has nothing to check: it got no certificate and no signature. It agrees on a secret with whoever sent the other public key.',
    },
    agree: {
      ...dhe.agree,
      why: 'Who only listens finds no practical way to the result. Each side shares it with whoever is at the other end, and nobody knows who that is.',
    },
    erase: {
      ...dhe.erase,
      why: "The server's private key had no part in this secret: whoever gets it later decrypts nothing of this connection. That is forward secrecy. It does not say who took part.",
    },
    'client-finished': {
      ...dhe['client-finished'],
      why: 'Finished shows that whoever computed the secret with the client saw the same messages. It does not show that this is the server which the client means.',
    },
    'server-finished': {
      ...dhe['server-finished'],
      why: 'Until the end nothing has shown who the server is, nor who the client is. Whoever needs to know must not use this key exchange.',
    },
  };
}
