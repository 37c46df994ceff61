/** The glyphs of kinds of values and of controls. A glyph never stands alone for meaning: words are beside it. */

import { html, svg, type TemplateResult } from 'lit';
import type { ValueKind } from '../../run/model';

const shapes = {
  private: svg`<path d="M10.500 1.500a4 4 0 0 0-3.800 5.200L1.500 11.900V14.500h2.600v-1.800h1.800v-1.800h1.800l1.200-1.200a4 4 0 1 0 1.600-8.200Zm1.200 4a1.200 1.200 0 1 1 0-2.400 1.200 1.200 0 0 1 0 2.400Z" fill="currentColor"/>`,
  /** As a private key, and told from it by its shape alone: its bow is a square. */
  once: svg`<path d="M10.600.8 15.200 5.400 10.600 10 8.900 8.300 6.900 10.300H5.300v1.600H3.700v1.600H1.200V11.400L7.700 5 6 5.400Zm.6 3.300a1.300 1.300 0 1 0 0 2.600 1.300 1.300 0 0 0 0-2.600Z" fill="currentColor" fill-rule="evenodd"/>`,
  locked: svg`<path d="M5 7V5a3 3 0 0 1 6 0v2" fill="none" stroke="currentColor" stroke-width="1.600"/><path d="M3 7h10v7.500H3Zm4.200 2.500v2.500h1.600V9.500Z" fill="currentColor" fill-rule="evenodd"/>`,
  public: svg`<path d="M10.500 2.200a3.300 3.300 0 0 0-3.100 4.600L2.200 12v1.800h1.300v-1.600h1.700v-1.700h1.800l1.500-1.500a3.300 3.300 0 1 0 2-6.800Z" fill="none" stroke="currentColor" stroke-width="1.400" stroke-linejoin="round"/><circle cx="11.600" cy="4.600" r=".9" fill="currentColor"/>`,
  secret: svg`<circle cx="5.800" cy="8" r="4" fill="none" stroke="currentColor" stroke-width="1.600"/><circle cx="10.200" cy="8" r="4" fill="none" stroke="currentColor" stroke-width="1.600"/>`,
  traffic: svg`<path d="M2 5.500h10M9 2.500l3.200 3L9 8.500M14 10.500H4M7 7.500l-3.200 3 3.200 3" fill="none" stroke="currentColor" stroke-width="1.600" stroke-linejoin="round"/>`,
  certificate: svg`<path d="M3 2h10v9H3zM8 8v6l2-1.300V8M5 5h6M5 7h4" fill="none" stroke="currentColor" stroke-width="1.400"/>`,
  seed: svg`<path d="M8 14V7M8 9C5 9 3.500 7.500 3.500 4.500 6.500 4.500 8 6 8 9Zm0-1c0-2.500 1.500-4 4.500-4 0 3-1.500 4-4.500 4Z" fill="none" stroke="currentColor" stroke-width="1.400"/>`,
  eye: svg`<path d="M8 3C4.500 3 1.800 5.300.6 8c1.200 2.700 3.900 5 7.400 5s6.200-2.300 7.400-5C14.200 5.300 11.500 3 8 3Zm0 8a3 3 0 1 1 0-6 3 3 0 0 1 0 6Z" fill="currentColor"/>`,
  plaintext: svg`<path d="M3 1.500h6.500L13 5v9.500H3zM5 7h6M5 9.500h6M5 12h4" fill="none" stroke="currentColor" stroke-width="1.400"/>`,
  work: svg`<circle cx="8" cy="8" r="3.200" fill="none" stroke="currentColor" stroke-width="1.600"/><path d="M8 1.500v2.500M8 12v2.500M1.500 8h2.500M12 8h2.500M3.400 3.400l1.800 1.800M10.800 10.800l1.800 1.800M12.600 3.400l-1.800 1.800M5.200 10.800l-1.800 1.800" stroke="currentColor" stroke-width="1.600"/>`,
  wire: svg`<path d="M1 8h14M5 5v6M8 5v6M11 5v6" fill="none" stroke="currentColor" stroke-width="1.400"/>`,
  first: svg`<path d="M3 2h2v12H3zM14 2v12L6 8z" fill="currentColor"/>`,
  back: svg`<path d="M12 2v12L4 8z" fill="currentColor"/>`,
  play: svg`<path d="M4 2v12l10-6z" fill="currentColor"/>`,
  pause: svg`<path d="M3 2h4v12H3zM9 2h4v12H9z" fill="currentColor"/>`,
  forward: svg`<path d="M4 2v12l8-6z" fill="currentColor"/>`,
  last: svg`<path d="M2 2v12l8-6zM11 2h2v12h-2z" fill="currentColor"/>`,
  close: svg`<path d="m3 3 10 10M13 3 3 13" fill="none" stroke="currentColor" stroke-width="1.800"/>`,
} as const;

export type Glyph = keyof typeof shapes;

export const glyph = (name: Glyph): TemplateResult =>
  html`<svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">${shapes[name]}</svg>`;

export const byKind: Record<ValueKind, Glyph> = {
  private_key: 'private',
  server_secret: 'locked',
  ephemeral_private_key: 'once',
  shared_secret: 'secret',
  traffic_key: 'traffic',
  seed: 'seed',
  plaintext: 'plaintext',
  public_key: 'public',
  certificate: 'certificate',
  public: 'wire',
};

export const kindGlyph = (kind: ValueKind): TemplateResult => glyph(byKind[kind]);
