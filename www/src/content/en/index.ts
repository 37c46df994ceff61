export { actions } from './actions';
export { alerts, checks } from './checks';
export { fields, fieldsInCertificates } from './fields';
export { messages } from './messages';
export { steps } from './steps';
export { phaseOf, ui } from './ui';
export { kinds, values } from './values';
