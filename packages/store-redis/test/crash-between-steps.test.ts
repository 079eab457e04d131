import { newId, randomHex, type Store } from '@chatkit-selfhost/core';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisStore } from '../src/index.js';
import { allKeys } from './all-keys.js';
import { deleteOwner, fillOwner } from './fill-owner.js';
import { dyingClient } from './dying-client.js';
import { freshPrefix, openClient } from './open-redis-backend.js';
import { item, run, session, thread, turn } from './samples.js';

const scope = { ownerId: 'ada' };
const MINUTE = 60_000;

interface Scene {
  keyPrefix: string;
  /** The store of the nodes that live on, an hour later. */
  store: Store;
}

/** On a cluster some changes take several steps. The same steps on one server show what is left when the process dies after each. */
describe('a process that dies between two steps', () => {
  let client: Redis;
  beforeAll(() => {
    client = openClient();
  });
  afterAll(() => {
    client.disconnect();
  });

  /**
   * Runs `act` in processes that die after 0, 1, 2, ... commands, each on data of its own, until one lives through it.
   * @returns in how many places it died.
   */
  async function dyingEverywhere(prepare: (store: Store) => Promise<void>, act: (store: Store) => Promise<unknown>, examine: (scene: Scene, died: boolean) => Promise<void>): Promise<number> {
    for (let commands = 0; ; commands += 1) {
      const keyPrefix = freshPrefix();
      const options = { keyPrefix, clustered: true, checkEvictionPolicy: false };
      await prepare(redisStore({ ...options, client }));
      const died = await act(redisStore({ ...options, client: dyingClient(client, commands) })).then(() => false, () => true);
      const store = redisStore({ ...options, client, now: () => Date.now() + 60 * MINUTE });
      await examine({ keyPrefix, store }, died);
      if (!died) return commands;
    }
  }
  const nothing = async (): Promise<void> => undefined;
  /** Cleanup and deletion must find whatever is left. */
  async function expectNothingLeft({ keyPrefix, store }: Scene): Promise<void> {
    for (const recovered of await store.runs.recover({ leaseMs: MINUTE, limit: 100 })) await store.runs.finish(recovered.run, { status: 'interrupted' });
    await deleteOwner(store, 'ada');
    await store.runs.prune({ olderThanMs: -1, limit: 100 });
    expect(await allKeys(client, keyPrefix)).toEqual([]);
  }

  it('a thread that was to be made can be made, by its owner', async () => {
    const chat = thread();
    const write = (store: Store) => store.threads.write(scope, { threadId: chat.id, create: chat, put: [item(chat.id, 'first')] });
    const places = await dyingEverywhere(nothing, write, async (scene) => {
      expect(await write(scene.store)).toBe('written');
      expect((await scene.store.threads.listItems(scope, { threadId: chat.id }))?.data).toHaveLength(1);
      expect(await scene.store.threads.write({ ownerId: 'eve' }, { threadId: chat.id, create: chat })).toBe('not_found');
      await scene.store.threads.deleteOwner({ ownerId: 'eve' });
      await expectNothingLeft(scene);
    });
    expect(places).toBe(3);
  });

  it('a thread is either there with all its items or not at all', async () => {
    const chat = thread();
    const write = (store: Store) => store.threads.write(scope, { threadId: chat.id, create: chat, put: [item(chat.id), item(chat.id)] });
    await dyingEverywhere(nothing, write, async ({ store }, died) => {
      const items = await store.threads.listItems(scope, { threadId: chat.id });
      expect(items?.data.length).toBe(died ? undefined : 2);
      expect((await store.threads.list(scope, {}))?.data).toHaveLength(died ? 0 : 1);
    });
  });

  it('an attachment that was to be made or deleted can be made again', async () => {
    const attachment = { type: 'file' as const, id: 'file', name: 'file', mime_type: 'text/plain' };
    const put = (store: Store) => store.threads.putAttachment(scope, attachment);
    const remove = (store: Store) => store.threads.deleteAttachment(scope, { attachmentId: 'file' });
    for (const [prepare, act] of [[nothing, put], [put, remove]] as const) {
      const places = await dyingEverywhere(prepare, act, async (scene) => {
        await put(scene.store);
        expect(await scene.store.threads.getAttachments(scope, ['file'])).toEqual([attachment]);
        await expectNothingLeft(scene);
      });
      expect(places).toBe(3);
    }
  });

  it('a session that was to be made, rotated or removed leaves nothing behind, and no token works that should not', async () => {
    const tab = session();
    const to = randomHex(32);
    const create = async (store: Store): Promise<void> => { await store.sessions.create(tab); };
    const acts: [prepare: typeof create, act: (store: Store) => Promise<unknown>][] = [
      [nothing, create],
      [create, (store) => store.sessions.rotate({ from: tab.tokenHash, to })],
      [create, (store) => store.sessions.remove({ tokenHash: tab.tokenHash })],
    ];
    for (const [prepare, act] of acts) {
      const places = await dyingEverywhere(prepare, act, async (scene) => {
        const store = redisStore({ client, keyPrefix: scene.keyPrefix });
        const live = await Promise.all([tab.tokenHash, to].map((tokenHash) => store.sessions.get({ tokenHash })));
        expect(live.filter((found) => found !== null).length).toBeLessThanOrEqual(1);
        await expectNothingLeft(scene);
      });
      expect(places).toBeGreaterThanOrEqual(2);
    }
  });

  it('a run that was to start holds its thread only where recover finds it', async () => {
    const start = run({ leaseMs: MINUTE, idempotencyKey: 'once' });
    const places = await dyingEverywhere(nothing, (store) => store.runs.start(scope, start), async (scene) => {
      const recovered = await scene.store.runs.recover({ leaseMs: MINUTE, limit: 10 });
      expect(recovered.map((found) => found.run.runId)).toEqual((await scene.store.runs.getActive(scope, start)) ? [start.runId] : []);
      for (const found of recovered) await scene.store.runs.finish(found.run, { status: 'interrupted' });
      expect((await scene.store.runs.start(scope, run({ threadId: start.threadId }))).outcome).toBe('started');
      await expectNothingLeft(scene);
    });
    expect(places).toBe(2);
  });

  it('a turn that was to begin has either its run, its thread and its message, or none of them', async () => {
    const chat = thread();
    const start = run({ threadId: chat.id, leaseMs: MINUTE });
    const begin = async (store: Store) => store.threads.beginTurn?.(scope, { run: start, write: { threadId: chat.id, create: chat, put: [item(chat.id)] }, read: {} });
    const places = await dyingEverywhere(nothing, begin, async (scene, died) => {
      expect((await scene.store.runs.getActive(scope, start)) === null).toBe(died);
      expect((await scene.store.threads.get(scope, { threadId: chat.id })) === null).toBe(died);
      await expectNothingLeft(scene);
    });
    expect(places).toBe(4);
  });

  it('a run or turn that was to end is ended once, and can be pruned', async () => {
    const start = run({ leaseMs: MINUTE });
    const startIt = async (store: Store): Promise<void> => { await store.runs.start(scope, start); };
    const held = async (store: Store) => (await store.runs.get(scope, start)) ?? expect.fail('the run is there');
    const acts = [
      async (store: Store) => store.runs.finish(await held(store), { status: 'completed' }),
      async (store: Store) => store.threads.endTurn?.(scope, {
        lease: await held(store), end: { status: 'completed' }, write: { threadId: start.threadId }, record: turn({ runId: start.runId, threadId: start.threadId }),
      }),
    ];
    for (const act of acts) {
      await dyingEverywhere(startIt, act, async (scene) => {
        const ended = (await scene.store.runs.get(scope, start))?.status === 'completed';
        expect(await scene.store.runs.getActive(scope, start) === null).toBe(ended);
        expect((await scene.store.history.query(scope, {}))?.data.length).toBeLessThanOrEqual(ended ? 1 : 0);
        const recovered = await scene.store.runs.recover({ leaseMs: MINUTE, limit: 10 });
        expect(recovered).toHaveLength(ended ? 0 : 1);
        for (const found of recovered) await scene.store.runs.finish(found.run, { status: 'interrupted' });
        expect(await scene.store.runs.prune({ olderThanMs: -1, limit: 10 })).toBe(1);
        await expectNothingLeft(scene);
      });
    }
  });

  it('a run that was to be taken over, discarded or pruned is taken over or gone', async () => {
    const start = run({ leaseMs: 1, idempotencyKey: 'once' });
    const startIt = async (store: Store): Promise<void> => { await store.runs.start(scope, start); };
    const endIt = async (store: Store): Promise<void> => {
      await startIt(store);
      const found = await store.runs.get(scope, start);
      if (found) await store.runs.finish(found, { status: 'completed' });
    };
    const acts: [prepare: typeof startIt, act: (store: Store) => Promise<unknown>][] = [
      [startIt, (store) => store.runs.recover({ leaseMs: MINUTE, limit: 10 })],
      [startIt, async (store) => {
        const found = await store.runs.get(scope, start);
        return found && store.runs.discard(found);
      }],
      [endIt, (store) => store.runs.prune({ olderThanMs: -1, limit: 10 })],
      [startIt, (store) => store.runs.deleteThread(scope, start)],
    ];
    for (const [prepare, act] of acts) {
      await dyingEverywhere(prepare, act, async (scene) => {
        const recovered = await scene.store.runs.recover({ leaseMs: MINUTE, limit: 10 });
        const active = await scene.store.runs.getActive(scope, start);
        expect(recovered.map((found) => found.run.runId)).toEqual(active ? [start.runId] : []);
        await expectNothingLeft(scene);
      });
    }
  });

  it('deleteOwner goes on where it was stopped', async () => {
    const places = await dyingEverywhere((store) => fillOwner(store, 'ada'), (store) => deleteOwner(store, 'ada'), async (scene) => {
      await expectNothingLeft(scene);
    });
    expect(places).toBeGreaterThan(20);
  });

  it('an approval is claimed or still there', async () => {
    const id = newId('approval');
    const save = (store: Store) => store.runs.saveApproval(scope, { id, threadId: 'thread', state: 'state' });
    await dyingEverywhere(save, (store) => store.runs.claimApproval(scope, { id }), async (scene, died) => {
      expect((await scene.store.runs.claimApproval(scope, { id })) !== null).toBe(died);
      await expectNothingLeft(scene);
    });
  });
});
