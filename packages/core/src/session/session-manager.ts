import { ChatKitError } from '../errors/chatkit-error.js';
import type { Item, ThreadItem } from '../protocol/index.js';
import { messageText, userText } from '../engine/message-text.js';
import { newId, readPages, type OwnerScope, type SessionRecord, type Store } from '../store/index.js';
import { assertOwnerId } from './assert-owner-id.js';
import { currentThreadId, hashToken, isSessionToken, newSessionToken } from './session-token.js';

export interface SessionOptions {
  /** A session ends after this long without a request. Milliseconds; default 30 minutes. */
  idleMs?: number | undefined;
  /** And after this long in any case, forks of it too. Milliseconds; default 12 hours. */
  absoluteMs?: number | undefined;
  /** A softly closed session revives when it is used again within this time. Milliseconds; default 60 seconds. */
  graceMs?: number | undefined;
  /** Default 100. */
  maxPerOwner?: number | undefined;
}

export interface SessionManagerOptions extends SessionOptions {
  store: Store;
  now: () => Date;
  /** What the store sees of an owner that a session names. */
  scopeOf?: ((ownerId: string) => OwnerScope) | undefined;
}

/** A session as its holder gets it: the only time the token is seen. */
export interface IssuedSession {
  sessionId: string;
  createdAt: Date;
  record: SessionRecord;
}

export interface SessionMessage {
  role: 'user' | 'assistant';
  content: string;
  /** RFC 3339, UTC. */
  timestamp: string;
}

const MINUTE = 60_000;
/** Messages of {@link SessionManager.history} when none is named. */
const DEFAULT_HISTORY_LIMIT = 50;

/**
 * The credentials of browser tabs. A session id is the secret token; stores keep its hash, everything else refers to the session by its
 * record's `id`. Messages are read from and written to the session's current thread: they are the thread's items, nothing is kept twice.
 */
export class SessionManager {
  readonly #options: { [K in keyof Omit<SessionManagerOptions, 'scopeOf'>]-?: NonNullable<SessionManagerOptions[K]> } & Pick<SessionManagerOptions, 'scopeOf'>;

