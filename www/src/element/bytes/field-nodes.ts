/** A buffer's fields as the tree and the hex dump show them. Pure functions. */

import type { Language, PartWords } from '../../content/language';
import type { BufferKind, Field, FieldValue } from '../../run/model';
import { hexOf } from '../shared/format';

/** A field with its place in the tree. Nodes are in the order of their bytes, parents before children. */
export interface Node {
  readonly id: number;
  readonly field: Field;
  readonly level: number;
  /** -1 for a root. */
  readonly parent: number;
  readonly isLeaf: boolean;
}

export function nodesOf(fields: readonly Field[]): readonly Node[] {
  const nodes: Node[] = [];
  const add = (field: Field, level: number, parent: number): void => {
    const id = nodes.length;
    nodes.push({ id, field, level, parent, isLeaf: field.children.length === 0 });
    for (const child of field.children) add(child, level + 1, id);
  };
  for (const field of fields) add(field, 0, -1);
  return nodes;
}

/** The nodes all of whose ancestors are expanded. */
export function visibleNodes(nodes: readonly Node[], expanded: ReadonlySet<number>): readonly Node[] {
  const shown = new Set<number>();
  for (const node of nodes) {
    if (node.parent < 0 || (shown.has(node.parent) && expanded.has(node.parent))) shown.add(node.id);
  }
  return nodes.filter((node) => shown.has(node.id));
}

export function ancestorsOf(nodes: readonly Node[], id: number): readonly number[] {
  const parent = nodes[id]?.parent ?? -1;
  return parent < 0 ? [] : [parent, ...ancestorsOf(nodes, parent)];
}

/** What is open at first: everything in a message; of a certificate, which is deep, the first levels. */
export function firstExpanded(nodes: readonly Node[], kind: BufferKind): ReadonlySet<number> {
  const deepest = kind === 'certificate' || kind === 'certificate_request' ? 2 : 9;
  return new Set(nodes.filter((node) => !node.isLeaf && node.level < deepest).map((node) => node.id));
}

/** In which words fields are told of. */
export interface FieldLanguage {
  readonly language: Language;
  readonly words: PartWords['bytes'];
}

/** What a field's bytes say; its first bytes where they say nothing but themselves. */
export function fieldSays(say: FieldLanguage, field: Field, bytes: Uint8Array): string {
  if (field.value) return valueSays(say, field.value, field.end - field.start);
  if (field.children.length > 0) return '';
  if (field.start === field.end) return say.words.empty;
  return hexOf(bytes.subarray(field.start, field.end), 12);
}

/** A code point has as many digits as its field has bytes. */
function valueSays({ language, words }: FieldLanguage, value: FieldValue, size: number): string {
  switch (value.kind) {
    case 'number':
      return language.number(value.number);
    case 'code':
      return `${value.name ?? words.unknown} (0x${value.code.toString(16).padStart(2 * size, '0')})`;
    case 'text':
      return value.text;
  }
}
