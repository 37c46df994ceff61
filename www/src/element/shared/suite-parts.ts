/** A cipher suite taken apart: what each part of it settles. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import type { Suite } from '../../run/suites';

export function suiteParts({ ui }: Language, name: string, suite: Suite): TemplateResult {
  const { suite: say } = ui;
  const part = (label: string, value: string | undefined) =>
    value === undefined ? nothing : html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<dl class="suite-parts" aria-label=${say.label(name)}>
    ${part(say.keyExchange, suite.keyExchange)} ${part(say.authentication, suite.authentication ?? say.none)}
    ${part(say.cipher, suite.cipher)} ${part(say.mac, suite.mac)} ${part(say.hash, suite.hash)}
  </dl>`;
}
