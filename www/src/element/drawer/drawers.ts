/** Which drawer is open, and on what. */

import { bytesOfStep } from '../../run/bytes';
import type { BufferRef, Party, Run, Step, ValueName } from '../../run/model';

/** A place in a party's memory. */
export interface Place {
  readonly party: Party;
  readonly at: number;
}

/** One drawer is open at a time. */
export type Drawer =
  /** Without a buffer where a step has no bytes of its own: what it works with. */
  | { readonly is: 'bytes'; readonly buffer: BufferRef | undefined }
  | { readonly is: 'keys' }
  /** At a place of a memory, or at the search, for a value that the reader asked for. */
  | { readonly is: 'memory'; readonly place: Place | undefined; readonly value?: ValueName }
  | { readonly is: 'claim' }
  /** The terms that readers come with. */
  | { readonly is: 'terms' };

export type DrawerName = Drawer['is'];

/** Those with a button at the panel's foot. */
export const PANEL_DRAWERS = ['bytes', 'keys', 'memory', 'claim'] as const satisfies readonly DrawerName[];

export const DRAWERS = [...PANEL_DRAWERS, 'terms'] as const satisfies readonly DrawerName[];

/** A drawer as a button opens it. */
export function drawerAt(run: Run, step: Step, name: DrawerName): Drawer {
  switch (name) {
    case 'bytes':
      return { is: 'bytes', buffer: bytesOfStep(run, step) };
    case 'memory':
      return { is: 'memory', place: undefined };
    default:
      return { is: name };
  }
}

/** An open drawer at another step: bytes are those of the step; a place in a memory stays the place. */
export function followed(drawer: Drawer | undefined, run: Run, step: Step | undefined): Drawer | undefined {
  if (!drawer) return undefined;
  // The opening view has no step: what can be opened there stays.
  if (!step) return drawer.is === 'claim' ? drawer : undefined;
  return drawer.is === 'bytes' ? drawerAt(run, step, 'bytes') : drawer;
}
