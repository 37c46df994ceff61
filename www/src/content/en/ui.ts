// Every other sentence and word of the page: headings, buttons, labels for screen readers, states, messages.

import type { KeyAlgorithm } from '../../../pkg/tls_glass';
import type { BufferKind, MessageName, Party } from '../../run/model';
import { bytes, list, names, number, plural, the } from './names';

const keyAlgorithms: Record<KeyAlgorithm, string> = { rsa: 'RSA', ecdsa_p256: 'ECDSA' };

const lanes: Record<Party | 'label' | 'memory', string> = {
  label: 'Who holds what',
  client: 'Client',
  server: 'Server',
  authority: 'Authority',
  memory: 'its own memory',
  eavesdropper: 'Eve',
};

const sends = (from: Party, to: Party): string => `${names[from]} to ${names[to]}`;

export const ui = {
  claim: "The client never gets the server's private key.",
  claimNote: 'Client and server run here in separate memories. We search them after every step.',
  claimOwn: "In this connection the client holds a private key: its own, and still not the server's.",

  question: {
    ask: "Which key opens the server's reply?",
    lead: 'A client and a server run a real TLS connection in this page, each in a memory of its own.',
    /** Above the reply's bytes. */
    sent: (size: number) => `The reply: ${bytes(size)}, encrypted a moment ago`,
    sentSeeded: (size: number) => `The reply: ${bytes(size)}, encrypted in a seeded run`,
    eve: 'Eve has the encrypted bytes too.',
    figure: "The server's reply on its way to the client, and what each of them holds",
    try: 'try it on the reply',
    hexLabel: 'The encrypted reply in hexadecimal',
    test: 'One record, four clients with different keys: what can each of them read?',
    watch: 'Watch the connection',
    opens: 'It opens.',
    indirectly: 'Not directly.',
    fails: 'It does not open.',
    plaintext: 'What the client reads',
    /** Of the same kind, all three: how one of them is called is no answer. */
    choices: {
      server_private_key: "The server's private key",
      server_public_key: "The server's public key",
      server_write_key: 'A data key',
    },
    /** What came of it, for who asked. */
    opened: (key: string, parties: readonly Party[]) => `This is the ${key}. Computed by ${list(parties.map(the))}.`,
    otherKey: (key: string) => `It is the wrong key for this: the reply was encrypted with the ${key}.`,
    publicKey: 'This key is public: what it could open, anybody could read.',
    notHeld: (party: Party) => `The ${names[party]} does not even hold this one.`,
    /** What the server's private key is used for. */
    uses: {
      decrypts: (step: string) => `But the server's private key opens the secret of step ${step}.`,
      decryptsEarlier: (step: string) =>
        `But the server's private key opens the secret of the earlier connection, in step ${step}.`,
      signs: (step: string) => `The server's private key only signs, in step ${step}.`,
      signsEarlier: (step: string) =>
        `The server's private key only signed, in the earlier connection of step ${step}, and has no part in this one.`,
      none: "The server's private key has no part in this connection: nobody signs, and nobody shows who they are.",
    },
    /** What it is worth to whoever recorded the connection. */
    suffices: 'From that, whoever listened can derive the data key.',
    sufficesEarlier: 'From that, whoever listened to both connections can derive the data key.',
    opensNothing: 'It opens nothing of this recording.',
    madeIt: (party: Party, step: string) =>
      `The ${names[party]} needs neither that key nor a recording: it made the secret itself, in step ${step}.`,
    showStep: (step: string) => `See step ${step}`,
    /** How the same choice ends under other key exchanges. */
    elsewhere: {
      suffices: (others: readonly string[]) =>
        `Under ${list(others)} the same choice ends differently: the server's private key only signs there, and opens nothing of a recording.`,
      opensNothing: (others: readonly string[]) =>
        `Under ${list(others)} the same choice ends differently: there the server's private key opens a secret that crossed the wire, and a recording with it.`,
      show: (handshake: string) => `Try it under ${handshake}`,
    },
    /** For engineers: the function, and why it does not take the record. */
    tried: (by: string) => `Tried on this record: ${by}.`,
    reasons: {
      wrong_length: (got: number, needed: number) =>
        `RSA with this key works on exactly ${bytes(needed)}. The encrypted part of this record has ${number(got)}.`,
      not_a_decryption_key: (algorithm: KeyAlgorithm) =>
        `This is an ${keyAlgorithms[algorithm]} key: it signs or verifies, and decrypts nothing.`,
      out_of_range:
        'As a number, the encrypted part of this record is larger than the modulus of this key: RSA does not take it, and nothing was tried.',
      not_a_record: 'What was handed in is not a whole record of this cipher: nothing was tried.',
      not_authentic: 'The function runs, and what comes out is not authentic.',
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

  /** What a cipher suite consists of. */
  suite: {
    label: (name: string) => `What ${name} stands for`,
    keyExchange: 'Key exchange',
    authentication: 'Authentication',
    cipher: 'Cipher',
    mac: 'MAC',
    hash: 'Hash',
    none: 'none',
  },

  /** Until a part of the page is loaded. */
  parts: {
    loading: 'This part of the page is being loaded.',
    failed: (reason: string) =>
      `This part of the page could not be loaded. What the browser says: ${reason}. If trying again does not help, load the page anew.`,
    retry: 'Try again',
  },

  more: { open: 'More', heading: 'More about this connection' },

  status: {
    waiting: 'A connection is being made.',
    loading: 'Loading the TLS code (WebAssembly).',
    running: 'Client and server are connecting.',
    searching: 'The memories are being searched.',
    makingKey: 'The server is making its key pair. This can take a second; everything else on the page works.',
    failed: (party: Party) => `The ${names[party]} ended this connection with an alert. The steps show what led to it.`,
    gaveUp: (party: Party) => `The ${names[party]} gave this connection up. The steps show what led to it.`,
    stalled: (waits: readonly string[]) => `Stalled: ${list(waits)}.`,
  },
  waits: {
    for: (party: Party, what: readonly string[]) => `the ${names[party]} waits for ${list(what, 'or')}`,
    rest: 'the rest of a record',
    sentence: (wait: string) => `${wait.charAt(0).toUpperCase()}${wait.slice(1)}.`,
    named: { application_data: 'application data', alert: 'an alert' } as Partial<Record<MessageName, string>>,
  },

  lanes,

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
    start: 'the beginning',
    titled: (step: string, title: string) => `step ${step}, “${title}”`,
    end: 'the end',
    atStep: (number: string) => `step ${number}`,
  },
  groups: {
    data: (n: number) => `data keys ×${n}`,
    certificates: (n: number) => `certificates ×${n}`,
    open: (n: number) => `certificates, public keys ×${n}`,
    openShort: (n: number) => `public ×${n}`,
    others: (n: number) => `${number(n)} more`,
    /** What is in a group, after its name. */
    members: (values: string) => `: ${values}`,
    between: ', ',
  },

  diagram: {
    label: 'Sequence of the connection',
    sends,
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
    /** After a step's title, for who does not see it. */
    states: { past: ', done', now: ', current step', next: ', still to come' },
    /** After a piece of work, likewise. */
    doneBy: (party: Party) => `, ${lanes[party]}`,
    by: (party: Party, work: string) => `${lanes[party]}: ${work}`,
    previous: (title: string) => `before: ${title}`,
    next: (title: string) => `next: ${title}`,
  },

  reading: {
    anyone: 'readable by anyone',
    field: "one field encrypted with the server's public key",
    encrypted: (key: string) => `encrypted with the ${key}`,
    heldBy: (key: string, who: string) => `Held by ${who}: the ${key}.`,
    lacks: (what: readonly string[]) => `A listener lacks: ${what.join(' or ')}.`,
    erasedAt: (key: string, step: string) => `${key}, erased in step ${step}`,
    /** The first of them says who can read something, and stands elsewhere without its stop. */
    sentences: ([first, ...others]: readonly string[]) => [`${first}.`, ...others].join(' '),
  },
  panel: {
    label: 'This step',
    where: (n: number, of: number, who: string) => `Step ${n} of ${of}, ${who}`,
    prologue: (who: string) => `Before the first step, ${who}`,
    epilogue: (who: string) => `After the last step, ${who}`,
    who: {
      client: 'client',
      eavesdropper: 'Eve',
      server: 'server',
      both: 'client and server',
    },
    why: 'Why?',
    engineers: 'For engineers',
    /** In the line that says what is folded. */
    between: ', ',
    formulas: 'How it is computed',
    took: (milliseconds: string) => `${milliseconds} ms`,
    belowClock: "below the clock's resolution",
    appeared: 'New from this step on',
    erased: 'Erased in this step',
    checks: 'Checks',
    checkOf: (label: string, subject: string) => `${label}: ${subject}`,
    outcome: { passed: 'passed', failed: 'failed', not_reached: 'not reached' },
    wire: 'On the wire',
    also: 'Other bytes',
    bytes: 'Bytes',
    bytesOf: (what: string) => `Bytes of ${what}`,
    references: 'Where it is defined',
    reference: (rfc: number, section: string) => `RFC ${rfc}, section ${section}`,
    alert: (level: string, description: string) => `Alert (${level}): ${description}.`,
    stalled: 'Why it stalled',
    noticedBy: {
      check: (party: Party, label: string) => `The ${names[party]}'s check “${label}” noticed it.`,
      action: (party: Party, title: string) => `The ${names[party]} noticed it at its work: ${title}.`,
    },
    unreached: (n: number) => `Not reached: ${plural(n, 'step', 'steps')}`,
    ofParty: (party: Party, size: number) => `${lanes[party]}, ${bytes(size)}`,
    sends: (from: Party, to: Party, size: number) => `${sends(from, to)}, ${bytes(size)}`,
    size: bytes,
    bytesAndSize: (hex: string, size: string) => `${hex}, ${size}`,
    heldBy: (who: string) => `held by ${who}`,
    /** Of a value that has several, before its bytes. */
    part: (name: string) => `${name}: `,
  },

  /** What the bytes of a buffer are. */
  layers: {
    record: 'Record',
    blocks: 'Decrypted blocks',
    content: 'Decrypted content',
    handshake: 'Handshake message',
    certificate: 'Certificate',
    certificate_request: 'Certificate request',
  } satisfies Record<BufferKind, string>,

  units: {
    kibibytes: (n: string) => `${n} KiB`,
    mebibytes: (n: string) => `${n} MiB`,
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
    network: (reason: string) =>
      `The worker in which the parties are connected did not start, or ended of itself. What the browser says: ${reason}`,
    module: (reason: string) =>
      `The WebAssembly module of this page could not be loaded or started. What the browser says: ${reason}`,
    run: (reason: string) => `The connection could not be run. What went wrong: ${reason}`,
    internal: (reason: string) =>
      `There is a mistake in this page, and the connection could not be run: ${reason}. The browser's console says where.`,
    option: (name: string, value: string, allowed: string, used: string) =>
      `The parameter “${name}” is “${value}”. Allowed: ${allowed}. Used instead: ${used}.`,
    dismiss: 'Dismiss',
    closed: 'the page is no longer connected to its workers',
    retry: 'Try again',
  },

  options: {
    allowed: (values: readonly string[]) => values.join(', '),
    step: (last: number, ids: readonly string[]) =>
      `a number from 0 (the question) to ${last}, or one of ${ids.join(', ')}`,
    noStep: 'the question',
    seed: '64 hexadecimal digits',
    noSeed: 'random numbers of this visit',
    text: (most: string) => `readable text of at most ${most} bytes`,
    usualText: 'the text of the page',
    resumption: 'without ems, or with a clientcert that fails: none',
    goesWith: (handshake: string, values: readonly string[]) => `with handshake=${handshake}: ${values.join(', ')}`,
  },

  page: {
    share: 'Share',
    local: 'Client, server and Eve run in this page: no request goes to another site.',
    localShort: 'No request goes to another site.',
    theme: 'Theme',
    themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  },
} as const;
