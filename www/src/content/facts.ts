/** What the placeholders in step texts stand for, computed from the run. Pure functions. */

import { isOwn } from '../run/assemble';
import { bufferAt, findField } from '../run/bytes';
import type { Endpoint, Field, MessageName, Run, Step, StepId, WireRecord } from '../run/model';
import { perRun } from '../run/per-run';
import { foundIn, lookAt, looksOf } from '../run/possession/findings';
import { checksOf, computationsOf, findValue, THE_KEY, type UnitCheck } from '../run/values';
import { words } from './index';
import type { StepWords } from './words';

const { glass } = words;

export const FACT_NAMES = [
  'suite',
  'version',
  'group',
  'scheme',
  'extendedMasterSecret',
  'suitesOffered',
  'extensionsOffered',
  'clientHelloSize',
  'chainLength',
  'clientChainLength',
  'clientCheckCount',
  'clientChecksPassed',
  'clientScheme',
  'schemesAsked',
  'authoritiesAsked',
  'keyInSigner',
  'checkCount',
  'checksMade',
  'checksPassed',
  'secretSize',
  'encryptedSize',
  'requestSize',
  'recordParts',
  'masterSecret',
  'cipher',
  'replySize',
  'keyInClient',
  'keyInClientEver',
  'failedParty',
  'alert',
  'sessionStep',
  'ticketSize',
  'earlierRecords',
  'decryptStep',
  'signStep',
  'exceptSeed',
] as const;

export type Facts = Readonly<Record<(typeof FACT_NAMES)[number], string>>;

export const facts = perRun(compute);

const count = (n: number): string => n.toLocaleString('en');

function compute(run: Run): Facts {
  const { negotiated, failure } = run;
  const checks = checksIn(run, 'verify');
  const clientChecks = checksIn(run, 'client-check');
  const hello = messageFields(run, 'client_hello');
  const asked = messageFields(run, 'certificate_request');
  const looks = looksOf(run, 'client');
  return {
    suite: negotiated?.cipherSuite ?? '',
    version: negotiated?.version ?? '',
    group: negotiated?.group ?? '',
    scheme: negotiated?.signatureScheme ?? '',
    extendedMasterSecret: negotiated?.extendedMasterSecret ? 'in use' : 'not in use',
    suitesOffered: count(occurrences(hello, 'cipher_suite')),
    extensionsOffered: count(occurrences(hello, 'Extension')),
    clientHelloSize: count(hello.at(-1)?.end ?? 0),
    chainLength: count(certificatesOf(run, 'server')),
    clientChainLength: count(certificatesOf(run, 'client')),
    clientCheckCount: count(clientChecks.length),
    clientChecksPassed: count(clientChecks.filter(isPassed).length),
    clientScheme: clientScheme(run),
    schemesAsked: count(occurrences(asked, 'signature_scheme')),
    authoritiesAsked: count(occurrences(asked, 'DistinguishedName')),
    keyInSigner: keyInClientAt(run, 'client-sign'),
    checkCount: count(checks.filter(({ check }) => check.name.startsWith('certificate_')).length),
    checksMade: count(checks.length),
    checksPassed: count(checks.filter(isPassed).length),
    secretSize: count(sizeOf(run, 'pre_master_secret')),
    encryptedSize: count(sizeOf(run, 'encrypted_pre_master_secret')),
    requestSize: count(contentSize(run, dataRecord(run, 'client'))),
    recordParts: recordParts(run, dataRecord(run, 'client')),
    cipher: cipherOf(run),
    masterSecret: words.ui.more.masterSecret[negotiated?.extendedMasterSecret ? 'bound' : 'plain'],
    replySize: count(dataRecord(run, 'server')?.bytes.length ?? 0),
    keyInClient: keyInClientAt(run, 'read'),
    keyInClientEver: glass.ever(looks.length, looks.filter((look) => foundIn(look, THE_KEY)).length),
    failedParty: failure?.party ?? '',
    alert: failure?.report.alert ?? receivedAlert(run),
    sessionStep: stepNumber(run, 'session'),
    ticketSize: count(sizeOf(run, 'session_ticket')),
    earlierRecords: count(run.records.filter((record) => !isOwn(record)).length),
    decryptStep: stepNumber(run, 'decrypt'),
    signStep: stepNumber(run, 'sign'),
    exceptSeed: run.seeded ? words.ui.more.exceptSeed : '',
  };
}

