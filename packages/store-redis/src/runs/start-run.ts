import { createHash } from 'node:crypto';
import type { OwnerScope, RunRecord, RunStart } from '@chatkit-selfhost/core';
import { encodeJson } from '../encode-json.js';
import { findRun } from './find-run.js';
import { runShardKeys, type RunContext } from './run-context.js';
import { enterRun, leaveRun } from './shard-scripts.js';

/** What a start comes to, or what `begun` made of it. */
type Refusal = { outcome: 'repeated' | 'busy'; run: RunRecord } | { outcome: 'too_many' };
/** The script's answer: anything but these refusals is the caller's to understand. */
type StartReply = [outcome: string, ...rest: unknown[]];

/** How often another run may end just when it was about to be reported as the one in the way: each time the thread may be free. */
const MOST_TRIES = 100;

/**
 * Starts a run by a script that takes these arguments. On a cluster the shard's entry is made first, so that a run is always
 * one that `recover` can find.
 */
export async function startRunBy<Begun>(
  context: RunContext,
  scope: OwnerScope,
  run: RunStart,
  send: (startArguments: (string | number)[]) => Promise<StartReply>,
  begun: (reply: StartReply) => Begun,
): Promise<Begun | Refusal> {
  const { connection, keys, routes } = context;
  const shardKeys = runShardKeys(keys, run.runId);
  const attempt = connection.attempt();
  let lost = '';
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (connection.clustered) await connection.run(enterRun, shardKeys, [run.runId, scope.ownerId, run.leaseMs]);
    const reply = await send(startArguments(scope, run, attempt, lost));
    if (reply[0] === 'started') routes.remember(run.runId, scope.ownerId);
    else if (connection.clustered && reply[1] !== run.runId) await connection.run(leaveRun, shardKeys, [run.runId]);
    if (reply[0] === 'too_many') return { outcome: 'too_many' };
    if (reply[0] !== 'repeated' && reply[0] !== 'busy') return begun(reply);
    const other = await findRun(context, scope.ownerId, reply[1] as string);
    if (other && (reply[0] === 'repeated' || other.status === 'running')) return { outcome: reply[0], run: other };
    lost = other ? '' : (reply[1] as string);
  }
  throw new Error('store-redis: other runs of the thread kept starting and ending while this one tried to start.');
}

function startArguments(scope: OwnerScope, run: RunStart, attempt: string, lost: string): (string | number)[] {
  const key = run.idempotencyKey === undefined ? '' : createHash('sha256').update(run.idempotencyKey).digest('hex');
  const member = JSON.stringify([run.threadId, run.runId, ...(key === '' ? [] : [key])]);
  return [
    run.runId, run.threadId, scope.ownerId, attempt, key, member, encodeJson(scope), encodeJson(run.turn ?? null), lost,
    run.leaseMs, run.maxPerOwner ?? '',
  ];
}
