import type { TlsGlassElement } from '../../www/src/element/tls-glass-element';
import { expect, type Glass, test } from './glass';

/** What the run itself says of the strip's three cells at the step on display. */
function searched(glass: Glass): Promise<{ party: string; found: boolean; searches: number }[]> {
  return glass.element.evaluate((element: TlsGlassElement) => {
    const { run } = element;
    // Its `step` is a number from where the count begins, or the address of what comes before.
    const first = run?.steps.findIndex(({ number }) => number !== null) ?? 0;
    const step = run?.steps.find(({ id, index }) => element.step === id || element.step === String(index - first + 1));
    const last = step?.units.at(-1) ?? -1;
    return ['server', 'client', 'eavesdropper'].map((party) => {
      const looks = (run?.looks ?? []).filter((look) => look.party === party && look.unit <= last);
      const found = looks.at(-1)?.findings.some(({ name }) => name === 'server_private_key') ?? false;
      return { party, found, searches: looks.length };
    });
  });
}

async function stripAgrees(glass: Glass): Promise<void> {
  for (const { party, found, searches } of await searched(glass)) {
    const cell = glass.page.locator(`.strip [data-party=${party}]`);
    await expect(cell).toHaveAttribute('data-found', String(found));
    await expect(cell).toContainText(found ? /(^|\s)found/ : 'not found');
    expect(found).toBe(party === 'server');
    expect(searches).toBeGreaterThan(0);
    if (party !== 'server') await expect(cell).toContainText(`, ${searches} search`);
  }
}

for (const handshake of ['rsa', 'ecdhe']) {
  test(`the strip says what the searches found, and how many they were, forth and back: ${handshake}`, async ({
    glass,
  }) => {
    await glass.ready(`embed.html?handshake=${handshake}`);
    const ids = await glass.stepIds();
    for (const id of ids) {
      await glass.goOn(id);
      await stripAgrees(glass);
    }
    for (const _ of ids.slice(1)) {
      await glass.press('ArrowLeft');
      await stripAgrees(glass);
    }
  });

  test(`declarations and searches agree at every step: ${handshake}`, async ({ glass, page }) => {
    await glass.ready(`embed.html?handshake=${handshake}`);
    const found = await glass.element.evaluate((element: TlsGlassElement) => {
      const { run } = element;
      if (!run) throw new Error('no run');
      const parties = new Set(run.looks.map((look) => look.party));
      // Each party declares after a unit of its own; until the next one nothing changes.
      const wrong: string[] = [];
      const searchable = new Map<string, string[]>();
      for (const { unit } of run.units) {
        for (const event of unit.events) {
          if (event.type !== 'held') continue;
          const { name, kind, parts } = event.value;
          if (['public', 'public_key', 'certificate'].includes(kind)) continue;
          const long = parts.filter((part) => part.bytes.length >= 12).map((part) => part.name);
          if (long.length > 0) searchable.set(name, long);
        }
      }
      for (const look of run.looks) {
        const last = run.units.findLast((unit) => unit.party === look.party && unit.index <= look.unit);
        const declared = new Set<string>(last?.holdings.map((holding) => holding.name));
        for (const [name, parts] of searchable) {
          const copies = look.findings.find((finding) => finding.name === name)?.copies ?? [];
          for (const part of parts) {
            const count = copies.filter((copy) => copy.part === part).length;
            if (count !== (declared.has(name) ? 1 : 0))
              wrong.push(`${look.party} ${look.unit} ${name} ${part}: ${count}`);
          }
        }
      }
      return { parties: parties.size, values: searchable.size, looks: run.looks.length, wrong };
    });
    expect(found.wrong).toEqual([]);
    expect(found.parties).toBe(4);
    expect(found.values).toBeGreaterThan(6);
    expect(found.looks).toBeGreaterThan(100);
    await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
  });
}

async function keys(glass: Glass, address: string): Promise<void> {
  await glass.ready(address);
  await glass.page.locator('[data-drawer=keys]').click();
  await expect(glass.page.locator('tls-glass-keys table')).toBeVisible();
}

function cell(glass: Glass, value: string, party: string) {
  return glass.page.locator(`tls-glass-keys tr[data-value=${value}] td[data-party=${party}]`);
}

