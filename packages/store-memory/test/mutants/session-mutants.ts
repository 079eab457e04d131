import type { SessionRecord } from '@chatkit-selfhost/core';
import { mutants, tick } from './mutant.js';

const forever = 365 * 24 * 60 * 60_000;

export const sessionMutants = mutants({
  'sessions: expiry is ignored': ({ sessions }) => ({ sessions: { create: (session) => sessions.create({ ...session, idleMs: forever, absoluteMs: forever }) } }),
  'sessions: get gives expired ones': ({ sessions }) => {
    const known = new Map<string, SessionRecord>();
    return {
      sessions: {
        get: async (query) => {
          const session = await sessions.get(query);
          if (session) known.set(query.tokenHash, session);
          return session ?? known.get(query.tokenHash) ?? null;
        },
        remove: (query) => (known.clear(), sessions.remove(query)),
        rotate: (change) => (known.clear(), sessions.rotate(change)),
        deleteOwner: (scope) => (known.clear(), sessions.deleteOwner(scope)),
      },
    };
  },
  'sessions: get extends': ({ sessions }) => ({ sessions: { get: ({ tokenHash }) => sessions.touch({ tokenHash, idleMs: 30 * 60_000 }) } }),
  'sessions: touch does not extend': ({ sessions }) => ({ sessions: { touch: (query) => sessions.get(query) } }),
  'sessions: touch revives ended ones': ({ sessions }) => {
    const known = new Map<string, SessionRecord>();
    return {
      sessions: {
        create: async (session) => {
          const record = await sessions.create(session);
          if (record) known.set(record.tokenHash, record);
          return record;
        },
        touch: async (query) => {
          const session = await sessions.touch(query);
          const ended = known.get(query.tokenHash);
          if (session || !ended) return session;
          await sessions.remove(query);
          return sessions.create({ ...ended, idleMs: query.idleMs, absoluteMs: forever });
        },
        remove: (query) => (known.clear(), sessions.remove(query)),
        rotate: (change) => (known.clear(), sessions.rotate(change)),
        deleteOwner: (scope) => (known.clear(), sessions.deleteOwner(scope)),
      },
    };
  },
  'sessions: the absolute limit is ignored': ({ sessions }) => ({ sessions: { create: (session) => sessions.create({ ...session, absoluteMs: forever }) } }),
  'sessions: a rotation starts the absolute limit anew': ({ sessions }) => ({
    sessions: {
      rotate: async ({ from, to }) => {
        const session = await sessions.get({ tokenHash: from });
        if (!session || !(await sessions.rotate({ from, to }))) return false;
        await sessions.remove({ tokenHash: to });
        const idleMs = session.expiresAt.getTime() - session.lastSeenAt.getTime();
        return (await sessions.create({ ...session, tokenHash: to, idleMs, absoluteMs: forever })) !== null;
      },
    },
  }),
  'sessions: a rotation is two steps': ({ sessions }) => ({
    sessions: {
      rotate: async ({ from, to }) => {
        const session = await sessions.get({ tokenHash: from });
        if (!session) return false;
        await tick();
        if (!(await sessions.rotate({ from, to }))) await sessions.create({ ...session, tokenHash: to, idleMs: 60_000, absoluteMs: 60_000 });
        return true;
      },
    },
  }),
  'sessions: the old token lives on': ({ sessions }) => ({
    sessions: {
      rotate: async ({ from, to }) => {
        const session = await sessions.get({ tokenHash: from });
        const rotated = await sessions.rotate({ from, to });
        if (session && rotated) await sessions.create({ ...session, idleMs: 60_000, absoluteMs: 60_000 });
        return rotated;
      },
    },
  }),
  'sessions: a rotation extends': ({ sessions }) => ({
    sessions: {
      rotate: async (change) => {
        const rotated = await sessions.rotate(change);
        if (rotated) await sessions.touch({ tokenHash: change.to, idleMs: 30 * 60_000 });
        return rotated;
      },
    },
  }),
  'sessions: closeSoon does nothing': () => ({ sessions: { closeSoon: async () => undefined } }),
  'sessions: closeSoon ends at once': ({ sessions }) => ({
    sessions: {
      closeSoon: async ({ tokenHash }) => {
        await sessions.remove({ tokenHash });
      },
    },
  }),
  'sessions: closeSoon extends': ({ sessions }) => ({
    sessions: {
      closeSoon: async ({ tokenHash, graceMs }) => {
        await sessions.touch({ tokenHash, idleMs: graceMs });
      },
    },
  }),
  'sessions: a touch does not undo closeSoon': ({ sessions }) => {
    const closed = new Set<string>();
    return {
      sessions: {
        closeSoon: (change) => (closed.add(change.tokenHash), sessions.closeSoon(change)),
        touch: (query) => (closed.has(query.tokenHash) ? sessions.get(query) : sessions.touch(query)),
      },
    };
  },
  'sessions: maxPerOwner is ignored': ({ sessions }) => ({ sessions: { create: (session) => sessions.create({ ...session, maxPerOwner: undefined }) } }),
  'sessions: maxPerOwner is asked before, not with, the creation': ({ sessions }) => {
    const counts = new Map<string, number>();
    return {
      sessions: {
        create: async ({ maxPerOwner, ...session }) => {
          const count = counts.get(session.ownerId) ?? 0;
          if (maxPerOwner !== undefined && count >= maxPerOwner) return sessions.create({ ...session, maxPerOwner });
          await tick();
          counts.set(session.ownerId, (counts.get(session.ownerId) ?? 0) + 1);
          return sessions.create(session);
        },
      },
    };
  },
  'sessions: maxPerOwner counts ended ones': ({ sessions }) => {
    const made = new Map<string, number>();
    return {
      sessions: {
        create: async (session) => {
          const count = made.get(session.ownerId) ?? 0;
          if (session.maxPerOwner !== undefined && count >= session.maxPerOwner) return null;
          made.set(session.ownerId, count + 1);
          return sessions.create(session);
        },
      },
    };
  },
  'sessions: remove by owner leaves some': ({ sessions }) => {
    const newest = new Map<string, string>();
    return {
      sessions: {
        create: (session) => (newest.set(session.ownerId, session.tokenHash), sessions.create(session)),
        remove: (query) => sessions.remove('ownerId' in query ? { tokenHash: newest.get(query.ownerId) ?? '' } : query),
      },
    };
  },
  'sessions: prune takes more than asked for': ({ sessions }) => ({ sessions: { prune: ({ limit }) => sessions.prune({ limit: limit + 1 }) } }),
  'sessions: prune takes live ones': ({ sessions }) => {
    const made: string[] = [];
    return {
      sessions: {
        create: (session) => (made.push(session.tokenHash), sessions.create(session)),
        prune: async (options) => {
          await sessions.remove({ tokenHash: made.at(-1) ?? '' });
          return sessions.prune(options);
        },
      },
    };
  },
  'sessions: the label is lost': ({ sessions }) => ({ sessions: { create: (session) => sessions.create({ ...session, label: '' }) } }),
  'sessions: deleteOwner leaves everything': () => ({ sessions: { deleteOwner: async () => undefined } }),
});
