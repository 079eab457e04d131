import type { TurnRecord } from '@chatkit-selfhost/core';
import type { StoreKeys } from '../keys.js';

/** The keys of an owner's turns, in the order the scripts expect. */
export function turnKeys(keys: StoreKeys, ownerId: string, { threadId, sessionId }: Pick<TurnRecord, 'threadId' | 'sessionId'>): string[] {
  const owned = keys.owner(ownerId);
  return [
    owned.turns, owned.turnFacts, owned.turnOrder, owned.turnsReplaced, owned.answers, owned.turnSequence,
    owned.turnsOfThread(threadId), owned.turnsOfSession(sessionId ?? ''),
  ];
}