test('the table follows the steps: RSA', async ({ glass, page }) => {
  await keys(glass, 'embed.html?step=secret');
  await expect(page.locator('tls-glass-keys tbody tr[data-value]').first()).toHaveAttribute(
    'data-value',
    'server_private_key',
  );
  for (const party of ['authority', 'client', 'eavesdropper']) {
    await expect(cell(glass, 'server_private_key', party)).toHaveText(/^\s*not found\s*$/);
  }
  await expect(cell(glass, 'server_private_key', 'server')).toContainText(/held\s+1 copy/);
  await expect(cell(glass, 'pre_master_secret', 'client')).toContainText(/held, new\s+1 copy/);
  await expect(cell(glass, 'pre_master_secret', 'server')).toHaveText(/^\s*not yet\s*$/);
  await expect(cell(glass, 'pre_master_secret', 'eavesdropper')).toHaveText(/^\s*not found\s*$/);
  await expect(cell(glass, 'master_secret', 'client')).toHaveText(/^\s*not made yet\s*$/);
  await expect(cell(glass, 'server_public_key', 'eavesdropper')).toContainText('held');
  await glass.press('ArrowRight');
  await glass.press('ArrowRight');
  await expect(cell(glass, 'server_private_key', 'server')).toContainText('used now');
  await expect(cell(glass, 'pre_master_secret', 'server')).toContainText('held, new');
  await glass.press('ArrowRight');
  await expect(cell(glass, 'pre_master_secret', 'server')).toContainText('erased now');
  await glass.press('ArrowRight');
  await expect(cell(glass, 'pre_master_secret', 'client')).toContainText('erased at 8');
  await glass.press('ArrowLeft');
  await glass.press('ArrowLeft');
  await expect(cell(glass, 'pre_master_secret', 'server')).toContainText('held, new');
});

test('the table follows the steps: ECDHE, one-time keys', async ({ glass }) => {
  await keys(glass, 'embed.html?handshake=ecdhe&step=agree');
  await expect(cell(glass, 'client_ephemeral_private_key', 'client')).toContainText('used now');
  await expect(cell(glass, 'client_ephemeral_private_key', 'server')).toHaveText(/^\s*not found\s*$/);
  await glass.press('ArrowRight');
  await expect(cell(glass, 'client_ephemeral_private_key', 'client')).toContainText('erased now');
  await expect(cell(glass, 'server_ephemeral_private_key', 'server')).toContainText('erased now');
  await glass.press('End');
  await expect(cell(glass, 'client_ephemeral_private_key', 'client')).toContainText('erased at 9');
  await expect(cell(glass, 'reply', 'client')).toContainText('erased now');
});

test('what is too short to search for says so; the word for one step is not "never"', async ({ glass, page }) => {
  await keys(glass, 'embed.html?step=data-keys');
  await expect(page.locator('tls-glass-keys tr[data-value=server_write_iv] th')).toContainText(
    '4 bytes: too short to search for',
  );
  // Nobody searched the others for it: what is said of them is that they do not declare it.
  await expect(cell(glass, 'server_write_iv', 'server')).toContainText('held');
  for (const party of ['authority', 'eavesdropper']) {
    await expect(cell(glass, 'server_write_iv', party)).toHaveText(/^\s*not declared\s*$/);
    await expect(cell(glass, 'server_write_key', party)).toHaveText(/^\s*not found\s*$/);
  }
  await expect(page.locator('tls-glass-keys')).not.toContainText(/never/i);
  await expect(page.locator('.strip')).not.toContainText(/never/i);
});

test('every value says what it is for', async ({ glass, page }) => {
  await keys(glass, 'embed.html?step=data-keys');
  const uses = page.locator('tls-glass-keys tr[data-value] .use');
  await expect(uses).toHaveCount(await page.locator('tls-glass-keys tr[data-value]').count());
  for (const text of await uses.allTextContents()) expect(text.trim()).toMatch(/^[A-Z].{20,}\.$/);
  await expect(page.locator('tr[data-value=server_write_key] .use')).toContainText('Encrypts what the server sends');
});

