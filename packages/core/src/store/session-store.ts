import type { StorePart } from './store-part.js';

/** One browser tab's credential, as stored: the token itself never is. */
export interface SessionRecord {
  /** Non-secret reference. Everything else refers to a session by it. Kept when the token is rotated. */
  id: string;
  /** SHA-256 of the token, 64 lowercase hex digits. */
  tokenHash: string;
  ownerId: string;
  /** Unverified label (`user_id` of the request): shown in history, never an identity, never a filter for ownership. */
  label: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** When it ends if it is not touched: idle time, absolute limit or grace time, whichever comes first. */
  expiresAt: Date;
}

export interface NewSession {
  id: string;
  tokenHash: string;
  ownerId: string;
  label: string;
  /** Ends after this long without a touch. Milliseconds. */
  idleMs: number;
  /** Ends after this long in any case. Milliseconds. */
  absoluteMs: number;
  /** Refuse with null when the owner has this many live sessions already. */
  maxPerOwner?: number | undefined;
}

/** Sessions by the hash of their token. Expiry is decided by the store's own clock. */
export interface SessionStore extends StorePart {
  /** Null: the owner has `maxPerOwner` live sessions. Atomic: racing callers never exceed it. */
  create: (session: NewSession) => Promise<SessionRecord | null>;
  /** Reads without extending; null when unknown or expired. */
  get: (query: { tokenHash: string }) => Promise<SessionRecord | null>;
  /** Reads and extends in one step: the idle time starts anew, a soft close is undone. Null when unknown or expired; never beyond the absolute limit. */
  touch: (query: { tokenHash: string; idleMs: number }) => Promise<SessionRecord | null>;
  /** Gives a live session another token. Exactly one of many concurrent callers gets true; the old token is dead at once. */
  rotate: (change: { from: string; to: string }) => Promise<boolean>;
  /** Soft close: ends after the grace time (milliseconds) unless touched before. Never extends. */
  closeSoon: (change: { tokenHash: string; graceMs: number }) => Promise<void>;
  /** Deletes one session, or all of an owner's; returns how many. */
  remove: (query: { tokenHash: string } | { ownerId: string }) => Promise<number>;
  /** Deletes at most `limit` expired sessions; returns how many. Cost is O(deleted), beside live traffic. */
  prune: (options: { limit: number }) => Promise<number>;
}
