/** What a step looks like in the sequence diagram: arrows for bytes, boxes for computations. Pure functions. */

import type {
  Action,
  BufferKind,
  Endpoint,
  MessageName,
  Party,
  Protection,
  Run,
  RunUnit,
  Step,
  ValueName,
} from './model';
import { isEndpoint } from './model';
import { PROLOGUE } from './steps';
import { unitsOf } from './values';

/** Bytes crossing the wire: one record. */
export interface Arrow {
  readonly kind: 'arrow';
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly record: number;
  readonly messages: readonly MessageName[];
  readonly protection: Protection;
}

/** What one party computes in a step. */
export interface Box {
  readonly lane: Party;
  readonly units: readonly number[];
  readonly actions: readonly Action[];
  /** The long-lived private key that is used, if one is. */
  readonly privateKey: ValueName | undefined;
  readonly checks: { readonly passed: number; readonly failed: number; readonly notReached: number };
  readonly made: readonly ValueName[];
  readonly erased: readonly ValueName[];
  /** Whether the party keeps a session, with the secret that the keys follow from. */
  readonly keepsSession: boolean;
}

/** Boxes that stand side by side, at most one a party. */
export interface Boxes {
  readonly kind: 'boxes';
  readonly boxes: readonly Box[];
}

/** Bytes that pass between parties before the connection, beside the wire. */
export interface Delivery {
  readonly kind: 'delivery';
  readonly from: Party;
  readonly to: Party;
  readonly what: 'certificate_request' | 'certificate_chain' | 'root_certificate';
}

export type DiagramRow = Arrow | Boxes | Delivery;

/** The rows of a step, from top to bottom. */
export function diagramRows(run: Run, step: Step): readonly DiagramRow[] {
  const units = unitsOf(run, step);
  if (step.id === PROLOGUE) return certificateRows(units);
  if (step.id === 'session') return sessionRows(run, step, units);
  const arrows = step.records.flatMap((index) => arrow(run, index));
  // A message carries its sender's routine work: only a step without one, or the end of a connection, has boxes.
  if (arrows.length > 0 && step.number !== null) return arrows;
  const isWork = ({ unit: { action } }: RunUnit): boolean =>
    !isRoutine(action) || (step.number !== null && READING.includes(action));
  const working = units.filter(isWork);
  return working.length > 0 ? [...arrows, boxes(working)] : arrows;
}

/** A step of its own when the client does it. */
const READING: readonly Action[] = ['open_record', 'receive_application_data'];

function arrow(run: Run, index: number): Arrow[] {
  const record = run.records[index];
  if (!record) return [];
  const { from, to, protection } = record;
  const messages = record.messages.map((message) => message.name);
  return [{ kind: 'arrow', from, to, record: index, messages, protection }];
}

/** What nobody computes: messages that come and go, also past Eve, and bytes that are put somewhere from outside. */
function isRoutine(action: Action): boolean {
  return action.startsWith('send_') || action.startsWith('receive_') || ROUTINE.includes(action);
}

const ROUTINE: readonly Action[] = ['open_record', 'start_listening', 'keep_record', 'take_leaked_key', 'plant_bytes'];

/** A certificate's way: request to the authority, chain back to who asked, root to whoever trusts it. */
function certificateRows(units: readonly RunUnit[]): readonly DiagramRow[] {
  const rows: DiagramRow[] = [];
  for (const unit of units) {
    switch (unit.unit.action) {
      case 'install_certificate':
        rows.push({ kind: 'delivery', from: 'authority', to: unit.party, what: 'certificate_chain' });
        break;
      case 'install_trust_anchor':
        rows.push({ kind: 'delivery', from: 'authority', to: unit.party, what: 'root_certificate' });
        break;
      default:
        if (isRoutine(unit.unit.action)) break;
        rows.push(boxes([unit]));
        if (makes(unit, 'certificate_request') && isEndpoint(unit.party))
          rows.push({ kind: 'delivery', from: unit.party, to: 'authority', what: 'certificate_request' });
    }
  }
  return rows;
}

/** What of an earlier connection is shown: the secret, the ticket if there is one, and that all else is erased. */
export const OF_SESSION = [
  'derive_master_secret',
  'seal_session_ticket',
  'erase_keys',
] as const satisfies readonly Action[];

function sessionRows(run: Run, step: Step, units: readonly RunUnit[]): readonly DiagramRow[] {
  const [derived, sealed, erased] = OF_SESSION.map((action): readonly DiagramRow[] => {
    const working = units.filter(({ unit }) => unit.action === action);
    return working.length > 0 ? [boxes(working)] : [];
  });
  const tickets = step.records
    .flatMap((index) => arrow(run, index))
    .filter(({ messages }) => messages.includes(TICKET));
  return [derived, sealed, tickets, erased].flatMap((rows: readonly DiagramRow[] | undefined) => rows ?? []);
}

const TICKET: MessageName = 'new_session_ticket';

function makes(unit: RunUnit, kind: BufferKind): boolean {
  return unit.unit.events.some((event) => event.type === 'buffer' && event.buffer.kind === kind);
}

function boxes(units: readonly RunUnit[]): Boxes {
  const lanes = [...new Set(units.map((unit) => unit.party))];
  return {
    kind: 'boxes',
    boxes: lanes.map((lane) =>
      box(
        lane,
        units.filter((unit) => unit.party === lane),
      ),
    ),
  };
}

function box(lane: Party, units: readonly RunUnit[]): Box {
  const events = units.flatMap((unit) => unit.unit.events);
  const inputs = events.flatMap((event) => (event.type === 'computation' ? event.inputs : []));
  const outcomes = events.flatMap((event) => (event.type === 'check' ? [event.outcome.outcome] : []));
  return {
    lane,
    units: units.map((unit) => unit.index),
    actions: units.map((unit) => unit.unit.action),
    privateKey: inputs.find((value) => value.kind === 'private_key')?.name,
    checks: {
      passed: outcomes.filter((outcome) => outcome === 'passed').length,
      failed: outcomes.filter((outcome) => outcome === 'failed').length,
      notReached: outcomes.filter((outcome) => outcome === 'not_reached').length,
    },
    made: events.flatMap((event) => (event.type === 'held' ? [event.value.name] : [])),
    erased: events.flatMap((event) => (event.type === 'erased' ? [event.name] : [])),
    keepsSession: units.at(-1)?.holdings.some(({ name }) => name === 'master_secret') ?? false,
  };
}
