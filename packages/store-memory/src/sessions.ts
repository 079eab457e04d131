import { sanitizeText, type NewSession, type SessionRecord, type SessionStore } from '@chatkit-selfhost/core';
import { ExpiryQueue } from './expiry-queue.js';

interface SessionRow {
  id: string;
  tokenHash: string;
  ownerId: string;
  label: string;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
  endsAt: number;
}

/** The sessions part: every method is one synchronous step, so racing callers can't interleave. */
export function memorySessions({ backend, now }: { backend: object; now: () => number }): SessionStore {
  const byToken = new Map<string, SessionRow>();
  const byOwner = new Map<string, Set<SessionRow>>();
  const expiries = new ExpiryQueue<SessionRow>();

  const live = (tokenHash: string): SessionRow | null => {
    const row = byToken.get(tokenHash);
    return row && row.expiresAt > now() ? row : null;
  };
  const expireAt = (row: SessionRow, time: number): void => {
    row.expiresAt = time;
    expiries.set(row, time);
  };
  const drop = (row: SessionRow): void => {
    byToken.delete(row.tokenHash);
    expiries.delete(row);
    const owned = byOwner.get(row.ownerId);
    owned?.delete(row);
    if (owned?.size === 0) byOwner.delete(row.ownerId);
  };
  const dropOwner = (ownerId: string): number => {
    const owned = [...(byOwner.get(ownerId) ?? [])];
    for (const row of owned) drop(row);
    return owned.length;
  };

  return {
    backend,
    create: async (session) => {
      const time = now();
      const owned = byOwner.get(session.ownerId) ?? new Set();
      if (session.maxPerOwner !== undefined && countLive(owned, time) >= session.maxPerOwner) return null;
      const row = newRow(session, time);
      byToken.set(row.tokenHash, row);
      byOwner.set(row.ownerId, owned.add(row));
      expiries.set(row, row.expiresAt);
      return toRecord(row);
    },
    get: async ({ tokenHash }) => {
      const row = live(tokenHash);
      return row && toRecord(row);
    },
    touch: async ({ tokenHash, idleMs }) => {
      const row = live(tokenHash);
      if (!row) return null;
      row.lastSeenAt = now();
      expireAt(row, Math.min(row.lastSeenAt + idleMs, row.endsAt));
      return toRecord(row);
    },
    rotate: async ({ from, to }) => {
      const row = live(from);
      if (!row) return false;
      byToken.delete(from);
      row.tokenHash = to;
      byToken.set(to, row);
      return true;
    },
    closeSoon: async ({ tokenHash, graceMs }) => {
      const row = live(tokenHash);
      if (row) expireAt(row, Math.min(row.expiresAt, now() + graceMs));
    },
    remove: async (query) => {
      if ('ownerId' in query) return dropOwner(query.ownerId);
      const row = byToken.get(query.tokenHash);
      if (!row) return 0;
      drop(row);
      return 1;
    },
    prune: async ({ limit }) => {
      const time = now();
      let pruned = 0;
      for (let row = expiries.peekDue(time); row && pruned < limit; row = expiries.peekDue(time)) {
        drop(row);
        pruned += 1;
      }
      return pruned;
    },
    deleteOwner: async ({ ownerId }) => {
      dropOwner(ownerId);
    },
  };
}

function newRow(session: NewSession, time: number): SessionRow {
  const { id, tokenHash, ownerId, label } = session;
  const endsAt = time + session.absoluteMs;
  const expiresAt = Math.min(time + session.idleMs, endsAt);
  return { id, tokenHash, ownerId, label: sanitizeText(label), createdAt: time, lastSeenAt: time, expiresAt, endsAt };
}

function countLive(rows: Set<SessionRow>, time: number): number {
  let count = 0;
  for (const row of rows) if (row.expiresAt > time) count += 1;
  return count;
}

function toRecord({ id, tokenHash, ownerId, label, ...times }: SessionRow): SessionRecord {
  const createdAt = new Date(times.createdAt);
  return { id, tokenHash, ownerId, label, createdAt, lastSeenAt: new Date(times.lastSeenAt), expiresAt: new Date(times.expiresAt) };
}
