// What is said of the steps of a connection: of each step, of what is done in it, of what is checked, and of the reply that is read.

import { actions } from './actions';
import { checks } from './checks';
import { reply } from './reply';
import { steps as texts } from './step-texts';

/** The way from the first step to what comes before it. */
const prologue = {
  server: 'First: how the server got its certificate',
  both: 'First: how both got their certificates',
};

export const steps = { actions, checks, prologue, reply, texts };
