/** What else can be chosen for a connection, behind More: by the table of choices. Loaded when it is first opened. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language, PartWords } from '../../content/language';
import {
  type ChoiceName,
  chosenValue,
  deprecatedBy,
  fittingValues,
  matters,
  notRecommendedBy,
} from '../../run/choices';
import type { Cipher, RunOptions } from '../../run/model';
import { suiteFor } from '../../run/suites';
import { suiteParts } from '../shared/suite-parts';

type InMenu = Exclude<ChoiceName, 'handshake'>;

export interface MenuView {
  readonly language: Language;
  readonly words: PartWords['menu'];
  readonly options: RunOptions;
  readonly choose: (choice: Partial<Record<ChoiceName, string>>) => void;
  readonly newRun: () => void;
  readonly newKey: () => void;
}

export type OptionsMenu = typeof optionsMenu;

export function optionsMenu(view: MenuView): TemplateResult {
  const { words, options } = view;
  return html`
    ${deprecated(view)} ${choice(view, 'cipher')} ${suite(view)} ${advice(view)} ${choice(view, 'etm')} ${identity(view)}
    ${choice(view, 'certificate')} ${choice(view, 'clientcert')} ${failing(view)} ${choice(view, 'resumption')}
    ${choice(view, 'group')} ${choice(view, 'ems')}
    ${options.seed ? note(words.seeded) : nothing}
    <div class="buttons">
      <button class="button" id="new-run" @click=${view.newRun}>${words.newRun}</button>
      <button class="button" id="new-key" @click=${view.newKey}>${words.newKey}</button>
    </div>`;
}

/** A choice as far as there is one; else why there is none, where that needs saying. */
function choice(view: MenuView, name: InMenu): TemplateResult | typeof nothing {
  const { words, options } = view;
  const possible = fittingValues(name, options);
  if (!matters(name, options) || possible.length < 2) {
    const why = noChoice(view, name);
    return why === undefined ? nothing : note(why);
  }
  const names: Readonly<Record<string, string>> = name === 'cipher' ? cipherNames(words) : words.values[name];
  return selection(name, chosenValue(name, options), words.labels[name], names, possible, (value) =>
    view.choose({ [name]: value }),
  );
}

/** What does not go with a client's certificate that is refused has its note beside that. */
function noChoice({ words, options }: MenuView, name: InMenu): string | undefined {
  const { handshake, extendedMasterSecret } = options;
  switch (name) {
    case 'certificate':
      return handshake === 'ecdhe' ? undefined : words.noChoice.certificate[handshake];
    case 'group':
      return words.noChoice.group;
    case 'resumption':
      return extendedMasterSecret ? undefined : words.noChoice.resumption;
    default:
      return undefined;
  }
}

/** Anonymous DH is DHE without the server's certificate and signature: it is asked for, and left, by this. */
function identity({ words, options, choose }: MenuView): TemplateResult {
  const chosen = options.handshake === 'dh-anon' ? 'anonymous' : 'shown';
  const choices = ['shown', 'anonymous'] as const;
  return html`${selection('identity', chosen, words.identity, words.identities, choices, (value) => {
    if (value !== chosen) choose({ handshake: value === 'anonymous' ? 'dh-anon' : 'dhe' });
  })}
    ${chosen === 'anonymous' ? note(words.anonymousNote) : nothing}`;
}

function failing({ words, options: { clientCertificate } }: MenuView): TemplateResult | typeof nothing {
  return clientCertificate === 'missing' || clientCertificate === 'untrusted' ? note(words.fails) : nothing;
}

function deprecated({ language, words, options: { handshake } }: MenuView): TemplateResult | typeof nothing {
  const rfc = deprecatedBy(handshake);
  return rfc === undefined ? nothing : note(words.deprecated(language.ui.handshake[handshake], rfc));
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

function note(text: string): TemplateResult {
  return html`<p class="note">${text}</p>`;
}

function selection(
  name: string,
  chosen: string,
  label: string,
  names: Readonly<Record<string, string>>,
  choices: readonly string[],
  choose: (value: string) => void,
): TemplateResult {
  return html`<label>${label}
    <select class="select" name=${name} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${choices.map((value) => html`<option value=${value} ?selected=${chosen === value}>${names[value]}</option>`)}
    </select>
  </label>`;
}
