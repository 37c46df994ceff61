/**
 * `<tls-glass-bytes>`: the bytes of one buffer and its fields, side by side and linked both ways.
 *
 * @property language, words: in which words
 * @property run, step, buffer: what to show; without a buffer, what the step works with
 * @fires bytes-open when the reader goes to another buffer; `detail` is its `BufferRef`, or undefined for what the step works with
 */

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { stepName, stepWords } from '../../content/facts';
import type { PartWords } from '../../content/language';
import { bufferAt, bytesOfStep, layersAbove, layersOf, sameBuffer, subjectOf } from '../../run/bytes';
import { type BufferRef, bufferKey, type Run, type Step, type TraceBuffer } from '../../run/model';
import { DrawerElement } from '../drawer/drawer-element';
import { rfcLink } from '../shared/rfc-link';
import bytesStyle from './bytes.css?inline';
import { ancestorsOf, fieldSays, firstExpanded, type Node, nodesOf, visibleNodes } from './field-nodes';
import { fieldTree } from './field-tree';
import { hexPane } from './hex-pane';
import { stepContents } from './step-contents';

export class TlsGlassBytes extends DrawerElement {
  static override styles = DrawerElement.sheets(bytesStyle);

  static override properties = {
    ...DrawerElement.properties,
    words: { attribute: false },
    run: { attribute: false },
    step: { attribute: false },
    buffer: { attribute: false },
    narrow: { type: Boolean },
    chosen: { state: true },
    hovered: { state: true },
    expanded: { state: true },
  };

  declare words: PartWords['bytes'];
  declare run: Run;
  declare step: Step;
  declare buffer: BufferRef | undefined;
  declare narrow: boolean;
  /** The node that has the focus, or had it last. */
  declare chosen: number;
  declare hovered: number | undefined;
  declare expanded: ReadonlySet<number>;

  #nodes: readonly Node[] = [];
  #focus: 'tree' | 'hex' | undefined;
  /** The first of these that is there takes the focus: the button that had it goes. */
  #successors: readonly string[] = [];

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
    const successor = this.#successors.flatMap((selector) => root.querySelector<HTMLElement>(selector) ?? [])[0];
    if (!successor) return;
    this.#successors = [];
    successor.focus();
  }

  get #shown(): TraceBuffer | undefined {
    return this.buffer && bufferAt(this.run, this.buffer);
  }

  protected override render(): TemplateResult {
    const buffer = this.#shown;
    const { language, words } = this;
    const { title } = words;
    if (!buffer || !this.buffer) return this.frame(title, this.#stepTitle(), this.#contents());
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
        ${bytesOfStep(this.run, this.step) ? nothing : this.#back(this.buffer)}
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

  #stepTitle(): string {
    const { language, run, step } = this;
    return language.ui.transport.stop(stepName(language, step), stepWords(language, run, step.id).title);
  }

  #contents(): TemplateResult {
    const { language, words, run, step } = this;
    return stepContents({
      language,
      words,
      run,
      step,
      layerName: (buffer) => this.#layerName(buffer),
      open: (ref) => {
        this.#successors = ['#step-contents'];
        this.#open(ref);
      },
    });
  }

  #back(from: BufferRef): TemplateResult {
    return html`<button id="step-contents" @click=${() => {
      this.#successors = [`[data-buffer="${bufferKey(from)}"]`, '.contents'];
      this.#open(undefined);
    }}>${this.words.contents.back}</button>`;
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

  #open(ref: BufferRef | undefined): void {
    this.dispatchEvent(new CustomEvent<BufferRef | undefined>('bytes-open', { detail: ref }));
  }
}
