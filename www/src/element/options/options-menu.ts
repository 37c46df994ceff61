/**
 * What else can be chosen for a connection, behind More: by the table of choices. Loaded when it is first opened.
 *
 * All choices are there, always, in the order in which they depend on each other: what a choice changes stands beneath it, so that
 * nothing moves under the hand. What does not go with the rest cannot be chosen, and a note says why.
 */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language, PartWords } from '../../content/language';
import {
  type ChoiceName,
  chosenValue,
  deprecatedBy,
  fittingValues,
  matters,
  notRecommendedBy,
  valuesOf,
} from '../../run/choices';
import type { Said } from '../../run/exchange';
import type { Cipher, Handshake, RunOptions } from '../../run/model';
import { suiteFor } from '../../run/suites';
import { there } from '../../run/there';
import { copyButton } from '../shared/copy';
import { digitsOf } from '../shared/format';
import { suiteParts } from '../shared/suite-parts';
import { saidForm } from './said-form';

type InMenu = Exclude<ChoiceName, 'handshake'>;

export interface MenuView {
  readonly language: Language;
  readonly words: PartWords['menu'];
  readonly options: RunOptions;
  readonly choose: (choice: Partial<Record<ChoiceName | Said, string | undefined>>) => void;
  /** The last key exchange that was chosen in which the server shows who it is. */
  readonly named: Handshake;
  readonly newRun: () => void;
  readonly newKey: () => void;
}

export type OptionsMenu = typeof optionsMenu;

export function optionsMenu(view: MenuView): TemplateResult {
  const { words, options } = view;
  return html`
    ${identity(view)} ${choice(view, 'certificate')} ${choice(view, 'cipher')} ${suite(view)} ${advice(view)} ${choice(view, 'group')}
    ${choice(view, 'clientcert')} ${failing(view)} ${choice(view, 'ems')} ${choice(view, 'etm')} ${choice(view, 'resumption')}
    ${choice(view, 'length')} ${saidForm(view)}
    ${options.seed ? html`${note(words.seeded)} ${copyButton(view.language, words.copySeed, digitsOf(options.seed.bytes))}` : nothing}
    <div class="buttons">
      <button class="button" id="new-run" @click=${view.newRun}>${words.newRun}</button>
      <button class="button" id="new-key" @click=${view.newKey}>${words.newKey}</button>
    </div>`;
}

/** One of the choices, and beneath it why some of its values cannot be had, where that is so. */
function choice(view: MenuView, name: InMenu): TemplateResult {
  const { language, words, options } = view;
  const isIdle = !matters(name, options);
  const possible = isIdle ? [chosenValue(name, options)] : fittingValues(name, options);
  const names: Readonly<Record<string, string>> = name === 'cipher' ? cipherNames(words) : words.values[name];
  const all = valuesOf(name);
  const why =
    isIdle || possible.length < all.length
      ? there(`reason for ${name}`, words.without[name])(options, language.ui.handshake)
      : undefined;
  return html`${selection({
    name,
    chosen: chosenValue(name, options),
    label: words.labels[name],
    names,
    all,
    possible,
    described: why !== undefined,
    choose: (value) => view.choose({ [name]: value }),
  })}
    ${why === undefined ? nothing : note(why, `why-${name}`)}`;
}

/** Anonymous DH is DHE without the server's certificate and signature: it is asked for, and left, by this. The key exchange says so. */
function identity({ language, words, options, named, choose }: MenuView): TemplateResult {
  const { handshake } = options;
  const isAnonymous = handshake === 'dh-anon';
  const { identities: say } = words;
  const names = language.ui.handshake;
  const rfc = deprecatedBy(handshake);
  return html`${selection({
    name: 'identity',
    chosen: isAnonymous ? 'anonymous' : 'shown',
    label: words.identity,
    names: {
      shown: isAnonymous ? say.showsAgain(names[named]) : say.shows,
      anonymous: isAnonymous ? say.isAnonymous : say.becomesAnonymous(names['dh-anon']),
    },
    all: ['shown', 'anonymous'],
    possible: ['shown', 'anonymous'],
    described: false,
    choose: (value) => {
      if ((value === 'anonymous') !== isAnonymous) choose({ handshake: isAnonymous ? named : 'dh-anon' });
    },
  })}
    ${isAnonymous ? note(words.anonymousNote) : nothing}
    ${rfc === undefined ? nothing : note(words.deprecated(names[handshake], rfc))}`;
}

function failing({ words, options: { clientCertificate } }: MenuView): TemplateResult | typeof nothing {
  return clientCertificate === 'missing' || clientCertificate === 'untrusted' ? note(words.fails) : nothing;
}

/** With what is not recommended labelled so, where it can be chosen and where it is. */
function cipherNames(words: PartWords['menu']): Readonly<Record<string, string>> {
  const named = Object.entries(words.values.cipher) as [Cipher, string][];
  return Object.fromEntries(
    named.map(([cipher, name]) => {
      const rfc = notRecommendedBy(cipher);
      return [cipher, rfc === undefined ? name : words.notRecommended(name, rfc)];
    }),
  );
}

function advice({ words, options: { cipher } }: MenuView): TemplateResult | typeof nothing {
  const rfc = notRecommendedBy(cipher);
  return rfc === undefined ? nothing : note(words.notRecommendedNote(rfc));
}

/** What the cipher, with all else that is chosen, makes the suite. */
function suite({ language, options }: MenuView): TemplateResult | typeof nothing {
  const found = suiteFor(options);
  return found ? html`<div class="suite"><code>${found[0]}</code>${suiteParts(language, ...found)}</div>` : nothing;
}

function note(text: string, id?: string): TemplateResult {
  return html`<p class="note" id=${id ?? nothing}>${text}</p>`;
}

interface Selection {
  readonly name: string;
  readonly chosen: string;
  readonly label: string;
  readonly names: Readonly<Record<string, string>>;
  readonly all: readonly string[];
  /** Those that can be chosen. */
  readonly possible: readonly string[];
  /** Whether the note of this choice's name says why others cannot. */
  readonly described: boolean;
  readonly choose: (value: string) => void;
}

function selection({ name, chosen, label, names, all, possible, described, choose }: Selection): TemplateResult {
  return html`<label>${label}
    <select class="select" name=${name} ?disabled=${possible.length < 2} aria-describedby=${described ? `why-${name}` : nothing}
      @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${all.map(
        (value) =>
          html`<option value=${value} .selected=${chosen === value} ?disabled=${!possible.includes(value)}>${names[value]}</option>`,
      )}
    </select>
  </label>`;
}
