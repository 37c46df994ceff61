/** The first view: one figure, one question, and the keys to try. The same places before the run is there and after. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import type { Run, RunOptions, Step, ValueName } from '../../run/model';
import { failureIn } from '../../run/outcome';
import { findValue } from '../../run/values';
import { COMPACT, PHONE, SHORT_NAMES } from '../../style/breakpoints';
import { awaitedStrip, strip } from '../frame/strip';
import { limits } from '../memory/limits';
import { asSentence } from '../shared/format';
import { outcomeTitle } from '../shared/outcome-words';
import { figure, frameOf } from './figure';
import { holdings } from './holdings';
import { awaitedQuestion, type QuestionView, question, triedKey } from './question';

/** What the screen has with a run and without. */
interface Places {
  readonly language: Language;
  readonly width: number;
  /** Whether the window is low. */
  readonly low: boolean;
  /** The key exchanges. */
  readonly toggle: TemplateResult;
  readonly status: string;
}

export interface AwaitedOpening extends Places {
  readonly options: RunOptions;
}

export interface OpeningView extends Places {
  readonly run: Run;
  /** Whose memories are shown: the step in which the reply is read. */
  readonly step: Step | undefined;
  /** A drawer lies over it. */
  readonly covered: boolean;
  readonly tried: ValueName | undefined;
  /** Whether the reader has tried a key or watched the connection: then there is more. */
  readonly begun: boolean;
  /** The menu behind "More". */
  readonly more: TemplateResult;
  readonly watch: () => void;
  readonly acts: Pick<QuestionView, 'try' | 'go' | 'change' | 'test'>;
}

/** What differs between the two: all else stands in the same place. */
interface Filled {
  readonly classes: string;
  readonly covered: boolean;
  readonly heading: string;
  readonly lead: string | undefined;
  readonly strip: TemplateResult | typeof nothing;
  readonly main: TemplateResult;
  readonly watch: TemplateResult;
  readonly more: TemplateResult | typeof nothing;
  readonly rest: TemplateResult | typeof nothing;
}

function places(view: Places, filled: Filled): TemplateResult {
  const { toggle, status } = view;
  const small = isSmall(view);
  const isPhone = view.width <= PHONE;
  const claim = html`<div class="claim">${filled.strip}</div>`;
  return html`<div class="opening ${small ? 'small' : ''} ${filled.classes}" tabindex="-1" ?inert=${filled.covered}>
    <div class="first">
      ${small ? html`<div class="above-all">${isPhone ? nothing : claim}${toggle}</div>` : nothing}
      <section class="ask" part="question" aria-labelledby="ask">
        <h1 id="ask">${filled.heading}</h1>
        ${filled.lead === undefined ? nothing : html`<p class="lead">${filled.lead}</p>`}
        <p class="status" role="status">${status}</p>
        ${filled.main}
      </section>
      <div class="foot">${filled.watch}${small ? nothing : toggle}${filled.more}${small && !isPhone ? nothing : claim}</div>
    </div>
    ${filled.rest}
  </div>`;
}

/** On a phone and in a post the key exchanges stand above: beneath, they might be out of sight. */
const isSmall = ({ width, low }: Places): boolean => width <= COMPACT || low;

export function opening(view: OpeningView): TemplateResult {
  const { language, run, step, width, begun } = view;
  const { ui } = language;
  const small = isSmall(view);
  // A connection that failed or stalled has no reply to ask about.
  const isAsked = run.question !== undefined || run.outcome.is === 'complete';
  return places(view, {
    classes: '',
    covered: view.covered,
    heading: isAsked ? ui.question.ask : outcomeTitle(language, run.outcome),
    lead: isAsked ? ui.question.lead : undefined,
    strip: step ? strip({ language, run, step, short: small || width < SHORT_NAMES, narrow: true }) : nothing,
    main: asked(view, small),
    watch: html`<button class="button primary" part="watch" @click=${view.watch}>${ui.question.watch}</button>`,
    // Without a question there is nothing to try first.
    more: begun || !run.question ? view.more : nothing,
    rest: begun ? limits(language, run) : nothing,
  });
}

function asked(view: OpeningView, brief: boolean): TemplateResult {
  const { language, run, step, width } = view;
  const record = run.question && run.records[run.question.record];
  if (!run.question || !record || !step) return failed(view);
  const tried = triedKey(language, run, view.tried);
  const short = width < SHORT_NAMES;
  const memories = {
    client: holdings(language, run, step, 'client', short),
    server: holdings(language, run, step, 'server', short),
  };
  return html`${figure({ language, run, step, record, width, brief, memories, tried })}
    ${findValue(run, 'client_private_key') ? html`<p class="own">${language.ui.claimOwn}</p>` : nothing}
    ${question({ language, run, brief, ...view.acts }, run.question, tried)}`;
}

/** In the figure's place: why the connection ended before there was a reply. */
function failed({ run }: OpeningView): TemplateResult {
  const failure = failureIn(run);
  return html`<div class="failed">${failure ? html`<p>${asSentence(failure.report.message)}</p>` : nothing}</div>`;
}

/** Before the run is there: nothing here looks like something that was found. */
export function awaitedOpening(view: AwaitedOpening): TemplateResult {
  const { language, width } = view;
  const { ui } = language;
  const figure = frameOf({
    language,
    memories: { client: nothing, server: nothing },
    above: html`<p class="sent" aria-hidden="true">${view.status}</p>`,
    reply: html`<div class="reply"><p class="record"></p></div>`,
    below: nothing,
  });
  return places(
    { ...view, status: '' },
    {
      classes: 'awaited',
      covered: false,
      heading: ui.question.ask,
      lead: ui.question.lead,
      strip: awaitedStrip(language, isSmall(view) || width < SHORT_NAMES, true),
      main: html`${figure}${awaitedQuestion(language)}`,
      watch: html`<button class="button primary" disabled>${ui.question.watch}</button>`,
      more: nothing,
      rest: nothing,
    },
  );
}
