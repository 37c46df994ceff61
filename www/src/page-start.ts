/**
 * The first script of a page: the network starts, and the server makes its key pair, while the rest of the page is still fetched and
 * read. An address that asks for a seed or for another certificate asks for another key: that one waits for its options.
 */

import { startEarly } from './network/live-source';

const asked = new URLSearchParams(location.search);
startEarly(asked.has('seed') || asked.has('certificate') ? undefined : 'rsa');
