/** The step panel: what happens in this step, why, and everything that came of it. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import { facts, stepWords } from '../../content/facts';
import { fill } from '../../content/words';
import type { Action, BufferRef, Run, Step } from '../../run/model';
import { unitsOf } from '../../run/values';
import { DRAWERS, type DrawerName, type Place } from '../drawer/drawers';
import { checks, failure, stalled } from './checks';
import { formulas } from './formulas';
import { appeared, erased } from './values';
import { otherBytes, references, wireMessages } from './wire';

const { ui, glass, listOf, names } = words;

export interface PanelView {
  readonly run: Run;
  readonly step: Step;
  /** The record that the reader selected in the diagram. */
  readonly record: number | undefined;
  /** Too narrow for a bar at the panel's foot: it comes after the caption, which must stay in view. */
  readonly narrow: boolean;
  readonly openBytes: (buffer: BufferRef) => void;
  readonly openDrawer: (name: DrawerName) => void;
  readonly showPlace: (place: Place) => void;
  readonly leave: () => void;
  readonly switchHandshake: () => void;
}

export function panel(view: PanelView): TemplateResult {
  const { run, step } = view;
  const texts = stepWords(run, step.id);
  const say = (text: string) => fill(text, facts(run));
  const who = step.lane === 'authority' ? listOf(makers(run, step)) : ui.panel.who[step.lane];
  const crumb = step.number === null ? ui.panel.epilogue(who) : ui.panel.crumb(step.number, run.stepCount, who);
  return html`<aside class="panel" part="panel" tabindex="0" aria-label=${ui.panel.label}>
    <div aria-live="polite" aria-atomic="true">
      <p class="crumb">${crumb}</p>
      <h2 id="step-title">${texts.title}</h2>
      <p class="caption" part="caption">${say(texts.caption)}</p>
    </div>
    ${view.narrow ? drawerBar(view.openDrawer) : nothing}
    <p class="why"><b>${ui.panel.why}</b> ${say(texts.why)}</p>
    ${failure(run, step)} ${stalled(run, step)} ${formulas(run, step)} ${checks(run, step)} ${appeared(run, step)}
    ${step.id === 'session' ? nothing : erased(run, step, view.showPlace)} ${wireMessages(view)}
    ${otherBytes(view)}
    <details><summary>${ui.panel.engineers}</summary><p>${say(texts.engineers)}</p></details>
    ${references(run, step)} ${sequel(view)} ${view.narrow ? nothing : drawerBar(view.openDrawer)}
  </aside>`;
}

/** Before the connection: whoever makes keys of their own. */
function makers(run: Run, step: Step): readonly string[] {
  const making = unitsOf(run, step).filter(({ unit }) => MAKING.includes(unit.action));
  return [...new Set(making.map(({ party }) => names[party]))];
}

const MAKING: readonly Action[] = ['establish_authority', 'generate_key_pair'];

/** At the end: the way that browsers go today. */
function sequel(view: PanelView): TemplateResult | typeof nothing {
  if (view.step.id !== 'read' && view.step.id !== 'close') return nothing;
  return html`<p class="sequel">
    ${
      view.run.options.handshake === 'rsa'
        ? html`<button class="button" @click=${view.switchHandshake}>${ui.panel.sequel}</button>`
        : html`<button class="button" @click=${view.leave}>${ui.panel.again}</button>`
    }
  </p>`;
}

/** The buttons that open the drawers. */
function drawerBar(open: (name: DrawerName) => void): TemplateResult {
  return html`<div class="drawers" role="group" aria-label=${glass.drawers.label}>
    ${DRAWERS.map(
      (name) =>
        html`<button class="button" data-drawer=${name} @click=${() => open(name)}>${glass.drawers[name]}</button>`,
    )}
  </div>`;
}
