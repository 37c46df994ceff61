/** Puts the server's private key where it never is, so that everybody can see that a search would find it. */

import type { LoggedUnit } from '../run/log';
import type { Value } from '../run/model';
import { THE_KEY } from '../run/values';
import type { ClientLink } from './party-hosts';
import type { Recorder } from './recorder';

/** The client is given the number that makes the key private. It is not informed of it, and declares nothing. */
export async function plant(recorder: Recorder, client: ClientLink, scope: LoggedUnit['scope']): Promise<void> {
  const number = serversValue(recorder.units, THE_KEY)?.parts.find((part) => part.name === 'd');
  if (!number) throw new Error(`Nothing to plant: the server never reported ${THE_KEY} d`);
  await recorder.addUnit('client', scope, await client.plant(number.bytes));
}

/** A value as the server reported it; the page knows what every party knows. */
export function serversValue(units: readonly LoggedUnit[], name: Value['name']): Value | undefined {
  const held = units.flatMap(({ party, unit }) =>
    party === 'server' ? unit.events.flatMap((event) => (event.type === 'held' ? [event.value] : [])) : [],
  );
  return held.findLast((value) => value.name === name);
}
