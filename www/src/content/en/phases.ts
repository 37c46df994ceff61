// The phases of a connection; the scrubber is labelled with them.

import type { Phase } from '../phases';

export const phases: Record<Phase, string> = {
  setup: 'before',
  hello: 'hello',
  exchange: 'key exchange',
  finished: 'finished',
  data: 'data',
  close: 'close',
};
