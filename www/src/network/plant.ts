/** Puts the server's private key where it never is, so that everybody can see that a search would find it. */

import type { Value } from '../run/model';
import { THE_KEY } from '../run/possession';
import type { Collected } from '../run/told';
import type { ClientLink } from './links';
import type { Story } from './story';

/** The client is given the number that makes the key private. It is not told, and declares nothing. */
export async function plant(story: Story, client: ClientLink, scope: Collected['scope']): Promise<void> {
  const number = serversValue(story.units, THE_KEY)?.parts.find((part) => part.name === 'd');
  if (number) await story.tell('client', scope, await client.plant(number.bytes));
}

/** A value as the server told the page of it; the page knows what every party knows. */
export function serversValue(units: readonly Collected[], name: Value['name']): Value | undefined {
  const held = units.flatMap(({ party, unit }) =>
    party === 'server' ? unit.events.flatMap((event) => (event.type === 'held' ? [event.value] : [])) : [],
  );
  return held.findLast((value) => value.name === name);
}
