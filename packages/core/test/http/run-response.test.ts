import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it } from 'vitest';
import { createChatKit } from '../../src/engine/create-chatkit.js';
import { authenticate, input, open, quiet, request } from '../review/app.js';

const app = (): ReturnType<typeof createChatKit> => createChatKit({ store: memoryStore(), authenticate, logger: quiet, async *respond() { yield 'Hello.'; } });
const resume = { 'x-chatkit-capabilities': 'resume' };

describe('the stream of a run', () => {
  it('ends with a comment that says so, for a client that resumes', async () => {
    const text = await (await open(app(), 'threads.create', { input: input('hi') }, resume)).text();
    expect(text).toMatch(/\n\n: end\n\n$/);
    expect(text.match(/: end/g)).toHaveLength(1);
  });

  it('ends with the same comment when it is followed by its id, also from its last event', async () => {
    const chatkit = app();
    const first = await open(chatkit, 'threads.create', { input: input('hi') }, resume);
    const text = await first.text();
    const runId = first.headers.get('x-chatkit-run-id') ?? '';
    const events = async (after: string): Promise<string> => (await chatkit.fetch(request(`/runs/${runId}/events`, undefined, { method: 'GET', headers: { 'last-event-id': after } }))).text();
    expect(await events('0')).toBe(text);
    expect(await events(/id: (\d+)\n(?!.*\nid: )/s.exec(text)?.[1] ?? '')).toBe(': end\n\n');
  });

  it('has nothing but data lines for a plain client', async () => {
    const text = await (await open(app(), 'threads.create', { input: input('hi') })).text();
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('data: '))).toEqual([]);
  });
});
