/**
 * `<tls-glass-keys>`: who holds what at this step, for every value of the run.
 *
 * @property run, step: what to show
 * @fires drawer-place when the reader follows an address; `detail` is its `Place`
 */

import { html, type TemplateResult } from 'lit';
import { words } from '../../content';
import { afterStep } from '../../content/facts';
import { PARTIES, type Run, type Step } from '../../run/model';
import { disagreementsAt, searchCount } from '../../run/possession/findings';
import { DrawerElement } from '../drawer/drawer-element';
import type { Place } from '../drawer/drawers';
import keysStyle from './keys.css?inline';
import { keysTable } from './keys-table';

const { glass } = words;

export class TlsGlassKeys extends DrawerElement {
  static override styles = DrawerElement.sheets(keysStyle);

  static override properties = { run: { attribute: false }, step: { attribute: false } };

  declare run: Run;
  declare step: Step;

  protected override render(): TemplateResult {
    const { run, step } = this;
    const count = PARTIES.reduce((sum, party) => sum + searchCount(run, step, party), 0);
    const disagreeing = disagreementsAt(run, step).length;
    const body = html`<div class="table" role="region" tabindex="0" aria-label=${glass.keys.scroll}>
      <p class="intro">${glass.keys.intro}
        <b>${disagreeing > 0 ? glass.keys.disagree(disagreeing) : glass.keys.agree(count)}</b></p>
      ${keysTable(run, step, (place) => this.#show(place))}
    </div>`;
    return this.frame(glass.drawers.keys, afterStep(step), body);
  }

  #show(place: Place): void {
    this.dispatchEvent(new CustomEvent<Place>('drawer-place', { detail: place }));
  }
}
