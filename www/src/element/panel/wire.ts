/** What crossed the wire in a step, the way to its bytes, and where it is all defined. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import { stepName } from '../../content/facts';
import { bufferAt, entryOf, otherBuffers } from '../../run/bytes';
import type { BufferRef, Reference, Run, Step, WireRecord } from '../../run/model';
import { there } from '../../run/there';
import { unitsOf } from '../../run/values';
import { type Lack, reading } from '../../run/wire';
import { rfcLink } from '../shared/rfc-link';
import { line } from '../stage/diagram';
import { alertOf, recordTitle } from '../stage/row-words';

const { ui, values, listOf } = words;

interface BytesView {
  readonly run: Run;
  readonly step: Step;
  readonly record: number | undefined;
  readonly openBytes: (buffer: BufferRef) => void;
}

export function wireMessages(view: BytesView): TemplateResult | typeof nothing {
  const records = view.step.records.map((index) => there(`record ${index}`, view.run.records[index]));
  if (records.length === 0) return nothing;
  return html`<section class="wire-of-step">
    <h3>${ui.panel.wire}</h3>
    ${records.map((record) => message(view, record))}
  </section>`;
}

function message(view: BytesView, record: WireRecord): TemplateResult {
  const title = recordTitle(view.run, record);
  const chosen = view.record === record.index;
  return html`<div class="message ${chosen ? 'chosen' : ''}" data-record=${record.index}>
    <span class="title">${title} ${line(record)}</span>
    <span class="note">${ui.diagram.sends(record.from, record.to)}, ${ui.panel.size(record.bytes.length)}</span>
    ${alertNote(view.run, record)}
    <span class="note">${readers(view.run, record)}</span>
    ${bytesButton(view, entryOf(record), title)}
  </div>`;
}

/** What an alert says: of an encrypted one its sender's own words. */
function alertNote(run: Run, record: WireRecord): TemplateResult | typeof nothing {
  const alert = alertOf(run, record);
  if (!alert) return nothing;
  const meaning = there(`meaning of ${alert.description}`, words.alerts[alert.description]);
  return html`<span class="note">${ui.panel.alert(alert.level, alert.description)}. ${meaning}</span>`;
}

function bytesButton(view: BytesView, buffer: BufferRef, what: string): TemplateResult {
  return html`<button class="button" aria-label=${ui.panel.bytesOf(what)} @click=${() => view.openBytes(buffer)}>
    ${ui.panel.bytes}</button>`;
}

/** Who can read it and what a listener lacks: from the run. */
function readers(run: Run, record: WireRecord): string {
  const { by, key, holders, lacks } = reading(run, record);
  if (by === 'anyone') return `${ui.reading.anyone}.`;
  const { label } = values[there('key of a protected record', key)];
  const what = by === 'holders' ? `${ui.reading.encrypted(label)}.` : `${ui.reading.field}.`;
  const held = holders.length > 0 ? ` ${ui.reading.heldBy(label, listOf(holders))}` : '';
  const lacking = lacks.length > 0 ? ` ${ui.reading.lacks} ${lacks.map(lackWords).join(ui.reading.or)}.` : '';
  return `${what}${held}${lacking}`;
}

function lackWords({ name, erasedIn }: Lack): string {
  return values[name].label + (erasedIn ? ui.reading.erasedAt(stepName(erasedIn)) : '');
}

/** Bytes of a step that did not cross the wire: a certificate and the request for it. */
export function otherBytes(view: BytesView): TemplateResult | typeof nothing {
  const buffers = otherBuffers(view.run, view.step);
  if (buffers.length === 0) return nothing;
  return html`<section class="other-bytes">
    <h3>${ui.panel.also}</h3>
    ${buffers.map((ref) => otherBuffer(view, ref))}
  </section>`;
}

function otherBuffer(view: BytesView, ref: BufferRef): TemplateResult {
  const buffer = there('buffer of a step', bufferAt(view.run, ref));
  return html`<div class="message">
    <span class="title">${ui.drawer.layer[buffer.kind]}</span>
    <span class="note">${ui.lanes[ref.party]}, ${ui.panel.size(buffer.bytes.length)}</span>
    ${bytesButton(view, ref, ui.drawer.layer[buffer.kind])}
  </div>`;
}

/** The places in RFCs that the step's events name, each once. */
export function references(run: Run, step: Step): TemplateResult | typeof nothing {
  const found = new Map<string, Reference>();
  for (const { unit } of unitsOf(run, step)) {
    for (const event of unit.events) {
      if ('reference' in event) found.set(`${event.reference.rfc}#${event.reference.section}`, event.reference);
    }
  }
  if (found.size === 0) return nothing;
  return html`<section class="references-of-step">
    <h3>${ui.panel.references}</h3>
    <p class="references">${[...found.values()].map((reference) => rfcLink(reference.rfc, reference.section))}</p>
  </section>`;
}
