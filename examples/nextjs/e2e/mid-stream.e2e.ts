import { fileURLToPath } from 'node:url';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { build } from 'esbuild';
import { startApp } from './start-app.js';
import { startModel, type Model } from './start-model.js';

const ROUTES = ['Stock', 'Bills', 'Home'] as const;

let model: Model;
let app: Awaited<ReturnType<typeof startApp>>;
let officialScript: string;

test.beforeAll(async () => {
  model = await startModel();
  app = await startApp({ MODEL_URL: model.url });
  const standIn = fileURLToPath(new URL('../../../packages/widget/e2e/support/official-stand-in.ts', import.meta.url));
  const { outputFiles } = await build({ entryPoints: [standIn], bundle: true, format: 'iife', write: false });
  officialScript = outputFiles[0]?.text ?? '';
});
test.afterAll(async () => {
  await app.stop();
  await model.stop();
});
test.beforeEach(() => void model.calls.splice(0));

interface Assistant {
  answer: Locator;
  ask: (text: string) => Promise<void>;
}

interface StandIn extends HTMLElement {
  options: object | null;
  sendUserMessage: (message: { text: string }) => Promise<void>;
}

/** What stands in for OpenAI's element has no composer: it is asked by its method. */
function official(page: Page): Assistant {
  return {
    answer: page.locator('article[data-type=assistant_message]'),
    ask: async (text) => {
      await expect.poll(() => page.evaluate(() => Boolean(document.querySelector<StandIn>('openai-chatkit')?.options))).toBe(true);
      await page.evaluate((given) => void document.querySelector<StandIn>('openai-chatkit')?.sendUserMessage({ text: given }), text);
    },
  };
}

function selfHosted(page: Page): Assistant {
  return {
    answer: page.getByRole('log').getByRole('article', { name: 'Assistant' }),
    ask: async (text) => {
      const composer = page.getByRole('textbox', { name: 'Message', exact: true });
      await composer.fill(text);
      await composer.press('Enter');
    },
  };
}

const openAssistant = (page: Page): Promise<void> => page.getByRole('button', { name: 'Open Assistant' }).click();
const visit: Record<'link' | 'page load', (page: Page, route: (typeof ROUTES)[number]) => Promise<void>> = {
  link: (page, route) => page.getByRole('link', { name: route }).click(),
  'page load': async (page, route) => {
    await page.goto(app.address + (route === 'Home' ? '/' : `/${route.toLowerCase()}`));
    await openAssistant(page);
  },
};

for (const element of ['official', 'self-hosted'] as const) {
  for (const by of ['link', 'page load'] as const) {
    test(`one answer goes on over three routes: ${element} element, by ${by}`, async ({ page }) => {
      const complaints: string[] = [];
      const posts: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('ERR_FAILED')) complaints.push(message.text());
      });
      page.on('request', (request) => {
        if (request.method() === 'POST') posts.push(`${new URL(request.url()).pathname} ${request.postData() ?? ''}`);
      });
      await page.route('https://cdn.platform.openai.com/**', (route) => (element === 'official' ? route.fulfill({ contentType: 'text/javascript', body: officialScript }) : route.abort()));
      await page.goto(app.address);
      const { answer, ask } = element === 'official' ? official(page) : selfHosted(page);
      await openAssistant(page);
      await ask('Long story');
      await expect.poll(() => model.calls).toHaveLength(1);
      model.say('on-Start ');
      await expect(answer).toContainText('on-Start');
      await page.locator('openai-chatkit').evaluate((node) => node.setAttribute('data-first', ''));

      let text = 'on-Start ';
      for (const route of ROUTES) {
        await visit[by](page, route);
        await expect(page.getByRole('heading', { name: route })).toBeVisible();
        expect(model.calls).toEqual([{ prompt: 'Long story', aborted: false }]);
        // Said only now: what comes is streamed on this route.
        model.say(`on-${route} `);
        text += `on-${route} `;
        if (by === 'link') await expect(answer).toContainText(text.trim());
        else await expect(page.getByText('Long story')).toBeVisible();
      }
      model.finish();

      await expect(answer).toHaveText(new RegExp(`${text.trim()}\\s*$`));
      await expect(answer).toHaveCount(1);
      expect((await answer.textContent())?.match(/on-Start/g)).toHaveLength(1);
      if (by === 'link') await expect(page.locator('openai-chatkit[data-first]')).toHaveCount(1);
      expect(model.calls).toEqual([{ prompt: 'Long story', aborted: false }]);
      expect(posts.filter((post) => post.includes('threads.create'))).toHaveLength(1);
      expect(posts.filter((post) => /threads\.add_user_message|\/cancel /.test(post))).toEqual([]);
      expect(complaints).toEqual([]);
    });
  }
}
