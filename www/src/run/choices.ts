/**
 * What can be chosen for a run, in one table. Attributes, parameters of the address, the menu, what goes with what, and the options
 * of the core all follow from it. `test/choices.test.ts` holds it against the core.
 */

import type {
  Cipher as CoreCipher,
  ClientCertificates as CoreClientCertificates,
  Group as CoreGroup,
  KeyExchange as CoreKeyExchange,
  Resumption as CoreResumption,
} from '../../pkg/tls_glass.js';
import type { CertificateType, Cipher, ClientCertificate, Group, Handshake, Resumption, RunOptions } from './model';

/** The options of a run that are chosen from a few values. */
export type Chosen = Pick<
  RunOptions,
  | 'handshake'
  | 'certificate'
  | 'cipher'
  | 'group'
  | 'clientCertificate'
  | 'extendedMasterSecret'
  | 'encryptThenMac'
  | 'resumption'
  | 'length'
>;

/** What becomes of a value that does not go with the others, if it is asked for all the same. */
export type Misfit =
  /** The core refuses the options. */
  | 'refused'
  /** The handshake fails. */
  | 'fails'
  /** The handshake is what it would be without. */
  | 'without effect';

interface Choice<Property extends keyof Chosen, Name extends string> {
  readonly property: Property;
  /** The values by their names in attributes and addresses. */
  readonly values: Readonly<Record<Name, Chosen[Property]>>;
  /** The names of those that go with the options that stand before this one, best first: the first is the default. */
  readonly goesWith: (options: Chosen) => readonly Name[];
  /** What becomes of the others. */
  readonly otherwise: (options: Chosen) => Misfit;
  /** Whether it makes a difference; without this, it always does. */
  readonly matters?: (options: Chosen) => boolean;
}

function choice<Property extends keyof Chosen, Name extends string>(
  row: Choice<Property, Name>,
): Choice<Property, Name> {
  return row;
}

/** Values that are called what they are. */
function named<Name extends string>(...names: readonly Name[]): { readonly [N in Name]: N } {
  return Object.fromEntries(names.map((name) => [name, name])) as { readonly [N in Name]: N };
}

const ON_OFF = { on: true, off: false } as const;
const BOTH = ['on', 'off'] as const;
const never = (): never => {
  throw new Error('every value of this option goes with all others');
};

/** In the order in which they depend on each other. */
export const CHOICES = {
  handshake: choice({
    property: 'handshake',
    values: named('rsa', 'dhe', 'ecdhe', 'dh-anon'),
    goesWith: () => HANDSHAKES,
    otherwise: never,
  }),
  certificate: choice({
    property: 'certificate',
    values: named('rsa', 'ecdsa'),
    goesWith: ({ handshake }) => certificatesFor(handshake),
    otherwise: ({ handshake }) => (handshake === 'dh-anon' ? 'without effect' : 'fails'),
  }),
  cipher: choice({
    property: 'cipher',
    values: named('aes-128-gcm', 'aes-256-gcm', 'chacha20-poly1305', 'aes-128-cbc'),
    goesWith: ({ handshake, certificate }) => ciphersFor(handshake, certificate),
    otherwise: () => 'refused',
  }),
  group: choice({
    property: 'group',
    values: named('x25519', 'secp256r1', 'ffdhe2048', 'ffdhe3072'),
    goesWith: ({ handshake }) => groupsFor(handshake),
    otherwise: ({ handshake }) => (handshake === 'rsa' ? 'without effect' : 'fails'),
    matters: ({ handshake }) => handshake !== 'rsa',
  }),
  clientcert: choice({
    property: 'clientCertificate',
    values: named('off', 'none', 'shown', 'missing', 'untrusted'),
    goesWith: ({ handshake }) => clientCertificatesFor(handshake),
    otherwise: () => 'without effect',
  }),
  ems: choice({ property: 'extendedMasterSecret', values: ON_OFF, goesWith: () => BOTH, otherwise: never }),
  etm: choice({
    property: 'encryptThenMac',
    values: ON_OFF,
    goesWith: () => BOTH,
    otherwise: never,
    matters: ({ cipher }) => cipher === 'aes-128-cbc',
  }),
  resumption: choice({
    property: 'resumption',
    values: named('none', 'session-id', 'session-ticket'),
    goesWith: resumptionsFor,
    otherwise: (options) => (fails(options) ? 'fails' : 'without effect'),
  }),
  length: choice({
    property: 'length',
    values: named('short', 'long'),
    goesWith: () => ['short', 'long'],
    otherwise: never,
  }),
} as const;

