// Every other sentence and word of the page: headings, buttons, labels for screen readers, states, messages.

import type { KeyAlgorithm } from '../../../pkg/tls_glass';
import type { MessageName, Party, Protection } from '../../run/model';
import { listOf, names, plural, the } from './names';

const keyAlgorithms: Record<KeyAlgorithm, string> = { rsa: 'RSA', ecdsa_p256: 'ECDSA' };

export const ui = {
  claim: "The client never gets the server's private key.",
  claimNote: 'Client and server run here in separate memories. We search them after every step.',
  claimOwn: "In this connection the client holds a private key: its own, and still not the server's.",

  question: {
    lead: (bytes: number) =>
      `The server's reply, as the client receives it: ${plural(bytes, 'byte', 'bytes')}, encrypted a moment ago on this page.`,
    leadSeeded: (bytes: number) =>
      `The server's reply, as the client receives it: ${plural(bytes, 'byte', 'bytes')}, encrypted on this page in a seeded run.`,
    hexLabel: 'The encrypted reply in hexadecimal',
    ask: 'Which key opens it?',
    test: 'One record, four clients with different keys: what can each of them read?',
    watch: 'Watch the connection',
    tried: 'Tried on this record:',
    opens: 'It opens.',
    fails: 'It does not open.',
    plaintext: 'What the client reads',
    choices: {
      server_private_key: "The server's private key",
      server_public_key: "The server's public key",
      server_write_key: 'A key that both sides computed',
    },
    reasons: {
      wrong_length: (got: number, needed: number) =>
        `RSA with this key works on exactly ${plural(needed, 'byte', 'bytes')}. The encrypted part of this record has ${got.toLocaleString('en')}.`,
      not_a_decryption_key: (algorithm: KeyAlgorithm) =>
        `This is an ${keyAlgorithms[algorithm]} key: it signs or verifies, and decrypts nothing.`,
      not_held: (party: Party) => `The ${names[party]} does not hold it, and has nothing to try.`,
      out_of_range:
        'As a number, the encrypted part of this record is larger than the modulus of this key: RSA does not take it, and nothing was tried.',
      not_a_record: 'What was handed in is not a whole record of this cipher: nothing was tried.',
      not_authentic: 'The function runs, and what comes out is not authentic.',
      opened: (key: string) => `The ${key}. Client and server both computed it.`,
    },
    whatItDoes: {
      rsa: 'In this connection it opens one other thing: the secret in step {decryptStep}.',
      dhe: 'In this connection it signs once, in step {signStep}, and decrypts nothing.',
      ecdhe: 'In this connection it signs once, in step {signStep}, and decrypts nothing.',
      'dh-anon': 'In this connection it takes no part at all: nobody signs, and nobody shows who they are.',
      resumed: 'In this connection it takes no part: the session of step {sessionStep} goes on.',
    },
    replyArrow: 'the reply',
  },

  handshake: {
    label: 'Key exchange',
    rsa: 'RSA',
    dhe: 'DHE',
    ecdhe: 'ECDHE',
    'dh-anon': 'DH_anon',
    deprecated: 'deprecated',
    deprecatedNote: (rfc: number) => `Deprecated for TLS 1.2 by RFC ${rfc}`,
  },

  more: {
    open: 'More',
    heading: 'More about this connection',
    cipher: 'Cipher',
    ciphers: {
      'aes-128-gcm': 'AES-128-GCM',
      'aes-256-gcm': 'AES-256-GCM',
      'chacha20-poly1305': 'ChaCha20-Poly1305',
      'aes-128-cbc': 'AES-128-CBC with HMAC',
    },
    deprecated: (handshake: string, rfc: number) => `${handshake} key exchange: deprecated for TLS 1.2 by RFC ${rfc}.`,
    notRecommended: (cipher: string, rfc: number) => `${cipher} (not recommended, RFC ${rfc})`,
    notRecommendedNote: (rfc: number) =>
      `RFC ${rfc}, section 4.2, recommends suites with authenticated encryption (AEAD); none of them uses CBC.`,
    certificate: 'Certificate',
    certificates: { rsa: 'RSA', ecdsa: 'ECDSA' },
    certificateNote: {
      rsa: 'RSA key exchange needs an RSA certificate: an ECDSA key encrypts nothing.',
      dhe: 'The cipher suites with DHE call for an RSA certificate.',
      'dh-anon':
        "Nobody knows who the other is: the server shows no certificate, signs nothing, and must not ask for the client's certificate.",
    },
    identity: 'The server',
    identities: { shown: 'shows who it is', anonymous: 'stays anonymous (DH_anon)' },
    anonymousNote: 'In TLS 1.2 only for applications that ask for it (RFC 5246, appendix A.5).',
    group: 'Group',
    groups: {
      x25519: 'x25519',
      secp256r1: 'secp256r1 (P-256)',
      ffdhe2048: 'ffdhe2048',
      ffdhe3072: 'ffdhe3072',
    },
    groupNote: 'RSA key exchange uses no group.',
    clientcert: 'Client certificate',
    clientcerts: {
      off: 'the server does not ask',
      none: 'asked for; the client has none',
      shown: 'asked for and shown',
      missing: 'required; the client has none',
      untrusted: 'required; of an authority not trusted',
    },
    resumption: 'Session resumption',
    resumptions: {
      none: 'none: a full handshake',
      'session-id': 'by session ID',
      'session-ticket': 'by session ticket',
    },
    resumptionNote:
      'Without extended_master_secret no session is resumed: nothing would bind its secret to its handshake (RFC 7627).',
    fails: 'This handshake fails; the steps show which check notices.',
    etm: 'Order',
    etmChoices: { on: 'encrypt, then MAC (RFC 7366)', off: 'MAC, then encrypt' },
    ems: 'Master secret',
    emsChoices: { on: 'bound to the handshake (RFC 7627)', off: 'bound to both randoms' },
    newRun: 'New run',
    newKey: 'New server key',
    /** How often the server uses its private key in the connection. */
    keyUses: (n: number) =>
      n === 1 ? 'for the only time in this connection' : `${n.toLocaleString('en')} times in this connection`,
    /** In how many places the one-time private keys are still found. */
    ephemeralKeys: (left: number) =>
      left === 0 ? 'no longer exists' : `is still found in ${plural(left, 'place', 'places')}`,
    /** Likewise, of the data keys of a connection whose session stays. */
    dataKeysAtEnd: (left: number) =>
      left === 0
        ? 'erases the keys of this connection'
        : `erases keys; ${plural(left, 'copy', 'copies')} of this connection's are still found`,
    /** In how many places secrets of the connection are still found. */
    secretsAtEnd: (left: number) =>
      left === 0
        ? 'erases all secrets of this connection'
        : `erases secrets; ${plural(left, 'copy', 'copies')} of this connection's are still found`,
    exceptSeed: ', but for the seed of this seeded run',
    masterSecret: {
      bound: 'PRF(pre_master_secret, "extended master secret", session_hash) (RFC 7627, section 4)',
      plain: 'PRF(pre_master_secret, "master secret", client_random + server_random) (RFC 5246, section 8.1)',
    },
    seeded: 'This run is seeded: its random numbers follow from a fixed seed.',
  },

  status: {
    loading: 'Loading the TLS code (WebAssembly).',
    running: 'Client and server are connecting.',
    searching: 'The memories are being searched.',
    makingKey: 'The server is making its key pair. This can take a second; everything else on the page works.',
    failed: (party: Party) => `The ${names[party]} ended this connection with an alert. The steps show what led to it.`,
    gaveUp: (party: Party) => `The ${names[party]} gave this connection up. The steps show what led to it.`,
    stalled: (waits: readonly string[]) => `Stalled: ${listOf(waits)}.`,
  },
  waits: {
    for: (party: Party, what: readonly string[]) => `the ${names[party]} waits for ${listOf(what, 'or')}`,
    rest: 'the rest of a record',
    named: { application_data: 'application data', alert: 'an alert' } as Partial<Record<MessageName, string>>,
  },

  lanes: {
    label: 'Who holds what',
    client: 'Client',
    server: 'Server',
    authority: 'Authority',
    memory: 'its own memory',
    eavesdropper: 'Eve',
  } satisfies Record<Party | 'label' | 'memory', string>,

  states: {
    new: 'new',
    usedNow: 'used now',
    used: 'used',
    erasedNow: 'erased',
    erasedAt: (step: string) => `erased at ${step}`,
    notFound: 'not found',
    notMade: 'not made yet',
    undeclared: 'found, not declared',
    missing: 'declared, not found',
    end: 'the end',
  },
  groups: {
    data: (n: number) => `data keys ×${n}`,
    certificates: (n: number) => `certificates ×${n}`,
    open: (n: number) => `certificates, public keys ×${n}`,
    openShort: (n: number) => `public ×${n}`,
    others: (n: number) => `${n} more`,
  },

  diagram: {
    label: 'Sequence of the connection',
    sends: (from: Party, to: Party) => `${names[from]} to ${names[to]}`,
    alert: (label: string, description: string) => `${label}: ${description}`,
    eraseButSession: 'Erase all secrets but the session',
    checkBoth: 'Check certificate and signature',
    checks: (passed: number, all: number) => `${passed} of ${all} checks passed`,
    notReached: (n: number) => `, ${n} not reached`,
    empty: (label: string) => `${label}, empty`,
    noticed: (party: Party, what: string) => `The ${names[party]} notices: ${what}.`,
    unreached: 'Not reached',
    delivery: {
      certificate_request: (to: Party) => `certificate request, to ${the(to)}`,
      certificate_chain: (to: Party) => `certificate chain, to ${the(to)}`,
      root_certificate: (to: Party) => `root certificate, to ${the(to)}`,
    },
    states: { past: 'done', now: 'current step', next: 'still to come' },
    previous: 'before',
    next: 'next',
  },

  reading: {
    anyone: 'readable by anyone',
    field: "one field encrypted with the server's public key",
    encrypted: (key: string) => `encrypted with the ${key}`,
    heldBy: (key: string, who: string) => `The ${key} is held by ${who}.`,
    lacks: 'A listener lacks:',
    or: ' or ',
    and: ' and ',
    erasedAt: (step: string) => `, erased in step ${step}`,
  },
  protection: {
    none: 'in the clear',
    public: 'partly encrypted to a public key',
    app: 'encrypted with a data key',
  } satisfies Record<Protection, string>,

  panel: {
    label: 'This step',
    crumb: (n: number, of: number, who: string) => `Step ${n} of ${of}, ${who}`,
    epilogue: (who: string) => `After the last step, ${who}`,
    who: {
      client: 'client',
      eavesdropper: 'Eve',
      server: 'server',
      both: 'client and server',
    },
    why: 'Why?',
    engineers: 'For engineers',
    formulas: 'How it is computed',
    took: (milliseconds: string) => `${milliseconds} ms`,
    belowClock: "below the clock's resolution",
    appeared: 'New from this step on',
    erased: 'Erased in this step',
    checks: 'Checks',
    outcome: { passed: 'passed', failed: 'failed', not_reached: 'not reached' },
    wire: 'On the wire',
    also: 'Other bytes',
    bytes: 'Bytes',
    bytesOf: (what: string) => `Bytes of ${what}`,
    references: 'Where it is defined',
    reference: (rfc: number, section: string) => `RFC ${rfc}, section ${section}`,
    alert: (level: string, description: string) => `Alert (${level}): ${description}`,
    failure: 'What went wrong',
    stalled: 'Why it stalled',
    noticedBy: {
      check: (party: Party, label: string) => `The ${names[party]}'s check “${label}” noticed it.`,
      action: (party: Party, title: string) => `The ${names[party]} noticed it at its work: ${title}.`,
    },
    sent: (party: Party, alert: string) => `The ${names[party]} sends the alert ${alert}.`,
    unreached: (n: number) => `Not reached: ${plural(n, 'step', 'steps')}`,
    size: (bytes: number) => plural(bytes, 'byte', 'bytes'),
    heldBy: (who: string) => `held by ${who}`,
    sequel: 'Now the way browsers do it: ECDHE',
    again: 'Back to the question',
  },

  drawer: {
    title: 'Bytes',
    layers: 'Layers',
    hexLabel: (what: string) => `Bytes of ${what}, by field`,
    treeLabel: (what: string) => `Fields of ${what}`,
    fieldLabel: (name: string, size: string, value: string) => [name, size, value].filter(Boolean).join(', '),
    offset: (start: number, size: string) => `${size} at offset ${start}`,
    empty: 'empty',
    unknown: 'unknown',
    none: 'No bytes came of this step.',
    follow: (what: string) => `Open ${what}`,
    layer: {
      record: 'Record',
      blocks: 'Decrypted blocks',
      content: 'Decrypted content',
      handshake: 'Handshake message',
      certificate: 'Certificate',
      certificate_request: 'Certificate request',
    },
    certificateOf: (name: string) => `Certificate of ${name}`,
  },

  transport: {
    label: 'Player',
    first: 'First step',
    back: 'Back',
    play: 'Play',
    pause: 'Pause',
    forward: 'Forward',
    last: 'Last step',
    scrubber: 'Steps',
    stop: (n: string, title: string) => `${n}: ${title}`,
    speed: 'Speed',
    speeds: { '0.5': '½×', '1': '1×', '1.5': '1½×', '2': '2×' },
    position: (n: number, of: number) => `${n} of ${of}`,
    question: 'Question',
  },

  errors: {
    heading: 'The handshake cannot run here',
    webassembly:
      'This page runs a TLS client and server as WebAssembly. This browser does not have WebAssembly, or it is switched off.',
    workers:
      'This page runs client and server in Web Workers. This browser does not have Web Workers, or they are switched off.',
    subtle:
      "This page derives its parties' seeds with the Web Crypto API. This browser does not have it, or offers it on secure pages (https) only.",
    worker: (party: Party, reason: string) =>
      `The worker of ${the(party)} did not start, or ended of itself. What the browser says: ${reason}`,
    search: (reason: string) =>
      `The worker that searches the memories did not start, or ended of itself; nothing is known of what they hold. What the browser says: ${reason}`,
    module: (reason: string) =>
      `The WebAssembly module of this page could not be loaded or started. What the browser says: ${reason}`,
    run: (reason: string) => `The connection could not be run. What went wrong: ${reason}`,
    internal: (reason: string) =>
      `There is a mistake in this page, and the connection could not be run: ${reason}. The browser's console says where.`,
    option: (name: string, value: string, allowed: string) =>
      `The parameter “${name}” is “${value}”. Allowed: ${allowed}.`,
    unknownOption: (name: string, allowed: string) => `There is no parameter “${name}”. There are: ${allowed}.`,
    closed: 'the page is no longer connected to its workers',
    optionHeading: 'A parameter of this page is not right',
    retry: 'Try again',
  },

  options: {
    step: (last: number, ids: string) => `a number from 0 (the question) to ${last}, or one of ${ids}`,
    seed: '64 hexadecimal digits',
    resumption: 'without ems, or with a clientcert that fails: none',
    goesWith: (handshake: string, allowed: string) => `with handshake=${handshake}: ${allowed}`,
  },

  page: {
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  },
} as const;
