/**
 * `<tls-glass-bytes>`: the bytes of one buffer and its fields, side by side and linked both ways.
 *
 * An inner part of `<tls-glass>`.
 *
 * @property run, buffer: what to show
 * @fires bytes-close when the reader closes the drawer
 * @fires bytes-open  when the reader goes to another layer; `detail` is its `BufferRef`
 */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit';
import { words } from '../content';
import { bufferAt, layersAbove, sameBuffer } from '../run/bytes';
import type { BufferRef, Run, TraceBuffer } from '../run/model';
import base from '../style/base.css?inline';
import drawer from '../style/drawer.css?inline';
import { ancestorsOf, fieldSays, firstExpanded, type Node, nodesOf, visibleNodes } from './field-tree';
import { layersOf, subjectOf } from './layers';
import { fieldTree } from './parts/field-tree';
import { glyph } from './parts/glyphs';
import { hexPane } from './parts/hex';
import { rfcLink } from './parts/panel-bytes';

const { ui } = words;

export class TlsGlassBytes extends LitElement {
  static override styles = [unsafeCSS(base), unsafeCSS(drawer)];

  static override properties = {
    run: { attribute: false },
    buffer: { attribute: false },
    narrow: { type: Boolean },
    chosen: { state: true },
    hovered: { state: true },
    expanded: { state: true },
  };

  declare run: Run;
  declare buffer: BufferRef;
  declare narrow: boolean;
  /** The node that has the focus, or had it last. */
  declare chosen: number;
  declare hovered: number | undefined;
  declare expanded: ReadonlySet<number>;

  #nodes: readonly Node[] = [];
  #focus: 'tree' | 'hex' | undefined;

  constructor() {
    super();
    this.narrow = false;
    this.chosen = 0;
    this.hovered = undefined;
    this.expanded = new Set();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('buffer') && !changed.has('run')) return;
    const buffer = bufferAt(this.run, this.buffer);
    this.#nodes = buffer ? nodesOf(buffer.fields) : [];
    this.expanded = buffer ? firstExpanded(this.#nodes, buffer.kind) : new Set();
    this.chosen = 0;
    this.hovered = undefined;
  }

  protected override updated(): void {
    const focus = this.#focus;
    this.#focus = undefined;
    const root = this.renderRoot;
    const node = root.querySelector<HTMLElement>(`.node[data-node="${this.chosen}"]`);
    const leaf = root.querySelector<HTMLElement>(`.leaf[data-node="${this.chosen}"]`);
    if (focus === 'tree') node?.focus();
    if (focus === 'hex') leaf?.focus();
    if (focus) for (const element of [node, leaf]) element?.scrollIntoView({ block: 'nearest' });
  }

  /** Puts the keyboard into the drawer. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('#close')?.focus();
  }

  protected override render(): TemplateResult {
    const buffer = bufferAt(this.run, this.buffer);
    if (!buffer) return html`<section class="drawer"><p class="none">${ui.drawer.none}</p></section>`;
    const active = this.#nodes[this.hovered ?? this.chosen] ?? this.#nodes[0];
    const name = this.#layerName(buffer);
    const view = {
      nodes: this.#nodes,
      bytes: buffer.bytes,
      active,
      chosen: this.chosen,
      hovered: this.hovered,
      choose: (id: number, focus: 'tree' | 'hex') => this.#choose(id, focus),
      hover: (id: number | undefined) => {
        this.hovered = id;
      },
    };
    return html`<section class="drawer" part="drawer" role="region" aria-labelledby="drawer-title" @keydown=${this.#onKey}>
      <div class="head">
        <h2 id="drawer-title">${ui.drawer.title} <small>${name}, ${ui.panel.size(buffer.bytes.length)}</small></h2>
        <button class="button" id="close" aria-label=${ui.drawer.close} @click=${this.#close}>${glyph('close')}</button>
      </div>
      <div class="layers" role="group" aria-label=${ui.drawer.layers}>
        ${layersOf(this.run, this.buffer).map((layer) => this.#layerButton(layer))}
      </div>
      <div class="panes">
        ${hexPane({ ...view, label: ui.drawer.hexLabel(name), perRow: this.narrow ? 8 : 16 })}
        ${fieldTree({
          ...view,
          label: ui.drawer.treeLabel(name),
          visible: visibleNodes(this.#nodes, this.expanded),
          expanded: this.expanded,
          toggle: (id: number, open?: boolean) => this.#toggle(id, open),
        })}
      </div>
      ${active ? this.#meaning(active, buffer) : nothing}
    </section>`;
  }

  #layerButton(ref: BufferRef): TemplateResult {
    const buffer = bufferAt(this.run, ref);
    if (!buffer) return html``;
    const own = sameBuffer(ref, this.buffer);
    return html`<button aria-pressed=${own} data-kind=${buffer.kind} @click=${() => this.#open(ref)}>
      ${this.#layerName(buffer)}<small>${ui.panel.size(buffer.bytes.length)}</small></button>`;
  }

  #layerName(buffer: TraceBuffer): string {
    const layer = ui.drawer.layer[buffer.kind];
    if (buffer.kind === 'certificate') {
      const subject = subjectOf(buffer.fields);
      return subject ? ui.drawer.certificateOf(subject) : layer;
    }
    // After its type and length a message has one field, of the message's name.
    const body = buffer.kind === 'handshake' ? buffer.fields.at(-1) : undefined;
    return body ? `${layer}: ${body.name}` : layer;
  }

  #meaning(active: Node, buffer: TraceBuffer): TemplateResult {
    const { field } = active;
    const meaning = words.fields[field.name];
    const says = fieldSays(field, buffer.bytes);
    const size = ui.panel.size(field.end - field.start);
    const link = layersAbove(this.run, this.buffer).find(
      ({ from }) => from.start <= field.start && field.end <= from.end && field.start < field.end,
    );
    const target = link && bufferAt(this.run, link.to.buffer);
    return html`<div class="meaning" part="meaning">
      <p class="title"><code>${field.name}</code>${says ? html`<b>${says}</b>` : nothing}
        <span>${ui.drawer.offset(field.start, size)}</span> ${rfcLink(meaning.rfc[0], meaning.rfc[1])}</p>
      <p>${meaning.text}</p>
      ${
        link && target
          ? html`<button class="button" @click=${() => this.#open(link.to.buffer)}>
              ${ui.drawer.follow(this.#layerName(target))}</button>`
          : nothing
      }
    </div>`;
  }

  #choose(id: number, focus: 'tree' | 'hex'): void {
    this.#focus = focus;
    this.hovered = undefined;
    this.expanded = new Set([...this.expanded, ...ancestorsOf(this.#nodes, id)]);
    if (this.chosen === id) this.requestUpdate();
    this.chosen = id;
  }

  #toggle(id: number, open = !this.expanded.has(id)): void {
    const expanded = new Set(this.expanded);
    if (open) expanded.add(id);
    else expanded.delete(id);
    this.expanded = expanded;
  }

  #open(ref: BufferRef): void {
    this.dispatchEvent(new CustomEvent<BufferRef>('bytes-open', { detail: ref }));
  }

  #close = (): void => {
    this.dispatchEvent(new CustomEvent('bytes-close'));
  };

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.#close();
  };
}