function sizeOf(run: Run, name: Parameters<typeof findValue>[1]): number {
  return findValue(run, name)?.parts[0]?.bytes.length ?? 0;
}

function stepOf(run: Run, id: StepId): Step | undefined {
  return run.steps.find((step) => step.id === id);
}

function stepNumber(run: Run, id: StepId): string {
  return String(stepOf(run, id)?.number ?? '');
}

function checksIn(run: Run, id: StepId): readonly UnitCheck[] {
  const step = stepOf(run, id);
  return step ? checksOf(run, step) : [];
}

const isPassed = ({ check }: UnitCheck): boolean => check.outcome.outcome === 'passed';

/** What a search of the client's memory at the end of a step says of the server's private key. */
function keyInClientAt(run: Run, id: StepId): string {
  const step = stepOf(run, id);
  return step && foundIn(lookAt(run, step, 'client'), THE_KEY) ? glass.strip.found : glass.strip.notFound;
}

/** How many certificates a side has sent. */
function certificatesOf(run: Run, from: Endpoint): number {
  return occurrences(messageFields(run, 'certificate', from), 'ASN.1Cert');
}

/** With what the client signed, by the function that did. */
function clientScheme(run: Run): string {
  const step = stepOf(run, 'client-sign');
  const [signed] = step ? computationsOf(run, step) : [];
  return signed?.computation.function.replace(/\.Sign$/, '') ?? '';
}

function messageFields(run: Run, name: MessageName, from?: Endpoint): readonly Field[] {
  for (const record of run.records) {
    if (!isOwn(record) || (from && record.from !== from)) continue;
    const message = record.messages.find((candidate) => candidate.name === name);
    if (message) return bufferAt(run, message.buffer)?.fields ?? [];
  }
  return [];
}

function occurrences(fields: readonly Field[], name: Field['name']): number {
  return fields.reduce((sum, field) => sum + (field.name === name ? 1 : 0) + occurrences(field.children, name), 0);
}

function dataRecord(run: Run, from: WireRecord['from']): WireRecord | undefined {
  return run.records.find(
    (record) => isOwn(record) && record.from === from && record.contentType === 'application_data',
  );
}

function contentSize(run: Run, record: WireRecord | undefined): number {
  const carries = record && bufferAt(run, record.sent)?.carries;
  return carries ? carries.end - carries.start : 0;
}

/** What a protected record consists of, by the names and sizes of its fields. */
function recordParts(run: Run, record: WireRecord | undefined): string {
  const fragment = record && findField(bufferAt(run, record.sent)?.fields ?? [], 'fragment');
  const parts = fragment?.children ?? [];
  return parts.map(({ name, start, end }) => `${name} (${words.ui.panel.size(end - start)})`).join(', ');
}

/** As the suite's name has it: what comes after the key exchange. */
function cipherOf(run: Run): string {
  return run.negotiated?.cipherSuite.replace(/^.*_WITH_/, '') ?? '';
}

function receivedAlert(run: Run): string {
  for (const { unit } of run.units) {
    for (const event of unit.events) if (event.type === 'alert' && event.level === 'fatal') return event.description;
  }
  return '';
}

/** The words of a step, with placeholders as they stand. */
export function stepWords(run: Run, id: StepId): StepWords {
  if (id === 'certificate' && findValue(run, 'client_private_key')) return words.bothCertified;
  if (id === 'client-identity' && certificatesOf(run, 'client') === 0) return words.noClientCertificate;
  const { handshake, resumption } = run.options;
  const table: Partial<Record<StepId, StepWords>> =
    resumption === 'none' ? words.steps[handshake] : words.resumedSteps[resumption];
  const found = table[id];
  if (!found) throw new Error(`The content has no words for step ${id} of ${handshake}`);
  return found;
}

/** When a drawer's picture was taken: the heading of what it shows. */
export function afterStep(step: Step): string {
  return step.number === null ? words.glass.drawers.atEnd : words.glass.drawers.after(stepName(step));
}

export function stepName(step: Step): string {
  return step.number === null ? words.ui.states.end : String(step.number);
}
