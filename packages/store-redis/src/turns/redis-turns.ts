import type { ThreadStore, ThreadWrite, TurnBegin, TurnBegun, TurnEnd } from '@chatkit-selfhost/core';
import { turnArguments } from '../history/turn-arguments.js';
import { turnKeys } from '../history/turn-keys.js';
import { runKeys, type RunContext } from '../runs/run-context.js';
import { toRunRecord, type RunReply } from '../runs/run-record.js';
import { settleOnCluster } from '../runs/settle-on-cluster.js';
import { startRunBy } from '../runs/start-run.js';
import { pageArguments } from '../threads/page.js';
import { threadClaim, toItemPage, type ItemsReply } from '../threads/redis-threads.js';
import { threadKeys } from '../threads/thread-keys.js';
import { withClaim } from '../threads/with-claim.js';
import { toThread, writeArguments } from '../threads/write-arguments.js';
import { beginTurn, endTurn } from './turn-scripts.js';

const THREAD_KEY_COUNT = 11;
const RUN_KEY_COUNT = 6;

/** The fast paths: a turn's beginning and its end as one script each. */
export function redisTurns(context: RunContext): Required<Pick<ThreadStore, 'beginTurn' | 'endTurn'>> {
  const { connection, keys, keepEndedMs } = context;
  /** The owner's keys, then what else there is on a single server. */
  const keysOf = (ownerId: string, threadId: string, runId: string, more: string[]): string[] => {
    const ofThread = threadKeys(context, ownerId, threadId);
    const ofRun = runKeys(context, ownerId, runId);
    return [
      ...ofThread.slice(0, THREAD_KEY_COUNT), ...ofRun.slice(0, RUN_KEY_COUNT), ...more,
      ...ofThread.slice(THREAD_KEY_COUNT), ...ofRun.slice(RUN_KEY_COUNT),
    ];
  };

  return {
    beginTurn: (scope, { run, write, read }: TurnBegin) => startRunBy<TurnBegun>(
      context, scope, run,
      async (startArguments) => {
        const turnKeyList = keysOf(scope.ownerId, write.threadId, run.runId, []);
        const reply = await withClaim(
          context, scope.ownerId, threadClaim(context, write.threadId),
          (claimed) => connection.run(beginTurn, turnKeyList, [
            ...startArguments, ...writeArguments(scope, write, claimed), ...pageArguments(read),
          ]) as Promise<[string, ...unknown[]]>,
          ([outcome]) => outcome === 'claim',
        );
        return reply ?? ['not_found'];
      },
      ([outcome, started, fields, items]) => {
        if (outcome === 'not_found' || outcome === 'not_active') return { outcome };
        const thread = outcome === 'started' ? toThread(fields as (string | null)[]) : null;
        if (!thread) throw new Error(`store-redis: a turn can't begin with a fence that the thread has seen a higher one of (${outcome}).`);
        const page = items as ItemsReply;
        return { outcome: 'started', run: toRunRecord(started as RunReply), thread, items: page ? toItemPage(read, page) : { data: [], has_more: false } };
      },
    ),
    endTurn: async (scope, { lease, end, write, record }: TurnEnd) => {
      const turnKeyList = keysOf(scope.ownerId, write.threadId, lease.runId, turnKeys(keys, scope.ownerId, record));
      const send = (sent: ThreadWrite, claimed: '0' | '1'): Promise<unknown> => connection.run(endTurn, turnKeyList, [
        lease.fence, end.status, keepEndedMs, ...writeArguments(scope, sent, claimed, sent.fence ?? lease.fence), ...turnArguments(record),
      ]);
      const claimedReply = await withClaim(
        context, scope.ownerId, threadClaim(context, write.threadId),
        (claimed) => send(write, claimed),
        (reply) => reply === 'claim',
      );
      // Another owner's thread: the run ends and the record is kept as without a thread.
      const result = (claimedReply ?? (await send({ ...write, create: undefined }, '0'))) as 'written' | 'not_found' | 'stale_run';
      if (result !== 'stale_run') await settleOnCluster(context, lease.runId);
      return result;
    },
  };
}
