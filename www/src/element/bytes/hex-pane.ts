/** The hex dump: one element a field, which flows over the rows, so that what is linked is the field and not a byte. */

import { html, type TemplateResult } from 'lit';
import { hexOf, printable } from '../shared/format';
import { type FieldLanguage, fieldSays, type Node } from './field-nodes';

export interface PaneView extends FieldLanguage {
  readonly label: string;
  readonly nodes: readonly Node[];
  readonly bytes: Uint8Array;
  /** The node that hover or focus is on. */
  readonly active: Node | undefined;
  readonly chosen: number;
  readonly hovered: number | undefined;
  readonly choose: (id: number, focus: 'tree' | 'hex') => void;
  readonly hover: (id: number | undefined) => void;
}

export function hexPane(view: PaneView & { readonly perRow: number }): TemplateResult {
  const { bytes, perRow } = view;
  const leaves = leavesOf(view);
  const rows = Array.from({ length: Math.ceil(bytes.length / perRow) }, (_, row) => row * perRow);
  const offsets = rows.map((at) => at.toString(16).padStart(4, '0')).join('\n');
  const ascii = rows.map((at) => [...bytes.subarray(at, at + perRow)].map(printable).join('')).join('\n');
  // The list holds nothing but its options: line breaks between the templates would show as spaces.
  return html`<div class="pane"><div class="dump">
    <span class="offsets" aria-hidden="true">${offsets}</span>
    <div class="hex" role="listbox" aria-label=${view.label} @keydown=${(event: KeyboardEvent) => onKey(view, leaves, event)}
      @pointerleave=${() => view.hover(undefined)}>${leaves.map((leaf) => leafOf(view, leaf, leaves))}</div>
    <span class="ascii" aria-hidden="true">${ascii}</span>
  </div></div>`;
}

function leavesOf(view: PaneView): readonly Node[] {
  return view.nodes.filter((node) => node.isLeaf && node.field.end > node.field.start);
}

function leafOf(view: PaneView, leaf: Node, leaves: readonly Node[]): TemplateResult {
  const { field } = leaf;
  const { language, words, active, chosen, bytes } = view;
  // Where the whole buffer is active, no part of it is to stand out.
  const part = active !== undefined && active.field.end - active.field.start < bytes.length;
  const isHighlighted = part && active.field.start <= field.start && field.end <= active.field.end;
  const classes = `leaf${isHighlighted ? ' highlighted' : ''}${leaf.id === chosen ? ' chosen' : ''}`;
  const first = leaves[0]?.id;
  // One stop for the Tab key: the chosen field, or the first one while a structure is chosen.
  const stop = leaf.id === chosen || (leaf.id === first && !leaves.some((other) => other.id === chosen));
  const name = words.fieldLabel(
    field.name,
    language.ui.panel.size(field.end - field.start),
    fieldSays(view, field, bytes),
  );
  return html`<span class=${classes} role="option" data-node=${leaf.id} tabindex=${stop ? 0 : -1} aria-selected=${leaf.id === chosen}
    aria-label=${name} @pointerenter=${() => view.hover(leaf.id)} @click=${() => view.choose(leaf.id, 'hex')}
    @focus=${() => leaf.id !== chosen && view.choose(leaf.id, 'hex')}>${hexOf(bytes.subarray(field.start, field.end))}</span> `;
}

function onKey(view: PaneView, leaves: readonly Node[], event: KeyboardEvent): void {
  const at = leaves.findIndex((leaf) => leaf.id === view.chosen);
  const to = {
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    Home: 0,
    End: leaves.length - 1,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  const leaf = leaves[Math.max(0, Math.min(leaves.length - 1, to))];
  if (leaf) view.choose(leaf.id, 'hex');
}
