/** What else can be chosen for a connection, behind More. Loaded when it is first opened. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language, PartWords } from '../../content/language';
import {
  certificatesFor,
  ciphersFor,
  clientCertificatesFor,
  deprecatedBy,
  groupsFor,
  notRecommendedBy,
  resumptionsFor,
} from '../../run/choices';
import type { Cipher, Handshake, RunOptions } from '../../run/model';

type Choice = 'handshake' | 'cipher' | 'certificate' | 'clientcert' | 'resumption' | 'group' | 'ems' | 'etm';

export interface MenuView {
  readonly language: Language;
  readonly words: PartWords['menu'];
  readonly options: RunOptions;
  readonly choose: (choice: Partial<Record<Choice, string>>) => void;
  readonly newRun: () => void;
  readonly newKey: () => void;
}

export type OptionsMenu = typeof optionsMenu;

export function optionsMenu(view: MenuView): TemplateResult {
  const { handshake, certificate, cipher, group, extendedMasterSecret } = view.options;
  const { words } = view;
  const possible = certificatesFor(handshake);
  return html`
    ${deprecated(view, handshake)}
    ${select(view, 'cipher', cipher, words.cipher, cipherNames(words), ciphersFor(handshake, certificate))}
    ${advice(words, cipher)} ${cipher === 'aes-128-cbc' ? order(view) : nothing}
    ${identity(view)}
    ${
      handshake === 'ecdhe'
        ? select(view, 'certificate', certificate, words.certificate, words.certificates, possible)
        : html`<p class="note">${words.certificateNote[handshake]}</p>`
    }
    ${clientCertificate(view)} ${resumption(view)}
    ${handshake === 'rsa' ? html`<p class="note">${words.groupNote}</p>` : select(view, 'group', group, words.group, words.groups, groupsFor(handshake))}
    ${select(view, 'ems', onOff(extendedMasterSecret), words.ems, words.emsChoices, ON_OFF)}
    ${view.options.seed ? html`<p class="note">${words.seeded}</p>` : nothing}
    <div class="buttons">
      <button class="button" id="new-run" @click=${view.newRun}>${words.newRun}</button>
      <button class="button" id="new-key" @click=${view.newKey}>${words.newKey}</button>
    </div>`;
}

/** Anonymous DH is DHE without the server's certificate and signature: it is asked for, and left, by this. */
function identity(view: MenuView): TemplateResult {
  const { words } = view;
  const { handshake } = view.options;
  const chosen = handshake === 'dh-anon' ? 'anonymous' : 'shown';
  const choose = ({ identity: value }: Partial<Record<'identity', string>>) => {
    if (value !== chosen) view.choose({ handshake: value === 'anonymous' ? 'dh-anon' : 'dhe' });
  };
  return html`${selection('identity', chosen, words.identity, words.identities, ['shown', 'anonymous'], choose)}
    ${chosen === 'anonymous' ? html`<p class="note">${words.anonymousNote}</p>` : nothing}`;
}

function clientCertificate(view: MenuView): TemplateResult | typeof nothing {
  const { words } = view;
  const { handshake, clientCertificate: chosen } = view.options;
  const possible = clientCertificatesFor(handshake);
  // With an anonymous server there is no choice; the note on its certificate says why.
  if (possible.length < 2) return nothing;
  return html`${select(view, 'clientcert', chosen, words.clientcert, words.clientcerts, possible)}
    ${chosen === 'missing' || chosen === 'untrusted' ? html`<p class="note">${words.fails}</p>` : nothing}`;
}

function resumption(view: MenuView): TemplateResult | typeof nothing {
  const { words } = view;
  const { resumption: chosen, extendedMasterSecret } = view.options;
  const possible = resumptionsFor(view.options);
  // Where the handshake fails, the note beside that choice says enough.
  if (possible.length < 2) return extendedMasterSecret ? nothing : html`<p class="note">${words.resumptionNote}</p>`;
  return select(view, 'resumption', chosen, words.resumption, words.resumptions, possible);
}

function deprecated({ language, words }: MenuView, handshake: Handshake): TemplateResult | typeof nothing {
  const rfc = deprecatedBy(handshake);
  return rfc === undefined
    ? nothing
    : html`<p class="note">${words.deprecated(language.ui.handshake[handshake], rfc)}</p>`;
}

/** With what is not recommended labelled so, where it can be chosen and where it is. */
function cipherNames(words: PartWords['menu']): Readonly<Record<Cipher, string>> {
  const named = Object.entries(words.ciphers) as [Cipher, string][];
  return Object.fromEntries(
    named.map(([cipher, name]) => {
      const rfc = notRecommendedBy(cipher);
      return [cipher, rfc === undefined ? name : words.notRecommended(name, rfc)];
    }),
  ) as Record<Cipher, string>;
}

function advice(words: PartWords['menu'], cipher: Cipher): TemplateResult | typeof nothing {
  const rfc = notRecommendedBy(cipher);
  return rfc === undefined ? nothing : html`<p class="note">${words.notRecommendedNote(rfc)}</p>`;
}

function order(view: MenuView): TemplateResult {
  const { words } = view;
  return select(view, 'etm', onOff(view.options.encryptThenMac), words.etm, words.etmChoices, ON_OFF);
}

const ON_OFF = ['on', 'off'] as const;

const onOff = (on: boolean): string => (on ? 'on' : 'off');

function select(
  view: MenuView,
  name: Choice,
  chosen: string,
  label: string,
  names: Readonly<Record<string, string>>,
  choices: readonly string[],
): TemplateResult {
  return selection(name, chosen, label, names, choices, view.choose);
}

function selection<N extends string>(
  name: N,
  chosen: string,
  label: string,
  names: Readonly<Record<string, string>>,
  choices: readonly string[],
  choose: (choice: Partial<Record<N, string>>) => void,
): TemplateResult {
  const change = (event: Event) =>
    choose({ [name]: (event.target as HTMLSelectElement).value } as Partial<Record<N, string>>);
  return html`<label>${label}
    <select class="select" name=${name} @change=${change}>
      ${choices.map((value) => html`<option value=${value} ?selected=${chosen === value}>${names[value]}</option>`)}
    </select>
  </label>`;
}
