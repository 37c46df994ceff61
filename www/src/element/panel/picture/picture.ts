/** The picture of what happened in a step. */

import { html, nothing, type TemplateResult } from 'lit';
import { wordsOfSteps } from '../../../content/facts';
import type { Language } from '../../../content/language';
import type { Run, Step } from '../../../run/model';
import type { Picture } from '../../../run/picture/model';
import { pictureOf } from '../../../run/picture/picture';
import { agreementPicture, confirmationPicture, derivationPicture, operationsPicture } from './computing';
import { carryingPicture, checkingPicture, erasingPicture, keepingPicture } from './others';

export function picture(language: Language, run: Run, step: Step): TemplateResult | typeof nothing {
  const found = pictureOf(run, step);
  if (!found) return nothing;
  const { pictures: say } = wordsOfSteps(language);
  return html`<figure class="picture ${found.is}" data-picture=${found.is} role="group" aria-label=${say.label}>
    ${drawn(language, found)}
  </figure>`;
}

function drawn(language: Language, found: Picture): TemplateResult {
  switch (found.is) {
    case 'operations':
      return operationsPicture(language, found);
    case 'agreement':
      return agreementPicture(language, found);
    case 'derivation':
      return derivationPicture(language, found);
    case 'confirmation':
      return confirmationPicture(language, found);
    case 'checking':
      return checkingPicture(language, found);
    case 'carrying':
      return carryingPicture(language, found);
    case 'keeping':
      return keepingPicture(language, found);
    case 'erasing':
      return erasingPicture(language, found);
  }
}
