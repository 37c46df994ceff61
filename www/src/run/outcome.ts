/** How a run ended. Pure functions. */

import type { Failure, MessageName, Run, Wait } from './model';
import { isMessageName } from './model';

/** The fault that ended the connection, if one did. */
export function failureIn({ outcome }: Pick<Run, 'outcome'>): Failure | undefined {
  return outcome.is === 'failed' ? outcome.failure : undefined;
}

/** Who waits for what, if the connection stalled. */
export function waitsIn({ outcome }: Pick<Run, 'outcome'>): readonly Wait[] {
  return outcome.is === 'stalled' ? outcome.waits : [];
}

/** The messages of which any would do; `undefined` where a record has begun, whose rest is still to come. */
export function messagesAwaited({ expected }: Wait): readonly MessageName[] | undefined {
  switch (expected.is) {
    case 'handshake':
      return expected.messages.map(named);
    case 'content':
      return [named(expected.contentType)];
    case 'rest_of_record':
      return undefined;
  }
}

function named(name: string): MessageName {
  if (!isMessageName(name)) throw new Error(`${name} is no message that this page knows`);
  return name;
}
