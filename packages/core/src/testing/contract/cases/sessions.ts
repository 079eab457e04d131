import assert from 'node:assert/strict';
import { randomHex, type SessionRecord, type SessionStore } from '../../../store/index.js';
import { contractGroup } from '../contract-case.js';
import { sampleSession } from '../samples.js';

const minute = 60_000;

/** Milliseconds until the session ends, as of its last touch. */
function lifetime(session: SessionRecord | null): number | undefined {
  return session ? session.expiresAt.getTime() - session.lastSeenAt.getTime() : undefined;
}

async function isLive(sessions: SessionStore, tokenHash: string): Promise<boolean> {
  return (await sessions.get({ tokenHash })) !== null;
}

export const sessionCases = contractGroup('sessions', {
  'a session comes back as it was made': async ({ store }) => {
    const session = sampleSession({ label: 'Ada Lovelace' });
    const before = await store.sessions.create(session);
    const { id, tokenHash, ownerId, label } = session;
    const { createdAt, lastSeenAt, expiresAt, ...rest } = before ?? assert.fail('the session was refused');
    assert.deepEqual(rest, { id, tokenHash, ownerId, label });
    assert.ok([createdAt, lastSeenAt, expiresAt].every((time) => time instanceof Date && !Number.isNaN(time.getTime())));
    assert.equal(createdAt.getTime(), lastSeenAt.getTime());
    assert.equal(lifetime(before), session.idleMs);
    assert.deepEqual(await store.sessions.get({ tokenHash }), before);
  },
  'an empty label is a label': async ({ store }) => {
    const session = sampleSession({ label: '' });
    await store.sessions.create(session);
    assert.equal((await store.sessions.get(session))?.label, '');
  },
  'an unknown token is null': async ({ store }) => {
    const tokenHash = randomHex(32);
    assert.equal(await store.sessions.get({ tokenHash }), null);
    assert.equal(await store.sessions.touch({ tokenHash, idleMs: minute }), null);
    assert.equal(await store.sessions.rotate({ from: tokenHash, to: randomHex(32) }), false);
    assert.equal(await store.sessions.remove({ tokenHash }), 0);
    await store.sessions.closeSoon({ tokenHash, graceMs: minute });
    assert.equal(await store.sessions.get({ tokenHash }), null);
  },
  'the absolute limit bounds the idle time from the start': async ({ store }) => {
    const session = await store.sessions.create(sampleSession({ idleMs: 60 * minute, absoluteMs: 10 * minute }));
    assert.equal(lifetime(session), 10 * minute);
  },
  'a session ends when it is idle for too long': async ({ store, advance }) => {
    const session = sampleSession({ idleMs: 30 * minute });
    await store.sessions.create(session);
    await advance(29 * minute);
    assert.equal(await isLive(store.sessions, session.tokenHash), true);
    await advance(2 * minute);
    assert.equal(await isLive(store.sessions, session.tokenHash), false);
  },
  'get does not extend': async ({ store, advance }) => {
    const session = sampleSession({ idleMs: 30 * minute });
    const created = await store.sessions.create(session);
    assert.equal(lifetime(await store.sessions.get(session)), lifetime(created));
    await advance(20 * minute);
    await store.sessions.get(session);
    await advance(20 * minute);
    assert.equal(await isLive(store.sessions, session.tokenHash), false);
  },
  'touch starts the idle time anew': async ({ store, advance }) => {
    const session = sampleSession({ idleMs: 30 * minute });
    await store.sessions.create(session);
    for (let count = 0; count < 3; count += 1) {
      await advance(20 * minute);
      assert.equal(lifetime(await store.sessions.touch({ tokenHash: session.tokenHash, idleMs: 30 * minute })), 30 * minute);
    }
    await advance(20 * minute);
    assert.equal(await isLive(store.sessions, session.tokenHash), true);
  },
  'touch returns what get returns next': async ({ store }) => {
    const session = sampleSession();
    await store.sessions.create(session);
    const touched = await store.sessions.touch({ tokenHash: session.tokenHash, idleMs: 5 * minute });
    assert.equal(lifetime(touched), 5 * minute);
    assert.deepEqual(await store.sessions.get(session), touched);
  },
  'touch moves lastSeenAt and leaves createdAt': async ({ store, advance }) => {
    const session = sampleSession();
    await store.sessions.create(session);
    await advance(10 * minute);
    const touched = await store.sessions.touch({ tokenHash: session.tokenHash, idleMs: session.idleMs });
    const age = (touched?.lastSeenAt.getTime() ?? 0) - (touched?.createdAt.getTime() ?? 0);
    assert.ok(age >= 10 * minute && age < 12 * minute, `seen ${age} ms after it was made`);
  },
  'touch never goes beyond the absolute limit': async ({ store, advance }) => {
    const session = sampleSession({ idleMs: 30 * minute, absoluteMs: 50 * minute });
    const { tokenHash } = session;
    await store.sessions.create(session);
    await advance(25 * minute);
    const touched = await store.sessions.touch({ tokenHash, idleMs: 30 * minute });
    const left = lifetime(touched) ?? 0;
    assert.ok(left <= 25 * minute && left > 20 * minute, `${left} ms left`);
    await advance(24 * minute);
    assert.notEqual(await store.sessions.touch({ tokenHash, idleMs: 30 * minute }), null);
    await advance(2 * minute);
    assert.equal(await store.sessions.touch({ tokenHash, idleMs: 30 * minute }), null);
  },
  'touch revives no ended session': async ({ store, advance }) => {
    const session = sampleSession({ idleMs: minute });
    await store.sessions.create(session);
    await advance(2 * minute);
    assert.equal(await store.sessions.touch({ tokenHash: session.tokenHash, idleMs: minute }), null);
    assert.equal(await isLive(store.sessions, session.tokenHash), false);
  },
  'closeSoon ends the session after the grace time': async ({ store, advance }) => {
    const session = sampleSession();
    await store.sessions.create(session);
    await store.sessions.closeSoon({ tokenHash: session.tokenHash, graceMs: minute });
    assert.equal(await isLive(store.sessions, session.tokenHash), true);
    await advance(2 * minute);
    assert.equal(await isLive(store.sessions, session.tokenHash), false);
  },
  'a touch within the grace time undoes closeSoon': async ({ store, advance }) => {
    const session = sampleSession();
    await store.sessions.create(session);
    await store.sessions.closeSoon({ tokenHash: session.tokenHash, graceMs: 10 * minute });
    await advance(5 * minute);
    const touched = await store.sessions.touch({ tokenHash: session.tokenHash, idleMs: 30 * minute });
    assert.equal(lifetime(touched), 30 * minute);
    await advance(20 * minute);
    assert.equal(await isLive(store.sessions, session.tokenHash), true);
  },
  'a read within the grace time does not undo closeSoon': async ({ store, advance }) => {
    const session = sampleSession();
    await store.sessions.create(session);
    await store.sessions.closeSoon({ tokenHash: session.tokenHash, graceMs: 10 * minute });
    await store.sessions.get(session);
    await advance(11 * minute);
    assert.equal(await isLive(store.sessions, session.tokenHash), false);
  },
  'closeSoon never extends': async ({ store, advance }) => {
    const session = sampleSession({ idleMs: 5 * minute });
    await store.sessions.create(session);
    await store.sessions.closeSoon({ tokenHash: session.tokenHash, graceMs: 60 * minute });
    await advance(6 * minute);
    assert.equal(await isLive(store.sessions, session.tokenHash), false);
    await store.sessions.closeSoon({ tokenHash: session.tokenHash, graceMs: 60 * minute });
    assert.equal(await isLive(store.sessions, session.tokenHash), false);
  },
  'rotate gives the session another token and keeps all else': async ({ store }) => {
    const session = sampleSession();
    const before = await store.sessions.create(session);
    const to = randomHex(32);
    assert.equal(await store.sessions.rotate({ from: session.tokenHash, to }), true);
    assert.equal(await store.sessions.get(session), null);
    assert.equal(await store.sessions.touch({ tokenHash: session.tokenHash, idleMs: minute }), null);
    assert.deepEqual(await store.sessions.get({ tokenHash: to }), { ...before, tokenHash: to });
  },
  'rotate does not extend, and the new token ends with the session': async ({ store, advance }) => {
    const session = sampleSession({ idleMs: 30 * minute });
    await store.sessions.create(session);
    await advance(20 * minute);
    const to = randomHex(32);
    await store.sessions.rotate({ from: session.tokenHash, to });
    await advance(15 * minute);
    assert.equal(await isLive(store.sessions, to), false);
  },
  'a rotated session keeps its absolute limit': async ({ store, advance }) => {
    const session = sampleSession({ idleMs: 30 * minute, absoluteMs: 40 * minute });
    await store.sessions.create(session);
    await advance(20 * minute);
    const to = randomHex(32);
    await store.sessions.rotate({ from: session.tokenHash, to });
    await store.sessions.touch({ tokenHash: to, idleMs: 30 * minute });
    await advance(22 * minute);
    assert.equal(await isLive(store.sessions, to), false);
  },
  'rotate refuses a used token and an ended session': async ({ store, advance }) => {
    const session = sampleSession({ idleMs: 10 * minute });
    await store.sessions.create(session);
    const to = randomHex(32);
    await store.sessions.rotate({ from: session.tokenHash, to });
    assert.equal(await store.sessions.rotate({ from: session.tokenHash, to: randomHex(32) }), false);
    await advance(11 * minute);
    const late = randomHex(32);
    assert.equal(await store.sessions.rotate({ from: to, to: late }), false);
    assert.equal(await isLive(store.sessions, late), false);
  },
  'remove ends one session at once': async ({ store }) => {
    const [session, sibling] = [sampleSession(), sampleSession()];
    sibling.ownerId = session.ownerId;
    await store.sessions.create(session);
    await store.sessions.create(sibling);
    assert.equal(await store.sessions.remove({ tokenHash: session.tokenHash }), 1);
    assert.equal(await store.sessions.remove({ tokenHash: session.tokenHash }), 0);
    assert.equal(await isLive(store.sessions, session.tokenHash), false);
    assert.equal(await isLive(store.sessions, sibling.tokenHash), true);
  },
  'remove by owner ends all of the owner and nobody else': async ({ store }) => {
    const mine = [sampleSession(), sampleSession(), sampleSession()];
    for (const session of mine) await store.sessions.create({ ...session, ownerId: mine[0]?.ownerId ?? '' });
    const theirs = sampleSession();
    await store.sessions.create(theirs);
    const rotated = randomHex(32);
    await store.sessions.rotate({ from: mine[2]?.tokenHash ?? '', to: rotated });
    assert.equal(await store.sessions.remove({ ownerId: mine[0]?.ownerId ?? '' }), 3);
    for (const tokenHash of [mine[0]?.tokenHash, mine[1]?.tokenHash, rotated]) assert.equal(await isLive(store.sessions, tokenHash ?? ''), false);
    assert.equal(await isLive(store.sessions, theirs.tokenHash), true);
    assert.equal(await store.sessions.remove({ ownerId: mine[0]?.ownerId ?? '' }), 0);
  },
  'an owner at maxPerOwner is refused, others are not': async ({ store }) => {
    const { ownerId } = sampleSession();
    const create = (maxPerOwner: number) => store.sessions.create(sampleSession({ ownerId, maxPerOwner }));
    assert.notEqual(await create(2), null);
    assert.notEqual(await create(2), null);
    assert.equal(await create(2), null);
    assert.notEqual(await create(3), null);
    assert.notEqual(await store.sessions.create(sampleSession({ maxPerOwner: 1 })), null);
  },
  'removed and ended sessions make room below maxPerOwner': async ({ store, advance }) => {
    const { ownerId } = sampleSession();
    const short = sampleSession({ ownerId, maxPerOwner: 2, idleMs: minute });
    const long = sampleSession({ ownerId, maxPerOwner: 2 });
    await store.sessions.create(short);
    await store.sessions.create(long);
    await advance(2 * minute);
    assert.notEqual(await store.sessions.create(sampleSession({ ownerId, maxPerOwner: 2 })), null);
    assert.equal(await store.sessions.create(sampleSession({ ownerId, maxPerOwner: 2 })), null);
    await store.sessions.remove({ tokenHash: long.tokenHash });
    assert.notEqual(await store.sessions.create(sampleSession({ ownerId, maxPerOwner: 2 })), null);
  },
  'a rotation takes no room below maxPerOwner': async ({ store }) => {
    const session = sampleSession({ maxPerOwner: 2 });
    await store.sessions.create(session);
    await store.sessions.rotate({ from: session.tokenHash, to: randomHex(32) });
    assert.notEqual(await store.sessions.create(sampleSession({ ownerId: session.ownerId, maxPerOwner: 2 })), null);
    assert.equal(await store.sessions.create(sampleSession({ ownerId: session.ownerId, maxPerOwner: 2 })), null);
  },
  'prune deletes ended sessions alone, and no more than asked for': async ({ store, advance }) => {
    const ended = Array.from({ length: 5 }, () => sampleSession({ idleMs: minute }));
    const touched = sampleSession({ idleMs: minute });
    for (const session of [...ended, touched]) await store.sessions.create(session);
    await store.sessions.touch({ tokenHash: touched.tokenHash, idleMs: 60 * minute });
    const live = sampleSession();
    await store.sessions.create(live);
    await advance(2 * minute);
    assert.ok((await store.sessions.prune({ limit: 2 })) <= 2);
    for (let pruned = 1; pruned > 0; ) pruned = await store.sessions.prune({ limit: 100 });
    for (const session of ended) assert.equal(await isLive(store.sessions, session.tokenHash), false);
    for (const session of [touched, live]) assert.equal(await isLive(store.sessions, session.tokenHash), true);
  },
  'prune counts a soft-closed session as ended after its grace time': async ({ store, advance }) => {
    const [closed, revived] = [sampleSession(), sampleSession()];
    for (const session of [closed, revived]) {
      await store.sessions.create(session);
      await store.sessions.closeSoon({ tokenHash: session.tokenHash, graceMs: minute });
    }
    await store.sessions.touch({ tokenHash: revived.tokenHash, idleMs: 60 * minute });
    await advance(2 * minute);
    for (let pruned = 1; pruned > 0; ) pruned = await store.sessions.prune({ limit: 100 });
    assert.equal(await isLive(store.sessions, closed.tokenHash), false);
    assert.equal(await isLive(store.sessions, revived.tokenHash), true);
  },
  'records are never shared with the caller': async ({ store }) => {
    const session = sampleSession();
    const created = await store.sessions.create(session);
    const expected = structuredClone(created);
    created?.expiresAt.setTime(0);
    if (created) created.ownerId = 'changed';
    assert.deepEqual(await store.sessions.get(session), expected);
  },
});
