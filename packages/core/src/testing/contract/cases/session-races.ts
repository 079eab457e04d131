import assert from 'node:assert/strict';
import { randomHex } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { race } from '../racing.js';
import { sampleSession } from '../samples.js';

export const sessionRaceCases = contractGroup('session races', {
  'of 50 concurrent rotations exactly one wins, and its token alone works': async (context) => {
    const session = sampleSession();
    await context.store.sessions.create(session);
    const tokens = Array.from({ length: 50 }, () => randomHex(32));
    const results = await race(context, 50, ({ sessions }, index) => sessions.rotate({ from: session.tokenHash, to: tokens[index] ?? '' }));
    assert.equal(results.filter(Boolean).length, 1);
    const live = await Promise.all(tokens.map((tokenHash) => context.store.sessions.get({ tokenHash })));
    assert.deepEqual(live.map((found) => found !== null), results);
    assert.equal(await context.store.sessions.get(session), null);
  },
  'racing callers never exceed maxPerOwner': async (context) => {
    const { ownerId } = sampleSession();
    const created = await race(context, 30, ({ sessions }) => sessions.create(sampleSession({ ownerId, maxPerOwner: 5 })));
    assert.equal(created.filter((session) => session !== null).length, 5);
    assert.equal(await context.store.sessions.remove({ ownerId }), 5);
  },
  'touches beside a rotation lose neither the session nor its limit': async (context) => {
    const session = sampleSession();
    const before = await context.store.sessions.create(session);
    const to = randomHex(32);
    await race(context, 31, async ({ sessions }, index) => {
      if (index === 15) await sessions.rotate({ from: session.tokenHash, to });
      else await sessions.touch({ tokenHash: session.tokenHash, idleMs: session.idleMs });
    });
    const after = await context.store.sessions.get({ tokenHash: to });
    assert.deepEqual([after?.id, after?.createdAt], [before?.id, before?.createdAt]);
    assert.equal(await context.store.sessions.get(session), null);
  },
  'a touch beside a removal brings nothing back': async (context) => {
    const session = sampleSession();
    await context.store.sessions.create(session);
    await race(context, 31, async ({ sessions }, index) => {
      if (index === 15) await sessions.remove({ tokenHash: session.tokenHash });
      else await sessions.touch({ tokenHash: session.tokenHash, idleMs: session.idleMs });
    });
    assert.equal(await context.store.sessions.get(session), null);
  },
  'a rotation beside the removal of all sessions of the owner leaves none': async (context) => {
    for (let round = 0; round < 10; round += 1) {
      const session = sampleSession();
      await context.store.sessions.create(session);
      const to = randomHex(32);
      const [removed] = await Promise.all([
        context.store.sessions.remove({ ownerId: session.ownerId }),
        (await context.other()).sessions.rotate({ from: session.tokenHash, to }),
      ]);
      assert.equal(removed, 1);
      assert.equal(await context.store.sessions.get({ tokenHash: to }), null);
      assert.equal(await context.store.sessions.get(session), null);
    }
  },
  'of many removals of one session exactly one counts it': async (context) => {
    const session = sampleSession();
    await context.store.sessions.create(session);
    const counts = await race(context, 10, ({ sessions }) => sessions.remove({ tokenHash: session.tokenHash }));
    assert.deepEqual(counts.toSorted(), [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  },
});
