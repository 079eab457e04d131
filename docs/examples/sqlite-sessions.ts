import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { sanitizeText, type SessionRecord, type SessionStore } from '@chatkit-selfhost/core';

interface Row {
  id: string;
  token_hash: string;
  owner_id: string;
  label: string;
  created_at: number;
  last_seen_at: number;
  idle_until: number;
  ends_at: number;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, owner_id TEXT NOT NULL, label TEXT NOT NULL,
    created_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, idle_until INTEGER NOT NULL, ends_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS sessions_owner ON sessions (owner_id);
  CREATE INDEX IF NOT EXISTS sessions_expiry ON sessions (min(idle_until, ends_at));
`;

/** Of a live session: both of its ends lie ahead. */
const ALIVE = 'min(idle_until, ends_at) > :now';

/**
 * Sessions in SQLite, as an example of one part of a store. SQLite runs a statement at a time, so every method that is one statement is
 * atomic by itself; `create` looks and writes in one statement for that reason.
 */
export function sqliteSessions(database: DatabaseSync, { now = Date.now }: { now?: () => number } = {}): SessionStore {
  database.exec(SCHEMA);
  const prepare = (sql: string): StatementSync => database.prepare(sql);
  const insert = prepare(`
    INSERT INTO sessions SELECT :id, :tokenHash, :ownerId, :label, :now, :now, :idleUntil, :endsAt
    WHERE (SELECT count(*) FROM sessions WHERE owner_id = :ownerId AND ${ALIVE}) < :most RETURNING *`);
  const get = prepare(`SELECT * FROM sessions WHERE token_hash = :tokenHash AND ${ALIVE}`);
  const touch = prepare(`UPDATE sessions SET last_seen_at = :now, idle_until = :idleUntil WHERE token_hash = :tokenHash AND ${ALIVE} RETURNING *`);
  const rotate = prepare(`UPDATE sessions SET token_hash = :to WHERE token_hash = :from AND ${ALIVE}`);
  const closeSoon = prepare('UPDATE sessions SET idle_until = min(idle_until, :until) WHERE token_hash = :tokenHash');
  const removeOne = prepare('DELETE FROM sessions WHERE token_hash = :tokenHash');
  const removeOwner = prepare('DELETE FROM sessions WHERE owner_id = :ownerId');
  const prune = prepare('DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE min(idle_until, ends_at) <= :now LIMIT :limit)');

  return {
    backend: database,
    create: async ({ id, tokenHash, ownerId, label, idleMs, absoluteMs, maxPerOwner }) => {
      const time = now();
      return toRecord(insert.get({ id, tokenHash, ownerId, label: sanitizeText(label), now: time, idleUntil: time + idleMs, endsAt: time + absoluteMs, most: maxPerOwner ?? Number.MAX_SAFE_INTEGER }));
    },
    get: async ({ tokenHash }) => toRecord(get.get({ tokenHash, now: now() })),
    touch: async ({ tokenHash, idleMs }) => toRecord(touch.get({ tokenHash, now: now(), idleUntil: now() + idleMs })),
    rotate: async ({ from, to }) => rotate.run({ from, to, now: now() }).changes === 1,
    closeSoon: async ({ tokenHash, graceMs }) => {
      closeSoon.run({ tokenHash, until: now() + graceMs });
    },
    remove: async (query) => Number(('ownerId' in query ? removeOwner.run(query) : removeOne.run(query)).changes),
    prune: async ({ limit }) => Number(prune.run({ now: now(), limit }).changes),
    deleteOwner: async ({ ownerId }) => {
      removeOwner.run({ ownerId });
    },
  };
}

function toRecord(found: unknown): SessionRecord | null {
  if (!found) return null;
  const row = found as Row;
  return {
    id: row.id, tokenHash: row.token_hash, ownerId: row.owner_id, label: row.label,
    createdAt: new Date(row.created_at), lastSeenAt: new Date(row.last_seen_at), expiresAt: new Date(Math.min(row.idle_until, row.ends_at)),
  };
}
