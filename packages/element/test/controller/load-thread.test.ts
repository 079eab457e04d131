import { expect, it } from 'vitest';
import type { ChatKitClient } from '../../src/api/chatkit-client.js';
import { callClientTool } from '../../src/controller/client-tools.js';
import { loadThread } from '../../src/controller/load-thread.js';
import type { ClientToolCallItem } from '../../src/protocol/item.js';

interface Call {
  type: string;
  params: Record<string, unknown>;
}

/** Answers like a server with this many items, where every tenth is hidden and left out of its page. */
function server(count: number): { client: ChatKitClient; calls: Call[] } {
  const all = Array.from({ length: count }, (_, index) => ({ id: `i${index}`, thread_id: 't', type: 'end_of_turn' }));
  const calls: Call[] = [];
  const call = async (type: string, params: Record<string, unknown>): Promise<unknown> => {
    calls.push({ type, params });
    if (type === 'threads.get_by_id') return { id: 't', title: 'T', items: { data: all.slice(0, 20), has_more: count > 20 } };
    const ordered = [...all].reverse();
    const from = params['after'] === undefined ? 0 : ordered.findIndex((item) => item.id === params['after']) + 1;
    const page = ordered.slice(from, from + Number(params['limit']));
    const more = from + page.length < count;
    return { data: page.filter((item) => !item.id.endsWith('9')), has_more: more, ...(more ? { after: page.at(-1)?.id } : {}) };
  };
  return { client: { call } as unknown as ChatKitClient, calls };
}

const { signal } = new AbortController();

it('a short thread needs one request', async () => {
  const { client, calls } = server(12);
  const loaded = await loadThread(client, 't', 40, signal);
  expect(loaded.items).toHaveLength(12);
  expect(loaded.older.hasMore).toBe(false);
  expect(calls).toHaveLength(1);
});

it('a long one is opened at its end, with as many items as wanted', async () => {
  const { client, calls } = server(500);
  const loaded = await loadThread(client, 't', 40, signal);
  expect(loaded.items.at(-1)?.id).toBe('i498');
  expect(loaded.items.length).toBeGreaterThanOrEqual(40);
  expect(loaded.older).toEqual({ hasMore: true, after: 'i420' });
  expect(calls).toHaveLength(3);
});

it('a server that promises more without a cursor does not keep it busy for ever', async () => {
  const call = async (type: string): Promise<unknown> => (type === 'threads.get_by_id' ? { id: 't', items: { data: [], has_more: true } } : { data: [], has_more: true });
  const loaded = await loadThread({ call } as unknown as ChatKitClient, 't', 40, signal);
  expect(loaded).toMatchObject({ items: [], older: { hasMore: false } });
});

it('a client tool that throws or is missing still gives the server a result', async () => {
  const call = { name: 'look', arguments: { a: 1 } } as unknown as ClientToolCallItem;
  expect(await callClientTool(({ params }) => params, call)).toEqual({ result: { a: 1 } });
  expect(await callClientTool(() => undefined, call)).toEqual({ result: {} });
  expect(await callClientTool(() => Promise.reject(new Error('Nope')), call)).toMatchObject({ result: { error: 'Nope' } });
  expect((await callClientTool(undefined, call)).result).toMatchObject({ error: expect.stringContaining('look') as string });
});
