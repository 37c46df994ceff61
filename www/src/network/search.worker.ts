/** The worker that searches: it holds no party, keeps nothing, and answers one question at a time. */

import { expose } from 'comlink';
import { SearchService } from './search-service';

expose(new SearchService());
