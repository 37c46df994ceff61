/**
 * `<tls-glass-memory>`: find any bytes in the parties' memories, see where the values of the run lie, look at the bytes.
 *
 * @property language, words: in which words
 * @property run, step: whose memories
 * @property place: what the hex view shows; without it, all memories are shown as pictures
 * @property value: what the reader asked to be found, where that is so
 * @property find: searches memories for bytes, in the search's worker
 * @fires drawer-place   when the reader goes to a place; `detail` is its `Place`, or undefined for all memories
 * @fires drawer-plant   when the reader wants the server's private key planted in the client
 * @fires drawer-takeout when it is to be taken out again
 */

import { html, type PropertyValues, type TemplateResult } from 'lit';
import { afterStep, atStep } from '../../content/facts';
import type { PartWords } from '../../content/language';
import type { Party, Run, Step, ValueName } from '../../run/model';
import { lookAt, plantedStep } from '../../run/possession/findings';
import { type Notation, readNeedle, type TypedNeedle } from '../../run/search/needles';
import type { PartyAddresses, PartyImage } from '../../run/search/scan';
import { THE_KEY } from '../../run/values';
import { DrawerElement } from '../drawer/drawer-element';
import type { Place } from '../drawer/drawers';
import { digitsOf } from '../shared/format';
import { choicesOf, type FindChoice, type Found, findForm } from './find-form';
import { hexView, pageAround } from './hex-view';
import { limits } from './limits';
import limitsStyle from './limits.css?inline';
import memoryStyle from './memory.css?inline';
import { memoryCard } from './memory-card';
import { TlsGlassPicture } from './picture-element';

export { TlsGlassPicture };

/** Those that the claim is about come first. */
const ORDER: readonly Party[] = ['client', 'server', 'eavesdropper', 'authority'];

export type FindBytes = (images: readonly PartyImage[], needle: Uint8Array) => Promise<readonly PartyAddresses[]>;

export class TlsGlassMemory extends DrawerElement {
  static override styles = DrawerElement.sheets(limitsStyle, memoryStyle);

  static override properties = {
    ...DrawerElement.properties,
    words: { attribute: false },
    run: { attribute: false },
    step: { attribute: false },
    place: { attribute: false },
    value: { attribute: false },
    find: { attribute: false },
    narrow: { type: Boolean },
    theme: {},
    typed: { state: true },
    asked: { state: true },
    chosen: { state: true },
    found: { state: true },
  };

  declare words: PartWords['memory'];
  declare run: Run;
  declare step: Step;
  declare place: Place | undefined;
  /** What the reader asked to be found. */
  declare value: ValueName | undefined;
  declare find: FindBytes;
  declare narrow: boolean;
  declare theme: string | undefined;
  /** What the field holds; while a value is chosen, its bytes. */
  declare typed: string;
  declare asked: Notation | undefined;
  declare chosen: string | undefined;
  declare found: Found;

  #searches = 0;

