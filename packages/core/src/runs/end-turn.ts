import type { OwnerScope, Store, TurnEnd } from '../store/index.js';

/** Time enough for the two writes that are left. */
const CLOSING_LEASE_MS = 15_000;

/** Last write, history record and the run's end: one transaction where the parts share a backend, else in an order that loses nothing. */
export async function endTurn(store: Store, scope: OwnerScope, turn: TurnEnd): Promise<'written' | 'not_found' | 'stale_run'> {
  const { threads, history, runs } = store;
  if (threads.endTurn && threads.backend === runs.backend && threads.backend === history.backend) return threads.endTurn(scope, turn);
  const written = await threads.write(scope, { ...turn.write, fence: turn.lease.fence });
  if (written === 'stale_run') return written;
  // The thread is gone, perhaps with all else of its owner: then nothing is written anew.
  if (written === 'not_found' && (await runs.renew(turn.lease, { leaseMs: CLOSING_LEASE_MS })) === 'stale_run') return 'stale_run';
  // The record is idempotent by run id: if this node dies before the run's end is written, its recovery adds nothing twice.
  await history.add(scope, turn.record);
  const finished = await runs.finish(turn.lease, turn.end);
  if (!finished) return 'stale_run';
  return written === 'written' ? 'written' : 'not_found';
}
