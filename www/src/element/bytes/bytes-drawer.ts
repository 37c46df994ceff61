/**
 * `<tls-glass-bytes>`: the bytes of one buffer and its fields, side by side and linked both ways.
 *
 * @property language, words: in which words
 * @property run, buffer: what to show; without a buffer it says that the step has no bytes
 * @fires bytes-open when the reader goes to another layer; `detail` is its `BufferRef`
 */

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { PartWords } from '../../content/language';
import { bufferAt, layersAbove, layersOf, sameBuffer, subjectOf } from '../../run/bytes';
import type { BufferRef, Run, TraceBuffer } from '../../run/model';
import { DrawerElement } from '../drawer/drawer-element';
import { rfcLink } from '../shared/rfc-link';
import bytesStyle from './bytes.css?inline';
import { ancestorsOf, fieldSays, firstExpanded, type Node, nodesOf, visibleNodes } from './field-nodes';
import { fieldTree } from './field-tree';
import { hexPane } from './hex-pane';

export class TlsGlassBytes extends DrawerElement {
  static override styles = DrawerElement.sheets(bytesStyle);

  static override properties = {
    ...DrawerElement.properties,
    words: { attribute: false },
    run: { attribute: false },
    buffer: { attribute: false },
    narrow: { type: Boolean },
    chosen: { state: true },
    hovered: { state: true },
    expanded: { state: true },
  };

  declare words: PartWords['bytes'];
  declare run: Run;
  declare buffer: BufferRef | undefined;
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
    const buffer = this.#shown;
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

  get #shown(): TraceBuffer | undefined {
    return this.buffer && bufferAt(this.run, this.buffer);
  }

  protected override render(): TemplateResult {
    const buffer = this.#shown;
    const { language, words } = this;
    const { title } = words;
    if (!buffer || !this.buffer) return this.frame(title, '', html`<p class="none">${words.none}</p>`);
    const active = this.#nodes[this.hovered ?? this.chosen] ?? this.#nodes[0];
    const name = this.#layerName(buffer);
    const view = {
      language,
      words,
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
    return this.frame(
      title,
      words.nameAndSize(name, buffer.bytes.length),
      html`
      <div class="layers" role="group" aria-label=${words.layers}>
        ${layersOf(this.run, this.buffer).map((layer) => this.#layerButton(layer, this.buffer))}
      </div>
      <div class="panes">
        ${hexPane({ ...view, label: words.hexLabel(name), perRow: this.narrow ? 8 : 16 })}
        ${fieldTree({
          ...view,
          label: words.treeLabel(name),
          visible: visibleNodes(this.#nodes, this.expanded),
          expanded: this.expanded,
          toggle: (id: number, open?: boolean) => this.#toggle(id, open),
        })}
      </div>
      ${active ? this.#meaning(active, buffer, this.buffer) : nothing}`,
    );
  }

  #layerButton(ref: BufferRef, shown: BufferRef | undefined): TemplateResult {
    const buffer = bufferAt(this.run, ref);
    if (!buffer) return html``;
    const own = shown !== undefined && sameBuffer(ref, shown);
    return html`<button aria-pressed=${own} data-kind=${buffer.kind} @click=${() => this.#open(ref)}>
      ${this.#layerName(buffer)}<small>${this.language.ui.panel.size(buffer.bytes.length)}</small></button>`;
  }

  #layerName(buffer: TraceBuffer): string {
    const { language, words } = this;
    const layer = language.ui.layers[buffer.kind];
    if (buffer.kind === 'certificate') {
      const subject = subjectOf(buffer.fields);
      return subject ? words.certificateOf(subject) : layer;
    }
    // After its type and length a message has one field, of the message's name.
    const body = buffer.kind === 'handshake' ? buffer.fields.at(-1) : undefined;
    return body ? words.layerOf(layer, body.name) : layer;
  }

  #meaning(active: Node, buffer: TraceBuffer, ref: BufferRef): TemplateResult {
    const { language, words } = this;
    const { field } = active;
    const meaning = words.fields[field.name];
    const says = fieldSays(this, field, buffer.bytes);
    const size = language.ui.panel.size(field.end - field.start);
    const link = layersAbove(this.run, ref).find(
      ({ from }) => from.start <= field.start && field.end <= from.end && field.start < field.end,
    );
    const target = link && bufferAt(this.run, link.to.buffer);
    return html`<div class="meaning" part="meaning">
      <p class="title"><code>${field.name}</code>${says ? html`<b>${says}</b>` : nothing}
        <span>${words.offset(field.start, size)}</span> ${rfcLink(language, meaning.rfc[0], meaning.rfc[1])}</p>
      <p>${meaning.text}</p>
      ${
        link && target
          ? html`<button class="button" @click=${() => this.#open(link.to.buffer)}>
              ${words.follow(this.#layerName(target))}</button>`
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
}
