// What is said of the steps of a connection: of each step, of what is done in it, and of what is checked.

import { actions } from './actions';
import { checks } from './checks';
import { steps as texts } from './step-texts';

export const steps = { actions, checks, texts };
