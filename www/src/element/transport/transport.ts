/** The player's controls. */

import { html, nothing, type TemplateResult } from 'lit';
import { stepName, stepWords } from '../../content/facts';
import type { Language } from '../../content/language';
import { PHASES } from '../../content/phases';
import type { Run, Step } from '../../run/model';
import { addressOf } from '../../run/step-ref';
import { firstIndex } from '../options/position';
import { stepColour } from '../shared/colours';
import { type Glyph, glyph } from '../shared/glyphs';

export const SPEEDS = ['0.5', '1', '1.5', '2'] as const;
export type Speed = (typeof SPEEDS)[number];

export interface TransportView {
  readonly language: Language;
  readonly run: Run;
  readonly step: Step;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly narrow: boolean;
  readonly go: (index: number) => void;
  readonly toggle: () => void;
  readonly setSpeed: (speed: Speed) => void;
}

export function transport(view: TransportView): TemplateResult {
  const { run, step, playing } = view;
  const { ui } = view.language;
  const last = run.steps.length - 1;
  const first = firstIndex(run);
  const end = step.index >= last;
  return html`<div class="transport" part="transport" role="group" aria-label=${ui.transport.label}>
    ${view.narrow ? nothing : icon('first', ui.transport.first, step.index === first, () => view.go(first))}
    ${icon('back', ui.transport.back, false, () => view.go(step.index - 1))}
    <button class="icon play" id="play" aria-label=${playing ? ui.transport.pause : ui.transport.play} @click=${view.toggle}>
      ${glyph(playing ? 'pause' : 'play')}
    </button>
    ${icon('forward', ui.transport.forward, end, () => view.go(step.index + 1))}
    ${view.narrow ? slider(view) : html`${icon('last', ui.transport.last, end, () => view.go(last))}${scrubber(view)}`} ${speed(view)}
  </div>`;
}

function icon(name: Glyph, label: string, idle: boolean, press: () => void): TemplateResult {
  // Not `disabled`: that would drop the keyboard's focus at either end.
  return html`<button class="icon" id=${name} aria-label=${label} aria-disabled=${idle} @click=${() => !idle && press()}>
    ${glyph(name)}
  </button>`;
}

/** With more stops than this, the first of them stand closer than the names of their phases are long. */
const ROOMY = 18;

function scrubber(view: TransportView): TemplateResult {
  const { language, run, step } = view;
  const { phases, ui } = language;
  let phase: string | undefined;
  return html`<div class="scrubber ${run.steps.length > ROOMY ? 'crowded' : ''}" role="group" aria-label=${ui.transport.scrubber}>
    ${run.steps.map((stop) => {
      const own = phases[PHASES[stop.id]];
      const label =
        own === phase || !hasRoom(run, stop)
          ? nothing
          : html`<span class="phase ${PHASES[stop.id]}" aria-hidden="true">${own}</span>`;
      phase = own;
      const now = stop.index === step.index;
      const title = ui.transport.stop(stepName(language, stop), stepWords(language, run, stop.id).title);
      return html`<button class="stop colour-${stepColour(run, stop)} ${stop.index <= step.index ? 'done' : ''}"
        data-stop=${addressOf(stop)} aria-label=${title} title=${title} aria-current=${now ? 'step' : nothing}
        tabindex=${now ? 0 : -1} @click=${() => view.go(stop.index)}>${label}</button>`;
    })}
  </div>`;
}

/** The name of a phase of one stop would stand over the next one's: only the first and the last have the room. */
function hasRoom({ steps }: Run, { index, id }: Step): boolean {
  const next = steps[index + 1];
  return index === 0 || !next || PHASES[next.id] === PHASES[id] || next.number === null;
}

function slider(view: TransportView): TemplateResult {
  const { language, run, step } = view;
  const { ui } = language;
  return html`<input class="slider" type="range" aria-label=${ui.transport.scrubber} min="1" max=${run.steps.length}
    aria-valuetext=${ui.transport.stop(stepName(language, step), stepWords(language, run, step.id).title)} .value=${String(step.index + 1)}
    @input=${(event: Event) => view.go(Number((event.target as HTMLInputElement).value) - 1)} />`;
}

function speed(view: TransportView): TemplateResult {
  const { ui } = view.language;
  return html`<select class="select" id="speed" aria-label=${ui.transport.speed}
    @change=${(event: Event) => view.setSpeed((event.target as HTMLSelectElement).value as Speed)}>
    ${SPEEDS.map((value) => html`<option value=${value} ?selected=${value === view.speed}>${ui.transport.speeds[value]}</option>`)}
  </select>`;
}
