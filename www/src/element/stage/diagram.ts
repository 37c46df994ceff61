/** The sequence diagram. An arrow is bytes crossing the wire and nothing else; a box on a lane is a computation. */

import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { stepWords } from '../../content/facts';
import type { Language } from '../../content/language';
import { type Arrow, type Box, type Boxes, type Delivery, type DiagramRow, diagramRows } from '../../run/diagram';
import type { Run, Step, Wait } from '../../run/model';
import { failureIn, waitsIn } from '../../run/outcome';
import { addressOf } from '../../run/step-ref';
import { boxColour, protectionColour } from '../shared/colours';
import { customProperties } from '../shared/custom-properties';
import { glyph } from '../shared/glyphs';
import { phrase } from '../shared/names';
import { isEnd, waitWords } from '../shared/outcome-words';
import { enclosedSecret } from './enclosed-secret';
import { arrowNote, arrowTitle, boxNote, boxTitle, deliveryTitle } from './row-words';

/** How long a message travels at the reader's usual pace, in milliseconds; diagram.css says the same. */
export const TRAVEL = 500;

export interface DiagramView {
  readonly language: Language;
  readonly run: Run;
  readonly step: Step;
  /** Whether this step was just stepped into, forwards: then its messages travel. */
  readonly moving: boolean;
  /** How much faster than usual things go. */
  readonly pace: number;
  readonly select: (step: Step, record: number | undefined) => void;
}

export function sequence(view: DiagramView): TemplateResult {
  return html`<ol class="sequence" part="diagram" aria-label=${view.language.ui.diagram.label}>
    ${view.run.steps.map((step) => item(view, step))}${unreached(view)}
  </ol>`;
}

/** What a connection that failed or stalled did not come to. */
function unreached({ language, run }: DiagramView): TemplateResult | typeof nothing {
  if (run.unreached.length === 0) return nothing;
  return html`<li class="unreached"><p>${language.ui.diagram.unreached}</p>
    <ol>${run.unreached.map((id) => html`<li>${stepWords(language, run, id).title}</li>`)}</ol></li>`;
}

function item(view: DiagramView, step: Step): TemplateResult {
  const { language } = view;
  const { ui } = language;
  const now = step.index === view.step.index;
  const time = now ? 'now' : step.index < view.step.index ? 'past' : 'next';
  const classes = { step: true, [time]: true, moving: now && view.moving };
  return html`<li class=${classMap(classes)} data-step=${addressOf(step)} aria-current=${now ? 'step' : nothing} ${customProperties({ '--travel': `${TRAVEL / view.pace}ms` })}>
    <span class="hidden-text">${step.number === null ? '' : language.number(step.number)} ${stepWords(language, view.run, step.id).title}${ui.diagram.states[time]}</span>
    ${diagramRows(view.run, step).map((row, index) => rowOf(view, step, row, index))}${step.index <= view.step.index ? noticed(language, view.run, step) : nothing}
  </li>`;
}

/** Where the connection failed: who noticed, and what. Where it stalled: who waits, and for what. */
export function noticed(language: Language, run: Run, step: Step): TemplateResult | typeof nothing {
  if (isEnd(run, step)) {
    const waits = waitsIn(run);
    if (waits.length > 0) return html`${waits.map((wait) => waiting(language, wait))}`;
  }
  const { ui } = language;
  const failure = failureIn(run);
  if (!failure || !step.units.includes(failure.unit)) return nothing;
  return html`<p class="noticed ${failure.party}"><span aria-hidden="true">✗</span>
    ${ui.diagram.noticed(failure.party, failure.report.message)}</p>`;
}

function waiting(language: Language, wait: Wait): TemplateResult {
  return html`<p class="noticed ${wait.party}" data-waits=${wait.party}><span aria-hidden="true">…</span>
    ${language.ui.waits.sentence(waitWords(language, wait))}</p>`;
}

function rowOf(view: DiagramView, step: Step, row: DiagramRow, index: number): TemplateResult {
  switch (row.kind) {
    case 'arrow':
      return arrow(view, step, row, index);
    case 'boxes':
      return boxes(view, step, row);
    case 'delivery':
      return deliveryLine(view, row);
  }
}

function arrow(view: DiagramView, step: Step, row: Arrow, index: number): TemplateResult {
  const note = arrowNote(view.language, view.run, row);
  return html`<button class="row arrow" data-record=${row.record} tabindex=${stop(view, step)} ${customProperties({ '--delay': `${(index * TRAVEL) / view.pace}ms` })}
    @click=${() => view.select(step, row.record)}>
    <span class="words"><span class="title">${arrowTitle(view.language, view.run, row)}</span></span>
    ${line(row, enclosedSecret(view.language, view.run, row))}
    <span class="words"><span class="note">${note}</span></span>
    <span class="hidden-text">${view.language.ui.diagram.sends(row.from, row.to)}</span>
  </button>`;
}

/** Only the present step's rows are on the Tab key's way; the arrow keys lead to the other steps. */
function stop(view: DiagramView, step: Step): number {
  return step.index === view.step.index ? 0 : -1;
}

/** The line alone: its style says what protects the bytes, its head which way they go. A secret inside travels in place of the message. */
export function line(
  row: Pick<Arrow, 'from' | 'protection'>,
  inside: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const classes = {
    line: true,
    backward: row.from === 'server',
    [row.protection]: true,
    [`colour-${protectionColour[row.protection]}`]: true,
  };
  return html`<span class=${classMap(classes)}>${inside === nothing ? html`<span class="token"></span>` : inside}</span>`;
}

function boxes(view: DiagramView, step: Step, row: Boxes): TemplateResult {
  return html`<div class="boxes">
    ${row.boxes.map((box) => {
      const note = boxNote(view.language, box, step.index <= view.step.index);
      return html`<button class="row work ${box.lane}" data-lane=${box.lane} tabindex=${stop(view, step)} @click=${() => view.select(step, undefined)}>
        ${mark(view.run, box, step === view.step)}
        <span class="title">${phrase(view.language, boxTitle(view.language, box))}</span>
        ${note ? html`<span class="note">${phrase(view.language, note)}</span>` : nothing}
        <span class="hidden-text">${view.language.ui.diagram.doneBy(box.lane)}</span>
      </button>`;
    })}
  </div>`;
}

/** A private key in use puts its glyph on the computation; else a past or coming one has a dot on its lane. */
function mark(run: Run, box: Box, now: boolean): TemplateResult | typeof nothing {
  if (!box.privateKey && now) return nothing;
  return html`<span class="mark colour-${boxColour(run, box)}">${box.privateKey ? glyph('private') : html`<i></i>`}</span>`;
}

function deliveryLine({ language }: DiagramView, row: Delivery): TemplateResult {
  return html`<p class="delivery from-${row.from} to-${row.to}">${deliveryTitle(language, row)}</p>`;
}
