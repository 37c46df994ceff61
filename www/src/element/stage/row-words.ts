/** The words of the diagram's rows, for the wide and the narrow form alike. */

import { wordsOfSteps } from '../../content/facts';
import type { Language } from '../../content/language';
import type { ActionWords } from '../../content/words';
import { bufferAt, findField } from '../../run/bytes';
import type { Arrow, Box, Delivery } from '../../run/diagram';
import type { Action, Party, RecordMessage, Run, TraceEvent, WireRecord } from '../../run/model';
import { there } from '../../run/there';
import { reading } from '../../run/wire';

export function recordTitle(language: Language, run: Run, record: WireRecord): string {
  return record.messages.map((message) => messageTitle(language, run, record, message)).join(' · ');
}

export function arrowTitle(language: Language, run: Run, arrow: Arrow): string {
  return recordTitle(language, run, recordOf(run, arrow));
}

function recordOf(run: Run, { record }: Arrow): WireRecord {
  return there(`record ${record}`, run.records[record]);
}

/** An alert is named with what it says: its sender knows, also where it is encrypted. */
function messageTitle(language: Language, run: Run, record: WireRecord, message: RecordMessage): string {
  const { messages, ui } = language;
  const { name } = message;
  const { label } = messages[name];
  if (name === 'certificate' && isEmpty(run, message)) return ui.diagram.empty(label);
  const alert = name === 'alert' ? alertOf(run, record) : undefined;
  return alert ? ui.diagram.alert(label, alert.description) : label;
}

function isEmpty(run: Run, { buffer }: RecordMessage): boolean {
  return !findField(there('buffer of a certificate message', bufferAt(run, buffer)).fields, 'ASN.1Cert');
}

/** What an alert says, by its sender's own words. */
export function alertOf(run: Run, record: WireRecord): Extract<TraceEvent, { type: 'alert' }> | undefined {
  return there('unit that sent a record', run.units[record.sentBy]).unit.events.find((event) => event.type === 'alert');
}

/** Who can read it: from the run, never typed. */
export function arrowNote({ ui, values }: Language, run: Run, arrow: Arrow): string {
  const { by, key } = reading(run, recordOf(run, arrow));
  if (by === 'anyone') return ui.reading.anyone;
  if (by === 'anyone but one field') return ui.reading.field;
  return ui.reading.encrypted(values[there('key of a protected record', key)].plain);
}

/** A box names its last action, which the others lead to; what is made on the way is in the step's panel. */
export function boxTitle(language: Language, box: Box): string {
  const { ui } = language;
  const { actions: done } = box;
  if (done.includes('check_certificate') && done.includes('verify_server_key_exchange')) return ui.diagram.checkBoth;
  if (done.includes('erase_keys') && box.keepsSession) return ui.diagram.eraseButSession;
  return wordsOf(language, box).title;
}

/** What a box's last action is called, by who does it. */
function wordsOf(language: Language, { lane, actions: done }: Box): ActionWords {
  return actionWords(language, lane, there('action of a box', done.at(-1)));
}

export function actionWords(language: Language, party: Party, action: Action): ActionWords {
  const own = wordsOfSteps(language).actions[action];
  return party === 'client' ? (own.client ?? own) : own;
}

/** A check that is still to come has no outcome yet. */
export function boxNote(language: Language, box: Box, done: boolean): string {
  const { ui } = language;
  const { passed, failed, notReached } = box.checks;
  const all = passed + failed + notReached;
  // A single check is part of the work: opening a record checks it, too.
  if (all > 1 && !done) return '';
  if (all > 1) return ui.diagram.checks(passed, all) + (notReached > 0 ? ui.diagram.notReached(notReached) : '');
  // Most actions need none.
  return wordsOf(language, box).note ?? '';
}

export function deliveryTitle({ ui }: Language, delivery: Delivery): string {
  return ui.diagram.delivery[delivery.what](delivery.to);
}
