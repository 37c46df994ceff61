/** Which file may import which: layers point one way, and no file leads back to itself. Read from the `import` lines. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCE = import.meta.dirname;

/**
 * Lowest first: a layer may import itself and what stands before it. `style` has sheets, and numbers that sheets repeat. The
 * files beside the folders are the pages, which stand above all layers.
 */
const LAYERS: readonly string[] = ['style', 'run', 'content', 'network', 'element', 'pages'];

/** The files of `src`, each with those that it imports; by their paths, tests left out. */
function graphOf(root: string): ReadonlyMap<string, readonly string[]> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.ts$/.test(name) && !/\.(test|d)\.ts$/.test(name),
  );
  const known = new Set(files);
  return new Map(files.map((file) => [file, importsOf(root, file, known)]));
}

/** Static and dynamic imports, re-exports, and the workers that are started by their address. */
const IMPORTED = /(?:from|import|import\(|new URL\()\s*'(\.[^']+)'/g;

function importsOf(root: string, file: string, known: ReadonlySet<string>): readonly string[] {
  const specifiers = [...readFileSync(join(root, file), 'utf8').matchAll(IMPORTED)].map(
    ([, specifier]) => specifier ?? '',
  );
  return specifiers.flatMap((specifier) => {
    const path = relative(root, resolve(root, dirname(file), specifier));
    const found = [path, `${path}.ts`, join(path, 'index.ts')].find((candidate) => known.has(candidate));
    // Sheets, and the generated binding outside of `src`, are no files of a layer.
    if (found) return [found];
    if (/\.css\?inline$/.test(specifier) || path.startsWith('../pkg/')) return [];
    throw new Error(`${file} imports ${specifier}, which is no file here`);
  });
}

/** A way from a node back to itself, or nothing. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (done.has(node)) return undefined;
    done.add(node);
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...way, node]);
      if (circle) return circle;
    }
    return undefined;
  };
  for (const node of graph.keys()) {
    const circle = visit(node, []);
    if (circle) return circle;
  }
  return undefined;
}

/** The same imports between folders; a file that lies in none of them stands for itself. */
function foldersOf(graph: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const [file, imported] of graph) {
    const own = placeOf(file);
    const others = imported.map(placeOf).filter((place) => place !== own);
    folders.set(own, [...(folders.get(own) ?? []), ...others]);
  }
  return folders;
}

/** The room of a layer that a file lies in, such as `element/stage`; a file directly in its layer is a room of its own. */
function placeOf(file: string): string {
  const parts = file.split('/');
  return parts.length > 2 ? parts.slice(0, 2).join('/') : file;
}

function layerOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : 'pages';
}

const graph = graphOf(SOURCE);

describe('imports', () => {
  it('are found', () => {
    expect(graph.get('element/tls-glass-element.ts')).toContain('element/views.ts');
    expect(graph.get('network/workers.ts')).toContain('network/party.worker.ts');
  });

  it.each([...graph.keys()])('of %s point to its own layer or a lower one', (file) => {
    const height = LAYERS.indexOf(layerOf(file));
    expect(height).toBeGreaterThanOrEqual(0);
    const upwards = graph.get(file)?.filter((imported) => LAYERS.indexOf(layerOf(imported)) > height);
    expect(upwards).toEqual([]);
  });

  it('leave it to the content which language is spoken', () => {
    const direct = [...graph].filter(
      ([file, imported]) => layerOf(file) !== 'content' && imported.some((each) => each.startsWith('content/en')),
    );
    expect(direct).toEqual([]);
    expect(graph.get('content/languages.ts')).toContain('content/en/index.ts');
  });

  it('have no circle between files', () => {
    expect(circleIn(graph)).toBeUndefined();
  });

  it('have no circle between rooms', () => {
    expect(circleIn(foldersOf(graph))).toBeUndefined();
  });

  it('would show a circle', () => {
    const circle = new Map([
      ['run/a.ts', ['run/b.ts']],
      ['run/b.ts', ['run/c.ts']],
      ['run/c.ts', ['run/b.ts']],
    ]);
    expect(circleIn(circle)).toEqual(['run/b.ts', 'run/c.ts', 'run/b.ts']);
  });
});
