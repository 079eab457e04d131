import type { OwnerScope, Store, TurnBegin, TurnBegun } from '../store/index.js';

/** Starts the run, writes and reads: in one round trip where the parts share a backend, else step by step with the same outcome. */
export async function beginTurn(store: Store, scope: OwnerScope, turn: TurnBegin): Promise<TurnBegun> {
  if (store.threads.beginTurn && store.threads.backend === store.runs.backend) return store.threads.beginTurn(scope, turn);
  const started = await store.runs.start(scope, turn.run);
  if (started.outcome !== 'started') return started;
  const { run } = started;
  try {
    const written = await store.threads.write(scope, { fence: run.fence, ...turn.write });
    const thread = written === 'written' ? await store.threads.get(scope, { threadId: run.threadId }) : null;
    const items = thread && (await store.threads.listItems(scope, { ...turn.read, threadId: run.threadId }));
    if (thread && items) return { outcome: 'started', run, thread, items };
    await store.runs.discard(run);
    return { outcome: written === 'not_active' ? 'not_active' : 'not_found' };
  } catch (error) {
    // Refused or failed: the thread must not stay taken until the lease runs out.
    await store.runs.discard(run).catch(() => undefined);
    throw error;
  }
}
