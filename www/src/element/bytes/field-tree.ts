/** The tree of fields, with the keys that trees have. */

import { html, nothing, type TemplateResult } from 'lit';
import { customProperties } from '../shared/custom-properties';
import { fieldSays, type Node } from './field-nodes';
import type { PaneView } from './hex-pane';

export interface TreeView extends PaneView {
  readonly visible: readonly Node[];
  readonly expanded: ReadonlySet<number>;
  readonly toggle: (id: number, open?: boolean) => void;
}

export function fieldTree(view: TreeView): TemplateResult {
  return html`<div class="pane"><div role="tree" aria-label=${view.label} @keydown=${(event: KeyboardEvent) => onKey(view, event)}
    @pointerleave=${() => view.hover(undefined)}>
    ${view.visible.map((node) => item(view, node))}
  </div></div>`;
}

function item(view: TreeView, node: Node): TemplateResult {
  const { field, id, level, isLeaf } = node;
  const open = view.expanded.has(id);
  const chosen = id === view.chosen;
  const classes = `node${chosen ? ' chosen' : ''}${id === view.hovered ? ' highlighted' : ''}`;
  return html`<div class=${classes} role="treeitem" data-node=${id} aria-level=${level + 1} aria-selected=${chosen}
    aria-expanded=${isLeaf ? nothing : open} tabindex=${chosen ? 0 : -1} ${customProperties({ '--level': String(level) })}
    @pointerenter=${() => view.hover(id)} @click=${() => onClick(view, node)}
    @focus=${() => !chosen && view.choose(id, 'tree')}>
    <span class="expander" aria-hidden="true">${isLeaf ? '' : open ? '▾' : '▸'}</span>
    <code>${field.name}</code>
    <span class="says">${fieldSays(view, field, view.bytes)}</span>
    <span class="size">${view.language.ui.panel.size(field.end - field.start)}</span>
  </div>`;
}

function onClick(view: TreeView, node: Node): void {
  if (!node.isLeaf && node.id === view.chosen) view.toggle(node.id);
  view.choose(node.id, 'tree');
}

function onKey(view: TreeView, event: KeyboardEvent): void {
  const { visible, nodes, chosen, expanded } = view;
  const at = visible.findIndex((node) => node.id === chosen);
  const node = nodes[chosen];
  if (!node) return;
  const go = (to: Node | undefined) => to && view.choose(to.id, 'tree');
  switch (event.key) {
    case 'ArrowDown':
      go(visible[at + 1]);
      break;
    case 'ArrowUp':
      go(visible[at - 1]);
      break;
    case 'ArrowRight':
      if (!node.isLeaf && !expanded.has(node.id)) view.toggle(node.id, true);
      else if (!node.isLeaf) go(nodes[node.id + 1]);
      break;
    case 'ArrowLeft':
      if (!node.isLeaf && expanded.has(node.id)) view.toggle(node.id, false);
      else go(nodes[node.parent]);
      break;
    case 'Home':
      go(visible[0]);
      break;
    case 'End':
      go(visible.at(-1));
      break;
    case 'Enter':
    case ' ':
      if (!node.isLeaf) view.toggle(node.id);
      break;
    default:
      return;
  }
  event.preventDefault();
  event.stopPropagation();
}
