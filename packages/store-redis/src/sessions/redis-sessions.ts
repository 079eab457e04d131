import { sanitizeText, type SessionRecord, type SessionStore } from '@chatkit-selfhost/core';
import type { Connection } from '../connection/connection.js';
import type { StoreKeys } from '../keys.js';
import {
  closeSession, createSession, getSession, listSessions, removeSession, rotateSession, settleRotation, tokensOfSession, touchSession,
} from './session-scripts.js';
import { tokenPointers, type SessionPlace } from './token-pointers.js';

/** A session's record as its script answers it. */
type SessionReply = [id: string, tokenHash: string, ownerId: string, label: string, createdAt: string, lastSeenAt: string, expiresAt: string, endsAt: string];

/** The sessions part. The server lets sessions expire by itself. */
export function redisSessions({ connection, keys, backend }: { connection: Connection; keys: StoreKeys; backend: object }): SessionStore {
  const pointers = tokenPointers(connection, keys);
  const keysOf = ({ ownerId, sessionId }: SessionPlace): [string, string] => {
    const owned = keys.owner(ownerId);
    return [owned.session(sessionId), owned.sessions];
  };

  /** Pointers first: a session without one is unreachable and expires, a pointer without a session would be found by nobody. */
  const removeWithTokens = async (place: SessionPlace, tokenHash = ''): Promise<number> => {
    const [current, stale] = (await connection.run(tokensOfSession, keysOf(place))) as [string | null, string | null];
    if (tokenHash !== '' && current !== tokenHash) return 0;
    const tokens = [...(current === null ? [] : [current]), ...(stale?.split(' ') ?? [])];
    await Promise.all(tokens.map(pointers.delete));
    return (await connection.run(removeSession, keysOf(place), [place.sessionId, tokenHash])) as number;
  };
  const removeOwner = async (ownerId: string): Promise<number> => {
    let removed = 0;
    for (;;) {
      const ids = (await connection.run(listSessions, [keys.owner(ownerId).sessions])) as string[];
      if (ids.length === 0) return removed;
      const counts = await Promise.all(ids.map((sessionId) => removeWithTokens({ ownerId, sessionId })));
      removed += counts.reduce((sum, count) => sum + count, 0);
    }
  };

  return {
    backend,
    create: async ({ id, tokenHash, ownerId, label, idleMs, absoluteMs, maxPerOwner }) => {
      const place = { ownerId: sanitizeText(ownerId), sessionId: id };
      const [reply, expired] = (await connection.run(createSession, keysOf(place), [
        id, tokenHash, place.ownerId, sanitizeText(label), connection.attempt(), idleMs, absoluteMs, maxPerOwner ?? '',
      ])) as [SessionReply | null, string[]];
      await Promise.all(expired.map((sessionId) => removeWithTokens({ ownerId: place.ownerId, sessionId })));
      if (!reply) return null;
      await pointers.set(tokenHash, place, pointerLifetime(reply));
      return toRecord(reply);
    },
    get: async ({ tokenHash }) => {
      const place = await pointers.find(tokenHash);
      const reply = place && ((await connection.run(getSession, keysOf(place), [tokenHash])) as SessionReply | null);
      return reply ? toRecord(reply) : null;
    },
    touch: async ({ tokenHash, idleMs }) => {
      const place = await pointers.find(tokenHash);
      const reply = place && ((await connection.run(touchSession, keysOf(place), [tokenHash, idleMs])) as SessionReply | null);
      if (!reply) return null;
      const record = toRecord(reply);
      await pointers.keep(tokenHash, place, record.expiresAt.getTime() - record.lastSeenAt.getTime(), pointerLifetime(reply));
      return record;
    },
    rotate: async ({ from, to }) => {
      const place = await pointers.find(from);
      const reply = place && ((await connection.run(rotateSession, keysOf(place), [from, to, connection.attempt()])) as SessionReply | null);
      if (!reply) return false;
      await pointers.set(to, place, pointerLifetime(reply));
      await pointers.delete(from);
      await connection.run(settleRotation, keysOf(place), [from]);
      return true;
    },
    closeSoon: async ({ tokenHash, graceMs }) => {
      const place = await pointers.find(tokenHash);
      if (place) await connection.run(closeSession, keysOf(place), [tokenHash, graceMs]);
    },
    remove: async (query) => {
      if ('ownerId' in query) return removeOwner(query.ownerId);
      const place = await pointers.find(query.tokenHash);
      return place ? removeWithTokens(place, query.tokenHash) : 0;
    },
    prune: async () => 0,
    deleteOwner: async ({ ownerId }) => {
      await removeOwner(ownerId);
    },
  };
}

/** Twice what is left, so that the pointer needs renewing only once an idle time; never beyond the session's end. */
function pointerLifetime(reply: SessionReply): number {
  const [lastSeenAt, expiresAt, endsAt] = [Number(reply[5]), Number(reply[6]), Number(reply[7])];
  return Math.max(1000, Math.min(2 * (expiresAt - lastSeenAt), endsAt - lastSeenAt));
}

function toRecord([id, tokenHash, ownerId, label, createdAt, lastSeenAt, expiresAt]: SessionReply): SessionRecord {
  return {
    id, tokenHash, ownerId, label,
    createdAt: new Date(Number(createdAt)),
    lastSeenAt: new Date(Number(lastSeenAt)),
    expiresAt: new Date(Number(expiresAt)),
  };
}
