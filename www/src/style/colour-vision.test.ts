/** Kinds of keys stay apart for readers who see fewer colours: by their shape, and as far as it goes by their colour. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kindColour, valueColour } from '../element/shared/colours';
import { byKind } from '../element/shared/glyphs';
import type { ValueKind } from '../run/model';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/** Machado, Oliveira and Fernandes (2009), severity 1, in linear RGB. */
const SEEN_BY: Readonly<Record<string, Matrix>> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linear(name: string, scheme: 'light' | 'dark'): Rgb {
  const pair = css.match(new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`));
  const hex = pair?.[scheme === 'light' ? 1 : 2];
  if (!hex) throw new Error(`no colour --${name}`);
  return [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
}

const times = (matrix: Matrix, v: Rgb): Rgb =>
  matrix.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Rgb;

/** Oklab, in which equal distances look about equally far apart. */
function oklab(rgb: Rgb): Rgb {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb.map((c) => Math.min(1, Math.max(0, c))) as unknown as Rgb,
  ).map(Math.cbrt) as unknown as Rgb;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
}

function distance(a: string, b: string, scheme: 'light' | 'dark', seen: Matrix): number {
  const [x, y] = [a, b].map((name) => oklab(times(seen, linear(name, scheme)))) as [Rgb, Rgb];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

const KINDS = Object.keys(byKind) as ValueKind[];

it('kinds of different colours have different shapes', () => {
  expect(KINDS.length).toBeGreaterThan(8);
  for (const a of KINDS) {
    for (const b of KINDS) {
      if (kindColour[a] !== kindColour[b]) expect(byKind[a], `${a}, ${b}`).not.toBe(byKind[b]);
    }
  }
});

it("red is the server's private key's, and no kind's", () => {
  expect(valueColour({ name: 'server_private_key', kind: 'private_key' })).toBe('priv');
  expect(Object.values(kindColour)).not.toContain('priv');
  expect(valueColour({ name: 'client_private_key', kind: 'private_key' })).not.toBe('priv');
  expect(valueColour({ name: 'server_ephemeral_private_key', kind: 'ephemeral_private_key' })).toBe('once');
});

/** Twice what is just noticed side by side. */
const APART = 0.04;

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  it.each(Object.keys(SEEN_BY))("the server's private key and a one-time one differ in colour, too: %s", (seen) => {
    expect(distance('priv', 'once', scheme, SEEN_BY[seen] as Matrix)).toBeGreaterThan(APART);
  });
});
