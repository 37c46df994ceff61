/** The bar above the stage. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import { deprecatedBy, HANDSHAKES, USUAL } from '../../run/choices';
import type { Handshake, Run, Step } from '../../run/model';
import { strip } from './strip';

const { ui } = words;

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
    ${run.failure && !narrow ? html`<p class="status">${ui.status.failed(run.failure.party)}</p>` : nothing}
  </div>`;
}

export function handshakeToggle(chosen: Handshake, choose: (handshake: Handshake) => void): TemplateResult {
  // What is there for who asks for it stands here once it was asked for.
  const offered = HANDSHAKES.filter((handshake) => USUAL.includes(handshake) || handshake === chosen);
  return html`<div class="segments" role="group" aria-label=${ui.handshake.label}>
    ${offered.map(
      (
        handshake,
      ) => html`<button data-handshake=${handshake} aria-pressed=${handshake === chosen} @click=${() => choose(handshake)}>
        ${ui.handshake[handshake]}${deprecated(handshake)}
      </button>`,
    )}
  </div>`;
}

function deprecated(handshake: Handshake): TemplateResult | typeof nothing {
  const rfc = deprecatedBy(handshake);
  if (rfc === undefined) return nothing;
  return html` <span class="pill" title=${ui.handshake.deprecatedNote(rfc)}>${ui.handshake.deprecated}</span>`;
}
