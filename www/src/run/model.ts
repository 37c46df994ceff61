/**
 * A run as data: everything the page shows of one connection, immutable, made before the first picture of it.
 *
 * The types of what a party tells come from the Rust core (`pkg/tls_glass.d.ts`, generated); this file adds what the
 * network knows: which record went where, which unit belongs to which step.
 */

import type {
  Attempt,
  ErrorReport,
  Expected,
  Holding,
  Negotiated,
  Reading,
  Role,
  Slice,
  Buffer as TraceBuffer,
  Event as TraceEvent,
  Unit,
  ValueName,
} from '../../pkg/tls_glass.js';
import type { MemoryImage } from './memory';

export type {
  Action,
  Attempt,
  AttemptOutcome,
  BufferId,
  BufferKind,
  Check,
  CheckName,
  Computation,
  Direction,
  ErrorReport,
  Expected,
  Field,
  FieldName,
  FieldValue,
  Holding,
  /** A value on the way to a record's plaintext. */
  Link as ReadingLink,
  Negotiated,
  Outcome,
  Part,
  Reading,
  Reference,
  Slice,
  Unit,
  Value,
  ValueKind,
  ValueName,
} from '../../pkg/tls_glass.js';
export type { TraceBuffer, TraceEvent };

/** Who acts. Each has a worker and a memory of its own. */
export type Party = Role;

export const PARTIES = ['authority', 'client', 'eavesdropper', 'server'] as const satisfies readonly Party[];

/** Who speaks TLS. */
export type Endpoint = Extract<Party, 'client' | 'server'>;

export const ENDPOINTS = ['client', 'server'] as const satisfies readonly Endpoint[];

export function isEndpoint(party: Party): party is Endpoint {
  return party === 'client' || party === 'server';
}

/** `dh-anon` as RFC 5246 has it, `DH_anon`: one-time keys that nobody signs. */
export type Handshake = 'rsa' | 'dhe' | 'ecdhe' | 'dh-anon';
export type Cipher = 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305' | 'aes-128-cbc';
export type CertificateType = 'rsa' | 'ecdsa';
/**
 * Whether the server asks for the client's certificate, and what comes: it does not ask; none, and it goes on without;
 * one that it trusts; none, where it requires one; one of an authority that it does not trust.
 */
export type ClientCertificate = 'off' | 'none' | 'shown' | 'missing' | 'untrusted';
/**
 * How the connection resumes an earlier one: it does not; with a session that both sides kept, under an ID; with one that
 * the server gave the client in a ticket.
 */
export type Resumption = 'none' | 'session-id' | 'session-ticket';
export type Group = 'x25519' | 'secp256r1' | 'ffdhe2048' | 'ffdhe3072';

/** What a seeded run follows from: all random numbers and the time of day. */
export interface Seed {
  /** 32 bytes. Only the page holds them; each party gets a seed of its own that is derived from them. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Unix time in seconds. */
  readonly time: number;
}

export type ReplyLength = 'short' | 'long';

export interface RunOptions {
  readonly handshake: Handshake;
  readonly cipher: Cipher;
  /** `ecdsa` goes with `ecdhe` only: an ECDSA key encrypts nothing. */
  readonly certificate: CertificateType;
  readonly clientCertificate: ClientCertificate;
  /** With {@link extendedMasterSecret} only, and where the earlier connection does not fail. */
  readonly resumption: Resumption;
  /** Of the key agreement; without effect under RSA key exchange. */
  readonly group: Group;
  /** Whether the client offers to bind the master secret to the handshake (RFC 7627). */
  readonly extendedMasterSecret: boolean;
  /** Whether the client offers the MAC of what is encrypted (RFC 7366); without effect but with CBC. */
  readonly encryptThenMac: boolean;
  readonly serverName: string;
  /** What the client asks the server for. */
  readonly path: string;
  /** What the client sends there, and what the server replies: exchange.ts. */
  readonly sends: string;
  readonly replies: string;
  /** Whether more follows in the reply, so that it takes several records. */
  readonly length: ReplyLength;
  readonly seed?: Seed;
  /** What is done to the run from outside. */
  readonly interventions: readonly Intervention[];
}

/** What the page does to a run that no party does. */
export type Intervention =
  /** At the beginning of a step it puts the server's private key into the client's memory, for the search to find. */
  | { readonly is: 'plant'; readonly at: StepRef }
  /** A record does not arrive. */
  | { readonly is: 'drop'; readonly record: RecordAddress }
  /** A record arrives with one byte changed: the one at `offset`, from its end if that is negative, XOR `mask`. */
  | { readonly is: 'alter'; readonly record: RecordAddress; readonly offset: number; readonly mask: number }
  /** The transport ends once a record has arrived: both sides are told, and nothing arrives any more. */
  | { readonly is: 'cut'; readonly after: RecordAddress };

