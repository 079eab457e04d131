import type { OwnerScope, RecoveredRun, RunStore } from '@chatkit-selfhost/core';
import type { ShardKeys } from '../keys.js';
import { runKeys, runShardKeys, type RunContext } from './run-context.js';
import { toRunRecord, type RunReply } from './run-record.js';
import { takeOverRun } from './run-scripts.js';
import { dueRuns, leaveMissingRun, setDue, settleRun } from './shard-scripts.js';

type TakeOverReply =
  | ['gone']
  | ['ended', endedAt: string]
  | ['alive', leaseUntil: string]
  | ['taken', leaseUntil: string, run: RunReply, scope: string, turn: string];

/** Runs looked at together. */
const BATCH = 50;
/** An entry without a run may be of a start under way for this long; a start ends by its deadline. */
const START_GRACE_MS = 60_000;

/** Takes over runs whose lease has expired, and puts entries right that a process left behind when it died between two steps. */
export function recoverRuns(context: RunContext): RunStore['recover'] {
  const { connection, keys, routes } = context;

  const takeOver = async (runId: string, leaseMs: number): Promise<RecoveredRun | null> => {
    const shardKeys = runShardKeys(keys, runId);
    const ownerId = await routes.find(runId);
    const reply: TakeOverReply = ownerId === null
      ? ['gone']
      : ((await connection.run(takeOverRun, runKeys(context, ownerId, runId), [leaseMs])) as TakeOverReply);
    switch (reply[0]) {
      case 'gone':
        await connection.run(leaveMissingRun, shardKeys, [runId, START_GRACE_MS]);
        return null;
      case 'ended':
        await connection.run(settleRun, shardKeys, [runId, context.keepEndedMs, reply[1]]);
        return null;
      case 'alive':
        await connection.run(setDue, shardKeys, [runId, reply[1]]);
        return null;
      case 'taken': {
        if (connection.clustered) await connection.run(setDue, shardKeys, [runId, reply[1]]);
        const run = toRunRecord(reply[2]);
        routes.remember(runId, run.ownerId);
        return { run, scope: JSON.parse(reply[3]) as OwnerScope, turn: JSON.parse(reply[4]) as unknown };
      }
      default:
        return reply satisfies never;
    }
  };
  const recoverShard = async (shard: ShardKeys, leaseMs: number, limit: number): Promise<RecoveredRun[]> => {
    const recovered: RecoveredRun[] = [];
    // Entries that stay due (of starts under way) are stepped over.
    let offset = 0;
    while (recovered.length < limit) {
      const due = (await connection.run(dueRuns, [shard.running], [offset, Math.min(BATCH, limit - recovered.length)])) as string[];
      if (due.length === 0) break;
      const taken = await Promise.all(due.map((runId) => takeOver(runId, leaseMs)));
      recovered.push(...taken.filter((run) => run !== null));
      const left = (await connection.run(dueRuns, [shard.running], [offset, due.length])) as string[];
      offset += due.filter((runId) => left.includes(runId)).length;
    }
    return recovered;
  };

  return async ({ leaseMs, limit, runId }) => {
    if (limit < 1) return [];
    if (runId !== undefined) {
      const taken = await takeOver(runId, leaseMs);
      return taken ? [taken] : [];
    }
    const busy = await shardsWithDueRuns(context);
    // Each node begins elsewhere, so that nodes that start together don't all try the same runs.
    const first = Math.floor(Math.random() * busy.length);
    const recovered: RecoveredRun[] = [];
    for (const shard of [...busy.slice(first), ...busy.slice(0, first)]) {
      if (recovered.length < limit) recovered.push(...(await recoverShard(shard, leaseMs, limit - recovered.length)));
    }
    return recovered;
  };
}

async function shardsWithDueRuns({ connection, keys }: RunContext): Promise<ShardKeys[]> {
  const due = await Promise.all(keys.shards.map((shard) => connection.run(dueRuns, [shard.running], [0, 1]) as Promise<string[]>));
  return keys.shards.filter((_, index) => due[index]?.length);
}
