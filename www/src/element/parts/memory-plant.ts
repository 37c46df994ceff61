/** The search's own test: the server's private key, planted where it does not belong. */

import { html, type TemplateResult } from 'lit';
import { words } from '../../content';
import type { Run } from '../../run/model';
import { stepName } from './chip';

const { glass } = words;

export interface PlantActs {
  readonly plant: () => void;
  readonly takeOut: () => void;
}

export function plantRow(run: Run, acts: PlantActs): TemplateResult {
  const step = run.steps.find(({ id }) => id === run.options.plant);
  // One button for both, so that the focus stays on it.
  return html`<div class="plant" data-planted=${step !== undefined}>
    <p>${step ? glass.memory.planted(stepName(step)) : glass.memory.plantNote}</p>
    <button class="button" id="plant" @click=${step ? acts.takeOut : acts.plant}>
      ${step ? glass.banner.takeOut : glass.memory.plant}</button>
  </div>`;
}
