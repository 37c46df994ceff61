/** A run, from Eve's first moment of listening to what the searches found: the same in the page and in its tests. */

import { assemble } from '../run/assemble';
import type { LogEntry } from '../run/log';
import type { Run, RunOptions } from '../run/model';
import { type SearchJob, type SearchResult, searchJob } from '../run/search/job';
import { firstOf } from '../run/step-ref';
import { testClaim } from './claim';
import { type Ended, runConnection, runEarlierConnection } from './connection';
import { plantAt } from './interventions';
import type { Link, PartyLinks } from './party-hosts';
import { type Observe, type RecordedParties, Recorder } from './recorder';
import { environmentOf } from './seed';
import { installTrust, listen } from './setup';

/** Who takes part in a run, and who searches. */
export interface Participants {
  readonly parties: RecordedParties;
  readonly reader: Link<'reader'>;
  readonly search: (job: SearchJob) => SearchResult | Promise<SearchResult>;
  readonly observe?: Observe;
}

/** A new client's connection to the server. `before` is what was recorded of authority and server until now. */
export async function makeRun(
  participants: Participants,
  options: RunOptions,
  before: readonly LogEntry[],
): Promise<Run> {
  const recorder = new Recorder(participants.observe, before);
  const links = recorder.attachAll(participants.parties);
  await links.eavesdropper.create({});
  await listen(recorder, links.eavesdropper);
  await links.client.create(await environmentOf(options.seed, 'client'));
  await plantAt(firstOf('certificate'), options, recorder, links.client, 'setup');
  await installTrust(recorder, links, options);
  await recorder.readMemories();
  const { attempts, waits } = await runConnections(recorder, links, options);
  const [found, claim] = await Promise.all([
    participants.search(searchJob(recorder.log)),
    testClaim(participants.reader, recorder.log),
  ]);
  return assemble(options, recorder.log, { attempts, waits, claim, found });
}

/** The connection that the run is about, and before it one to resume, if that is asked for and comes to its end. */
async function runConnections(recorder: Recorder, links: PartyLinks, options: RunOptions): Promise<Ended> {
  const earlier = options.resumption === 'none' ? undefined : await runEarlierConnection(recorder, links, options);
  return earlier ?? runConnection(recorder, links, options);
}
