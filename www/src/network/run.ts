/** A run, from Eve's first moment of listening to what the searches found: the same in the page and in its tests. */

import { assemble } from '../run/assemble';
import type { Run, RunOptions } from '../run/model';
import { type SearchJob, type SearchResult, searchJob } from '../run/searching';
import type { Told } from '../run/told';
import { testClaim } from './claim';
import { converse, leaveSession } from './connection';
import type { Link } from './links';
import { plant } from './plant';
import { environmentOf } from './seed';
import { introduce, listen } from './setup';
import { type Members, type Observe, Story } from './story';

/** Who takes part in a run, and who searches. */
export interface Stage {
  readonly members: Members;
  readonly reader: Link<'reader'>;
  readonly search: (job: SearchJob) => SearchResult | Promise<SearchResult>;
  readonly observe?: Observe;
}

/** A new client's connection to the server. `before` is what was told of authority and server until now. */
export async function runConnection(stage: Stage, options: RunOptions, before: readonly Told[]): Promise<Run> {
  const story = new Story(stage.observe, before);
  const cast = story.joinAll(stage.members);
  await cast.eavesdropper.create({});
  await listen(story, cast.eavesdropper);
  await cast.client.create(await environmentOf(options.seed, 'client'));
  if (options.plant === 'certificate') await plant(story, cast.client, 'setup');
  await introduce(story, cast, options);
  await story.lookAround();
  if (options.resumption !== 'none') await leaveSession(story, cast, options);
  const attempts = await converse(story, cast, options);
  const [found, claim] = await Promise.all([stage.search(searchJob(story.told)), testClaim(stage.reader, story.units)]);
  return assemble(options, story.told, { attempts, claim, found });
}
