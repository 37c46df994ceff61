/** The buttons that open the drawers. */

import { html, type TemplateResult } from 'lit';
import { words } from '../../content';
import { DRAWERS, type DrawerName } from '../drawers';

const { glass } = words;

export function drawerBar(open: (name: DrawerName) => void): TemplateResult {
  return html`<div class="drawers" role="group" aria-label=${glass.drawers.label}>
    ${DRAWERS.map(
      (name) =>
        html`<button class="button" data-drawer=${name} @click=${() => open(name)}>${glass.drawers[name]}</button>`,
    )}
  </div>`;
}
