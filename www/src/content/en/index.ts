export { actions } from './actions';
export { alerts, checks } from './checks';
export { fields } from './fields';
export { messages } from './messages';
export { phaseOf, phases } from './phases';
export { steps } from './steps';
export { ui } from './ui';
export { kinds, values } from './values';
