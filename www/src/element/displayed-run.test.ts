/** The run on display, from a source that makes no runs: it has prepared ones, as a file would. */

import { describe, expect, it, vi } from 'vitest';
import { OPTIONS, runOf } from '../../test/made';
import { NetworkError } from '../network/errors';
import type { RunSource, SourceState } from '../network/source';
import type { Run, RunOptions } from '../run/model';
import { DisplayedRun, type DisplayState } from './displayed-run';

const ECDHE: RunOptions = { ...OPTIONS, handshake: 'ecdhe' };
const PLANTED: RunOptions = { ...OPTIONS, interventions: [{ is: 'plant', at: { id: 'read', occurrence: 1 } }] };

const STEPS = [['client-hello', { party: 'client', action: 'send_client_hello' }]] as const;

/** What is prepared: for each of these options one run. Whatever else is asked for it does not have. */
class Prepared implements RunSource {
  readonly asked: RunOptions[] = [];
  isClosed = false;
  readonly #runs: readonly Run[];

  constructor(...all: readonly RunOptions[]) {
    this.#runs = all.map((options) => ({ ...runOf({ steps: STEPS }), options }));
  }

  async run(options: RunOptions): Promise<Run> {
    this.asked.push(options);
    const found = this.#runs.find((run) => JSON.stringify(run.options) === JSON.stringify(options));
    if (!found) throw new NetworkError({ code: 'internal', detail: 'no such run', stack: '' });
    return found;
  }

  async find(): Promise<readonly []> {
    return [];
  }

  async newServerKey(): Promise<void> {}

  close(): void {
    this.isClosed = true;
  }
}

function display(source: RunSource, ...reports: readonly SourceState[]) {
  const states: DisplayState[] = [];
  const displayed = new DisplayedRun(
    async (onState) => {
      for (const report of reports) onState(report);
      return source;
    },
    (state) => states.push(state),
  );
  displayed.open();
  return { displayed, states };
}

describe('the run on display', () => {
  it('comes from whatever source there is', async () => {
    const source = new Prepared(OPTIONS);
    const { displayed, states } = display(source, { is: 'loading' });
    expect(displayed.current).toBeUndefined();
    displayed.show(OPTIONS);
    await vi.waitFor(() => expect(displayed.current?.options).toBe(OPTIONS));
    expect(displayed.shows({ ...OPTIONS })).toBe(true);
    expect(displayed.shows(ECDHE)).toBe(false);
    expect(states.map(({ is }) => is)).toEqual(['waiting', 'ready']);
    expect(await displayed.find([], new Uint8Array())).toEqual([]);
  });

  it('is asked for once, and again only if it was for once or another one is wanted', async () => {
    const source = new Prepared(OPTIONS, ECDHE, PLANTED);
    const { displayed } = display(source);
    const shown = async (options: RunOptions) => {
      displayed.show(options);
      await vi.waitFor(() => expect(displayed.shows(options)).toBe(true));
    };
    for (const options of [OPTIONS, ECDHE, OPTIONS, PLANTED, OPTIONS, PLANTED]) await shown(options);
    expect(source.asked).toEqual([OPTIONS, ECDHE, PLANTED, PLANTED]);
    displayed.again(PLANTED);
    await vi.waitFor(() => expect(source.asked).toHaveLength(5));
    displayed.newServerKey(OPTIONS);
    await vi.waitFor(() => expect(source.asked).toHaveLength(6));
    await vi.waitFor(() => expect(displayed.shows(OPTIONS)).toBe(true));
    await shown(ECDHE);
    expect(source.asked).toHaveLength(7);
  });

  it('stays while another one is waited for, and where a source does not have that', async () => {
    const source = new Prepared(OPTIONS);
    const { displayed } = display(source);
    displayed.show(OPTIONS);
    await vi.waitFor(() => expect(displayed.current?.options).toBe(OPTIONS));
    displayed.show(ECDHE);
    await vi.waitFor(() => expect(source.asked).toHaveLength(2));
    expect(displayed.current?.options).toBe(OPTIONS);
  });

  it('says what the source says that went wrong', () => {
    const { states } = display(new Prepared(), { is: 'failed', failure: { code: 'missing', what: 'Worker' } });
    expect(states).toMatchObject([{ is: 'failed', failure: { code: 'missing', what: 'Worker' } }]);
  });

  it('is closed with its source', async () => {
    const source = new Prepared(OPTIONS);
    const { displayed } = display(source);
    displayed.close();
    await vi.waitFor(() => expect(source.isClosed).toBe(true));
    await expect(displayed.find([], new Uint8Array())).rejects.toThrow();
  });
});