  constructor(options: SessionManagerOptions) {
    this.#options = {
      store: options.store,
      now: options.now,
      scopeOf: options.scopeOf,
      idleMs: options.idleMs ?? 30 * MINUTE,
      absoluteMs: options.absoluteMs ?? 12 * 60 * MINUTE,
      graceMs: options.graceMs ?? MINUTE,
      maxPerOwner: options.maxPerOwner ?? 100,
    };
  }

  get idleMs(): number {
    return this.#options.idleMs;
  }

  /**
   * Without an owner the session is its own: the owner id is the session's stable reference. Throws 429 `too_many_sessions`, and a
   * TypeError for an owner id that can't be one.
   */
  async create({ ownerId, label = '' }: { ownerId?: string | undefined; label?: string | undefined } = {}): Promise<IssuedSession> {
    if (ownerId !== undefined) assertOwnerId(ownerId, 'sessions.create');
    return this.#issue({ ownerId, label, absoluteMs: this.#options.absoluteMs });
  }

  async #issue({ ownerId, label, absoluteMs }: { ownerId: string | undefined; label: string; absoluteMs: number }): Promise<IssuedSession> {
    const { store, now, idleMs, maxPerOwner } = this.#options;
    const id = newId('session');
    const sessionId = newSessionToken(now());
    const record = await store.sessions.create({ id, tokenHash: await hashToken(sessionId), ownerId: ownerId ?? id, label, idleMs, absoluteMs, maxPerOwner });
    if (!record) throw new ChatKitError({ code: 'too_many_sessions', message: 'Too many sessions are open.', status: 429, retryAfter: 60 });
    return { sessionId, createdAt: record.createdAt, record };
  }

  /** Null when unknown or expired. Does not extend it. */
  async get(sessionId: string): Promise<SessionRecord | null> {
    return isSessionToken(sessionId) ? this.#options.store.sessions.get({ tokenHash: await hashToken(sessionId) }) : null;
  }

  /** As {@link get}, and the idle time starts anew. */
  async touch(sessionId: string): Promise<SessionRecord | null> {
    if (!isSessionToken(sessionId)) return null;
    return this.#options.store.sessions.touch({ tokenHash: await hashToken(sessionId), idleMs: this.#options.idleMs });
  }

  /** The same session with a new token; the old one is dead at once. Null when it was not alive (any more). */
  async renew(sessionId: string): Promise<IssuedSession | null> {
    const record = await this.touch(sessionId);
    if (!record) return null;
    const renewed = newSessionToken(this.#options.now());
    const rotated = await this.#options.store.sessions.rotate({ from: record.tokenHash, to: await hashToken(renewed) });
    return rotated ? { sessionId: renewed, createdAt: record.createdAt, record } : null;
  }

  /** Another session of the same owner, with a current thread of its own: for a duplicated tab. It ends when this one does in any case. */
  async fork(sessionId: string): Promise<IssuedSession | null> {
    const absoluteMs = await this.#remainingMs(sessionId);
    const record = absoluteMs === null ? null : await this.touch(sessionId);
    return record && absoluteMs !== null ? this.#issue({ ownerId: record.ownerId, label: record.label, absoluteMs }) : null;
  }

  /** Until the absolute limit, by the store's clock: a touch with an idle time as long as that extends no further. Null when it is not alive. */
  async #remainingMs(sessionId: string): Promise<number | null> {
    if (!isSessionToken(sessionId)) return null;
    const record = await this.#options.store.sessions.touch({ tokenHash: await hashToken(sessionId), idleMs: this.#options.absoluteMs });
    return record && Math.max(1, record.expiresAt.getTime() - record.lastSeenAt.getTime());
  }

  /** Logout: ended at once. */
  async end(sessionId: string): Promise<boolean> {
    return isSessionToken(sessionId) && (await this.#options.store.sessions.remove({ tokenHash: await hashToken(sessionId) })) > 0;
  }

  /** Soft close, for a page that goes away and may come back: revives when used within the grace time. */
  async close(sessionId: string): Promise<void> {
    if (isSessionToken(sessionId)) await this.#options.store.sessions.closeSoon({ tokenHash: await hashToken(sessionId), graceMs: this.#options.graceMs });
  }

  /** Ends all sessions of an owner; returns how many. */
  async revoke({ ownerId }: { ownerId: string }): Promise<number> {
    assertOwnerId(ownerId, 'sessions.revoke');
    return this.#options.store.sessions.remove({ ownerId });
  }

  /** Deletes expired sessions, in bounded batches; returns how many. */
  async cleanupExpired(batch = 1_000): Promise<number> {
    let total = 0;
    for (;;) {
      const pruned = await this.#options.store.sessions.prune({ limit: batch });
      total += pruned;
      if (pruned < batch) return total;
    }
  }

  /** The thread that the session's messages go to when a request names none. */
  async currentThread(session: SessionRecord): Promise<string> {
    return currentThreadId(session.id);
  }

  /** Adds to the session's current thread, without a turn. Throws 401 when the session is not alive, 404 when the thread is another's. */
  async addMessage(sessionId: string, message: { role: 'user' | 'assistant'; content: string }): Promise<SessionMessage> {
    const { store, now } = this.#options;
    const session = await this.#alive(sessionId);
    const threadId = await currentThreadId(session.id);
    const timestamp = now().toISOString();
    const base = { id: newId('message'), thread_id: threadId, created_at: timestamp };
    const item: ThreadItem = message.role === 'user'
      ? { type: 'user_message', ...base, content: [{ type: 'input_text', text: message.content }], attachments: [], inference_options: {} }
      : { type: 'assistant_message', ...base, content: [{ type: 'output_text', text: message.content, annotations: [] }] };
    const written = await store.threads.write(this.#scope(session), {
      threadId, create: { id: threadId, created_at: timestamp, status: { type: 'active' }, metadata: {} }, put: [item],
    });
    if (written !== 'written') throw new ChatKitError({ code: 'not_found', message: 'Not found.', status: 404 });
    return { ...message, timestamp };
  }

  /** The latest messages of the session's current thread, oldest first. Throws 401 when the session is not alive. */
  async history(sessionId: string, { limit = DEFAULT_HISTORY_LIMIT }: { limit?: number | undefined } = {}): Promise<SessionMessage[]> {
    const session = await this.#alive(sessionId);
    const threadId = await currentThreadId(session.id);
    const messages: SessionMessage[] = [];
    for await (const items of readPages((after) => this.#options.store.threads.listItems(this.#scope(session), { threadId, limit: 100, order: 'desc', after }))) {
      for (const item of items) {
        if (messages.length < limit && (item.type === 'user_message' || item.type === 'assistant_message')) messages.push(toMessage(item));
      }
      if (messages.length >= limit) break;
    }
    return messages.reverse();
  }

  async #alive(sessionId: string): Promise<SessionRecord> {
    const session = await this.touch(sessionId);
    if (!session) throw new ChatKitError({ code: 'session_expired', message: 'The session is unknown or has expired.', status: 401 });
    return session;
  }

  #scope(session: SessionRecord): OwnerScope {
    return this.#options.scopeOf?.(session.ownerId) ?? { ownerId: session.ownerId };
  }
}

function toMessage(item: Item<'user_message' | 'assistant_message'>): SessionMessage {
  return item.type === 'user_message'
    ? { role: 'user', content: userText(item), timestamp: item.created_at }
    : { role: 'assistant', content: messageText(item), timestamp: item.created_at };
}