export type ChoiceName = keyof typeof CHOICES;

/** The names of a choice's values. */
export type ValueName<N extends ChoiceName> = keyof (typeof CHOICES)[N]['values'] & string;

export const CHOICE_NAMES = Object.keys(CHOICES) as readonly ChoiceName[];

/** The names of the values of a choice, whatever they go with. */
export function valuesOf(name: ChoiceName): readonly string[] {
  return Object.keys(CHOICES[name].values);
}

/** The names of those that go with these options. */
export function fittingValues(name: ChoiceName, options: Chosen): readonly string[] {
  return CHOICES[name].goesWith(options);
}

/** Whether a choice makes a difference with these options. */
export function matters(name: ChoiceName, options: Chosen): boolean {
  return (CHOICES[name] as Choice<keyof Chosen, string>).matters?.(options) ?? true;
}

/** How a choice's value is called in these options. */
export function chosenValue(name: ChoiceName, options: Chosen): string {
  const { property, values } = CHOICES[name];
  const [found] = Object.entries(values).find(([, value]) => value === options[property]) ?? [];
  if (found === undefined) throw new Error(`${name} has no value ${options[property]}`);
  return found;
}

/** The same options with another value for a choice, by its name. */
export function withValue<O extends Chosen>(options: O, name: ChoiceName, value: string): O {
  const { property, values } = CHOICES[name] as Choice<keyof Chosen, string>;
  if (!Object.hasOwn(values, value)) throw new Error(`${name} has no value ${value}`);
  return { ...options, [property]: values[value] };
}

/** The same options for another value of one of them: what does not go with it any more is the best that does. */
export function fitting<O extends Chosen>(options: O): O {
  let fit = options;
  for (const name of CHOICE_NAMES) {
    const [best, ...others] = fittingValues(name, fit);
    const value = chosenValue(name, fit);
    if (best !== undefined && value !== best && !others.includes(value)) fit = withValue(fit, name, best);
  }
  return fit;
}

export const HANDSHAKES = ['rsa', 'dhe', 'ecdhe', 'dh-anon'] as const satisfies readonly Handshake[];

/** Those that are at hand. The others are there for who asks for them. */
export const USUAL: readonly Handshake[] = ['rsa', 'dhe', 'ecdhe'];

/** Those of them in which the server's private key signs, and those in which it opens the secret. */
export const SIGNING = ['ecdhe', 'dhe'] as const satisfies readonly Handshake[];
export const OPENING = ['rsa'] as const satisfies readonly Handshake[];

/**
 * The core's key exchange for each handshake and certificate. An ECDSA key encrypts nothing, and DHE has no suites with one that
 * anybody uses; with DH_anon no certificate is shown.
 */
export const KEY_EXCHANGES: Readonly<Record<Handshake, Readonly<Partial<Record<CertificateType, CoreKeyExchange>>>>> = {
  rsa: { rsa: 'rsa' },
  dhe: { rsa: 'dhe_rsa' },
  ecdhe: { rsa: 'ecdhe_rsa', ecdsa: 'ecdhe_ecdsa' },
  'dh-anon': { rsa: 'dh_anon' },
};

export const CORE_CIPHERS: Readonly<Record<Cipher, CoreCipher>> = {
  'aes-128-gcm': 'aes_128_gcm',
  'aes-256-gcm': 'aes_256_gcm',
  'chacha20-poly1305': 'chacha20_poly1305',
  'aes-128-cbc': 'aes_128_cbc',
};

