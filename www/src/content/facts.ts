/** What the placeholders in step texts stand for, computed from the run. Pure functions. */

import { isOwn } from '../run/assemble';
import { bufferAt, findField } from '../run/bytes';
import type {
  Endpoint,
  Field,
  Look,
  MessageName,
  Run,
  Step,
  StepId,
  ValueKind,
  ValueName,
  WireRecord,
} from '../run/model';
import { ENDPOINTS, PARTIES } from '../run/model';
import { failureIn } from '../run/outcome';
import { perRun } from '../run/per-run';
import { foundIn, lookAt, looksBefore, looksOf } from '../run/possession/findings';
import { isShown } from '../run/steps';
import { there } from '../run/there';
import { checksOf, computationsOf, findValue, sightings, THE_KEY, type UnitCheck } from '../run/values';
import { words } from './index';
import type { StepWords } from './words';

const { glass } = words;

/**
 * What each placeholder stands for. One that this run cannot fill throws: a sentence with a gap, a zero that nobody counted or a
 * "not found" where nobody looked would be a false one. So each is computed only where a sentence asks for it.
 */
const FACTS = {
  suite: (run) => negotiated(run).cipherSuite,
  version: (run) => negotiated(run).version,
  group: (run) => there('group', negotiated(run).group),
  scheme: (run) => there('scheme', negotiated(run).signatureScheme),
  extendedMasterSecret: (run) => (negotiated(run).extendedMasterSecret ? 'in use' : 'not in use'),
  suitesOffered: (run) => count(occurrences(messageFields(run, 'client_hello'), 'cipher_suite')),
  extensionsOffered: (run) => count(occurrences(messageFields(run, 'client_hello'), 'Extension')),
  clientHelloSize: (run) => count(there('ClientHello', messageFields(run, 'client_hello').at(-1)).end),
  chainLength: (run) => count(certificatesOf(run, 'server')),
  clientChainLength: (run) => count(certificatesOf(run, 'client')),
  clientCheckCount: (run) => count(checksIn(run, 'client-check').length),
  clientChecksPassed: (run) => count(checksIn(run, 'client-check').filter(isPassed).length),
  clientScheme: (run) => clientScheme(run),
  schemesAsked: (run) => count(occurrences(messageFields(run, 'certificate_request'), 'signature_scheme')),
  authoritiesAsked: (run) => count(occurrences(messageFields(run, 'certificate_request'), 'DistinguishedName')),
  keyInSigner: (run) => keyInClientAt(run, 'client-sign'),
  checkCount: (run) =>
    count(checksIn(run, 'verify').filter(({ check }) => check.name.startsWith('certificate_')).length),
  checksMade: (run) => count(checksIn(run, 'verify').length),
  checksPassed: (run) => count(checksIn(run, 'verify').filter(isPassed).length),
  secretSize: (run) => count(sizeOf(run, 'pre_master_secret')),
  encryptedSize: (run) => count(sizeOf(run, 'encrypted_pre_master_secret')),
  requestSize: (run) => count(contentSize(run, dataRecord(run, 'client'))),
  recordParts: (run) => recordParts(run, dataRecord(run, 'client')),
  cipher: (run) => negotiated(run).cipherSuite.replace(/^.*_WITH_/, ''),
  masterSecret: (run) => words.ui.more.masterSecret[negotiated(run).extendedMasterSecret ? 'bound' : 'plain'],
  replySize: (run) => count(dataRecord(run, 'server').bytes.length),
  keyInClient: (run) => keyInClientAt(run, 'read'),
  keyInClientEver: (run) => keyInClientEver(run),
  failedParty: (run) => there('failure', failureIn(run)).party,
  alert: (run) => there('alert', failureIn(run)?.report.alert ?? fatalAlert(run)),
  sessionStep: (run) => stepNumber(run, 'session'),
  ticketSize: (run) => count(sizeOf(run, 'session_ticket')),
  earlierRecords: (run) =>
    count(there('earlier records', run.records.filter((record) => !isOwn(record)).length || undefined)),
  decryptStep: (run) => stepNumber(run, 'decrypt'),
  signStep: (run) => stepNumber(run, 'sign'),
  keyUses: (run) => words.ui.more.keyUses(usesOfServerKey(run)),
  ephemeralKeys: (run) =>
    words.ui.more.ephemeralKeys(copiesLeft(run, 'erase', (kind) => kind === 'ephemeral_private_key')),
  secretsAtEnd: (run) => words.ui.more.secretsAtEnd(copiesLeft(run, 'close', (kind) => OF_CONNECTION.includes(kind))),
  dataKeysAtEnd: (run) => words.ui.more.dataKeysAtEnd(copiesLeft(run, 'close', (kind) => kind === 'traffic_key')),
  exceptSeed: (run) => (run.seeded ? words.ui.more.exceptSeed : ''),
} as const satisfies Readonly<Record<string, (run: Run) => string>>;

