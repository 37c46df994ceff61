// English. Another language is a folder beside this one that exports a `language` of the same type (../language.ts).

import { lazy } from '../lazy';
import { drawers } from './drawers';
import { facts } from './facts';
import { memories } from './memories';
import { closeNotify, messages } from './messages';
import { list, names, number } from './names';
import { phases } from './phases';
import { ui } from './ui';
import { values } from './values';

export const language = {
  /** As BCP 47 has it. */
  tag: 'en',
  number,
  list,

  closeNotify,
  drawers,
  facts,
  memories,
  messages,
  names,
  phases,
  ui,
  values,

  /** What the page around the element says when it is first asked. */
  ofPage: {
    share: lazy(
      () => import('./parts/share'),
      ({ share }) => share,
    ),
  },

  /** What is not said at first, and loads when it is needed. */
  parts: {
    steps: lazy(
      () => import('./parts/steps'),
      ({ steps }) => steps,
    ),
    bytes: lazy(
      () => import('./parts/bytes'),
      ({ bytes }) => bytes,
    ),
    keys: lazy(
      () => import('./parts/keys'),
      ({ keys }) => keys,
    ),
    memory: lazy(
      () => import('./parts/memory'),
      ({ memory }) => memory,
    ),
    terms: lazy(
      () => import('./parts/terms'),
      ({ ofTerms }) => ofTerms,
    ),
    claim: lazy(
      () => import('./parts/claim'),
      ({ claim }) => claim,
    ),
    menu: lazy(
      () => import('./parts/menu'),
      ({ menu }) => menu,
    ),
    further: lazy(
      () => Promise.all([import('./parts/further'), import('./parts/steps')]),
      ([{ further }, { steps }]) => further(steps.texts),
    ),
  },
} as const;
