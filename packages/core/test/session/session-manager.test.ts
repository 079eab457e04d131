import { memoryStore } from '@chatkit-selfhost/store-memory';
import { beforeEach, describe, expect, it } from 'vitest';
import { ChatKitError, SessionManager, type SessionOptions, type Store } from '../../src/index.js';
import { currentThreadId, hashToken, isSessionToken } from '../../src/session/session-token.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let time = 0;
let store: Store;
beforeEach(() => {
  time = Date.parse('2026-01-01T00:00:00.000Z');
  store = memoryStore({ now: () => time });
});

function manager(options: SessionOptions = {}): SessionManager {
  return new SessionManager({ store, now: () => new Date(time), ...options });
}

async function statusOf(work: Promise<unknown>): Promise<number | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return ChatKitError.isInstance(error) ? error.status : -1;
  }
}

describe('a session', () => {
  it('has a secret id with the time and 128 random bits, of which only the hash is stored', async () => {
    const { sessionId, record, createdAt } = await manager().create({ label: 'Ada' });
    expect(sessionId).toMatch(new RegExp(`^session-${String(time)}-[0-9a-f]{32}$`));
    expect(record.tokenHash).toBe(await hashToken(sessionId));
    expect(JSON.stringify(record)).not.toContain(sessionId);
    expect(record).toMatchObject({ label: 'Ada' });
    expect(createdAt).toEqual(new Date(time));
  });

  it('is its own owner unless it has one', async () => {
    const own = await manager().create();
    expect(own.record.ownerId).toBe(own.record.id);
    expect((await manager().create({ ownerId: 'ada' })).record.ownerId).toBe('ada');
  });

  it('ends 30 minutes after its last use', async () => {
    const sessions = manager();
    const { sessionId } = await sessions.create();
    time += 29 * MINUTE;
    expect(await sessions.touch(sessionId)).not.toBeNull();
    time += 29 * MINUTE;
    expect(await sessions.get(sessionId)).not.toBeNull();
    time += MINUTE;
    expect(await sessions.get(sessionId)).toBeNull();
    expect(await sessions.touch(sessionId)).toBeNull();
  });

  it('ends 12 hours after its beginning, however much it is used', async () => {
    const sessions = manager();
    const { sessionId } = await sessions.create();
    const end = time + 12 * HOUR;
    while (time + 20 * MINUTE < end) {
      time += 20 * MINUTE;
      expect(await sessions.touch(sessionId)).not.toBeNull();
    }
    time = end;
    expect(await sessions.get(sessionId)).toBeNull();
  });

  it('ends 12 hours after its beginning, however often it is forked or renewed', async () => {
    const sessions = manager();
    let { sessionId } = await sessions.create();
    const end = time + 12 * HOUR;
    for (let turn = 0; time + 15 * MINUTE < end; turn += 1) {
      time += 15 * MINUTE;
      const next = turn % 3 === 2 ? await sessions.renew(sessionId) : await sessions.fork(sessionId);
      if (!next) throw new Error('The session ended early.');
      ({ sessionId } = next);
      expect(next.record.expiresAt.getTime()).toBeLessThanOrEqual(end);
    }
    time = end;
    expect(await sessions.get(sessionId)).toBeNull();
    expect(await sessions.fork(sessionId)).toBeNull();
  });

  it('is left with its own idle time by a fork', async () => {
    const sessions = manager();
    const { sessionId } = await sessions.create();
    expect((await sessions.fork(sessionId))?.record.expiresAt).toEqual(new Date(time + 30 * MINUTE));
    expect((await sessions.get(sessionId))?.expiresAt).toEqual(new Date(time + 30 * MINUTE));
  });

  it('ends when other times say so', async () => {
    const sessions = manager({ idleMs: 1_000, absoluteMs: 1_500 });
    expect(sessions.idleMs).toBe(1_000);
    const { sessionId } = await sessions.create();
    time += 900;
    expect(await sessions.touch(sessionId)).not.toBeNull();
    time += 600;
    expect(await sessions.touch(sessionId)).toBeNull();
  });

  it.each(['', 'session-1-xyz', `session-1-${'a'.repeat(31)}`, `x session-1-${'a'.repeat(32)}`])('is none when it is called %j', async (text) => {
    const sessions = manager();
    expect(isSessionToken(text)).toBe(false);
    expect(await sessions.get(text)).toBeNull();
    expect(await sessions.touch(text)).toBeNull();
    expect(await sessions.renew(text)).toBeNull();
    expect(await sessions.fork(text)).toBeNull();
    expect(await sessions.end(text)).toBe(false);
    await sessions.close(text);
  });

  it('is refused when its owner has too many', async () => {
    const sessions = manager({ maxPerOwner: 2 });
    await sessions.create({ ownerId: 'ada' });
    await sessions.create({ ownerId: 'ada' });
    expect(await statusOf(sessions.create({ ownerId: 'ada' }))).toBe(429);
    expect(await statusOf(sessions.create({ ownerId: 'bob' }))).toBeNull();
  });
});

describe('renew', () => {
  it('gives the same session another id; the old one is dead at once', async () => {
    const sessions = manager();
    const first = await sessions.create({ ownerId: 'ada' });
    const renewed = await sessions.renew(first.sessionId);
    expect(renewed?.record.id).toBe(first.record.id);
    expect(renewed?.createdAt).toEqual(first.createdAt);
    expect(await sessions.get(first.sessionId)).toBeNull();
    expect(await sessions.get(renewed?.sessionId ?? '')).toMatchObject({ id: first.record.id, ownerId: 'ada' });
  });

  it('works once, when it is asked for twice at a time', async () => {
    const sessions = manager();
    const { sessionId } = await sessions.create();
    const renewed = await Promise.all([sessions.renew(sessionId), sessions.renew(sessionId)]);
    expect(renewed.filter((session) => session !== null)).toHaveLength(1);
  });
});

