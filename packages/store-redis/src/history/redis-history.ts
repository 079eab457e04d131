import { pageLimit, type HistoryQuery, type HistoryStore, type OwnerScope } from '@chatkit-selfhost/core';
import type { Connection } from '../connection/connection.js';
import type { StoreKeys } from '../keys.js';
import { deleteKeys } from '../runs/run-scripts.js';
import { toPage } from '../threads/page.js';
import { addTurn, queryTurns, scanFacts } from './history-scripts.js';
import { toTurn, turnArguments, type TurnFacts } from './turn-arguments.js';
import { turnKeys } from './turn-keys.js';

type QueryReply = [runIds: string[], turns: string[], place: string | null];

/** The history part. */
export function redisHistory({ connection, keys, backend }: { connection: Connection; keys: StoreKeys; backend: object }): HistoryStore {
  /** As many turns as asked for, or all there are; null: unknown cursor. */
  const find = async ({ ownerId }: OwnerScope, query: HistoryQuery, wanted: number): Promise<string[] | null> => {
    const owned = keys.owner(ownerId);
    const queryKeys = [walked(owned, query), owned.turns, owned.turnFacts, owned.turnOrder, owned.turnsReplaced];
    const found: string[] = [];
    let cursor = query.after === undefined ? ['', ''] : ['run', query.after];
    for (;;) {
      const reply = (await connection.run(queryTurns, queryKeys, [
        wanted - found.length, query.order ?? 'desc', ...cursor, ...filterArguments(query),
      ])) as QueryReply | null;
      if (!reply) return null;
      found.push(...reply[1]);
      if (found.length >= wanted || reply[2] === null) return found;
      cursor = ['place', reply[2]];
    }
  };

  return {
    backend,
    add: async ({ ownerId }, turn) => {
      await connection.run(addTurn, turnKeys(keys, ownerId, turn), turnArguments(turn));
    },
    query: async (scope, query) => {
      const found = await find(scope, query, pageLimit(query) + 1);
      if (!found) return null;
      const turns = found.map(toTurn).filter((turn) => query.runId === undefined || turn.runId === query.runId);
      return toPage(query, turns, (turn) => turn.runId);
    },
    deleteOwner: async ({ ownerId }) => {
      const owned = keys.owner(ownerId);
      // The facts name the other keys, so they go last.
      for (let cursor: string | undefined; cursor !== '0'; ) {
        const [next, entries] = (await connection.run(scanFacts, [owned.turnFacts], [cursor ?? '0'])) as [string, string[]];
        cursor = next;
        const facts = entries.filter((_, index) => index % 2 === 1).map((json) => JSON.parse(json) as TurnFacts);
        const named = new Set(facts.flatMap(([, , sessionId, threadId]) => [owned.turnsOfThread(threadId), owned.turnsOfSession(sessionId)]));
        if (named.size > 0) await connection.run(deleteKeys, [...named]);
      }
      await connection.run(deleteKeys, [owned.turns, owned.turnOrder, owned.turnsReplaced, owned.answers, owned.turnSequence, owned.turnFacts]);
    },
  };
}

/** The shortest list that has all turns asked for. */
function walked(owned: ReturnType<StoreKeys['owner']>, { threadId, sessionId }: HistoryQuery): string {
  if (threadId !== undefined) return owned.turnsOfThread(threadId);
  return sessionId === undefined ? owned.turnOrder : owned.turnsOfSession(sessionId);
}

function filterArguments({ from, to, type, sessionId, threadId, includeSuperseded }: HistoryQuery): (string | number)[] {
  return [from?.getTime() ?? '', to?.getTime() ?? '', type ?? '', sessionId ?? '', threadId ?? '', includeSuperseded ? '1' : '0'];
}
