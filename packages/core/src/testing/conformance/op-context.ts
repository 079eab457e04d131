import type { Turn } from '../../app-types.js';
import type { Store, OwnerScope } from '../../store/index.js';
import type { StepTiming } from './step-timing.js';
import type { Json } from './vector.js';

/** What the ops of one call of the app's function work with. */
export interface OpContext {
  turn: Turn;
  store: Store;
  scope: OwnerScope;
  timing: StepTiming;
  /** Item objects already emitted, so that an op can change the very same object afterwards. */
  items: Map<string, Json>;
  /** The client goes away after this many frames though no op waits for that. */
  pausesAfter: number | undefined;
}
