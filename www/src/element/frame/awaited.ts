/**
 * The screen of a step before its run is there: what is known of it from its options, and the places that the rest will take. Words
 * say that it is on its way; nothing here looks like something that was found.
 */

import { html, nothing, type TemplateResult } from 'lit';
import { plannedWords } from '../../content/facts';
import type { Language } from '../../content/language';
import type { Party, RunOptions, StepId } from '../../run/model';
import { PROLOGUE } from '../../run/steps';
import { LANES, SHORT_NAMES } from '../../style/breakpoints';
import { type Glyph, glyph } from '../shared/glyphs';
import { awaitedStrip } from './strip';

export interface AwaitedView {
  readonly language: Language;
  readonly options: RunOptions;
  readonly width: number;
  /** What is being done. It changes, and is for the eye; to a screen reader the waiting is announced once. */
  readonly status: string;
  readonly controls: TemplateResult;
}

export function awaitedStage(view: AwaitedView, ids: readonly StepId[], id: StepId): TemplateResult {
  const { language, options, width, controls } = view;
  const { ui } = language;
  const narrow = width < LANES;
  // The words of the steps load beside the module.
  const title = (each: StepId) => (language.ofSteps ? plannedWords(language, options, each).title : '\u00a0');
  const top = lanes(view, id === PROLOGUE ? 'authority' : 'eavesdropper');
  const item = (each: StepId) =>
    html`<li class="step ${each === id ? 'now' : 'next'}" data-step=${each} aria-current=${each === id ? 'step' : nothing}>
      <span class="row"><span class="title">${title(each)}</span></span></li>`;
  const picture = html`<ol class=${narrow ? 'steps-nearby' : 'sequence'} part="diagram" aria-label=${ui.diagram.label}>
    ${(narrow ? [id] : ids).map(item)}</ol>`;
  return html`<div class="bar awaited" part="bar"><h1 class="hidden-text">${ui.claim}</h1>
      ${controls}<span class="spacer"></span>${awaitedStrip(language, width < SHORT_NAMES, narrow)}</div>
    <div class="stage awaited ${narrow ? 'single' : id === 'read' ? 'wide-panel' : ''}"><div class=${narrow ? 'narrow' : 'diagram'} tabindex="0">${top}${picture}</div>
      <aside class="panel" part="panel" tabindex="0" aria-label=${ui.panel.label}>
        <div><p class="where"></p><h2>${title(id)}</h2><p class="caption" aria-hidden="true">${view.status}</p></div></aside></div>
    <div class="transport awaited" part="transport" aria-hidden="true">
      ${(narrow ? NARROW_ICONS : ICONS).map((name) => html`<span class="icon ${name}">${glyph(name)}</span>`)}
      ${narrow ? html`<input class="slider" type="range" disabled />` : html`<div class="scrubber">${ids.map(() => html`<span class="stop"></span>`)}</div>`}
      <select class="select" disabled><option>${ui.transport.speeds[1]}</option></select></div>`;
}

/** Of the transport; on a phone its slider leads to both ends. */
const NARROW_ICONS: readonly Glyph[] = ['back', 'play', 'forward'];
const ICONS: readonly Glyph[] = ['first', ...NARROW_ICONS, 'last'];

function lanes({ language, width }: AwaitedView, middle: Party): TemplateResult {
  const { lanes: say } = language.ui;
  const parties: readonly Party[] = width < LANES ? ['client', 'server'] : ['client', middle, 'server'];
  return html`<div class="lanes" part="lanes" role="group" aria-label=${say.label}>
    ${parties.map((party) => html`<section class="party ${party}" data-party=${party}><h2>${say[party]}</h2></section>`)}</div>`;
}
