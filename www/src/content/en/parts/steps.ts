// What is said of the steps of a connection: of each step, of what is done in it, of what is checked, of the reply that is read, in
// the picture of each step, and of what every value is for.

import { actions } from './actions';
import { cards } from './cards';
import { checks } from './checks';
import { pictures } from './pictures';
import { reply } from './reply';
import { steps as texts } from './step-texts';
import { valueUses } from './value-uses';

/** The way from the first step to what comes before it. */
const prologue = {
  server: 'First: how the server got its certificate',
  both: 'First: how both got their certificates',
};

export const steps = { actions, cards, checks, pictures, prologue, reply, texts, valueUses };
