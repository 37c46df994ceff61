/** What RFCs advise against: the page says what the core says. */

import { describe, expect, it } from 'vitest';
import { cipher, keyExchange } from '../src/network/party-options';
import { ciphersFor, deprecatedBy, HANDSHAKES, notRecommendedBy } from '../src/run/choices';
import { OPTIONS, ownGlue, PAGE } from './parties';

describe('an option that an RFC advises against', async () => {
  const glue = await ownGlue('advice');
  glue.initSync({ module: PAGE.module });

  it.each(HANDSHAKES)('is labelled by the number that the core knows: %s', (handshake) => {
    expect(deprecatedBy(handshake)).toBe(glue.deprecatedBy(keyExchange({ ...OPTIONS, handshake })));
  });

  it('is labelled by the number that the core knows, for every cipher', () => {
    const ciphers = ciphersFor('ecdhe', 'rsa');
    expect(ciphers).toHaveLength(4);
    for (const name of ciphers)
      expect(notRecommendedBy(name), name).toBe(glue.notRecommendedBy(cipher({ ...OPTIONS, cipher: name })));
    expect(ciphers.filter((name) => notRecommendedBy(name))).toEqual(['aes-128-cbc']);
  });
});
