/** The worker of one party, named after it. Its memory holds what that party knows, and nothing of the others. */

import { expose } from 'comlink';
import * as glue from '../../pkg/tls_glass.js';
import type { WorkerRole } from './party-hosts';
import { AuthorityHost, ClientHost, EavesdropperHost, ServerHost } from './party-hosts';

const HOSTS = {
  authority: AuthorityHost,
  client: ClientHost,
  eavesdropper: EavesdropperHost,
  reader: EavesdropperHost,
  server: ServerHost,
} as const satisfies Record<WorkerRole, unknown>;

function isRole(name: string): name is WorkerRole {
  return Object.hasOwn(HOSTS, name);
}

if (!isRole(self.name)) throw new Error(`no party is called ${self.name}`);
expose(new HOSTS[self.name](glue));
