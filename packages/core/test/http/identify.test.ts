import { memoryStore } from '@chatkit-selfhost/store-memory';
import { describe, expect, it, vi } from 'vitest';
import { createChatKit, type OwnerScope, type Store } from '../../src/index.js';
import { quiet, request } from '../review/app.js';

const noOwners: [what: string, ownerId: unknown][] = [
  ['undefined', undefined], ['null', null], ['empty', ''], ['a number', 5], ['an object', {}], ['with NUL in it', 'own\0er'], ['with a lone surrogate', 'own\ud800er'],
];

/** A store that counts the calls that name an owner. */
function counted(): { store: Store; calls: () => number } {
  let calls = 0;
  const count = <T extends object>(part: T): T => new Proxy(part, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...values: unknown[]): unknown => {
        if (JSON.stringify(values)?.includes('"ownerId"') || values.some((value) => typeof value === 'object' && value !== null && 'ownerId' in value)) calls++;
        return Reflect.apply(member, target, values);
      };
    },
  });
  const { threads, sessions, history, runs } = memoryStore();
  return { store: { threads: count(threads), sessions: count(sessions), history: count(history), runs: count(runs) }, calls: () => calls };
}

describe.each(noOwners)('an owner id that is %s', (_what, ownerId) => {
  const who = { ownerId } as OwnerScope;

  it('lets nobody in, and is reported, before a store is asked', async () => {
    const { store, calls } = counted();
    const error = vi.fn();
    const chatkit = createChatKit({ store, logger: quiet, hooks: { error }, authenticate: () => who, async *respond() { yield 'hello'; } });
    for (const answer of [await chatkit.fetch(request('/session', {})), await chatkit.fetch(request('/chatkit', { type: 'threads.list', params: {} }))]) {
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([500, 'internal_error']);
    }
    expect(error).toHaveBeenCalledTimes(2);
    expect(error).toHaveBeenCalledWith(expect.objectContaining({ name: 'TypeError', message: expect.stringContaining('authenticate: the ownerId ') as string }), expect.anything());
    expect(calls()).toBe(0);
  });

  it('is none for a scope either, nor for what the app calls by itself', async () => {
    const { store, calls } = counted();
    const chatkit = createChatKit({ store, logger: quiet, authenticate: () => ({ ownerId: 'ada' }), scope: () => who, respond: () => undefined });
    expect((await chatkit.fetch(request('/chatkit', { type: 'threads.list', params: {} }))).status).toBe(500);
    await expect(chatkit.deleteOwner(who)).rejects.toThrow(TypeError);
    await expect(chatkit.sessions.revoke(who)).rejects.toThrow(TypeError);
    await expect(chatkit.runs.cancel({ ...who, runId: 'run_1' })).rejects.toThrow(TypeError);
    if (ownerId !== undefined) await expect(chatkit.sessions.create(who)).rejects.toThrow(TypeError);
    expect(calls()).toBe(0);
  });
});

describe('an owner id of any other text', () => {
  it.each(['a', ' ', 'auth0|5', 'ünï/cødé 🎈', 'own\uFFFDer'])('is taken: %j', async (ownerId) => {
    const chatkit = createChatKit({ store: memoryStore(), logger: quiet, authenticate: () => ({ ownerId }), respond: () => undefined });
    expect((await chatkit.fetch(request('/chatkit', { type: 'threads.list', params: {} }))).status).toBe(200);
    await chatkit.deleteOwner({ ownerId });
  });
});
