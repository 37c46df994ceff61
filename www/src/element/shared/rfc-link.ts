/** A link to the place in an RFC that defines what is shown. */

import { html, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';

export function rfcLink({ ui }: Language, rfc: number, section: string): TemplateResult {
  const anchor = /^[A-Z]/.test(section) ? `appendix-${section}` : `section-${section}`;
  return html`<a href="https://www.rfc-editor.org/rfc/rfc${rfc}#${anchor}" rel="noreferrer"
    >${ui.panel.reference(rfc, section)}</a>`;
}