/** A record that is still to be sent: the `nth` from 1 of those that a side sends in a step. */
export interface RecordAddress {
  readonly from: Endpoint;
  readonly at: StepRef;
  readonly nth: number;
}

/**
 * What a unit belongs to: what comes before any connection (making keys, getting a certificate), the earlier connection that
 * is resumed, or the connection that the run is about. Buffers are numbered by their party, in each by themselves.
 */
export type Scope = 'setup' | 'earlier' | 'connection';

/** A buffer, among all buffers of a run. */
export interface BufferRef {
  readonly party: Party;
  readonly scope: Scope;
  readonly id: number;
}

/** One unit of work of one party, in the order in which the units ran. */
export interface RunUnit {
  /** Its place in {@link Run.units}. */
  readonly index: number;
  readonly party: Party;
  readonly scope: Scope;
  readonly unit: Unit;
  /** What the party declares to hold when the unit is done. */
  readonly holdings: readonly Holding[];
  /** The party's memory when the unit is done. */
  readonly image: MemoryImage;
}

/** The messages that records carry, as their registries name them. */
export const MESSAGE_NAMES = [
  'hello_request',
  'client_hello',
  'server_hello',
  'certificate',
  'server_key_exchange',
  'certificate_request',
  'certificate_verify',
  'server_hello_done',
  'client_key_exchange',
  'new_session_ticket',
  'finished',
  'change_cipher_spec',
  'alert',
  'application_data',
] as const;

export type MessageName = (typeof MESSAGE_NAMES)[number];

/** A message within a record. */
export interface RecordMessage {
  readonly name: MessageName;
  /** Where the message's own bytes are: for a handshake message and for decrypted content; else the record itself. */
  readonly buffer: BufferRef;
}

/**
 * What protects bytes on the wire: nothing; nothing but for a field that is encrypted to a public key; or the
 * data keys. It decides the line's style.
 */
export type Protection = 'none' | 'public' | 'app';

/** What became of a record between its sender and its receiver. */
export type Fate =
  /** It arrived as it was sent. */
  | { readonly is: 'delivered' }
  /** Other bytes arrived in its place. */
  | { readonly is: 'altered'; readonly bytes: Uint8Array }
  /** Nothing arrived. */
  | { readonly is: 'dropped' };

/** Who decides what arrives: the network, or whoever is in its place. */
export type Deliverer = Party | 'network';

/** A record on its way. */
export interface Delivery {
  /** Its number among all records of the run. It gets it when it is sent, and keeps it. */
  readonly record: number;
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** The record as its sender built it. */
  readonly sent: BufferRef;
  readonly by: Deliverer;
  readonly fate: Fate;
}

/** A record that was sent, and what became of it. */
export interface WireRecord {
  /** Its number, and its place in {@link Run.records}. */
  readonly index: number;
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** As it was sent, header included: what Eve hears. */
  readonly bytes: Uint8Array;
  readonly by: Deliverer;
  readonly fate: Fate;
  readonly contentType: string;
  readonly messages: readonly RecordMessage[];
  readonly protection: Protection;
  /** The key it is protected with, if any. */
  readonly key: ValueName | undefined;
  /** The record as its sender built it. */
  readonly sent: BufferRef;
  /** The unit that sent it. */
  readonly sentBy: number;
  /**
   * The record as the other side read it, and the unit that did; absent if it never got to that. It is the one that begins where
   * the bytes of this one arrived.
   */
  readonly received: BufferRef | undefined;
  readonly receivedBy: number | undefined;
}

/** The steps, by the ids that they have in every protocol; `close` and `alert` are outside of the count. */
export type StepId =
  | 'certificate'
  | 'session'
  | 'client-hello'
  | 'open-ticket'
  | 'server-hello'
  | 'identity'
  | 'sign'
  | 'proof'
  | 'server-key'
  | 'ask'
  | 'verify'
  | 'client-identity'
  | 'client-check'
  | 'secret'
  | 'client-key'
  | 'decrypt'
  | 'agree'
  | 'erase'
  | 'data-keys'
  | 'client-sign'
  | 'client-proof'
  | 'client-verify'
  | 'client-finished'
  | 'server-finished'
  | 'request'
  | 'reply'
  | 'read'
  | 'close'
  | 'alert';

/** A step among those of a run: the first, second... of its kind. */
export interface StepRef {
  readonly id: StepId;
  /** From 1. */
  readonly occurrence: number;
}

/** One thing that a reader can understand: one or several units. */
export interface Step extends StepRef {
  /** Its place in {@link Run.steps}. */
  readonly index: number;
  /** From 1; `null` for what comes after the count: the close, or the alert that ends a failed connection. */
  readonly number: number | null;
  readonly lane: Party | 'both';
  /** Indices into {@link Run.units}, in the order in which they ran. */
  readonly units: readonly number[];
  /** Indices into {@link Run.records}: what is sent in this step. */
  readonly records: readonly number[];
}

