/** What the placeholders in step texts stand for, computed from the run. Pure functions. */

import { isOwn } from '../run/assemble';
import { bufferAt, findField } from '../run/bytes';
import { sameValue } from '../run/compare';
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
import { foundIn, lookAt, looksBefore, looksOf } from '../run/possession/findings';
import { type Course, isShown, PROLOGUE } from '../run/steps';
import { there } from '../run/there';
import { appearedIn, checksOf, computationsOf, findValue, sightings, THE_KEY, type UnitCheck } from '../run/values';
import type { Language } from './language';
import type { StepWords } from './words';

/**
 * What each placeholder stands for. One that this run cannot fill throws: a sentence with a gap, a zero that nobody counted or a
 * "not found" where nobody looked would be a false one. So each is computed only where a sentence asks for it.
 */
const FACTS = {
  suite: (run) => negotiated(run).cipherSuite,
  version: (run) => negotiated(run).version,
  group: (run) => there('group', negotiated(run).group),
  scheme: (run) => there('scheme', negotiated(run).signatureScheme),
  extendedMasterSecret: (run, { facts: say }) =>
    say.extendedMasterSecret[negotiated(run).extendedMasterSecret ? 'used' : 'unused'],
  suitesOffered: (run, { number }) => number(occurrences(messageFields(run, 'client_hello'), 'cipher_suite')),
  extensionsOffered: (run, { number }) => number(occurrences(messageFields(run, 'client_hello'), 'Extension')),
  clientHelloSize: (run, { number }) => number(there('ClientHello', messageFields(run, 'client_hello').at(-1)).end),
  chainLength: (run, { number }) => number(certificatesOf(run, 'server')),
  clientChainLength: (run, { number }) => number(certificatesOf(run, 'client')),
  clientCheckCount: (run, { number }) => number(checksIn(run, 'client-check').length),
  clientChecksPassed: (run, { number }) => number(checksIn(run, 'client-check').filter(isPassed).length),
  clientScheme: (run) => clientScheme(run),
  schemesAsked: (run, { number }) => number(occurrences(messageFields(run, 'certificate_request'), 'signature_scheme')),
  authoritiesAsked: (run, { number }) =>
    number(occurrences(messageFields(run, 'certificate_request'), 'DistinguishedName')),
  keyInSigner: (run, language) => keyInClientAt(language, run, 'client-sign'),
  checkCount: (run, { number }) =>
    number(checksIn(run, 'verify').filter(({ check }) => check.name.startsWith('certificate_')).length),
  checksMade: (run, { number }) => number(checksIn(run, 'verify').length),
  checksPassed: (run, { number }) => number(checksIn(run, 'verify').filter(isPassed).length),
  dataKeys: (run, { facts: say }) => dataKeys(run, say.dataKeys),
  secretSize: (run, { number }) => number(sizeOf(run, 'pre_master_secret')),
  encryptedSize: (run, { number }) => number(sizeOf(run, 'encrypted_pre_master_secret')),
  requestSize: (run, { number }) =>
    number(dataRecords(run, 'client').reduce((sum, record) => sum + contentSize(run, record), 0)),
  recordParts: (run, language) => recordParts(language, run, dataRecord(run, 'client')),
  cipher: (run) => negotiated(run).cipherSuite.replace(/^.*_WITH_/, ''),
  masterSecret: (run, { facts: say }) => say.masterSecret[negotiated(run).extendedMasterSecret ? 'bound' : 'plain'],
  replyCut: (run, { facts: say }) => say.cut(dataRecords(run, 'server').length),
  replyRecords: (run, { facts: say }) => say.records(dataRecords(run, 'server').map(({ bytes }) => bytes.length)),
  keyInClientEver: (run, language) => keyInClientEver(language, run),
  failedParty: (run, { names }) => names[there('failure', failureIn(run)).party],
  alert: (run) => there('alert', failureIn(run)?.report.alert ?? fatalAlert(run)),
  sessionStep: (run, { number }) => number(stepNumber(run, 'session')),
  ticketSize: (run, { number }) => number(sizeOf(run, 'session_ticket')),
  earlierRecords: (run, { number }) =>
    number(there('earlier records', run.records.filter((record) => !isOwn(record)).length || undefined)),
  keyUses: (run, { facts: say }) => say.keyUses(usesOfServerKey(run)),
  ephemeralKeys: (run, { facts: say }) =>
    say.ephemeralKeys(copiesLeft(run, 'erase', (kind) => kind === 'ephemeral_private_key')),
  secretsAtEnd: (run, { facts: say }) =>
    say.secretsAtEnd(copiesLeft(run, 'close', (kind) => OF_CONNECTION.includes(kind))),
  dataKeysAtEnd: (run, { facts: say }) => say.dataKeysAtEnd(copiesLeft(run, 'close', (kind) => kind === 'traffic_key')),
  exceptSeed: (run, { facts: say }) => (run.seeded ? say.exceptSeed : ''),
} as const satisfies Readonly<Record<string, (run: Run, language: Language) => string>>;

