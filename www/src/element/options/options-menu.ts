/** "More": what else can be chosen for a connection. */

import { html, nothing, type TemplateResult } from 'lit';
import { words } from '../../content';
import {
  certificatesFor,
  ciphersFor,
  clientCertificatesFor,
  deprecatedBy,
  groupsFor,
  HANDSHAKES,
  notRecommendedBy,
  resumptionsFor,
  USUAL,
} from '../../run/choices';
import type { Cipher, Handshake, RunOptions } from '../../run/model';

const { ui } = words;

type Choice = 'handshake' | 'cipher' | 'certificate' | 'clientcert' | 'resumption' | 'group' | 'ems' | 'etm';

export interface MoreView {
  readonly options: RunOptions;
  readonly open: boolean;
  readonly seeded: boolean;
  readonly toggle: (open: boolean) => void;
  readonly choose: (choice: Partial<Record<Choice, string>>) => void;
  readonly newRun: () => void;
  readonly newKey: () => void;
}

export function more(view: MoreView): TemplateResult {
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !view.open) return;
    event.stopPropagation();
    view.toggle(false);
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>('#more')?.focus();
  };
  return html`<div class="more" @keydown=${onKey}>
    <button class="button" id="more" aria-expanded=${view.open} aria-controls="sheet" @click=${() => view.toggle(!view.open)}>
      ${ui.more.open}</button>
    <div class="sheet" id="sheet" role="group" aria-label=${ui.more.heading} ?hidden=${!view.open}>
      ${view.open ? sheet(view) : nothing}
    </div>
  </div>`;
}

function sheet(view: MoreView): TemplateResult {
  const { handshake, certificate, cipher, group, extendedMasterSecret } = view.options;
  const possible = certificatesFor(handshake);
  return html`
    ${deprecated(handshake)}
    ${select(view, 'cipher', cipher, ui.more.cipher, cipherNames(), ciphersFor(handshake, certificate))}
    ${advice(cipher)} ${cipher === 'aes-128-cbc' ? order(view) : nothing}
    ${identity(view)}
    ${
      handshake === 'ecdhe'
        ? select(view, 'certificate', certificate, ui.more.certificate, ui.more.certificates, possible)
        : html`<p class="note">${ui.more.certificateNote[handshake]}</p>`
    }
    ${clientCertificate(view)} ${resumption(view)}
    ${handshake === 'rsa' ? html`<p class="note">${ui.more.groupNote}</p>` : select(view, 'group', group, ui.more.group, ui.more.groups, groupsFor(handshake))}
    ${select(view, 'ems', onOff(extendedMasterSecret), ui.more.ems, ui.more.emsChoices, ON_OFF)}
    ${view.seeded ? html`<p class="note">${ui.more.seeded}</p>` : nothing}
    <div class="buttons">
      <button class="button" id="new-run" @click=${view.newRun}>${ui.more.newRun}</button>
      <button class="button" id="new-key" @click=${view.newKey}>${ui.more.newKey}</button>
    </div>`;
}

/** Anonymous DH is DHE without the server's certificate and signature: it is asked for, and left, by this. */
function identity(view: MoreView): TemplateResult {
  const { handshake } = view.options;
  const chosen = handshake === 'dh-anon' ? 'anonymous' : 'shown';
  const choose = ({ identity: value }: Partial<Record<'identity', string>>) => {
    if (value !== chosen) view.choose({ handshake: value === 'anonymous' ? 'dh-anon' : 'dhe' });
  };
  return html`${selection('identity', chosen, ui.more.identity, ui.more.identities, ['shown', 'anonymous'], choose)}
    ${chosen === 'anonymous' ? html`<p class="note">${ui.more.anonymousNote}</p>` : nothing}`;
}

function clientCertificate(view: MoreView): TemplateResult | typeof nothing {
  const { handshake, clientCertificate: chosen } = view.options;
  const possible = clientCertificatesFor(handshake);
  // With an anonymous server there is no choice; the note on its certificate says why.
  if (possible.length < 2) return nothing;
  return html`${select(view, 'clientcert', chosen, ui.more.clientcert, ui.more.clientcerts, possible)}
    ${chosen === 'missing' || chosen === 'untrusted' ? html`<p class="note">${ui.more.fails}</p>` : nothing}`;
}

function resumption(view: MoreView): TemplateResult | typeof nothing {
  const { resumption: chosen, extendedMasterSecret } = view.options;
  const possible = resumptionsFor(view.options);
  // Where the handshake fails, the note beside that choice says enough.
  if (possible.length < 2) return extendedMasterSecret ? nothing : html`<p class="note">${ui.more.resumptionNote}</p>`;
  return select(view, 'resumption', chosen, ui.more.resumption, ui.more.resumptions, possible);
}

function deprecated(handshake: Handshake): TemplateResult | typeof nothing {
  const rfc = deprecatedBy(handshake);
  return rfc === undefined ? nothing : html`<p class="note">${ui.more.deprecated(ui.handshake[handshake], rfc)}</p>`;
}

/** With what is not recommended labelled so, where it can be chosen and where it is. */
function cipherNames(): Readonly<Record<Cipher, string>> {
  const named = Object.entries(ui.more.ciphers) as [Cipher, string][];
  return Object.fromEntries(
    named.map(([cipher, name]) => {
      const rfc = notRecommendedBy(cipher);
      return [cipher, rfc === undefined ? name : ui.more.notRecommended(name, rfc)];
    }),
  ) as Record<Cipher, string>;
}

function advice(cipher: Cipher): TemplateResult | typeof nothing {
  const rfc = notRecommendedBy(cipher);
  return rfc === undefined ? nothing : html`<p class="note">${ui.more.notRecommendedNote(rfc)}</p>`;
}

function order(view: MoreView): TemplateResult {
  return select(view, 'etm', onOff(view.options.encryptThenMac), ui.more.etm, ui.more.etmChoices, ON_OFF);
}

const ON_OFF = ['on', 'off'] as const;

const onOff = (on: boolean): string => (on ? 'on' : 'off');

function select(
  view: MoreView,
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

/** The key exchanges, side by side: the choice that the page is about. */
export function handshakeToggle(chosen: Handshake, choose: (handshake: Handshake) => void): TemplateResult {
  // What is there for who asks for it stands here once it was asked for.
  const offered = HANDSHAKES.filter((handshake) => USUAL.includes(handshake) || handshake === chosen);
  return html`<div class="segments" role="group" aria-label=${ui.handshake.label}>
    ${offered.map(
      (
        handshake,
      ) => html`<button data-handshake=${handshake} aria-pressed=${handshake === chosen} @click=${() => choose(handshake)}>
        ${ui.handshake[handshake]}${deprecatedMark(handshake)}
      </button>`,
    )}
  </div>`;
}

function deprecatedMark(handshake: Handshake): TemplateResult | typeof nothing {
  const rfc = deprecatedBy(handshake);
  if (rfc === undefined) return nothing;
  return html` <span class="pill" title=${ui.handshake.deprecatedNote(rfc)}>${ui.handshake.deprecated}</span>`;
}
