// The words of the drawer with the bytes of a buffer, and what every field of them means.

import { number, bytes as sizeOf } from '../names';
import { fields } from './fields';

export const bytes = {
  title: 'Bytes',
  layers: 'Layers',
  hexLabel: (what: string) => `Bytes of ${what}, by field`,
  treeLabel: (what: string) => `Fields of ${what}`,
  fieldLabel: (name: string, size: string, value: string) => [name, size, value].filter(Boolean).join(', '),
  nameAndSize: (name: string, size: number) => `${name}, ${sizeOf(size)}`,
  layerOf: (layer: string, message: string) => `${layer}: ${message}`,
  offset: (start: number, size: string) => `${size} at offset ${number(start)}`,
  empty: 'empty',
  unknown: 'unknown',
  none: 'This step only waits: it uses no message and no value.',
  contents: {
    label: 'What this step works with',
    messages: 'Messages that hold what it uses',
    used: 'Values that it uses',
    made: 'Values that it makes',
    erased: 'Values that it erases, as they were',
    untold: 'Its bytes are not told.',
    open: 'Open',
    openLabel: (what: string) => `Open ${what}`,
    back: 'All of this step',
  },
  follow: (what: string) => `Open ${what}`,
  certificateOf: (name: string) => `Certificate of ${name}`,
  fields,
} as const;
