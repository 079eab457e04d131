import { expect, test } from './support/fixtures.js';
import { hostileItems, hostilePayloads } from './support/hostile.js';

test('two hundred hostile payloads: nothing runs, nothing leaves, nothing escapes the content', async ({ chat, server, page }) => {
  const thread = server.book.create({ title: hostilePayloads[0] ?? '', allowed_image_domains: ['images.example.com'] });
  for (const { type, fields } of hostileItems()) server.book.add(thread, type, fields);
  expect(thread.items.length).toBeGreaterThanOrEqual(200);
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.route(/images\.example\.com/, (route) => route.abort());
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === '/logout') asked.push(request.url());
  });
  await chat.open({ initialThread: thread.id, threadItemActions: { feedback: true } });
  for (let tries = 0; tries < 20 && (await chat.log.getByRole('article').count()) < thread.items.length; tries += 1) {
    await chat.element.locator('.conversation').evaluate((scroller) => (scroller.scrollTop = 0));
    await page.waitForFunction(() => !document.querySelector('openai-chatkit')?.shadowRoot?.querySelector('.older')?.textContent?.trim());
  }
  await expect(chat.log.getByRole('article')).toHaveCount(thread.items.length);
  for (const button of await chat.log.locator('.sources-button, button.workflow-summary').all()) await button.evaluate((element: HTMLElement) => element.click());
  const found = await page.evaluate(() => {
    const root = document.querySelector('openai-chatkit')?.shadowRoot;
    const elements = [...(root?.querySelectorAll('*') ?? [])];
    return {
      executed: (window as unknown as { pwned?: unknown }).pwned,
      forbidden: elements.filter((element) => /^(script|style|iframe|object|embed|link|meta|base|frame|applet)$/i.test(element.tagName)).map((element) => element.outerHTML.slice(0, 120)),
      handlers: elements.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on'))),
      links: [...new Set([...(root?.querySelectorAll('a[href]') ?? [])].map((link) => new URL((link as HTMLAnchorElement).href).protocol))].sort(),
      unsafeTargets: [...(root?.querySelectorAll('a[target=_blank]') ?? [])].filter((link) => !link.getAttribute('rel')?.includes('noopener')).length,
      images: [...(root?.querySelectorAll('img') ?? [])].map((image) => image.src).filter((source) => !/^(data:image\/(png|gif|jpe?g|webp|avif)|http:\/\/127\.0\.0\.1|https:\/\/images\.example\.com\/)/.test(source)),
      fixed: elements.filter((element) => getComputedStyle(element).position === 'fixed').length,
      polluted: ({} as Record<string, unknown>)['polluted'],
    };
  });
  expect(found).toEqual({ executed: undefined, forbidden: [], handlers: [], links: ['chatkit-link:', 'http:', 'https:', 'mailto:'].filter((protocol) => found.links.includes(protocol)), unsafeTargets: 0, images: [], fixed: 0, polluted: undefined });
  expect(dialogs).toEqual([]);
  expect(asked, 'addresses of the page asked for by Markdown').toEqual([]);
  const allowed = chat.foreign.filter((url) => !url.startsWith('https://images.example.com/'));
  expect(allowed).toEqual([]);
  chat.foreign.length = 0;
  // The page's own policy would also have stopped the allowed host: that is the page's decision, not the content's.
  const violations = (await chat.violations()).filter((violation) => !violation.includes('images.example.com'));
  expect(violations).toEqual([]);
  await page.evaluate(() => ((window as unknown as { violations: string[] }).violations = []));
});

test('hostile names of fields and files do no harm', async ({ chat, server, page }) => {
  const thread = server.book.create();
  server.book.add(thread, 'widget', {
    widget: {
      type: 'Card',
      asForm: true,
      confirm: { label: 'Save', action: { type: 'save' } },
      children: ['__proto__.polluted', 'constructor.prototype.polluted', 'a.__proto__.polluted', 'ok'].map((name) => ({ type: 'Input', name, defaultValue: 'yes', placeholder: name })),
    },
  });
  await chat.open({ initialThread: thread.id });
  await page.getByRole('button', { name: 'Save' }).click();
  expect((await server.onlyRequestOf('threads.custom_action')).params['action']).toEqual({ type: 'save', payload: { ok: 'yes' } });
  expect(await page.evaluate(() => ({}))).toEqual({});
});

test('Markdown loads images only from the hosts the thread names; widgets also from the page; the server itself from anywhere', async ({ chat, server, page }) => {
  const asked = new Set<string>();
  const picture = server.pages.get('/pixel.png')?.body ?? '';
  await page.route(/^https:\/\/(?:named|storage|other)\.example\.com\//, (route) => {
    asked.add(route.request().url());
    return route.fulfill({ contentType: 'image/png', body: Buffer.from(picture) });
  });
  page.on('request', (request) => request.url().startsWith(server.origin) && request.resourceType() === 'image' && asked.add(new URL(request.url()).pathname + new URL(request.url()).search));
  // Without a policy of the page: only the element decides.
  const html = server.pages.get('/');
  if (html) server.pages.set('/', { type: html.type, body: html.body });
  const thread = server.book.create({ title: 'Images', allowed_image_domains: ['named.example.com'] });
  const markdown = ['/logout', `${server.origin}/pixel.png?markdown`, 'https://other.example.com/markdown.png', 'https://named.example.com/markdown.png'].map((url) => `![text](${url})`).join('\n\n');
  server.book.add(thread, 'user_message', {
    content: [{ type: 'input_text', text: 'Look' }],
    attachments: [{ type: 'image', id: 'a', name: 'a.png', mime_type: 'image/png', preview_url: 'https://storage.example.com/preview.png' }],
    inference_options: {},
  });
  server.book.addAssistant(thread, markdown);
  server.book.add(thread, 'widget', {
    widget: {
      type: 'Card',
      children: [
        { type: 'Markdown', value: markdown },
        { type: 'Image', src: '/pixel.png?widget', alt: 'Own' },
        { type: 'Image', src: 'https://other.example.com/widget.png', alt: 'Other' },
        { type: 'Image', src: 'https://named.example.com/widget.png', alt: 'Named' },
      ],
    },
  });
  server.book.add(thread, 'generated_image', { image: { id: 'g', url: 'https://storage.example.com/generated.png' } });
  await chat.open({ initialThread: thread.id });
  await expect(chat.log.getByRole('article')).toHaveCount(4);
  const wanted = ['/pixel.png?widget', 'https://named.example.com/markdown.png', 'https://named.example.com/widget.png', 'https://storage.example.com/generated.png', 'https://storage.example.com/preview.png'];
  await expect.poll(() => [...asked].filter((url) => url !== '/favicon.ico').sort()).toEqual(wanted);
  await expect(chat.log.locator('a.external-image')).toHaveCount(6);
  chat.foreign.splice(0, chat.foreign.length, ...chat.foreign.filter((url) => !wanted.includes(url)));
});
