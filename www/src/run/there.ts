/**
 * For what a run has wherever the page speaks of it: a gap, a zero that nobody counted or a "not found" where nobody looked would
 * be a false sentence. So what is not there throws.
 */
export function there<T>(what: string, value: T | undefined | null): T {
  if (value === undefined || value === null || value === '') throw new Error(`This run has no ${what} to tell of`);
  return value;
}
