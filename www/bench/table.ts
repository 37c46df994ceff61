/** What the benchmarks share: picking numbers out of many, and printing them. */

export function median(numbers: readonly number[]): number {
  return below(numbers, 1 / 2);
}

/** The value below which this share of them lies. */
export function below(numbers: readonly number[], share: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * share)] ?? Number.NaN;
}

export function worst(numbers: readonly number[]): number {
  return Math.max(...numbers);
}

/** A first row of headings, then rows of cells, each column as wide as its widest cell. The first column is text. */
export function printTable(title: string, rows: readonly (readonly string[])[]): void {
  const widths = rows.reduce<number[]>(
    (all, row) => row.map((cell, column) => Math.max(all[column] ?? 0, cell.length)),
    [],
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  process.stdout.write(`\n${title}\n${lines.map((line) => `  ${line.trimEnd()}\n`).join('')}`);
}

export function milliseconds(time: number): string {
  return `${time.toFixed(time < 10 ? 2 : 0)} ms`;
}

/** A KB is 1000 bytes. */
export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}

export function ratio(measured: number, other: number): string {
  return (measured / other).toFixed(2);
}