export const CORE_CLIENT_CERTIFICATES: Readonly<Record<ClientCertificate, CoreClientCertificates>> = {
  off: 'none',
  none: 'requested',
  shown: 'requested',
  missing: 'required',
  untrusted: 'required',
};

export const CORE_RESUMPTIONS: Readonly<Record<Resumption, CoreResumption>> = {
  none: 'none',
  'session-id': 'session_id',
  'session-ticket': 'session_ticket',
};

/** Groups are called the same. Those of the curves are always offered, those of finite fields where the key exchange is in one. */
export const CURVES = ['x25519', 'secp256r1'] as const satisfies readonly (Group & CoreGroup)[];
export const FINITE_FIELDS = ['ffdhe2048', 'ffdhe3072'] as const satisfies readonly (Group & CoreGroup)[];

export function isOfFiniteField({ handshake }: Pick<Chosen, 'handshake'>): boolean {
  return handshake === 'dhe' || handshake === 'dh-anon';
}

/** The RFCs that deprecate a key exchange in TLS 1.2. As the core has it (`deprecatedBy`): a test compares. */
const DEPRECATED_BY: Readonly<Partial<Record<Handshake, number>>> = { rsa: 10015, dhe: 10015, 'dh-anon': 10015 };

/** The RFCs that leave a cipher's mode out of what they recommend. As the core has it (`notRecommendedBy`). */
const NOT_RECOMMENDED_BY: Readonly<Partial<Record<Cipher, number>>> = { 'aes-128-cbc': 9325 };

export function notRecommendedBy(cipher: Cipher): number | undefined {
  return NOT_RECOMMENDED_BY[cipher];
}

export function deprecatedBy(handshake: Handshake): number | undefined {
  return DEPRECATED_BY[handshake];
}

/** RSA key exchange has no one-time keys. What stands here is offered all the same, for the suites that have. */
export function groupsFor(handshake: Handshake): readonly Group[] {
  return isOfFiniteField({ handshake }) ? FINITE_FIELDS : CURVES;
}

export function certificatesFor(handshake: Handshake): readonly CertificateType[] {
  return (['rsa', 'ecdsa'] as const).filter((certificate) => KEY_EXCHANGES[handshake][certificate]);
}

/** A server that does not show who it is must not ask who the client is (RFC 5246, section 7.4.4). */
export function clientCertificatesFor(handshake: Handshake): readonly ClientCertificate[] {
  return handshake === 'dh-anon' ? ['off'] : ['off', 'none', 'shown', 'missing', 'untrusted'];
}

/** RFC 7905 defines no suite of ChaCha20-Poly1305 with RSA key exchange; of CBC with ECDSA and DHE the core has none. */
export function ciphersFor(handshake: Handshake, certificate: CertificateType): readonly Cipher[] {
  if (handshake === 'dh-anon') return ['aes-128-gcm'];
  const gcm: readonly Cipher[] = ['aes-128-gcm', 'aes-256-gcm'];
  if (handshake === 'rsa') return [...gcm, 'aes-128-cbc'];
  if (handshake === 'dhe' || certificate === 'ecdsa') return [...gcm, 'chacha20-poly1305'];
  return [...gcm, 'chacha20-poly1305', 'aes-128-cbc'];
}

/**
 * Sessions are resumed only if their master secret is bound to their handshake (RFC 7627, section 5.3); and a connection that
 * fails leaves none.
 */
export function resumptionsFor(
  options: Pick<Chosen, 'extendedMasterSecret' | 'clientCertificate'>,
): readonly Resumption[] {
  return options.extendedMasterSecret && !fails(options) ? ['none', 'session-id', 'session-ticket'] : ['none'];
}

/** Whether the server ends the connection, for the client's certificate. */
function fails({ clientCertificate }: Pick<Chosen, 'clientCertificate'>): boolean {
  return clientCertificate === 'missing' || clientCertificate === 'untrusted';
}
