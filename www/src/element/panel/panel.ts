/** The step panel: what happens in this step, in a sentence and a picture, and why; the rest is folded, for engineers. */

import { html, nothing, type TemplateResult } from 'lit';
import { facts, stepWords } from '../../content/facts';
import type { Language } from '../../content/language';
import type { Action, BufferRef, Run, Step } from '../../run/model';
import { replyRead } from '../../run/reply';
import { unitsOf } from '../../run/values';
import { type DrawerName, PANEL_DRAWERS, type Place } from '../drawer/drawers';
import { adopted } from '../shared/adopted';
import { phrase } from '../shared/names';
import { checks, failure, stalled } from './checks';
import { isOpenForEngineers, keepForEngineers } from './engineers';
import { formulas } from './formulas';
import { picture } from './picture/picture';
import css from './picture/picture.css?inline';
import { reply, sequel } from './reply';
import { chosenSuite } from './suite';
import { summaryOf } from './summary';
import { appeared, erased } from './values';
import { prologueOffer, where, writeOffer } from './where';
import { chosenMessage, otherBytes, references, wireMessages } from './wire';

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
  readonly write: () => void;
  readonly leave: () => void;
  readonly switchHandshake: () => void;
}

export function panel(view: PanelView): TemplateResult {
  const { language, run, step } = view;
  const { ui } = language;
  const texts = stepWords(language, run, step.id);
  const known = facts(language, run);
  const isReply = replyRead(run, step) !== undefined;
  const say = (text: string) => phrase(language, text, known);
  const who = step.lane === 'authority' ? language.list(makers(view)) : ui.panel.who[step.lane];
  return html`<aside class="panel" part="panel" tabindex="0" aria-label=${ui.panel.label} ${adopted(css)}>
    <button class="find-term" data-drawer="terms" aria-keyshortcuts="/" @click=${() => view.openDrawer('terms')}>${language.drawers.titles.terms}</button>
    <div aria-live="polite" aria-atomic="true">
      <p class="where">${where(language, run, step, who)}</p>
      <h2 id="step-title">${texts.title}</h2>
      <p class="caption" part="caption">${say(texts.caption)}</p>
    </div>
    ${view.narrow && !isReply ? drawerBar(view) : nothing}
    ${prologueOffer(view)} ${writeOffer(view)} ${reply(view)} ${view.narrow && isReply ? drawerBar(view) : nothing} ${picture(language, run, step)} ${chosenMessage(view)}
    <p class="why"><b>${ui.panel.why}</b> ${say(texts.why)}</p>
    ${chosenSuite(language, run, step)}
    ${failure(language, run, step)} ${stalled(language, run, step)}
    ${engineers(view, say(texts.engineers))}
    ${step.id === 'close' ? html`<p class="sequel">${sequel(view)}</p>` : nothing}
    ${view.narrow ? nothing : drawerBar(view)}
  </aside>`;
}

/** Everything that came of the step, with the RFCs' names. */
function engineers(view: PanelView, text: TemplateResult): TemplateResult {
  const { language, run, step } = view;
  const toggle = (event: Event) => {
    const { parentElement } = event.currentTarget as HTMLElement;
    // A click opens it, or closes it, after this.
    if (parentElement instanceof HTMLDetailsElement) keepForEngineers(!parentElement.open);
  };
  return html`<details class="engineers" ?open=${isOpenForEngineers()}>
    <summary @click=${toggle}><span>${language.ui.panel.engineers}</span> <span class="about">${summaryOf(language, run, step)}</span></summary>
    <p>${text}</p>
    ${formulas(language, run, step)} ${checks(language, run, step)} ${appeared(language, run, step)}
    ${step.id === 'session' ? nothing : erased(language, run, step, view.showPlace)} ${wireMessages(view)}
    ${otherBytes(view)} ${references(language, run, step)}
  </details>`;
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
    ${PANEL_DRAWERS.map(
      (name) =>
        html`<button class="button" data-drawer=${name} @click=${() => openDrawer(name)}>${drawers.titles[name]}</button>`,
    )}
  </div>`;
}