/** A placeholder may be the name of a value, too: it stands for its name in plain words. */
export type Facts = Readonly<Record<keyof typeof FACTS | ValueName, string>>;

export const FACT_NAMES = Object.keys(FACTS) as readonly (keyof typeof FACTS)[];

/** Each fact is computed, and may throw, when it is read. */
export function facts(language: Language, run: Run): Facts {
  const read: { -readonly [Name in keyof Facts]?: string } = {};
  for (const name of FACT_NAMES) {
    Object.defineProperty(read, name, { get: () => FACTS[name](run, language), enumerable: true });
  }
  for (const [name, { plain }] of Object.entries(language.values)) read[name as ValueName] = plain;
  return read as Facts;
}

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

function stepNumber(run: Run, id: StepId): number {
  return there(`number of step ${id}`, stepOf(run, id).number);
}

/** At least one: a step of checks that made none has nothing to count. */
function checksIn(run: Run, id: StepId): readonly UnitCheck[] {
  const checks = checksOf(run, stepOf(run, id));
  there(`check in step ${id}`, checks[0]);
  return checks;
}

const isPassed = ({ check }: UnitCheck): boolean => check.outcome.outcome === 'passed';

/** What a search of the client's memory at the end of a step says of the server's private key. */
function keyInClientAt({ memories }: Language, run: Run, id: StepId): string {
  const { found, notFound } = memories.strip;
  return foundIn(lookAt(run, stepOf(run, id), 'client'), THE_KEY) ? found : notFound;
}

