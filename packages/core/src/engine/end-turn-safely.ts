import { endTurn } from '../runs/end-turn.js';
import type { TurnEnd } from '../store/index.js';
import type { Caller } from './caller.js';
import type { Engine } from './engine.js';

/** Before each further try: a lost connection is replaced at once, a server that changes over takes a moment. Together less than a lease. */
const PAUSES_MS = [50, 200, 500, 1_000, 2_000];

/**
 * Ends a turn, once more where the store stumbles: what may have been written is written again as it was, and the lease is renewed meanwhile.
 * False: another node has the run, or the store stays away; then whoever takes the run over finishes the books from its log.
 */
export async function endTurnSafely(engine: Engine, caller: Caller, turn: TurnEnd): Promise<boolean> {
  try {
    const ended = await endPatiently(engine, caller, turn);
    if (ended) await engine.turnEnd(turn.record);
    return ended;
  } catch (error) {
    engine.report(error, { requestId: caller.requestId });
    return false;
  }
}

async function endPatiently({ store }: Engine, { scope }: Caller, turn: TurnEnd): Promise<boolean> {
  for (let tries = 0; ; tries++) {
    try {
      if ((await endTurn(store, scope, turn)) !== 'stale_run') return true;
      // An end whose answer was lost frees the thread all the same: the next run may have it by now.
      return tries > 0 && (await store.runs.get(scope, { runId: turn.lease.runId }))?.status === turn.end.status;
    } catch (error) {
      const pause = PAUSES_MS[tries];
      if (pause === undefined) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
