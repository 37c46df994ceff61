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
  none: 'No bytes came of this step.',
  follow: (what: string) => `Open ${what}`,
  certificateOf: (name: string) => `Certificate of ${name}`,
  fields,
} as const;
