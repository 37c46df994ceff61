/** The bar above the stage. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import { HANDSHAKES } from '../../run/choices';
import type { Handshake, Run, Step } from '../../run/model';
import { strip } from './strip';

const { ui } = words;

/** RFC 10015 deprecates both in TLS 1.2. */
const DEPRECATED: readonly Handshake[] = ['rsa', 'dhe'];

export interface BarView {
  readonly run: Run;
  readonly step: Step;
  readonly short: boolean;
  readonly narrow: boolean;
  readonly controls: TemplateResult;
  readonly status: string;
}

export function bar({ run, step, short, narrow, controls, status }: BarView): TemplateResult {
  return html`<div class="bar" part="bar">
    <h1 class="hidden-text">${ui.claim}</h1>
    ${controls}<span class="spring"></span>${strip({ run, step, short, narrow })}
    <p class="status" role="status">${status}</p>
    ${run.failure ? html`<p class="status">${ui.status.failed(run.failure.party)}</p>` : nothing}
  </div>`;
}

export function handshakeToggle(chosen: Handshake, choose: (handshake: Handshake) => void): TemplateResult {
  return html`<div class="segments" role="group" aria-label=${ui.handshake.label}>
    ${HANDSHAKES.map(
      (
        handshake,
      ) => html`<button data-handshake=${handshake} aria-pressed=${handshake === chosen} @click=${() => choose(handshake)}>
        ${ui.handshake[handshake]}
        ${DEPRECATED.includes(handshake) ? html`<span class="pill" title=${ui.handshake.deprecatedNote}>${ui.handshake.deprecated}</span>` : nothing}
      </button>`,
    )}
  </div>`;
}