export type Facts = Readonly<Record<keyof typeof FACTS, string>>;

export const FACT_NAMES = Object.keys(FACTS) as readonly (keyof typeof FACTS)[];

/** Each fact is computed, and may throw, when it is read. */
export const facts = perRun((run): Facts => {
  const read: Partial<Facts> = {};
  for (const name of FACT_NAMES) Object.defineProperty(read, name, { get: () => FACTS[name](run), enumerable: true });
  return read as Facts;
});

const count = (n: number): string => n.toLocaleString('en');

function negotiated(run: Run): NonNullable<Run['negotiated']> {
  return there('negotiated parameters', run.negotiated);
}

function sizeOf(run: Run, name: ValueName): number {
  return there(name, findValue(run, name)?.parts[0]).bytes.length;
}

function stepOf(run: Run, id: StepId): Step {
  return there(
    `step ${id}`,
    run.steps.find((step) => step.id === id),
  );
}

function stepNumber(run: Run, id: StepId): string {
  return String(there(`number of step ${id}`, stepOf(run, id).number));
}

/** At least one: a step of checks that made none has nothing to count. */
function checksIn(run: Run, id: StepId): readonly UnitCheck[] {
  const checks = checksOf(run, stepOf(run, id));
  there(`check in step ${id}`, checks[0]);
  return checks;
}

const isPassed = ({ check }: UnitCheck): boolean => check.outcome.outcome === 'passed';

/** What a search of the client's memory at the end of a step says of the server's private key. */
function keyInClientAt(run: Run, id: StepId): string {
  return foundIn(lookAt(run, stepOf(run, id), 'client'), THE_KEY) ? glass.strip.found : glass.strip.notFound;
}

function keyInClientEver(run: Run): string {
  const looks = looksOf(run, 'client');
  there("search of the client's memory", looks[0]);
  return glass.ever(looks.length, looks.filter((look) => foundIn(look, THE_KEY)).length);
}

/** How often the server computed with its private key in this connection. */
function usesOfServerKey(run: Run): number {
  const computed = run.units
    .filter(({ scope, party }) => scope === 'connection' && party === 'server')
    .flatMap(({ unit }) => unit.events.flatMap((event) => (event.type === 'computation' ? [event] : [])));
  const uses = computed.filter(({ inputs }) => inputs.some(({ name }) => name === THE_KEY)).length;
  return there('use of the private key', uses || undefined);
}

/** The kinds of secrets that are of use in one connection only. */
const OF_CONNECTION: readonly ValueKind[] = ['ephemeral_private_key', 'shared_secret', 'traffic_key', 'plaintext'];

/**
 * In how many places of all memories the connection's secrets of these kinds are found at the end of a step. They must have been
 * found before: who never saw them cannot say that they are gone.
 */
function copiesLeft(run: Run, id: StepId, which: (kind: ValueKind) => boolean): number {
  const step = stepOf(run, id);
  const own = new Set(run.units.filter(({ scope }) => scope === 'connection').map(({ index }) => index));
  const shown = sightings(run).filter(({ unit, value }) => own.has(unit) && which(value.kind));
  const names = new Set(shown.filter(({ as }) => as === 'held').map(({ value }) => value.name));
  const copies = (look: Look): number =>
    look.findings.filter(({ name }) => names.has(name)).reduce((sum, finding) => sum + finding.copies.length, 0);
  const before = ENDPOINTS.flatMap((party) => looksBefore(run, step, party));
  there(
    `secret that was found before the end of ${id}`,
    before.find((look) => copies(look) > 0),
  );
  return PARTIES.reduce((sum, party) => sum + copies(lookAt(run, step, party)), 0);
}

