import type { RunRecord } from '@chatkit-selfhost/core';
import { runDataKeys, type RunContext } from './run-context.js';
import { toRunRecord, type RunReply } from './run-record.js';
import { getActiveRun, getRun } from './run-scripts.js';

export async function findRun(context: RunContext, ownerId: string, runId: string): Promise<RunRecord | null> {
  const reply = (await context.connection.run(getRun, runDataKeys(context, ownerId, runId))) as RunReply | null;
  return reply && toRunRecord(reply);
}

/** The running run of a thread. Two steps: when the run ends between them, another one may have started. */
export async function findActiveRun(context: RunContext, ownerId: string, threadId: string): Promise<RunRecord | null> {
  for (let previous: string | null = null; ;) {
    const runId = (await context.connection.run(getActiveRun, [context.keys.owner(ownerId).active], [threadId])) as string | null;
    if (runId === null || runId === previous) return null;
    const run = await findRun(context, ownerId, runId);
    if (run?.status === 'running') return run;
    previous = runId;
  }
}
