/** The language of the page. There is one so far; a second one would be chosen here. */
export type { ActionWords } from './en/actions';
export * as words from './en/index';
