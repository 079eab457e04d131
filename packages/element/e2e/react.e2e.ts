import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { done, streamText } from './support/events.js';
import { expect, test } from './support/fixtures.js';

interface ReactWindow {
  chat: Record<string, (...parameters: unknown[]) => Promise<void>>;
  calls: [name: string, detail: unknown][];
}

test('a page written with @openai/chatkit-react runs unchanged: methods and events', async ({ chat, server, page }) => {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./support/react-page.tsx', import.meta.url))],
    bundle: true,
    format: 'iife',
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  server.pages.set('/react.js', { type: 'text/javascript', body: bundle.outputFiles[0]?.text ?? '' });
  server.pages.set('/react', {
    type: 'text/html',
    body: '<!doctype html><html lang="en"><title>React</title><link rel="stylesheet" href="/page.css"><script src="/page.js"></script><main id="app"></main><script src="/react.js" defer></script><script src="/chatkit.js" async></script></html>',
    headers: { 'content-security-policy': server.pages.get('/')?.headers?.['content-security-policy'] ?? '' },
  });
  server.respond = (reply) => {
    if (reply.request.type === 'threads.create') return [done(reply, 'client_tool_call', { status: 'pending', call_id: 'c', name: 'look', arguments: {} })];
    return [{ type: 'client_effect', name: 'blink', data: {} }, ...streamText(reply, 'See [it](chatkit-link://there).')];
  };
  const call = (method: string, ...parameters: unknown[]): Promise<void> =>
    page.evaluate(([name, given]) => (window as unknown as ReactWindow).chat[name]?.(...given), [method, parameters] as const);
  const names = (): Promise<string[]> => page.evaluate(() => (window as unknown as ReactWindow).calls.map(([name]) => name));

  await page.goto(`${server.origin}/react`);
  await expect(page.getByText('From React')).toBeVisible();
  await expect.poll(names).toEqual(['ready']);
  await call('sendUserMessage', { text: 'Hello' });
  await expect(chat.log).toContainText('See it.');
  expect(server.requestsOf('threads.add_client_tool_output')[0]?.params['result']).toEqual({ ran: 'look' });
  await page.getByRole('link', { name: 'it' }).click();
  await call('setComposerValue', { text: 'Draft', selectedToolId: 'tool' });
  await expect(chat.message).toHaveText('Draft');
  await call('focusComposer');
  await expect(chat.message).toBeFocused();
  await call('showHistory');
  await call('hideHistory');
  await call('sendCustomAction', { type: 'x' });
  await call('fetchUpdates');
  await call('setThreadId', null);
  expect(await names()).not.toContain('error');
  server.refuse(403, 'Not today.');
  await call('sendUserMessage', { text: 'Refused' }).catch(() => undefined);
  await expect.poll(async () => (await names()).includes('error')).toBe(true);
  const all = ['ready', 'error', 'log', 'effect', 'deeplink', 'response.start', 'response.end', 'history.open', 'history.close', 'thread.change', 'thread.load.start', 'thread.load.end', 'tool.change'];
  expect([...new Set(await names())].sort()).toEqual(all.sort());
  const detail = await page.evaluate(() => (window as unknown as ReactWindow).calls.find(([name]) => name === 'error')?.[1]);
  expect(detail).toBe('Not today.');
});
