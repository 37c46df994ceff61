// What is said of the steps of a connection: of each step, of what is done in it, of what is checked, of the reply that is
// read, and in the picture of each step.

import { actions } from './actions';
import { checks } from './checks';
import { pictures } from './pictures';
import { reply } from './reply';
import { steps as texts } from './step-texts';

export const steps = { actions, checks, pictures, reply, texts };