test('an address leads to the bytes there', async ({ glass, page }) => {
  await keys(glass, 'embed.html?step=decrypt');
  const address = cell(glass, 'pre_master_secret', 'server').locator('.address');
  const text = await address.innerText();
  await address.click();
  await expect(page.locator('tls-glass-memory .hex-view')).toHaveAttribute('data-at', String(Number(text)));
  await expect(page.locator('tls-glass-memory .hex-here li[data-value=pre_master_secret]')).toContainText(text);
  await expect(page.locator('tls-glass-memory mark[data-value=pre_master_secret]').first()).toBeVisible();
  await expect(page.locator('tls-glass-keys')).toHaveCount(0);
});

test("in a seeded run each party's seed is a row, and no other party has it", async ({ glass }) => {
  await keys(glass, `embed.html?seed=${'3c'.repeat(32)}&step=decrypt`);
  for (const owner of ['authority', 'client', 'server']) {
    for (const party of ['authority', 'client', 'eavesdropper', 'server']) {
      await expect(cell(glass, `${owner}_seed`, party)).toContainText(party === owner ? 'held' : 'not found');
    }
  }
});

/** Runs in the network's worker: of what its workers answer, what they hold of a value is left out. */
function withholding(name: string): void {
  class Withholding extends Worker {
    override addEventListener(type: string, listener: EventListener): void {
      super.addEventListener(type, (event) => {
        const answer = event instanceof MessageEvent ? event.data?.value : undefined;
        if (answer?.holdings) {
          answer.holdings = answer.holdings.filter((holding: { readonly name: string }) => holding.name !== name);
        }
        listener(event);
      });
    }
  }
  self.Worker = Withholding;
}

test('a party that declares less than it holds is contradicted, loudly', async ({ glass, page }) => {
  // What the parties declare is kept from the network where it is master_secret: the search finds it all the same.
  await page.route('**/network.worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${withholding})('master_secret');\n${await response.text()}` });
  });
  await glass.ready('embed.html?step=decrypt');
  await expect(page.getByRole('alert')).toBeEmpty();
  await glass.press('ArrowRight');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('A declaration and a search disagree.');
  await expect(alert).toContainText(
    'The client does not declare that it holds this value; the search finds it: master secret.',
  );
  await expect(alert).toContainText(
    'The server does not declare that it holds this value; the search finds it: master secret.',
  );
  await expect(page.locator('.party.client [data-value=master_secret]')).toContainText('found, not declared');
  await page.locator('[data-drawer=keys]').click();
  await expect(cell(glass, 'master_secret', 'client')).toContainText('found, not declared');
  await expect(page.locator('tls-glass-keys .intro')).toContainText('In this step they disagree about 2 values.');
});

test('any value is copied, from Keys and from its card, once it is made', async ({ glass, page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await glass.ready('embed.html?step=secret');
  const own = await glass.element.evaluate((element: TlsGlassElement) => {
    const shown = (element.run?.units ?? []).flatMap(({ unit }) =>
      unit.events.flatMap((event) => (event.type === 'held' ? [event.value] : [])),
    );
    const partOf = (name: string, part: string) =>
      shown.find((value) => value.name === name)?.parts.find((each) => each.name === part)?.bytes;
    return {
      secret: [...(partOf('pre_master_secret', '') ?? [])],
      key: [...(partOf('server_private_key', 'pkcs8') ?? [])],
    };
  });
  const secret = Buffer.from(own.secret);
  const key = Buffer.from(own.key);
  expect([secret.length, key.length > 1000]).toEqual([48, true]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await glass.forEngineers();
  const card = page.locator('.value[data-value=pre_master_secret]');
  await card.getByRole('button', { name: 'Copy Base64' }).click();
  await expect(card.locator('.said')).toHaveText('Copied.');
  expect(await clipboard()).toBe(secret.toString('base64'));
  await page.locator('.drawers [data-drawer=keys]').click();
  const row = (name: string) => page.locator(`tr[data-value=${name}]`);
  await row('server_private_key').getByRole('button', { name: 'Copy hex' }).click();
  await expect(row('server_private_key').locator('.said')).toHaveText('Copied.');
  expect(await clipboard()).toBe(key.toString('hex'));
  // Not made yet: there is nothing to copy.
  await expect(row('master_secret').locator('.copy')).toHaveCount(0);
});
