/** Which colour and line style a thing has. Pure functions: colour says which key protects a thing, or what kind it is. */

import type { Box, DiagramRow } from '../../run/diagram';
import { diagramRows } from '../../run/diagram';
import type { Protection, Run, Step, ValueKind, ValueName } from '../../run/model';
import { PROLOGUE } from '../../run/steps';
import { THE_KEY, valueKinds } from '../../run/values';

export type Colour = 'clear' | 'public' | 'secret' | 'hs' | 'app' | 'priv' | 'once' | 'ink';

export const kindColour: Record<ValueKind, Colour> = {
  private_key: 'ink',
  server_secret: 'ink',
  ephemeral_private_key: 'once',
  shared_secret: 'secret',
  traffic_key: 'app',
  seed: 'secret',
  plaintext: 'app',
  public_key: 'public',
  certificate: 'clear',
  public: 'clear',
};

/** Red is for the key that the page is about, and for no other. */
export function valueColour({ name, kind }: { readonly name: ValueName; readonly kind: ValueKind }): Colour {
  return name === THE_KEY ? 'priv' : kindColour[kind];
}

export const protectionColour: Record<Protection, Colour> = { none: 'clear', public: 'public', app: 'app' };

/** The colour of a step's stop on the scrubber: a private key in use, else what is made, else what protects its bytes. */
export function stepColour(run: Run, step: Step): Colour {
  const rows = diagramRows(run, step);
  const used = rows.flatMap(privateKeysIn)[0];
  if (step.id !== PROLOGUE && used) return valueColour({ name: used, kind: 'private_key' });
  const kinds = valueKinds(run);
  const made = rows.flatMap((row) => (row.kind === 'boxes' ? row.boxes.flatMap((box) => box.made) : []));
  const kind = strongest(made, kinds);
  if (kind) return kindColour[kind];
  const arrows = rows.flatMap((row) => (row.kind === 'arrow' ? [row.protection] : []));
  if (arrows.length > 0)
    return protectionColour[(['app', 'public'] as const).find((p) => arrows.includes(p)) ?? 'none'];
  return step.id === 'read' ? 'app' : 'clear';
}

/** The colour of a computation's mark on its lane. */
export function boxColour(run: Run, box: Box): Colour {
  if (box.privateKey) return valueColour({ name: box.privateKey, kind: 'private_key' });
  const kind = strongest(box.made, valueKinds(run));
  return kind ? kindColour[kind] : 'clear';
}

function privateKeysIn(row: DiagramRow): readonly ValueName[] {
  return row.kind === 'boxes' ? row.boxes.flatMap(({ privateKey }) => privateKey ?? []) : [];
}

function strongest(names: readonly ValueName[], kinds: ReadonlyMap<ValueName, ValueKind>): ValueKind | undefined {
  const made = names.map((name) => kinds.get(name));
  return (['traffic_key', 'shared_secret'] as const).find((kind) => made.includes(kind));
}
