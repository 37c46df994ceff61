import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as breakpoints from './breakpoints';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

type Rgb = readonly [number, number, number];
type Scheme = 'light' | 'dark';

function token(name: string, scheme: Scheme): Rgb {
  const pair = css.match(new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`));
  const hex = pair?.[scheme === 'light' ? 1 : 2];
  if (!hex) throw new Error(`no colour --${name}`);
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}

/** WCAG 2.2, relative luminance. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((channel) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** A chip's ground: eight parts of its colour in a hundred. Mixed in sRGB here, in Oklab on screen: near enough. */
function tint(colour: Rgb, ground: Rgb): Rgb {
  return colour.map((channel, i) => channel * 0.08 + (ground[i] ?? 0) * 0.92) as unknown as Rgb;
}

const GROUNDS = ['paper', 'panel', 'sunken'];
const TEXTS = ['ink', 'muted', 'faint'];
const KEYS = ['clear', 'public', 'secret', 'hs', 'app', 'priv', 'once'];

describe.each(['light', 'dark'] as const)('colours, %s', (scheme) => {
  it.each(TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)))(
    'text %s on %s',
    (text, ground) => {
      expect(contrast(token(text, scheme), token(ground, scheme))).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(KEYS)('a chip of colour %s is readable', (key) => {
    const colour = token(key, scheme);
    expect(contrast(colour, tint(colour, token('panel', scheme)))).toBeGreaterThanOrEqual(4.5);
    for (const ground of GROUNDS) expect(contrast(colour, token(ground, scheme))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(GROUNDS)('controls have an edge on %s', (ground) => {
    expect(contrast(token('edge', scheme), token(ground, scheme))).toBeGreaterThanOrEqual(3);
    expect(contrast(token('focus', scheme), token(ground, scheme))).toBeGreaterThanOrEqual(3);
  });

  it('ink on paper reads both ways round', () => {
    expect(contrast(token('paper', scheme), token('ink', scheme))).toBeGreaterThanOrEqual(7);
  });
});

/** Every sheet but the tokens: those of the pages, and of each feature beside it. */
const SOURCE = new URL('../', import.meta.url);
const SHEETS = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.css$/.test(name) && !name.endsWith('tokens.css'))
  .map((name) => ({ name, sheet: readFileSync(new URL(name, SOURCE), 'utf8') }));

it('the type scale has six sizes', () => {
  const sizes = [...css.matchAll(/--text-(\d+): (\d+)px;/g)].map(([, name, pixels]) => [Number(name), Number(pixels)]);
  expect(sizes).toEqual([12, 14, 16, 20, 28, 40].map((size) => [size, size]));
});

it('every text size is of the scale', () => {
  expect(SHEETS.length).toBeGreaterThan(10);
  for (const { name, sheet } of SHEETS) {
    for (const [, size] of sheet.matchAll(/font(?:-size)?:[^;]*?(\d+(?:px|rem|em))/g)) {
      expect.unreachable(`${name} has a size of its own: ${size}`);
    }
  }
});

/** Padding, margin and gaps in pixels, with the scale's tokens left out. */
const SPACING = /(?:^|[\s;{])(?:padding|margin|gap|row-gap|column-gap|scroll-margin)(?:-[a-z-]+)?:([^;{}]+);/gm;

it('spacing that is on the scale is taken from it', () => {
  const scale = [...css.matchAll(/--space-(\d+): (\d+)px;/g)].map(([, name, pixels]) => {
    expect(pixels).toBe(name);
    return Number(pixels);
  });
  expect(scale.length).toBeGreaterThan(8);
  for (const { name, sheet } of SHEETS) {
    for (const [declaration, value] of sheet.matchAll(SPACING)) {
      for (const [, pixels] of (value ?? '').matchAll(/(?<![\w.-])-?(\d+(?:\.\d+)?)px/g)) {
        expect(scale, `${name}:${declaration}`).not.toContain(Number(pixels));
      }
    }
  }
});

it('every token that a sheet names is there', () => {
  const known = new Set([...css.matchAll(/(--[a-z0-9-]+):/g)].map(([, name]) => name));
  for (const { name, sheet } of SHEETS) {
    const own = new Set([...sheet.matchAll(/(--[a-z0-9-]+):/g)].map(([, property]) => property));
    for (const [, property] of sheet.matchAll(/var\((--(?:space|text)-[a-z0-9-]+)\)/g)) {
      expect(known.has(property) || own.has(property), `${name} names ${property}`).toBe(true);
    }
  }
});

it('every query of a sheet asks for a breakpoint', () => {
  const { LOW, LOW_PHONE, ...widths } = breakpoints;
  // `max-width: 1023px` is below 1024, `min-width: 661px` above 660.
  const allowed = new Set(
    Object.values(widths).flatMap((width) => [
      `max-width: ${width}px`,
      `max-width: ${width - 1}px`,
      `min-width: ${width}px`,
      `min-width: ${width + 1}px`,
    ]),
  );
  for (const height of [LOW, LOW_PHONE]) allowed.add(`max-height: ${height}px`);
  let asked = 0;
  for (const { name, sheet } of SHEETS) {
    for (const [query] of sheet.matchAll(/@(?:media|container)[^{]*/g)) {
      for (const [condition] of query.matchAll(/(?:min|max)-(?:width|height): \d+px/g)) {
        asked += 1;
        expect(allowed, `${name}: ${query}`).toContain(condition);
      }
    }
  }
  expect(asked).toBeGreaterThan(20);
});