/** How many certificates a side has sent. */
function certificatesOf(run: Run, from: Endpoint): number {
  return occurrences(messageFields(run, 'certificate', from), 'ASN.1Cert');
}

/** With what the client signed, by the function that did. */
function clientScheme(run: Run): string {
  const [signed] = computationsOf(run, stepOf(run, 'client-sign'));
  return there('signature of the client', signed).computation.function.replace(/\.Sign$/, '');
}

function messageFields(run: Run, name: MessageName, from?: Endpoint): readonly Field[] {
  for (const record of run.records) {
    if (!isOwn(record) || (from && record.from !== from)) continue;
    const message = record.messages.find((candidate) => candidate.name === name);
    if (message) return there(`buffer of ${name}`, bufferAt(run, message.buffer)).fields;
  }
  throw new Error(`This run has no ${name}${from ? ` of the ${from}` : ''} to tell of`);
}

function occurrences(fields: readonly Field[], name: Field['name']): number {
  return fields.reduce((sum, field) => sum + (field.name === name ? 1 : 0) + occurrences(field.children, name), 0);
}

function dataRecord(run: Run, from: WireRecord['from']): WireRecord {
  const isData = (record: WireRecord) =>
    isOwn(record) && record.from === from && record.contentType === 'application_data';
  return there(`record of data from the ${from}`, run.records.find(isData));
}

function contentSize(run: Run, record: WireRecord): number {
  const carries = there('content of a record', bufferAt(run, record.sent)?.carries);
  return carries.end - carries.start;
}

/** What a protected record consists of, by the names and sizes of its fields. */
function recordParts(run: Run, record: WireRecord): string {
  const fragment = findField(there('buffer of a record', bufferAt(run, record.sent)).fields, 'fragment');
  const parts = there('fragment of a record', fragment).children;
  return parts.map(({ name, start, end }) => `${name} (${words.ui.panel.size(end - start)})`).join(', ');
}

function fatalAlert(run: Run): string | undefined {
  for (const { unit } of run.units) {
    for (const event of unit.events) if (event.type === 'alert' && event.level === 'fatal') return event.description;
  }
  return undefined;
}

/** Whether the connection ended with an alert, and not because the transport had ended. */
function hasAlert(run: Run): boolean {
  return (failureIn(run)?.report.alert ?? fatalAlert(run)) !== undefined;
}

/** The words of a step, with placeholders as they stand. */
export function stepWords(run: Run, id: StepId): StepWords {
  if (id === 'certificate' && findValue(run, 'client_private_key')) return words.bothCertified;
  if (id === 'alert' && !hasAlert(run)) return words.cutOff;
  if (id === 'client-identity' && showsNoCertificate(run)) return words.noClientCertificate;
  const { handshake, resumption } = run.options;
  const table: Partial<Record<StepId, StepWords>> =
    resumption === 'none' ? words.steps[handshake] : words.resumedSteps[resumption];
  const found = table[id];
  if (!found) throw new Error(`The content has no words for step ${id} of ${handshake}`);
  return found;
}

/** Told from what it sent; where it never came to that, from what it was to do. */
function showsNoCertificate(run: Run): boolean {
  const sent = run.units.some(({ party, scope, unit }) => {
    return party === 'client' && scope === 'connection' && unit.action === 'send_certificate';
  });
  return sent ? certificatesOf(run, 'client') === 0 : !isShown(run.options);
}

/** When a drawer's picture was taken: the heading of what it shows. */
export function afterStep(step: Step): string {
  return step.number === null ? words.glass.drawers.atEnd : words.glass.drawers.after(stepName(step));
}

export function stepName(step: Step): string {
  return step.number === null ? words.ui.states.end : String(step.number);
}
