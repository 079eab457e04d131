import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it } from 'vitest';
import { createChatKit } from '../../src/engine/create-chatkit.js';
import { authenticate, call, input, owner, quiet, threadOf } from './app.js';

const malformed: [object][] = [
  [{ type: 'assistant_message', content: 'hi' }], [{ type: 'assistant_message' }], [{ type: 'workflow', workflow: {} }], [{ type: 'task' }], [{ type: 'structured_input' }],
];

describe('an item that is not what its type says', () => {
  it.each(malformed)('is an error of the turn that sends it, and is not stored: %j', async (item) => {
    const store = memoryStore();
    const chatkit = createChatKit({ store, authenticate, logger: quiet, respond: (turn) => turn.emit({ type: 'thread.item.done', item: { id: 'bad', ...item } } as never) });
    const { events } = await call(chatkit, 'threads.create', { input: input('hi') });
    expect(events.at(-1)).toMatchObject({ type: 'error', code: 'stream.error' });
    expect(await store.threads.getItem(owner, { threadId: threadOf(events), itemId: 'bad' })).toBeNull();
  });

  it.each(malformed)('leaves a thread readable that has it from somewhere else: %j', async (item) => {
    const store = memoryStore();
    const chatkit = createChatKit({ store, authenticate, logger: quiet, async *respond() { yield 'Hello.'; } });
    const threadId = threadOf((await call(chatkit, 'threads.create', { input: input('hi') })).events);
    await store.threads.write(owner, { threadId, put: [{ id: 'bad', thread_id: threadId, created_at: '2026-01-01T00:00:00.000Z', ...item } as never] });
    const listed = await call(chatkit, 'items.list', { thread_id: threadId });
    expect([listed.status, (listed.json['data'] as unknown[]).length]).toEqual([200, 3]);
    expect((await call(chatkit, 'threads.get_by_id', { thread_id: threadId })).status).toBe(200);
  });

  it('does not keep a turn from ending when it was only announced', async () => {
    const store = memoryStore();
    const chatkit = createChatKit({ store, authenticate, logger: quiet, respond: (turn) => turn.emit({ type: 'thread.item.added', item: { type: 'assistant_message', id: 'bad', content: 'hi' } } as never) });
    const { events } = await call(chatkit, 'threads.create', { input: input('hi') });
    expect(await store.runs.getActive(owner, { threadId: threadOf(events) })).toBeNull();
  });
});
