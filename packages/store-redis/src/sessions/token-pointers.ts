import type { Connection } from '../connection/connection.js';
import type { StoreKeys } from '../keys.js';
import { deleteToken, getToken, setToken } from './session-scripts.js';

/** Where the session of a token is. */
export interface SessionPlace {
  ownerId: string;
  sessionId: string;
}

/**
 * Which owner and session a token is of. A token never changes hands, so what was once read stays true: a wrong guess is
 * impossible, and whether the session still lives is decided by its record alone.
 */
export interface TokenPointers {
  find: (tokenHash: string) => Promise<SessionPlace | null>;
  set: (tokenHash: string, place: SessionPlace, lifetimeMs: number) => Promise<void>;
  /** Sees to it that the pointer stays for at least `neededMs`; when it has to be renewed, for `lifetimeMs`. */
  keep: (tokenHash: string, place: SessionPlace, neededMs: number, lifetimeMs: number) => Promise<void>;
  delete: (tokenHash: string) => Promise<void>;
}

interface Remembered extends SessionPlace {
  until: number;
}

/** Tokens remembered in this process, about 300 bytes each. The oldest go first. */
const MOST_REMEMBERED = 10_000;

export function tokenPointers(connection: Connection, keys: StoreKeys): TokenPointers {
  const remembered = new Map<string, Remembered>();
  const remember = (tokenHash: string, place: SessionPlace, lifetimeMs: number): void => {
    remembered.delete(tokenHash);
    remembered.set(tokenHash, { ownerId: place.ownerId, sessionId: place.sessionId, until: Date.now() + lifetimeMs });
    if (remembered.size <= MOST_REMEMBERED) return;
    const [oldest] = remembered.keys();
    if (oldest !== undefined) remembered.delete(oldest);
  };
  const set = async (tokenHash: string, place: SessionPlace, lifetimeMs: number): Promise<void> => {
    const value = JSON.stringify([place.ownerId, place.sessionId]);
    await connection.run(setToken, [keys.token(tokenHash)], [value, Math.max(Math.ceil(lifetimeMs), 1)]);
    remember(tokenHash, place, lifetimeMs);
  };

  return {
    set,
    find: async (tokenHash) => {
      const known = remembered.get(tokenHash);
      if (known) return known;
      const [value, lifetimeMs] = (await connection.run(getToken, [keys.token(tokenHash)])) as [string | null, number];
      if (value === null) return null;
      const [ownerId, sessionId] = JSON.parse(value) as [string, string];
      remember(tokenHash, { ownerId, sessionId }, lifetimeMs);
      return { ownerId, sessionId };
    },
    keep: async (tokenHash, place, neededMs, lifetimeMs) => {
      const known = remembered.get(tokenHash);
      if (known && known.until - Date.now() >= neededMs) return;
      await set(tokenHash, place, lifetimeMs);
    },
    delete: async (tokenHash) => {
      remembered.delete(tokenHash);
      await connection.run(deleteToken, [keys.token(tokenHash)]);
    },
  };
}
