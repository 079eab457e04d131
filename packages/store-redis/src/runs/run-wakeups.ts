import type { Connection } from '../connection/connection.js';
import { isCluster, type RedisClient } from '../connection/redis-client.js';
import { withDeadline } from '../connection/with-deadline.js';

/** Tells followers that there is something new in a run, over one connection for all of them. */
export interface RunWakeups {
  /** Calls back on every change of the run, until the returned function is called. Resolves when nothing can be missed any more, or when that can't be had. */
  listen: (runKey: string, onWake: () => void) => Promise<() => void>;
  /** Calls back all listeners a last time. */
  close: () => void;
  closed: () => boolean;
}

/**
 * The connection is opened with the first listener. When it is lost, listeners are called as soon as it is back; until then,
 * and where channels are forbidden, followers find what is new by looking from time to time.
 */
export function runWakeups({ client }: Connection, timeoutMs: number): RunWakeups {
  const channelPrefix = client.options.keyPrefix ?? '';
  const listeners = new Map<string, Set<() => void>>();
  let subscriber: RedisClient | undefined;
  let closed = false;

  const wakeAll = (): void => {
    for (const onWake of [...listeners.values()].flatMap((ofRun) => [...ofRun])) onWake();
  };
  /** What came before this took effect, nobody was told of. */
  const listenAgain = async (opened: RedisClient): Promise<void> => {
    if (listeners.size > 0) await opened.subscribe(...listeners.keys()).catch(() => undefined);
    wakeAll();
  };
  const open = (): RedisClient => {
    const opened = duplicate(client);
    // Without a listener ioredis prints errors; those of this connection have no consequence but slower news.
    opened.on('error', () => undefined);
    opened.on('message', (channel: string) => {
      for (const onWake of [...(listeners.get(channel) ?? [])]) onWake();
    });
    opened.on('ready', () => {
      void listenAgain(opened);
    });
    return opened;
  };

  return {
    listen: async (runKey, onWake) => {
      if (closed) return () => undefined;
      const channel = channelPrefix + runKey;
      const connection = (subscriber ??= open());
      const ofRun = listeners.get(channel) ?? new Set();
      listeners.set(channel, ofRun.add(onWake));
      const stop = (): void => {
        ofRun.delete(onWake);
        if (ofRun.size > 0 || listeners.get(channel) !== ofRun) return;
        listeners.delete(channel);
        if (subscriber) subscriber.unsubscribe(channel).catch(() => undefined);
      };
      await withDeadline(timeoutMs, connection.subscribe(channel)).catch(() => undefined);
      return stop;
    },
    close: () => {
      closed = true;
      subscriber?.disconnect();
      subscriber = undefined;
      wakeAll();
    },
    closed: () => closed,
  };
}

/** A connection of the store's own that waits for the server as long as it takes. */
function duplicate(client: RedisClient): RedisClient {
  // Channels carry the client's own prefix already.
  if (isCluster(client)) return client.duplicate([], { keyPrefix: '', enableOfflineQueue: true });
  // Subscribing again by itself, ioredis leaves a failure to nobody: closed at that moment, the process would end.
  return client.duplicate({ keyPrefix: '', enableOfflineQueue: true, maxRetriesPerRequest: null, autoResubscribe: false });
}
