/** The diagram where there is no room for lanes: the step before, this one, the one after. */

import { html, nothing, type TemplateResult } from 'lit';
import { stepWords } from '../../content/facts';
import type { Language } from '../../content/language';
import { type DiagramRow, diagramRows } from '../../run/diagram';
import type { Party, Run, Step } from '../../run/model';
import { addressOf } from '../../run/step-ref';
import { boxColour } from '../shared/colours';
import { glyph } from '../shared/glyphs';
import { phrase } from '../shared/names';
import { line, noticed } from './diagram';
import { enclosedSecret } from './enclosed-secret';
import { arrowNote, arrowTitle, boxNote, boxTitle, deliveryTitle } from './row-words';

/** With more rows than this there is no room for notes. */
const MOST = 3;

export interface NarrowView {
  readonly language: Language;
  readonly run: Run;
  readonly step: Step;
  readonly moving: boolean;
  readonly pace: number;
  readonly select: (step: Step, record: number | undefined) => void;
}

export function narrowDiagram(view: NarrowView): TemplateResult {
  const { language, run, step } = view;
  const { ui } = language;
  const rows = rowsWithRoom(run, step);
  const before = run.steps[step.index - 1];
  const after = run.steps[step.index + 1];
  return html`<ol class="steps-nearby" part="diagram" aria-label=${ui.diagram.label}>
    ${neighbour(view, before, ui.diagram.previous)}
    <li class="now step ${view.moving ? 'moving' : ''}" data-step=${addressOf(step)} aria-current="step">
      ${rows.flatMap((row) => events(language, run, row, rows.length <= MOST))}${noticed(language, run, step)}
    </li>
    ${neighbour(view, after, ui.diagram.next)}
  </ol>`;
}

/** Of a step of many rows, only the work: its caption is to stay in view. */
function rowsWithRoom(run: Run, step: Step): readonly DiagramRow[] {
  const rows = diagramRows(run, step);
  return rows.length > MOST ? rows.filter((row) => row.kind !== 'delivery') : rows;
}

function neighbour(
  view: NarrowView,
  step: Step | undefined,
  which: (title: string) => string,
): TemplateResult | typeof nothing {
  if (!step) return nothing;
  const { title } = stepWords(view.language, view.run, step.id);
  return html`<li><button @click=${() => view.select(step, undefined)}>${which(title)}</button></li>`;
}

function events(language: Language, run: Run, row: DiagramRow, notes: boolean): TemplateResult[] {
  switch (row.kind) {
    case 'arrow':
      return [
        event(
          line(row),
          arrowTitle(language, run, row),
          arrowNote(language, run, row),
          enclosedSecret(language, run, row),
        ),
      ];
    case 'boxes':
      return row.boxes.map((box) => {
        const colour = box.privateKey ? `colour-${boxColour(run, box)}` : '';
        const mark = html`<span class="mark ${colour}">${glyph(box.privateKey ? 'private' : 'work')}</span>`;
        return event(
          mark,
          phrase(language, language.ui.diagram.by(box.lane, boxTitle(language, box))),
          notes ? boxNote(language, box, true) : '',
          nothing,
          box.lane,
        );
      });
    case 'delivery':
      return [event(glyph('certificate'), deliveryTitle(language, row), '')];
  }
}

function event(
  mark: TemplateResult,
  title: TemplateResult | string,
  note: string,
  inside: TemplateResult | typeof nothing = nothing,
  lane?: Party,
): TemplateResult {
  return html`<div class="event" data-lane=${lane ?? nothing}>${mark}<b>${title}</b>${inside}${note ? html`<span class="note">${note}</span>` : ''}</div>`;
}
