import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it } from 'vitest';
import { createChatKit } from '../../src/engine/create-chatkit.js';
import { authenticate, input, quiet, request } from './app.js';

const chatkit = createChatKit({ store: memoryStore(), authenticate, logger: quiet, async *respond() { yield 'hello'; } });

describe('the address and the method', () => {
  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('are refused when the method is %s, which every object has', async (method) => {
    const response = await chatkit.fetch(new Request('https://app.example/agent/chatkit', { method }));
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it.each(['/healthz', '/readyz'])('answer a probe that asks for the head of %s alone', async (path) => {
    const response = await chatkit.fetch(request(path, undefined, { method: 'HEAD' }));
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('refuse the head of everything else, without a body', async () => {
    const response = await chatkit.fetch(request('/history', undefined, { method: 'HEAD' }));
    expect([response.status, await response.text()]).toEqual([405, '']);
  });
});

describe('a body without a content type', () => {
  const send = (site: string | null): Promise<Response> =>
    chatkit.fetch(new Request('https://app.example/agent/chatkit', {
      method: 'POST', body: new Blob([JSON.stringify({ type: 'threads.create', params: { input: input('hi') } })]), headers: site === null ? {} : { 'sec-fetch-site': site },
    }));

  it.each([null, 'none', 'same-origin'])('is taken for JSON when the request comes from %s', async (site) => {
    expect((await send(site)).status).toBe(200);
  });

  it.each(['cross-site', 'same-site'])('is refused from a page that is %s: browsers send such requests unasked, with cookies', async (site) => {
    expect((await send(site)).status).toBe(415);
  });
});
