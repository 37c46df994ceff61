/** The worker in which runs are made: it starts a worker for each party, and carries what they send. */

import { expose } from 'comlink';
import { NetworkService } from './network-service';

expose(new NetworkService());
