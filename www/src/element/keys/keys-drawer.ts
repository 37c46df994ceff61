/**
 * `<tls-glass-keys>`: who holds what at this step, for every value of the run.
 *
 * @property language, words, run, step: what to show, and in which words
 * @fires drawer-place when the reader follows an address; `detail` is its `Place`
 */

import { html, type TemplateResult } from 'lit';
import { afterStep } from '../../content/facts';
import type { PartWords } from '../../content/language';
import { PARTIES, type Run, type Step } from '../../run/model';
import { disagreementsAt, searchCount } from '../../run/possession/findings';
import { DrawerElement } from '../drawer/drawer-element';
import type { Place } from '../drawer/drawers';
import keysStyle from './keys.css?inline';
import { keysTable } from './keys-table';

export class TlsGlassKeys extends DrawerElement {
  static override styles = DrawerElement.sheets(keysStyle);

  static override properties = {
    ...DrawerElement.properties,
    words: { attribute: false },
    run: { attribute: false },
    step: { attribute: false },
  };

  declare words: PartWords['keys'];
  declare run: Run;
  declare step: Step;

  protected override render(): TemplateResult {
    const { language, words, run, step } = this;
    const count = PARTIES.reduce((sum, party) => sum + searchCount(run, step, party), 0);
    const disagreeing = disagreementsAt(run, step).length;
    const body = html`<div class="table" role="region" tabindex="0" aria-label=${words.scroll}>
      <p class="intro">${words.intro}
        <b>${disagreeing > 0 ? words.disagree(disagreeing) : words.agree(count)}</b></p>
      ${keysTable({ language, words, run, step, show: (place) => this.#show(place) })}
    </div>`;
    return this.frame(language.drawers.titles.keys, afterStep(language, step), body);
  }

  #show(place: Place): void {
    this.dispatchEvent(new CustomEvent<Place>('drawer-place', { detail: place }));
  }
}
