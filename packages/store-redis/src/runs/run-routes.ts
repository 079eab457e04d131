import type { Connection } from '../connection/connection.js';
import type { StoreKeys } from '../keys.js';
import { ownerOfRun } from './shard-scripts.js';

/** Which owner, and so which slot, a run is of. What was once known stays true: a run never changes hands. */
export interface RunRoutes {
  find: (runId: string) => Promise<string | null>;
  remember: (runId: string, ownerId: string) => void;
  forget: (runId: string) => void;
}

/** Far more than one process runs at a time. */
const MOST_REMEMBERED = 10_000;

export function runRoutes(connection: Connection, keys: StoreKeys): RunRoutes {
  const owners = new Map<string, string>();
  const remember = (runId: string, ownerId: string): void => {
    owners.set(runId, ownerId);
    if (owners.size <= MOST_REMEMBERED) return;
    const [oldest] = owners.keys();
    if (oldest !== undefined) owners.delete(oldest);
  };
  return {
    remember,
    find: async (runId) => {
      const known = owners.get(runId);
      if (known !== undefined) return known;
      const ownerId = (await connection.run(ownerOfRun, [keys.shardOf(runId).ownerOf(runId)])) as string | null;
      if (ownerId !== null) remember(runId, ownerId);
      return ownerId;
    },
    forget: (runId) => {
      owners.delete(runId);
    },
  };
}
