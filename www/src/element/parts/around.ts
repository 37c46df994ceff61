/** The diagram where there is no room for lanes: the step before, this one, the one after. */

import { html, type TemplateResult } from 'lit';
import { words } from '../../content';
import { stepWords } from '../../content/facts';
import { type DiagramRow, diagramRows } from '../../run/diagram';
import type { Run, Step } from '../../run/model';
import { line } from './diagram';
import { glyph } from './glyphs';
import { arrowNote, arrowTitle, boxNote, boxTitle, deliveryTitle } from './rows';

const { ui } = words;

export interface AroundView {
  readonly run: Run;
  readonly step: Step;
  readonly moving: boolean;
  readonly select: (step: Step, record: number | undefined) => void;
}

export function around(view: AroundView): TemplateResult {
  const { run, step } = view;
  const before = run.steps[step.index - 1];
  const after = run.steps[step.index + 1];
  return html`<ol class="around" part="diagram" aria-label=${ui.diagram.label}>
    <li>${neighbour(view, before, ui.diagram.previous, ui.diagram.nothingBefore)}</li>
    <li class="now step ${view.moving ? 'moving' : ''}" data-step=${step.id} aria-current="step">
      ${diagramRows(run, step).flatMap((row) => events(run, row))}
    </li>
    <li>${neighbour(view, after, ui.diagram.next, ui.diagram.nothingNext)}</li>
  </ol>`;
}

function neighbour(view: AroundView, step: Step | undefined, which: string, none: string): TemplateResult {
  if (!step) return html`<p>${none}</p>`;
  const { title } = stepWords(view.run, step.id);
  return html`<button @click=${() => view.select(step, undefined)}>${which}: ${title}</button>`;
}

function events(run: Run, row: DiagramRow): TemplateResult[] {
  switch (row.kind) {
    case 'arrow':
      return [event(line(row), arrowTitle(row), arrowNote(run, row))];
    case 'boxes':
      return row.boxes.map((box) => {
        const mark = box.privateKey ? glyph('private') : html`<span class="mark"></span>`;
        return event(mark, `${ui.lanes[box.lane]}: ${boxTitle(box)}`, boxNote(box, true));
      });
    case 'delivery':
      return [event(glyph('certificate'), deliveryTitle(row), '')];
  }
}

function event(mark: TemplateResult, title: string, note: string): TemplateResult {
  return html`<div class="event">${mark}<b>${title}</b>${note ? html`<span class="note">${note}</span>` : ''}</div>`;
}
