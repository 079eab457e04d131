import assert from 'node:assert/strict';
import type { OwnerScope, RecoveredRun, RunRecord, RunStart, Store } from '../../store/index.js';
import { sampleRun } from './samples.js';

/** Starts a run that must start. */
export async function startRun(store: Store, scope: OwnerScope, fields: Partial<RunStart> = {}): Promise<RunRecord> {
  const started = await store.runs.start(scope, sampleRun(fields));
  assert.equal(started.outcome, 'started');
  return started.outcome === 'started' ? started.run : assert.fail();
}

/** Takes over a run whose lease has expired. */
export async function takeOver(store: Store, runId: string, leaseMs = 60_000): Promise<RecoveredRun> {
  const recovered = await store.runs.recover({ runId, leaseMs, limit: 1 });
  assert.equal(recovered.length, 1, 'the run goes to the caller');
  return recovered[0] ?? assert.fail();
}
