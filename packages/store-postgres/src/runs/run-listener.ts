import { createHash } from 'node:crypto';
import { newId } from '@chatkit-selfhost/core';
import type { Database } from '../database/database.js';

/** Where notifications come in, this is only for those that a network swallowed. */
const POLL_LISTENING_MS = 5_000;
/** Where they don't (a pooler in transaction mode lets nobody listen), reading is all there is. */
const POLL_DEAF_MS = 250;
const RECONNECT_MS = 1_000;
/** The connection stays this long after the last follower, for the next one. */
const LINGER_MS = 10_000;

/** A follower's place to wait. */
export interface RunWatch {
  /** Forgets news so far: call it before reading. */
  reset: () => void;
  /** Resolves when there is news since the reset, when it is time to look anyway, on abort, and when the store closes. */
  wait: (signal: AbortSignal) => Promise<void>;
  stop: () => void;
}

/** One connection that hears of new events of all runs that are followed in this process. It opens with the first follower. */
export class RunListener {
  readonly #database: Database;
  readonly #channel: string;
  readonly #watches = new Map<string, Set<() => void>>();
  readonly #probe = newId('request');
  #unlisten: (() => Promise<void>) | null = null;
  #connecting: Promise<void> | null = null;
  #hears = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(database: Database, channel: string) {
    this.#database = database;
    this.#channel = channel;
  }

  get closed(): boolean {
    return this.#closed;
  }

  watch(runId: string): RunWatch {
    const key = notificationKey(runId);
    const group = this.#watches.get(key) ?? new Set();
    let news = false;
    let resolveWait: (() => void) | null = null;
    const wake = (): void => {
      news = true;
      resolveWait?.();
    };
    group.add(wake);
    this.#watches.set(key, group);
    this.#keepListening();
    return {
      reset: () => {
        news = false;
      },
      wait: (signal) => new Promise((resolve) => {
        if (news || signal.aborted || this.#closed) return resolve();
        const finish = (): void => {
          resolveWait = null;
          clearTimeout(timer);
          signal.removeEventListener('abort', finish);
          resolve();
        };
        const timer = setTimeout(finish, this.#hears ? POLL_LISTENING_MS : POLL_DEAF_MS);
        signal.addEventListener('abort', finish);
        resolveWait = finish;
      }),
      stop: () => {
        group.delete(wake);
        if (group.size === 0) this.#watches.delete(key);
        if (this.#watches.size === 0) this.#later(LINGER_MS, () => void this.#disconnect());
      },
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#wakeAll();
    await this.#connecting;
    await this.#disconnect();
  }

  #keepListening(): void {
    clearTimeout(this.#timer);
    if (this.#unlisten || this.#connecting || this.#closed) return;
    this.#connecting = this.#connect().finally(() => {
      this.#connecting = null;
      // The last follower may have left meanwhile, or the connection may have failed.
      if (this.#closed || this.#watches.size === 0) void this.#disconnect();
      else if (!this.#unlisten) this.#later(RECONNECT_MS, () => this.#keepListening());
    });
  }

  async #connect(): Promise<void> {
    try {
      this.#unlisten = await this.#database.listen(this.#channel, (payload) => this.#receive(payload), () => this.#lose());
      // What was sent before this moment was heard by nobody.
      this.#wakeAll();
      // A pooler may accept `listen` and deliver nothing: only what arrives proves that it works.
      await this.#database.query('select pg_notify($1, $2)::text as result', [this.#channel, this.#probe]);
    } catch {
      // Followers poll until a later attempt succeeds.
      await this.#disconnect();
    }
  }

  #receive(payload: string): void {
    if (payload === this.#probe) this.#hears = true;
    else this.#watches.get(payload)?.forEach((wake) => wake());
  }

  #lose(): void {
    this.#unlisten = null;
    this.#hears = false;
    this.#wakeAll();
    if (this.#watches.size > 0 && !this.#closed) this.#later(RECONNECT_MS, () => this.#keepListening());
  }

  async #disconnect(): Promise<void> {
    const unlisten = this.#unlisten;
    this.#unlisten = null;
    this.#hears = false;
    await unlisten?.().catch(() => undefined);
  }

  #wakeAll(): void {
    for (const group of this.#watches.values()) group.forEach((wake) => wake());
  }

  #later(ms: number, work: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(work, ms);
    this.#timer.unref();
  }
}

/** As the function `wake_followers` makes it. */
function notificationKey(runId: string): string {
  return createHash('sha256').update(runId).digest('hex').slice(0, 16);
}
