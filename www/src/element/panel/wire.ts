/** What crossed the wire in a step, the way to its bytes, and where it is all defined. */

import { html, nothing, type TemplateResult } from 'lit';
import { alertMeaning, stepName } from '../../content/facts';
import type { Language } from '../../content/language';
import { bufferAt, opensFirst, otherBuffers } from '../../run/bytes';
import type { BufferRef, Reference, Run, Step, WireRecord } from '../../run/model';
import { there } from '../../run/there';
import { unitsOf } from '../../run/values';
import { type Lack, reading } from '../../run/wire';
import { rfcLink } from '../shared/rfc-link';
import { line } from '../stage/diagram';
import { alertOf, recordTitle } from '../stage/row-words';

interface BytesView {
  readonly language: Language;
  readonly run: Run;
  readonly step: Step;
  readonly record: number | undefined;
  readonly openBytes: (buffer: BufferRef) => void;
}

export function wireMessages(view: BytesView): TemplateResult | typeof nothing {
  const records = view.step.records.map((index) => there(`record ${index}`, view.run.records[index]));
  if (records.length === 0) return nothing;
  return html`<section class="wire-of-step">
    <h3>${view.language.ui.panel.wire}</h3>
    ${records.map((record) => message(view, record))}
  </section>`;
}

/** The message that the reader selected in the diagram. */
export function chosenMessage(view: BytesView): TemplateResult | typeof nothing {
  const { record, run, step } = view;
  if (record === undefined || !step.records.includes(record)) return nothing;
  return message(view, there(`record ${record}`, run.records[record]), 'chosen');
}

function message(view: BytesView, record: WireRecord, state = ''): TemplateResult {
  const { language, run } = view;
  const { ui } = language;
  const title = recordTitle(language, run, record);
  return html`<div class="message ${state}" data-record=${record.index}>
    <span class="title">${title} ${line(record)}</span>
    <span class="note">${ui.panel.sends(record.from, record.to, record.bytes.length)}</span>
    ${alertNote(language, run, record)}
    <span class="note">${readers(language, run, record)}</span>
    ${bytesButton(view, opensFirst(run, record), title)}
  </div>`;
}

/** What an alert says: of an encrypted one its sender's own words. */
function alertNote(language: Language, run: Run, record: WireRecord): TemplateResult | typeof nothing {
  const alert = alertOf(run, record);
  if (!alert) return nothing;
  return html`<span class="note">${language.ui.panel.alert(alert.level, alert.description)}
    ${alertMeaning(language, alert.description)}</span>`;
}

function bytesButton(view: BytesView, buffer: BufferRef, what: string): TemplateResult {
  const { ui } = view.language;
  return html`<button class="button" aria-label=${ui.panel.bytesOf(what)} @click=${() => view.openBytes(buffer)}>
    ${ui.panel.bytes}</button>`;
}

/** Who can read it and what a listener lacks: from the run. */
function readers(language: Language, run: Run, record: WireRecord): string {
  const { reading: say } = language.ui;
  const { by, key, holders, lacks } = reading(run, record);
  if (by === 'anyone') return say.sentences([say.anyone]);
  const label = language.values[there('key of a protected record', key)].plain;
  const sentences = [by === 'holders' ? say.encrypted(label) : say.field];
  if (holders.length > 0) {
    sentences.push(say.heldBy(label, language.list(holders.map((party) => language.names[party]))));
  }
  if (lacks.length > 0) sentences.push(say.lacks(lacks.map((lack) => lackWords(language, lack))));
  return say.sentences(sentences);
}

function lackWords(language: Language, { name, erasedIn }: Lack): string {
  const { plain } = language.values[name];
  return erasedIn ? language.ui.reading.erasedAt(plain, stepName(language, erasedIn)) : plain;
}

/** Bytes of a step that did not cross the wire: a certificate and the request for it. */
export function otherBytes(view: BytesView): TemplateResult | typeof nothing {
  const buffers = otherBuffers(view.run, view.step);
  if (buffers.length === 0) return nothing;
  return html`<section class="other-bytes">
    <h3>${view.language.ui.panel.also}</h3>
    ${buffers.map((ref) => otherBuffer(view, ref))}
  </section>`;
}

function otherBuffer(view: BytesView, ref: BufferRef): TemplateResult {
  const buffer = there('buffer of a step', bufferAt(view.run, ref));
  const { ui } = view.language;
  return html`<div class="message">
    <span class="title">${ui.layers[buffer.kind]}</span>
    <span class="note">${ui.panel.ofParty(ref.party, buffer.bytes.length)}</span>
    ${bytesButton(view, ref, ui.layers[buffer.kind])}
  </div>`;
}

/** The places in RFCs that the step's events name, each once. */
export function references(language: Language, run: Run, step: Step): TemplateResult | typeof nothing {
  const found = new Map<string, Reference>();
  for (const { unit } of unitsOf(run, step)) {
    for (const event of unit.events) {
      if ('reference' in event) found.set(`${event.reference.rfc}#${event.reference.section}`, event.reference);
    }
  }
  if (found.size === 0) return nothing;
  return html`<section class="references-of-step">
    <h3>${language.ui.panel.references}</h3>
    <p class="references">${[...found.values()].map((reference) => rfcLink(language, reference.rfc, reference.section))}</p>
  </section>`;
}
