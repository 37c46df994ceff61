/**
 * The claim, tested: four listeners with the same recording and different keys, each really trying to read the reply.
 *
 * They are no parties of the run, and what they are given goes into a worker of their own.
 */

import { isOwn, replyOf } from '../run/assemble';
import { type LogEntry, type LoggedUnit, unitsIn } from '../run/log';
import type { ClaimTest, ValueName, WireRecord } from '../run/model';
import { recordsOf } from '../run/records';
import { THE_KEY } from '../run/values';
import type { HeardRecord, Link } from './party-hosts';
import { serversValue } from './plant';

const CHOICES = [
  { privateKey: false, dataKey: false },
  { privateKey: true, dataKey: false },
  { privateKey: false, dataKey: true },
  { privateKey: true, dataKey: true },
] as const;

/** The server-to-client data key, with what belongs to it. */
const DATA_KEY = ['server_write_key', 'server_write_iv', 'server_write_mac_key'] as const;

/** Empty if there is no reply to read. */
export async function testClaim(reader: Link<'reader'>, log: readonly LogEntry[]): Promise<readonly ClaimTest[]> {
  const units = unitsIn(log);
  const records = recordsOf(log);
  const reply = replyOf(records);
  if (!reply) return [];
  const tests: ClaimTest[] = [];
  for (const choice of CHOICES) {
    await reader.create({});
    await hear(reader, records);
    if (choice.privateKey) await reader.give('server_private_key', bytesOf(units, THE_KEY, 'pkcs8'));
    if (choice.dataKey) await giveDataKey(reader, units);
    tests.push({ ...choice, reading: await reader.read(reply.bytes, reply.from) });
  }
  await reader.dispose();
  return tests;
}

/** The server-to-client data key, with what its cipher needs beside it. */
export async function giveDataKey(reader: Link<'reader'>, units: readonly LoggedUnit[]): Promise<void> {
  for (const name of DATA_KEY) {
    // A cipher has a fixed IV or a MAC key, not both.
    if (serversValue(units, name)) await reader.give(name, bytesOf(units, name));
  }
}

/** All of a run's records, in few calls: each would be a way to the reader's worker and back. */
export async function hear(reader: Link<'reader'>, records: readonly WireRecord[]): Promise<void> {
  const earlier = records.filter((record) => !isOwn(record));
  await reader.listen();
  if (earlier.length > 0) {
    await reader.hear(earlier.map(asHeard));
    await reader.listenFurther();
  }
  await reader.hear(records.filter(isOwn).map(asHeard));
}

function asHeard({ from, bytes }: WireRecord): HeardRecord {
  return { from, bytes };
}

export function bytesOf(units: readonly LoggedUnit[], name: ValueName, part = ''): Uint8Array {
  const bytes = serversValue(units, name)?.parts.find((each) => each.name === part)?.bytes;
  if (!bytes) throw new Error(`the server never reported ${name} ${part}`);
  return bytes;
}
