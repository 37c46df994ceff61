import { describe, expect, it } from 'vitest';
import { english } from '../../content/languages';
import type { Field } from '../../run/model';
import { ancestorsOf, fieldSays, firstExpanded, nodesOf, visibleNodes } from './field-nodes';

const field = (name: Field['name'], start: number, end: number, children: Field[] = []): Field => ({
  name,
  start,
  end,
  value: undefined,
  children,
});

const fields = [
  field('content_type', 0, 1),
  field('fragment', 1, 4, [
    field('msg_type', 1, 2),
    field('random', 2, 4, [field('length', 2, 3), field('point', 3, 4)]),
  ]),
];

describe('a field tree', () => {
  const nodes = nodesOf(fields);

  it('lists fields in the order of their bytes, parents first', () => {
    expect(nodes.map((node) => node.field.name)).toEqual([
      'content_type',
      'fragment',
      'msg_type',
      'random',
      'length',
      'point',
    ]);
    expect(nodes.map((node) => node.level)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('shows what lies under expanded fields only', () => {
    expect(visibleNodes(nodes, new Set()).map((node) => node.id)).toEqual([0, 1]);
    expect(visibleNodes(nodes, new Set([1])).map((node) => node.id)).toEqual([0, 1, 2, 3]);
    expect(visibleNodes(nodes, new Set([3])).map((node) => node.id)).toEqual([0, 1]);
  });

  it('knows the way up', () => {
    expect(ancestorsOf(nodes, 5)).toEqual([3, 1]);
  });

  it('opens messages wholly and certificates in part', () => {
    expect([...firstExpanded(nodes, 'handshake')]).toEqual([1, 3]);
    expect([...firstExpanded(nodes, 'certificate')]).toEqual([1, 3]);
  });
});

const words = await english.parts.bytes();

describe('what a field says', () => {
  const say = { language: english, words };
  const bytes = new Uint8Array([1, 2, 3, 4]);

  it('is its value, else its bytes', () => {
    expect(fieldSays(say, field('random', 0, 2), bytes)).toBe('01 02');
    expect(fieldSays(say, field('random', 2, 2), bytes)).toBe('empty');
    expect(fieldSays(say, { ...field('length', 0, 2), value: { kind: 'number', number: 1400 } }, bytes)).toBe('1,400');
    expect(
      fieldSays(say, { ...field('named_curve', 0, 2), value: { kind: 'code', code: 29, name: 'x25519' } }, bytes),
    ).toBe('x25519 (0x001d)');
    expect(
      fieldSays(say, { ...field('named_curve', 0, 2), value: { kind: 'code', code: 29, name: undefined } }, bytes),
    ).toBe('unknown (0x001d)');
  });
});