/** A key of one party, really tried on the record that the opening question shows. */
export interface PartyAttempt {
  readonly party: Endpoint;
  readonly attempt: Attempt;
}

/** The opening question: a record, and what became of every key that was tried on it. */
export interface Question {
  /** Index into {@link Run.records}: the server's reply. */
  readonly record: number;
  readonly attempts: readonly PartyAttempt[];
}

/** The connection ended before its time: who noticed, in which unit, and why. */
export interface Failure {
  readonly party: Endpoint;
  readonly unit: number;
  readonly report: ErrorReport;
}

/** A side that waits for something that will not come, since the other one waits too. */
export interface Wait {
  readonly party: Endpoint;
  /** By its own account. */
  readonly expected: Expected;
}

/** How the run ended. */
export type RunOutcome =
  /** Reply read, connection closed. */
  | { readonly is: 'complete' }
  | { readonly is: 'failed'; readonly failure: Failure }
  /** Nobody can go on. */
  | { readonly is: 'stalled'; readonly waits: readonly Wait[] };

/** A copy of a value that a search found: a part of it, whole, at an address. */
export interface Copy {
  /** The part's name within the value; empty where it has one part. */
  readonly part: string;
  readonly at: number;
  readonly length: number;
  /** Last byte first, as some libraries keep big numbers. */
  readonly reversed: boolean;
}

/** Bytes of a value, outside of whole copies. */
export interface Piece {
  readonly part: string;
  readonly at: number;
  readonly length: number;
}

/** What a search found of one value. */
export interface Finding {
  readonly name: ValueName;
  readonly copies: readonly Copy[];
  readonly pieces: readonly Piece[];
}

/** One party's memory at one moment, searched for every value of the run. */
export interface Look {
  readonly party: Party;
  /** Index of the last unit that had run. */
  readonly unit: number;
  readonly image: MemoryImage;
  /** What was found; a value that is absent was looked for and not found. */
  readonly findings: readonly Finding[];
}

/** Bytes or text that were posted into a party's worker, searched as well. */
export interface Posting {
  readonly party: Party;
  /** Index of the last unit that had run; -1 before any. */
  readonly unit: number;
  /** The method that was called with them. */
  readonly call: string;
  readonly bytes: Uint8Array;
  readonly findings: readonly Finding[];
}

/** One of four listeners with the same recording and different keys, and what it could read of the reply. */
export interface ClaimTest {
  /** Whether it was given the server's private key. */
  readonly privateKey: boolean;
  /** Whether it was given the server-to-client data key, with its IV. */
  readonly dataKey: boolean;
  readonly reading: Reading;
}

export interface Run {
  readonly options: RunOptions;
  readonly seeded: boolean;
  /** Absent if the connection failed before the two sides agreed. */
  readonly negotiated: Negotiated | undefined;
  readonly units: readonly RunUnit[];
  readonly records: readonly WireRecord[];
  readonly steps: readonly Step[];
  /** How many steps are counted: the last one's number; of a connection that ended early, what it would have been. */
  readonly stepCount: number;
  /** The steps that were still to come when the connection failed or stalled, in their order. */
  readonly unreached: readonly StepId[];
  /** Absent if the connection failed or stalled before the reply was read. */
  readonly question: Question | undefined;
  readonly outcome: RunOutcome;
  /** Every buffer of every party, by {@link bufferKey}. */
  readonly buffers: ReadonlyMap<string, TraceBuffer>;
  /**
   * The searches that were made, in their order: of the acting party's memory after every unit, and of everybody's at
   * the end of every step.
   */
  readonly looks: readonly Look[];
  /** All that was posted into the parties' workers, in order. */
  readonly postings: readonly Posting[];
  /** The claim, tested on the reply's record. Empty if the reply was never sent. */
  readonly claim: readonly ClaimTest[];
}

export function bufferKey(ref: BufferRef): string {
  return `${ref.party}/${ref.scope}/${ref.id}`;
}

/** A buffer that an event of this unit names. */
export function refIn(unit: RunUnit, id: number): BufferRef {
  return { party: unit.party, scope: unit.scope, id };
}

/** A run of bytes of a buffer, among all buffers of a run. */
export interface SliceRef {
  readonly buffer: BufferRef;
  readonly start: number;
  readonly end: number;
}

export function sliceIn(ref: BufferRef, slice: Slice): SliceRef {
  return { buffer: { ...ref, id: slice.buffer }, start: slice.start, end: slice.end };
}

export function isMessageName(text: string): text is MessageName {
  return (MESSAGE_NAMES as readonly string[]).includes(text);
}
