import { expect, test, type ShopPage } from './support/fixtures.js';

/** Told on the page, where a user can see it, and on the console, once. */
async function expectProblem(shop: ShopPage, code: string, text: RegExp): Promise<void> {
  await expect(shop.page.locator(`[data-chatkit-problem=${code}]`)).toHaveText(text);
  await shop.expectInSight(shop.page.getByRole('alert'));
  expect(await shop.problems()).toContain(code);
  expect(shop.said.filter((line) => line.includes(`[chatkit-selfhost] ${code}: `))).toHaveLength(1);
}

for (const placement of ['inline', 'floating'] as const) {
  test.describe(`a chat that is ${placement}`, () => {
    /** What is in the way is told as soon as the chat is looked at. */
    async function expectTold(shop: ShopPage, code: string, text: RegExp): Promise<void> {
      if (placement === 'floating') await shop.page.getByRole('button', { name: 'Open Inventory' }).click();
      await expectProblem(shop, code, text);
    }

    const here = { placement, title: 'Inventory' };

    test('no domain key on a public host', async ({ shop, pages }) => {
      await shop.open('/', here, { origin: `http://shop.example:${String(pages.port)}` });
      await expectTold(shop, 'domain_key_missing', /shop\.example without a domain key/);
    });

    test('a domain key copied from an example, on a public host', async ({ shop, pages }) => {
      await shop.open('/', { ...here, domainKey: 'your-domain-key' }, { origin: `http://shop.example:${String(pages.port)}` });
      await expectTold(shop, 'domain_key_placeholder', /"your-domain-key" is a placeholder/);
    });

    test('the official script is blocked', async ({ shop }) => {
      await shop.open('/', { ...here, scriptUrl: '/nothing-here.js' });
      await expectTold(shop, 'script_blocked', /nothing-here\.js could not be loaded/);
    });

    test('the official script does not come in time', async ({ shop }) => {
      await shop.page.clock.install();
      await shop.page.route('**/official.js', () => undefined);
      const asked = shop.page.waitForRequest('**/official.js');
      const opened = shop.open('/', here);
      await asked;
      await shop.page.clock.fastForward(15_000);
      await opened;
      await expectTold(shop, 'element_timeout', /was not there within 15000 ms of asking for \/official\.js/);
    });

    test('the element never says that it is ready', async ({ shop }) => {
      await shop.page.clock.install();
      const opened = shop.open('/?silent', here);
      await shop.page.waitForFunction(() => Boolean(document.querySelector<HTMLElement & { options?: object | null }>('openai-chatkit')?.options));
      await shop.page.clock.fastForward(15_000);
      await opened;
      await expectTold(shop, 'not_ready', /did not become ready within 15000 ms.*domain allowlist/);
    });

    test('the element refuses its options', async ({ shop }) => {
      await shop.page.addInitScript(() => {
        const define = customElements.define.bind(customElements);
        customElements.define = (name, constructor) => {
          Object.assign(constructor.prototype, {
            setOptions: () => {
              throw new Error('Invalid input at theme: bad option');
            },
          });
          define(name, constructor);
        };
      });
      await shop.open('/', here);
      await expectTold(shop, 'failed', /Invalid input at theme: bad option/);
    });

    test('a part of the helper can’t be loaded, as after a deploy', async ({ shop }) => {
      await shop.page.route('**/mount-parts-*.js', (route) => route.abort());
      await shop.open('/', here);
      await expectTold(shop, 'failed', /part of the chat’s script could not be loaded.*reload/);
    });

    test('the app’s own headers fail', async ({ shop }) => {
      await shop.open('/', here, { headersFail: 'The token could not be refreshed.' });
      await expectTold(shop, 'failed', /headers.*The token could not be refreshed\./);
    });

    test('the server is not running', async ({ shop }) => {
      await shop.open('/', here, { apiUrl: 'http://localhost:9/agent' });
      await expectTold(shop, 'server_unreachable', /Nothing answers at http:\/\/localhost:9\/agent/);
    });

    test('the server does not allow the page’s origin', async ({ shop, server }) => {
      server.origins = ['https://app.example.com'];
      await server.restart();
      await shop.open('/', here);
      await expectTold(shop, 'cors_refused', /does not allow requests from http:\/\/localhost:\d+/);
    });

    test('there is something else at the address', async ({ shop, server }) => {
      await shop.open('/', here, { apiUrl: `${server.url}/elsewhere` });
      await expectTold(shop, 'server_failed', /404.*Is the ChatKit server mounted/);
    });

    test('a page that answers to every address is not the server', async ({ shop, pages }) => {
      pages.files.set('/spa/session', { type: 'text/html', body: '<!doctype html><title>Shop</title>' });
      await shop.open('/', here, { apiUrl: `${shop.origin}/spa` });
      await expectTold(shop, 'server_failed', /not_a_session.*Is the ChatKit server mounted/);
    });

    test('the server refuses the user', async ({ shop, server }) => {
      server.isOpen = false;
      await server.restart();
      await shop.open('/', here);
      await expectTold(shop, 'session_refused', /401 \(unauthenticated/);
    });
  });
}

test.describe('after a reload, with the session of before', () => {
  test.beforeEach(async ({ shop }) => {
    await shop.open();
    await shop.send('quick question');
    await expect(shop.answer()).toHaveText('Answer to quick question.');
  });

  test('the server is not running', async ({ shop, server }) => {
    server.line.cut();
    await shop.reload();
    await expectProblem(shop, 'server_unreachable', /Nothing answers at/);
    server.line.mend();
    await shop.reload();
    await expect(shop.answer()).toHaveText('Answer to quick question.');
  });

  test('the server does not allow the page’s origin any more', async ({ shop, server }) => {
    server.origins = ['https://app.example.com'];
    await server.restart();
    await shop.reload();
    await expectProblem(shop, 'cors_refused', /does not allow requests from http:\/\/localhost:\d+/);
  });

  test('something else is at the address', async ({ shop }) => {
    await shop.page.route('**/agent/**', (route) => route.fulfill({ status: 404, body: 'Not here', headers: { 'access-control-allow-origin': '*' } }));
    await shop.reload();
    await expectProblem(shop, 'server_failed', /404.*Is the ChatKit server mounted/);
  });

  test('the server fails', async ({ shop }) => {
    await shop.page.route('**/agent/**', (route) => route.fulfill({ status: 502, body: 'Bad gateway', headers: { 'access-control-allow-origin': '*' } }));
    await shop.reload();
    await expectProblem(shop, 'server_failed', /answered 502/);
  });

  test('the server refuses the user', async ({ shop, server }) => {
    server.isOpen = false;
    await server.restart();
    await shop.reload();
    await expectProblem(shop, 'session_refused', /401 \(unauthenticated/);
  });

  test('the app’s own headers fail', async ({ shop }) => {
    await shop.page.addInitScript(() => Object.assign((window as unknown as { given: object }).given, { headersFail: 'The token could not be refreshed.' }));
    await shop.reload();
    await expectProblem(shop, 'failed', /headers.*The token could not be refreshed\./);
  });
});

test('a container without a height, until it has one', async ({ shop }) => {
  await shop.open('/flat.html');
  await expectProblem(shop, 'zero_size', /x 0 pixels. Give it a height/);
  await shop.page.evaluate(() => (document.querySelector<HTMLElement>('#chat') ?? document.body).style.setProperty('height', '400px'));
  await expect(shop.page.getByRole('alert')).toHaveCount(0);
  await shop.expectInSight(shop.page.locator('openai-chatkit'));
});

test('a problem inside of a container that clips, and is small', async ({ shop }) => {
  await shop.page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => Object.assign(document.querySelector<HTMLElement>('#chat')?.style ?? {}, { height: '90px', width: '220px', overflow: 'hidden' })));
  await shop.open('/', { scriptUrl: '/nothing-here.js' });
  await expectProblem(shop, 'script_blocked', /nothing-here\.js could not be loaded/);
});

