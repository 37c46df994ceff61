/** English, with all that loads when it is needed. */

import type { Language } from '../src/content/language';
import { english as first } from '../src/content/languages';

export const english: Language = {
  ...first,
  ofSteps: await first.parts.steps(),
  further: await first.parts.further(),
};
export const memoryWords = await first.parts.memory();
