/** The same sequence diagram for Mermaid: the rows of a run, as Mermaid's text, in plain pages. */

import { type Box, type DiagramRow, diagramRows } from '../src/run/diagram';
import type { Party, Run } from '../src/run/model';

/** Where its published files lie; the bench has packages of its own. */
export const MERMAID = `${import.meta.dirname}/node_modules/mermaid/dist`;

/** Both ways of its own documentation: all in one file, or modules of which those that are needed are loaded. */
export function pagesOf(run: Run): Readonly<Record<string, string>> {
  const source = mermaidText(run);
  return {
    '/file.html': page(source, '<script src="/mermaid/mermaid.min.js"></script>'),
    '/modules.html': page(source, '<script type="module">import "/mermaid/mermaid.esm.min.mjs";</script>'),
  };
}

function page(source: string, script: string): string {
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Mermaid</title><link rel="icon" href="data:," /></head>
  <body><pre class="mermaid">${source}</pre>${script}</body>
</html>`;
}

/** An arrow or a note for every row of our diagram, in the same order and in the names of the protocol. */
function mermaidText(run: Run): string {
  const lines = run.steps.flatMap((step) => diagramRows(run, step).flatMap(linesOf));
  return ['sequenceDiagram', ...LANES.map((lane) => `participant ${lane}`), ...lines].join('\n');
}

function linesOf(row: DiagramRow): readonly string[] {
  switch (row.kind) {
    case 'arrow':
      return [`${row.from}->>${row.to}: ${row.messages.join(', ')}`];
    case 'boxes':
      return row.boxes.map((box) => `Note over ${box.lane}: ${lastAction(box)}`);
    case 'delivery':
      return [`${row.from}->>${row.to}: ${row.what}`];
  }
}

const LANES: readonly Party[] = ['client', 'authority', 'server'];

function lastAction({ actions }: Box): string {
  return actions.at(-1) ?? '';
}