function keyInClientEver({ memories }: Language, run: Run): string {
  const looks = looksOf(run, 'client');
  there("search of the client's memory", looks[0]);
  return memories.ever(looks.length, looks.filter((look) => foundIn(look, THE_KEY)).length);
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

/** Who derives data keys, how many, and whether both have the same. One side alone has some where the other was cut off before. */
function dataKeys(run: Run, say: Language['facts']['dataKeys']): string {
  const held = appearedIn(run, stepOf(run, 'data-keys')).filter(({ value }) => value.name.endsWith('_write_key'));
  const [ours = [], theirs = []] = ENDPOINTS.map((party) => held.filter((each) => each.party === party));
  const [first] = there('data key', held.length ? held : undefined);
  if (ours.length === 0 || theirs.length === 0) return say.ofOne(there('data key', first).party, held.length);
  const shared = ours.filter(({ value }) => theirs.some((other) => sameValue(value, other.value)));
  return shared.length === ours.length ? say.same(shared.length) : say.different(ours.length);
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
  return there(`record of data from the ${from}`, dataRecords(run, from)[0]);
}

function dataRecords(run: Run, from: WireRecord['from']): readonly WireRecord[] {
  const isData = (record: WireRecord) =>
    isOwn(record) && record.from === from && record.contentType === 'application_data';
  const found = run.records.filter(isData);
  there(`record of data from the ${from}`, found[0]);
  return found;
}

function contentSize(run: Run, record: WireRecord): number {
  const carries = there('content of a record', bufferAt(run, record.sent)?.carries);
  return carries.end - carries.start;
}

/** What a protected record consists of, by the names and sizes of its fields. */
function recordParts(language: Language, run: Run, record: WireRecord): string {
  const fragment = findField(there('buffer of a record', bufferAt(run, record.sent)).fields, 'fragment');
  const parts = there('fragment of a record', fragment).children;
  return parts.map(({ name, start, end }) => language.facts.recordPart(name, end - start)).join(language.facts.and);
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

/** Whether there are things to say of a run with these options whose words load when they are needed. */
export function needsFurther({ handshake, clientCertificate, resumption }: Course): boolean {
  return handshake === 'dh-anon' || clientCertificate !== 'off' || resumption !== 'none';
}

/** Likewise of a run that was made: it may have failed, or stalled. */
export function takesFurther(run: Run): boolean {
  return needsFurther(run.options) || run.outcome.is !== 'complete';
}

/** The words for what is done, and for what is checked. */
export function wordsOfSteps({ ofSteps }: Language): NonNullable<Language['ofSteps']> {
  if (!ofSteps) throw new Error('the words of steps are not loaded yet');
  return ofSteps;
}

/** What an alert means. */
export function alertMeaning({ closeNotify, further }: Language, description: string): string {
  return description === 'close_notify'
    ? closeNotify
    : there(`meaning of ${description}`, further?.alerts[description]);
}

/** The words of a step, with placeholders as they stand. */
export function stepWords(language: Language, run: Run, id: StepId): StepWords {
  const { further } = language;
  if (id === 'certificate' && further && findValue(run, 'client_private_key')) return further.bothCertified;
  if (id === 'alert' && further && !hasAlert(run)) return further.cutOff;
  if (id === 'client-identity' && further && showsNoCertificate(run)) return further.noClientCertificate;
  return wordsIn(language, run.options, id);
}

/** The words of a step that is still to come, from the options of its run. */
export function plannedWords(language: Language, options: Course, id: StepId): StepWords {
  const { further } = language;
  if (id === 'certificate' && further && isShown(options)) return further.bothCertified;
  if (id === 'client-identity' && further && !isShown(options)) return further.noClientCertificate;
  return wordsIn(language, options, id);
}

function wordsIn(language: Language, course: Course, id: StepId): StepWords {
  const found = tablesFor(language, course).find((table) => table?.[id])?.[id];
  if (!found) throw new Error(`The words of ${language.tag} that are loaded have no step ${id} of ${course.handshake}`);
  return found;
}

/** Where a step's words are looked for, first to last. */
function tablesFor(
  { ofSteps, further }: Language,
  { handshake, resumption }: Course,
): readonly (Partial<Record<StepId, StepWords>> | undefined)[] {
  if (resumption !== 'none') return [further?.resumed[resumption]];
  if (handshake === 'dh-anon') return [further?.['dh-anon']];
  return [ofSteps?.texts[handshake], further?.clientSteps];
}

/** Told from what it sent; where it never came to that, from what it was to do. */
function showsNoCertificate(run: Run): boolean {
  const sent = run.units.some(({ party, scope, unit }) => {
    return party === 'client' && scope === 'connection' && unit.action === 'send_certificate';
  });
  return sent ? certificatesOf(run, 'client') === 0 : !isShown(run.options);
}

/** When a drawer's picture was taken: the heading of what it shows. */
export function afterStep(language: Language, step: Step): string {
  const { atEnd, atStart, after } = language.drawers;
  if (step.number !== null) return after(stepName(language, step));
  return step.id === PROLOGUE ? atStart : atEnd;
}

/** Its number; of what has none, which end of the connection it is. */
/** A step with its title: "step 6: The client makes a secret"; of one that is not counted the title alone. */
export function stepWithTitle(language: Language, run: Run, { id, number }: Step): string {
  const { title } = stepWords(language, run, id);
  return number === null ? title : language.ui.states.titled(language.number(number), title);
}

export function stepName(language: Language, { id, number }: Pick<Step, 'id' | 'number'>): string {
  const { start, end } = language.ui.states;
  if (number !== null) return language.number(number);
  return id === PROLOGUE ? start : end;
}

/** The same in a sentence that says when something was done. */
export function atStep(language: Language, step: Step): string {
  const name = stepName(language, step);
  return step.number === null ? name : language.ui.states.atStep(name);
}
