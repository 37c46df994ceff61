/** Where the step is among the others, and on the first one the way to what comes before it. */

import { html, nothing, type TemplateResult } from 'lit';
import { wordsOfSteps } from '../../content/facts';
import type { Language } from '../../content/language';
import type { Run, Step } from '../../run/model';
import { isShown, PROLOGUE } from '../../run/steps';

/** `who` does something in it. */
export function where({ ui }: Language, run: Run, { id, number }: Step, who: string): string {
  if (number !== null) return ui.panel.where(number, run.stepCount, who);
  return id === PROLOGUE ? ui.panel.prologue(who) : ui.panel.epilogue(who);
}

export interface PrologueView {
  readonly language: Language;
  readonly run: Run;
  readonly step: Step;
  readonly go: (index: number) => void;
}

/** How the server got its certificate is offered on the first step, not shown before it. */
export function prologueOffer({ language, run, step, go }: PrologueView): TemplateResult | typeof nothing {
  const before = run.steps[step.index - 1];
  if (step.number !== 1 || before?.id !== PROLOGUE) return nothing;
  const say = wordsOfSteps(language).prologue;
  return html`<p class="prologue"><button class="button" data-show=${PROLOGUE} @click=${() => go(before.index)}>
    ${isShown(run.options) ? say.both : say.server}</button></p>`;
}
