/** How the tests and measurements start Chromium. */

/** They keep it from asking anything of the network, and let it run as root in a container. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const CHROMIUM = { executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS };
