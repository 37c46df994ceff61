/** The words of the diagram's rows, for the wide and the narrow form alike. */

import { words } from '../../content';
import type { Arrow, Box, Delivery } from '../../run/diagram';
import type { MessageName, Run, TraceEvent, WireRecord } from '../../run/model';
import { reading } from '../../run/wire';

const { ui, values, messages, actions } = words;

export function recordTitle(run: Run, record: WireRecord): string {
  return record.messages.map((message) => messageTitle(run, record, message.name)).join(' · ');
}

export function arrowTitle(run: Run, arrow: Arrow): string {
  const record = run.records[arrow.record];
  return record ? recordTitle(run, record) : '';
}

/** An alert is named with what it says: its sender knows, also where it is encrypted. */
function messageTitle(run: Run, record: WireRecord, name: MessageName): string {
  const { label } = messages[name];
  const alert = name === 'alert' ? alertOf(run, record) : undefined;
  return alert ? ui.diagram.alert(label, alert.description) : label;
}

/** What an alert says, by its sender's own words. */
export function alertOf(run: Run, record: WireRecord): Extract<TraceEvent, { type: 'alert' }> | undefined {
  return run.units[record.sentBy]?.unit.events.find((event) => event.type === 'alert');
}

/** Who can read it: from the run, never typed. */
export function arrowNote(run: Run, arrow: Arrow): string {
  const record = run.records[arrow.record];
  if (!record) return '';
  const { by, key } = reading(run, record);
  if (by === 'anyone') return ui.reading.anyone;
  if (by === 'anyone but one field') return ui.reading.field;
  return key ? ui.reading.encrypted(values[key].label) : ui.protection[record.protection];
}

/** A box names its last action, which the others lead to; what is made on the way is in the step's panel. */
export function boxTitle(box: Box): string {
  const { actions: done } = box;
  if (done.includes('check_certificate') && done.includes('verify_server_key_exchange')) return ui.diagram.checkBoth;
  const action = done.at(-1);
  return action ? actions[action].title : '';
}

/** A check that is still to come has no outcome yet. */
export function boxNote(box: Box, done: boolean): string {
  const { passed, failed, notReached } = box.checks;
  const all = passed + failed + notReached;
  // A single check is part of the work: opening a record checks it, too.
  if (all > 1 && !done) return '';
  if (all > 1) return ui.diagram.checks(passed, all) + (notReached > 0 ? ui.diagram.notReached(notReached) : '');
  const action = box.actions.at(-1);
  return (action && actions[action].note) ?? '';
}

export function deliveryTitle(delivery: Delivery): string {
  return ui.diagram.handover[delivery.what];
}
