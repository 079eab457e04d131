import { expect, test, type ShopPage } from './support/fixtures.js';

async function expectProblem(shop: ShopPage, code: string, text: RegExp): Promise<void> {
  await expect(shop.page.locator(`[data-chatkit-problem=${code}]`)).toHaveText(text);
  await expect(shop.page.getByRole('alert')).toBeVisible();
  expect(await shop.problems()).toContain(code);
  expect(shop.said.filter((line) => line.includes(`[chatkit-selfhost] ${code}: `))).toHaveLength(1);
}

test('no domain key on a public host', async ({ shop, pages }) => {
  await shop.open('/', {}, { origin: `http://shop.example:${String(pages.port)}` });
  await expectProblem(shop, 'domain_key_missing', /shop\.example without a domain key/);
});

test('a domain key copied from an example, on a public host', async ({ shop, pages }) => {
  await shop.open('/', { domainKey: 'your-domain-key' }, { origin: `http://shop.example:${String(pages.port)}` });
  await expectProblem(shop, 'domain_key_placeholder', /"your-domain-key" is a placeholder/);
});

test('a real domain key on a public host', async ({ shop, pages }) => {
  await shop.open('/', { domainKey: 'domain_pk_68f1c2a4' }, { origin: `http://shop.example:${String(pages.port)}` });
  await shop.send('quick question');
  await expect(shop.answer()).toHaveText('Answer to quick question.');
  expect(await shop.problems()).toEqual([]);
});

test('a container without a height, until it has one', async ({ shop }) => {
  await shop.open('/flat.html');
  await expectProblem(shop, 'zero_size', /x 0 pixels. Give it a height/);
  await shop.page.evaluate(() => (document.querySelector<HTMLElement>('#chat') ?? document.body).style.setProperty('height', '400px'));
  await expect(shop.page.getByRole('alert')).toHaveCount(0);
});

test('the official script is blocked', async ({ shop }) => {
  await shop.open('/', { scriptUrl: '/nothing-here.js' });
  await expectProblem(shop, 'script_blocked', /nothing-here\.js could not be loaded/);
});

test('the server is not running', async ({ shop }) => {
  await shop.open('/', {}, { apiUrl: 'http://localhost:9/agent' });
  await expectProblem(shop, 'server_unreachable', /Nothing answers at http:\/\/localhost:9\/agent/);
});

test('the server does not allow the page’s origin', async ({ shop, server }) => {
  server.origins = ['https://app.example.com'];
  await server.restart();
  await shop.open();
  await expectProblem(shop, 'cors_refused', /does not allow requests from http:\/\/localhost:\d+/);
});

test('there is something else at the address', async ({ shop, server }) => {
  await shop.open('/', {}, { apiUrl: `${server.url}/elsewhere` });
  await expectProblem(shop, 'server_failed', /404.*Is the ChatKit server mounted/);
});

test('the server refuses the user', async ({ shop, server }) => {
  server.isOpen = false;
  await server.restart();
  await shop.open();
  await expectProblem(shop, 'session_refused', /401 \(unauthenticated/);
});
