/** The worker of one party, named after it. Its memory holds what that party knows, and nothing of the others. */

import { expose } from 'comlink';
import * as glue from '../../pkg/tls_glass.js';
import type { Party } from '../run/model';
import { AuthorityHost, ClientHost, ServerHost } from './host';

const HOSTS = { authority: AuthorityHost, client: ClientHost, server: ServerHost } as const satisfies Record<
  Party,
  unknown
>;

function isParty(name: string): name is Party {
  return Object.hasOwn(HOSTS, name);
}

if (!isParty(self.name)) throw new Error(`no party is called ${self.name}`);
expose(new HOSTS[self.name](glue));
