/** The computations of a step, as formulas with the values of this run. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import { sameValue } from '../../run/compare';
import { OF_SESSION } from '../../run/diagram';
import type { Action, Computation, Party, Run, Step, Value } from '../../run/model';
import { computationsOf } from '../../run/values';
import { valueColour } from '../shared/colours';
import { duration, hexOf, textOf } from '../shared/format';

const SHOWN_OF_SESSION: readonly Action[] = OF_SESSION;

/** As many bytes of a value as a formula shows. */
const SHOWN = 8;

/** The same computation with the same outcome, by one party or by both. */
interface Joined {
  readonly computation: Computation;
  readonly by: { readonly party: Party; readonly milliseconds: number | undefined }[];
}

export function formulas(language: Language, run: Run, step: Step): TemplateResult | typeof nothing {
  const joined = join(run, step);
  if (joined.length === 0) return nothing;
  return html`<section class="formulas-of-step">
    <h3>${language.ui.panel.formulas}</h3>
    <div class="formulas">${joined.map((each) => formula(language, each))}</div>
  </section>`;
}

function join(run: Run, step: Step): readonly Joined[] {
  const all: Joined[] = [];
  for (const { unit, computation } of computationsOf(run, step)) {
    // Of an earlier connection only what the diagram shows of it.
    if (step.id === 'session' && !SHOWN_OF_SESSION.includes(unit.unit.action)) continue;
    const by = { party: unit.party, milliseconds: computation.milliseconds };
    const twin = all.find((other) => same(other.computation, computation));
    if (twin) twin.by.push(by);
    else all.push({ computation, by: [by] });
  }
  return all;
}

function same(a: Computation, b: Computation): boolean {
  return a.function === b.function && sameValues(a.inputs, b.inputs) && sameValues(a.outputs, b.outputs);
}

function sameValues(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((value, index) => isSame(value, b[index]));
}

function isSame(a: Value, b: Value | undefined): boolean {
  return b !== undefined && sameValue(a, b);
}

function formula(language: Language, { computation, by }: Joined): TemplateResult {
  const { ui } = language;
  const { inputs, outputs } = computation;
  const strongest = inputs.find((input) => input.kind.endsWith('private_key')) ?? outputs[0] ?? inputs[0];
  const result = outputs.map((output) => rfcOf(language, output)).join(', ');
  return html`<div class="formula colour-${strongest ? valueColour(strongest) : 'clear'}">
    ${by.map(
      ({ party, milliseconds }) => html`<span class="by"><span>${ui.lanes[party]}</span>
        <span class="took">${milliseconds === undefined ? ui.panel.belowClock : ui.panel.took(duration(language, milliseconds))}</span></span>`,
    )}
    ${result ? `${result} = ` : ''}${computation.function}(${inputs.map(
      (input, index) =>
        html`<span class="input">${argument(language, input)}${index < inputs.length - 1 ? ',' : ''}</span>`,
    )})
    ${outputs.map((output) => (shown(language, output) ? html`<span class="output bytes">= ${shown(language, output)}</span>` : nothing))}
  </div>`;
}

/** In a formula the RFC's name comes first: it is what the RFC's own formula has. */
export function rfcOf({ values }: Language, { name }: Value): string {
  const { rfc, plain } = values[name];
  return rfc ?? plain;
}

function argument(language: Language, value: Value): TemplateResult {
  if (value.name === 'label') return html`"${textOf(value.parts[0]?.bytes ?? new Uint8Array())}"`;
  const bytes = shown(language, value);
  return html`${rfcOf(language, value)}${bytes ? html` <span class="bytes">${bytes}</span>` : nothing}`;
}

/** Private keys are named, not shown: their bytes are among the values, in the step that makes them. */
function shown({ ui }: Language, value: Value): string {
  const bytes = value.parts[0]?.bytes;
  if (!bytes || value.kind === 'private_key') return '';
  return ui.panel.bytesAndSize(hexOf(bytes, SHOWN), ui.panel.size(bytes.length));
}
