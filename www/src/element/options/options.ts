/** The one place where attributes and address parameters, which may be anything, become options, which are right. */

import type { Language } from '../../content/language';
import {
  CLIENT_CERTIFICATES,
  certificatesFor,
  ciphersFor,
  clientCertificatesFor,
  groupsFor,
  HANDSHAKES,
  RESUMPTIONS,
  resumptionsFor,
} from '../../run/choices';
import type { RunOptions, Seed } from '../../run/model';
import { idsOf, type Position, parsePosition } from './position';

const CHOICES = {
  handshake: HANDSHAKES,
  theme: ['light', 'dark', 'system'],
  cipher: ['aes-128-gcm', 'aes-256-gcm', 'chacha20-poly1305', 'aes-128-cbc'],
  certificate: ['rsa', 'ecdsa'],
  clientcert: CLIENT_CERTIFICATES,
  resumption: RESUMPTIONS,
  group: ['x25519', 'secp256r1', 'ffdhe2048', 'ffdhe3072'],
  ems: ['on', 'off'],
  etm: ['on', 'off'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Every option, by its attribute's name. */
export const OPTION_NAMES = [
  'handshake',
  'step',
  'theme',
  'cipher',
  'certificate',
  'clientcert',
  'resumption',
  'group',
  'ems',
  'etm',
  'seed',
] as const;

export type OptionName = (typeof OPTION_NAMES)[number];
export type RawOptions = Readonly<Partial<Record<OptionName, string | undefined>>>;

/** Midnight of 1 January 2026: a seeded run has its own time of day, or it would not be the same run tomorrow. */
const SEEDED_TIME = 1_767_225_600;

/** The server that the client wants to reach, and what it asks for. */
const SERVER_NAME = 'bank.example';
const PATH = '/account';

export interface Options {
  readonly run: RunOptions;
  readonly position: Position;
}

export interface Problem {
  readonly name: string;
  /** What is wrong, and what is allowed. */
  readonly message: (language: Language) => string;
}

export type Parsed = { readonly options: Options } | { readonly problems: readonly Problem[] };

export function parseOptions(raw: RawOptions): Parsed {
  const problems: Problem[] = [];
  const reject = (name: OptionName, allowed: (language: Language) => string) =>
    problems.push({
      name,
      message: (language) => language.ui.errors.option(name, raw[name] ?? '', allowed(language)),
    });
  const choice = <N extends keyof typeof CHOICES>(name: N): (typeof CHOICES)[N][number] => {
    const allowed: readonly string[] = CHOICES[name];
    const value = raw[name];
    if (value === undefined) return CHOICES[name][0];
    if (allowed.includes(value)) return value as (typeof CHOICES)[N][number];
    reject(name, ({ ui }) => ui.options.allowed(allowed));
    // What else is wrong is judged as if it had its default.
    return CHOICES[name][0];
  };

  const handshake = choice('handshake');
  const certificate = choice('certificate');
  const cipher = choice('cipher');
  // Without a wish for a group, it is the best of those that go with the key exchange.
  const group = raw.group === undefined ? (groupsFor(handshake)[0] ?? 'x25519') : choice('group');
  const goesWith = <T extends string>(name: OptionName, value: T, allowed: readonly T[]) => {
    if (!allowed.includes(value)) reject(name, ({ ui }) => ui.options.goesWith(handshake, allowed));
  };
  goesWith('certificate', certificate, certificatesFor(handshake));
  goesWith('cipher', cipher, ciphersFor(handshake, certificate));
  goesWith('group', group, groupsFor(handshake));
  choice('theme');
  const seed = parseSeed(raw.seed);
  if (seed === null) reject('seed', ({ ui }) => ui.options.seed);
  const clientCertificate = choice('clientcert');
  goesWith('clientcert', clientCertificate, clientCertificatesFor(handshake));
  const resumption = choice('resumption');
  const extendedMasterSecret = choice('ems') === 'on';
  const resumptions = resumptionsFor({ extendedMasterSecret, clientCertificate });
  if (!resumptions.includes(resumption)) reject('resumption', ({ ui }) => ui.options.resumption);
  const ids = idsOf({ handshake, clientCertificate, resumption });
  const position = parsePosition(raw.step, ids);
  if (position === null) reject('step', ({ ui }) => ui.options.step(ids));

  const run = {
    handshake,
    certificate,
    clientCertificate,
    resumption,
    cipher,
    group,
    extendedMasterSecret,
    encryptThenMac: choice('etm') === 'on',
    serverName: SERVER_NAME,
    path: PATH,
    interventions: [],
    ...(seed ? { seed } : {}),
  };
  return problems.length > 0 ? { problems } : { options: { run, position: position ?? 'question' } };
}

/** Names that are no options: of an address, where they are a mistake of whoever wrote the link. */
export function unknownOptions(names: Iterable<string>): readonly Problem[] {
  const known: readonly string[] = OPTION_NAMES;
  return [...names]
    .filter((name) => !known.includes(name))
    .map((name) => ({ name, message: ({ ui }) => ui.errors.unknownOption(name, known) }));
}

function parseSeed(text: string | undefined): Seed | null | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^[0-9a-f]{64}$/i.test(text)) return null;
  const bytes = new Uint8Array(32);
  for (let i = 0; i < 32; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return { bytes, time: SEEDED_TIME };
}
