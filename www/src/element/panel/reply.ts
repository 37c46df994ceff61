/**
 * The answer to the question that the page opens with: the reply as it crossed the wire beside what the client read in it, how often
 * the server's private key was looked for in the client, and the ways on.
 */

import { html, nothing, type TemplateResult } from 'lit';
import { atStep, wordsOfSteps } from '../../content/facts';
import type { Language } from '../../content/language';
import type { Run, Step } from '../../run/model';
import { plantedStep, searchesForTheKey } from '../../run/possession/findings';
import { replyRead } from '../../run/reply';
import type { DrawerName } from '../drawer/drawers';
import { hexOf, textOf } from '../shared/format';
import { glyph } from '../shared/glyphs';

/** As many bytes as are shown. The drawer has them all. */
const SHOWN_ENCRYPTED = 96;
const SHOWN_ENCRYPTED_NARROW = 24;
const SHOWN_DECRYPTED = 300;

export interface ReplyView {
  readonly language: Language;
  readonly run: Run;
  readonly step: Step;
  /** Too narrow for both side by side: what the client reads must not be pushed out of sight. */
  readonly narrow: boolean;
  readonly openDrawer: (name: DrawerName) => void;
  readonly leave: () => void;
  readonly switchHandshake: () => void;
}

export function reply(view: ReplyView): TemplateResult | typeof nothing {
  const { language, run, step } = view;
  const read = replyRead(run, step);
  if (!read) return nothing;
  const { reply: say } = wordsOfSteps(language);
  const shown = view.narrow ? SHOWN_ENCRYPTED_NARROW : SHOWN_ENCRYPTED;
  const { head, body } = httpParts(textOf(read.decrypted.subarray(0, SHOWN_DECRYPTED)));
  return html`<section class="read-reply">
    <div class="pair">
      <figure class="encrypted">
        <figcaption>${say.encrypted(read.records)}</figcaption>
        <code>${hexOf(read.encrypted, shown)}</code>
        ${rest(language, read.encrypted.length - shown)}
      </figure>
      <p class="with">${glyph('traffic')}<span class="way" aria-hidden="true"></span><span>${language.values[read.key].plain}</span></p>
      <figure class="decrypted">
        <figcaption>${say.decrypted}</figcaption>
        ${head ? html`<pre class="http-head">${view.narrow ? head.split('\r\n')[0] : head}</pre>` : nothing}
        <pre class="http-body">${body}</pre>
        ${rest(language, read.decrypted.length - SHOWN_DECRYPTED)}
      </figure>
    </div>
    <p class="key-in-client">${keyInClient(language, run, step)}</p>
    ${waysOn(view)}
  </section>`;
}

function rest(language: Language, bytes: number): TemplateResult | typeof nothing {
  return bytes > 0 ? html`<p class="rest">${wordsOfSteps(language).reply.more(bytes)}</p>` : nothing;
}

/** What HTTP says of a message, and the message; all of it, where there is no such division. */
export function httpParts(text: string): { readonly head: string; readonly body: string } {
  const at = text.indexOf('\r\n\r\n');
  return at < 0 ? { head: '', body: text } : { head: text.slice(0, at), body: text.slice(at + 4) };
}

/** What all searches so far say; where the key was planted, that as well. */
export function keyInClient(language: Language, run: Run, step: Step): string {
  const { reply: say } = wordsOfSteps(language);
  const { all, found } = searchesForTheKey(run, step, 'client');
  const said = say.key(language.memories.ever(all, found));
  const planted = plantedStep(run);
  return found > 0 && planted ? `${said} ${say.planted(atStep(language, planted))}` : said;
}

/** To ECDHE, as browsers do it; from there, back to the question. */
export function sequel({ language, run, leave, switchHandshake }: ReplyView): TemplateResult {
  const { reply: say } = wordsOfSteps(language);
  return run.options.handshake === 'ecdhe'
    ? html`<button class="button" @click=${leave}>${say.question}</button>`
    : html`<button class="button" @click=${switchHandshake}>${say.browsers}</button>`;
}

function waysOn(view: ReplyView): TemplateResult {
  const { reply: say } = wordsOfSteps(view.language);
  return html`<div class="sequel" role="group" aria-label=${say.on}>
    ${sequel(view)}
    <button class="button" @click=${() => view.openDrawer('memory')}>${say.search}</button>
  </div>`;
}