  constructor() {
    super();
    this.narrow = false;
    this.place = undefined;
    this.value = undefined;
    this.typed = '';
    this.asked = undefined;
    this.chosen = undefined;
    this.found = { is: 'nothing' };
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('run')) this.#choose(this.#choiceIn(changed.get('run') as Run | undefined));
    if (changed.has('value') && this.value) this.#choose(this.#choices.find(({ name }) => name === this.value));
    if (['run', 'step', 'typed', 'asked'].some((name) => changed.has(name))) this.#search();
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('place')) return;
    const before = changed.get('place') as Place | undefined;
    const page = this.renderRoot.querySelector<HTMLElement>('.hex-page');
    // The keyboard goes where the reader goes, and stays where it turns pages.
    if (this.place && this.place.party !== before?.party) page?.focus();
    if (!this.place && before) this.renderRoot.querySelector<HTMLElement>('#needle')?.focus();
    page?.scrollIntoView({ block: 'nearest' });
  }

  /** Opened at a place, the drawer has the focus there. */
  override focus(): void {
    if (this.place) this.renderRoot.querySelector<HTMLElement>('.hex-page')?.focus();
    else super.focus();
  }

  protected override render(): TemplateResult {
    const { language, words, run, step } = this;
    const needle = this.#needle;
    const body = html`<div class="scrolls">
      ${findForm({
        language,
        words,
        choices: this.#choices,
        chosen: this.chosen,
        typed: this.typed,
        needle,
        found: this.found,
        order: ORDER,
        choose: (id) => this.#choose(this.#choices.find((choice) => choice.id === id)),
        type: (text) => {
          this.typed = text;
          this.chosen = undefined;
        },
        ask: (notation) => {
          this.asked = notation;
        },
        show: (place) => this.#go(place),
      })}
      ${this.place ? this.#hex(this.place, needle) : this.#pictures(needle)}
      ${limits(language, run, step)}
    </div>`;
    return this.frame(language.drawers.titles.memory, afterStep(language, step), body);
  }

  get #choices(): readonly FindChoice[] {
    return choicesOf(this.language, this.words, this.run);
  }

  get #needle(): TypedNeedle {
    return readNeedle(this.typed, this.asked);
  }

  #pictures(needle: TypedNeedle): TemplateResult {
    const { language, words, run, step } = this;
    return html`${plantRow(this, {
      plant: () => this.dispatchEvent(new CustomEvent('drawer-plant')),
      takeOut: () => this.dispatchEvent(new CustomEvent('drawer-takeout')),
    })}
    <div class="memories">
      ${ORDER.map((party) =>
        memoryCard({
          language,
          words,
          run,
          step,
          look: lookAt(run, step, party),
          narrow: this.narrow,
          theme: this.theme,
          hits: this.#hitsOf(party),
          hitLength: needle.bytes?.length ?? 0,
          commandNeedle: this.#commandNeedle(),
          show: (at) => this.#go({ party, at }),
        }),
      )}
    </div>`;
  }

  #hex(place: Place, needle: TypedNeedle): TemplateResult {
    const { language, words, run, step } = this;
    return hexView({
      language,
      words,
      run,
      look: lookAt(run, step, place.party),
      page: pageAround(lookAt(run, step, place.party).image, place.at, this.narrow),
      at: place.at,
      hits: this.#hitsOf(place.party).addresses,
      hitLength: needle.bytes?.length ?? 0,
      go: (at) => this.#go({ party: place.party, at }),
      leave: () => this.#go(undefined),
    });
  }

  #hitsOf(party: Party): { addresses: readonly number[]; total: number } {
    const hits = this.found.is === 'done' ? this.found.results.find((result) => result.party === party) : undefined;
    return hits ?? { addresses: [], total: 0 };
  }

  /** What the commands search a downloaded memory for: the private exponent or scalar of this run's server key. */
  #commandNeedle(): FindChoice | undefined {
    return this.#choices.find((choice) => choice.name === THE_KEY);
  }

  /** What was chosen before, in another run; at first, the key that the page is about. */
  #choiceIn(before: Run | undefined): FindChoice | undefined {
    const choices = this.#choices;
    if (!before) return choices.find((choice) => choice.name === THE_KEY) ?? choices[0];
    // The reader's own bytes stay; a value of the run before is now another one.
    if (this.chosen === undefined) return undefined;
    return choices.find((choice) => choice.id === this.chosen) ?? choices[0];
  }

  #choose(choice: FindChoice | undefined): void {
    if (!choice) return;
    this.chosen = choice.id;
    this.asked = undefined;
    this.typed = digitsOf(choice.bytes);
  }

  async #search(): Promise<void> {
    const number = ++this.#searches;
    const { bytes } = this.#needle;
    if (!bytes || bytes.length === 0) {
      this.found = { is: 'nothing' };
      return;
    }
    // What was found of something else must not stand beside the new question.
    this.found = { is: 'searching' };
    const images = ORDER.map((party) => ({ party, image: lookAt(this.run, this.step, party).image }));
    const outcome: Found = await this.find(images, bytes).then(
      (results) => ({ is: 'done', results }),
      (error: unknown) => ({ is: 'failed', reason: error instanceof Error ? error.message : String(error) }),
    );
    if (number === this.#searches) this.found = outcome;
  }

  #go(place: Place | undefined): void {
    this.dispatchEvent(new CustomEvent<Place | undefined>('drawer-place', { detail: place }));
  }
}

interface PlantActs {
  readonly plant: () => void;
  readonly takeOut: () => void;
}

/** The search's own test: the server's private key, planted where it does not belong. */
function plantRow(
  { language, words, run }: Pick<TlsGlassMemory, 'language' | 'words' | 'run'>,
  acts: PlantActs,
): TemplateResult {
  const step = plantedStep(run);
  // One button for both, so that the focus stays on it.
  return html`<div class="plant" data-planted=${step !== undefined}>
    <p>${step ? words.planted(atStep(language, step)) : words.plantNote}</p>
    <button class="button" id="plant" @click=${step ? acts.takeOut : acts.plant}>
      ${step ? language.memories.banner.takeOut : words.plant}</button>
  </div>`;
}