test('a real domain key on a public host', async ({ shop, pages }) => {
  await shop.open('/', { domainKey: 'domain_pk_68f1c2a4' }, { origin: `http://shop.example:${String(pages.port)}` });
  await shop.send('quick question');
  await expect(shop.answer()).toHaveText('Answer to quick question.');
  expect(await shop.problems()).toEqual([]);
});

test('a floating chat with a problem is closed as it was opened, also on a phone', async ({ shop }) => {
  await shop.open('/', { scriptUrl: '/nothing-here.js', placement: 'floating', title: 'Inventory' });
  const panel = shop.page.getByRole('dialog', { name: 'Inventory' });
  for (const viewport of [{ width: 1000, height: 800 }, { width: 390, height: 700 }, { width: 700, height: 320 }]) {
    await shop.page.setViewportSize(viewport);
    await shop.page.getByRole('button', { name: 'Open Inventory' }).click();
    await shop.expectInSight(shop.page.getByRole('alert'));
    await shop.expectInSight(shop.page.getByRole('button', { name: 'Close Inventory' }));
    await shop.page.getByRole('button', { name: 'Close Inventory' }).click();
    await expect(panel).toBeHidden();
    await shop.page.getByRole('button', { name: 'Open Inventory' }).click();
    await expect(panel).toBeVisible();
    // Wherever the focus is: some browsers give none to a button that was clicked.
    await shop.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await shop.page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  }
});

test('a floating chat can be closed while its element is still on its way', async ({ shop }) => {
  await shop.page.route('**/official.js', () => undefined);
  void shop.open('/', { placement: 'floating', title: 'Inventory' }).catch(() => undefined);
  const panel = shop.page.getByRole('dialog', { name: 'Inventory' });
  await shop.page.getByRole('button', { name: 'Open Inventory' }).click();
  await expect(panel).toBeVisible();
  await shop.page.getByRole('button', { name: 'Close Inventory' }).click();
  await expect(panel).toBeHidden();
});
