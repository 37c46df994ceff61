/** The step panel: what happens in this step, why, and everything that came of it. */

import { html, nothing, type TemplateResult } from 'lit';
import { facts, stepWords } from '../../content/facts';
import type { Language } from '../../content/language';
import type { Action, BufferRef, Run, Step } from '../../run/model';
import { unitsOf } from '../../run/values';
import { type DrawerName, LOOKING_CLOSER, type Place } from '../drawer/drawers';
import { phrase } from '../shared/names';
import { checks, failure, stalled } from './checks';
import { formulas } from './formulas';
import { reply, sequel } from './reply';
import { chosenSuite } from './suite';
import { appeared, erased } from './values';
import { prologueOffer, where } from './where';
import { otherBytes, references, wireMessages } from './wire';

export interface PanelView {
  readonly language: Language;
  readonly run: Run;
  readonly step: Step;
  /** The record that the reader selected in the diagram. */
  readonly record: number | undefined;
  /** Too narrow for a bar at the panel's foot: it comes after the caption, which must stay in view. */
  readonly narrow: boolean;
  readonly openBytes: (buffer: BufferRef) => void;
  readonly openDrawer: (name: DrawerName) => void;
  readonly showPlace: (place: Place) => void;
  readonly go: (index: number) => void;
  readonly leave: () => void;
  readonly switchHandshake: () => void;
}

export function panel(view: PanelView): TemplateResult {
  const { language, run, step } = view;
  const { ui } = language;
  const texts = stepWords(language, run, step.id);
  const known = facts(language, run);
  const say = (text: string) => phrase(language, text, known);
  const who = step.lane === 'authority' ? language.list(makers(view)) : ui.panel.who[step.lane];
  return html`<aside class="panel" part="panel" tabindex="0" aria-label=${ui.panel.label}>
    <button class="find-term" data-drawer="terms" aria-keyshortcuts="/" @click=${() => view.openDrawer('terms')}>${language.drawers.titles.terms}</button>
    <div aria-live="polite" aria-atomic="true">
      <p class="where">${where(language, run, step, who)}</p>
      <h2 id="step-title">${texts.title}</h2>
      <p class="caption" part="caption">${say(texts.caption)}</p>
    </div>
    ${view.narrow ? drawerBar(view) : nothing}
    ${prologueOffer(view)} ${reply(view)}
    <p class="why"><b>${ui.panel.why}</b> ${say(texts.why)}</p>
    ${chosenSuite(language, run, step)}
    ${failure(language, run, step)} ${stalled(language, run, step)} ${formulas(language, run, step)} ${checks(language, run, step)} ${appeared(language, run, step)}
    ${step.id === 'session' ? nothing : erased(language, run, step, view.showPlace)} ${wireMessages(view)}
    ${otherBytes(view)}
    <details><summary>${ui.panel.engineers}</summary><p>${say(texts.engineers)}</p></details>
    ${references(language, run, step)} ${step.id === 'close' ? html`<p class="sequel">${sequel(view)}</p>` : nothing}
    ${view.narrow ? nothing : drawerBar(view)}
  </aside>`;
}

/** Before the connection: whoever makes keys of their own. */
function makers({ language, run, step }: PanelView): readonly string[] {
  const making = unitsOf(run, step).filter(({ unit }) => MAKING.includes(unit.action));
  return [...new Set(making.map(({ party }) => language.names[party]))];
}

const MAKING: readonly Action[] = ['establish_authority', 'generate_key_pair'];

/** The buttons that open the drawers. */
function drawerBar({ language, openDrawer }: PanelView): TemplateResult {
  const { drawers } = language;
  return html`<div class="drawers" role="group" aria-label=${drawers.label}>
    ${LOOKING_CLOSER.map(
      (name) =>
        html`<button class="button" data-drawer=${name} @click=${() => openDrawer(name)}>${drawers.titles[name]}</button>`,
    )}
  </div>`;
}