it('fork gives another session of the same owner, with a current thread of its own', async () => {
  const sessions = manager();
  const first = await sessions.create({ label: 'Ada' });
  const second = await sessions.fork(first.sessionId);
  expect(second?.record).toMatchObject({ ownerId: first.record.ownerId, label: 'Ada' });
  expect(second?.record.id).not.toBe(first.record.id);
  if (!second) throw new Error('no fork');
  expect(await sessions.currentThread(second.record)).not.toBe(await sessions.currentThread(first.record));
  expect(await sessions.currentThread(first.record)).toBe(await currentThreadId(first.record.id));
  expect(await sessions.get(first.sessionId)).not.toBeNull();
});

describe('close', () => {
  it('is undone by a use within the grace time', async () => {
    const sessions = manager();
    const { sessionId } = await sessions.create();
    await sessions.close(sessionId);
    time += 59_000;
    expect(await sessions.touch(sessionId)).not.toBeNull();
    time += 5 * MINUTE;
    expect(await sessions.get(sessionId)).not.toBeNull();
  });

  it('ends the session otherwise', async () => {
    const sessions = manager();
    const { sessionId } = await sessions.create();
    await sessions.close(sessionId);
    time += MINUTE;
    expect(await sessions.touch(sessionId)).toBeNull();
  });
});

it('end, revoke and cleanup end one, all of an owner, and the expired', async () => {
  const sessions = manager();
  const one = await sessions.create({ ownerId: 'ada' });
  expect(await sessions.end(one.sessionId)).toBe(true);
  expect(await sessions.end(one.sessionId)).toBe(false);
  await Promise.all([1, 2, 3].map(() => sessions.create({ ownerId: 'ada' })));
  const bobs = await sessions.create({ ownerId: 'bob' });
  expect(await sessions.revoke({ ownerId: 'ada' })).toBe(3);
  expect(await sessions.get(bobs.sessionId)).not.toBeNull();
  await Promise.all([1, 2].map(() => sessions.create()));
  time += HOUR;
  expect(await sessions.cleanupExpired(2)).toBe(3);
  expect(await sessions.cleanupExpired()).toBe(0);
});

describe('messages', () => {
  it('are the items of the session\'s current thread', async () => {
    const sessions = manager();
    const { sessionId, record } = await sessions.create({ ownerId: 'ada' });
    expect(await sessions.addMessage(sessionId, { role: 'user', content: 'Hi' })).toEqual({ role: 'user', content: 'Hi', timestamp: '2026-01-01T00:00:00.000Z' });
    await sessions.addMessage(sessionId, { role: 'assistant', content: 'Hello' });
    expect(await sessions.history(sessionId)).toMatchObject([{ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'Hello' }]);
    const threadId = await sessions.currentThread(record);
    const page = await store.threads.listItems({ ownerId: 'ada' }, { threadId, order: 'asc' });
    expect(page?.data.map(({ type }) => type)).toEqual(['user_message', 'assistant_message']);
  });

  it('come as the latest ones, oldest first, past everything else', async () => {
    const sessions = manager();
    const { sessionId, record } = await sessions.create();
    for (let n = 0; n < 60; n++) {
      await sessions.addMessage(sessionId, { role: 'user', content: String(n) });
      await store.threads.write({ ownerId: record.ownerId }, {
        threadId: await sessions.currentThread(record),
        put: [1, 2].map((m) => ({ type: 'end_of_turn', id: `e${String(n)}-${String(m)}`, thread_id: 'x', created_at: '2026-01-01T00:00:00.000Z' })),
      });
    }
    expect((await sessions.history(sessionId)).map(({ content }) => content)).toEqual(Array.from({ length: 50 }, (_, index) => String(index + 10)));
    expect((await sessions.history(sessionId, { limit: 2 })).map(({ content }) => content)).toEqual(['58', '59']);
  });

  it('are none before the first', async () => {
    const sessions = manager();
    expect(await sessions.history((await sessions.create()).sessionId)).toEqual([]);
  });

  it('need a session that is alive', async () => {
    const sessions = manager();
    const { sessionId } = await sessions.create();
    time += HOUR;
    expect(await statusOf(sessions.history(sessionId))).toBe(401);
    expect(await statusOf(sessions.addMessage(sessionId, { role: 'user', content: 'x' }))).toBe(401);
  });

  it('never reach a thread of another owner', async () => {
    const sessions = new SessionManager({ store, now: () => new Date(time), scopeOf: (ownerId) => ({ ownerId: `tenant/${ownerId}` }) });
    const { sessionId, record } = await sessions.create({ ownerId: 'ada' });
    const threadId = await sessions.currentThread(record);
    await store.threads.write({ ownerId: 'eve' }, { threadId, create: { id: threadId, created_at: '2026-01-01T00:00:00.000Z', status: { type: 'active' }, metadata: {} } });
    expect(await statusOf(sessions.addMessage(sessionId, { role: 'user', content: 'x' }))).toBe(404);
    expect(await sessions.history(sessionId)).toEqual([]);
  });
});
