import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

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
const KEYS = ['clear', 'public', 'secret', 'hs', 'app', 'priv'];

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

it('every text size is of the scale', () => {
  expect(SHEETS.length).toBeGreaterThan(10);
  for (const { name, sheet } of SHEETS) {
    for (const [, size] of sheet.matchAll(/font(?:-size)?:[^;]*?(\d+(?:px|rem|em))/g)) {
      expect.unreachable(`${name} has a size of its own: ${size}`);
    }
  }
});
