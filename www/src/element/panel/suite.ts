/** Where the server chooses: what the chosen suite stands for. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../../content/language';
import type { Run, Step } from '../../run/model';
import { SUITES } from '../../run/suites';
import { there } from '../../run/there';
import { suiteParts } from '../shared/suite-parts';

export function chosenSuite(language: Language, run: Run, step: Step): TemplateResult | typeof nothing {
  if (step.id !== 'server-hello' || !run.negotiated) return nothing;
  const { cipherSuite } = run.negotiated;
  return html`${suiteParts(language, cipherSuite, there(`parts of ${cipherSuite}`, SUITES[cipherSuite]))}`;
}
