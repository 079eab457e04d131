import type { NewTurnRecord, TurnRecord } from '@chatkit-selfhost/core';
import { encodeJson } from '../encode-json.js';

/** What turns are filtered by, as the query script reads it. The session is empty when there is none. */
export type TurnFacts = [createdAt: number, type: string, sessionId: string, threadId: string];

/** A turn as its script reads it. */
export function turnArguments({ superseded = false, ...turn }: NewTurnRecord): string[] {
  const { sessionId, threadId, userItemId, createdAt, responseType } = turn;
  const facts: TurnFacts = [createdAt.getTime(), responseType, sessionId ?? '', threadId];
  return [
    turn.runId,
    encodeJson({ ...turn, structuredData: turn.structuredData ?? null, createdAt: createdAt.getTime() }),
    encodeJson(facts),
    userItemId === null ? '' : JSON.stringify([threadId, userItemId]),
    sessionId === null ? '0' : '1',
    superseded ? '1' : '0',
  ];
}

export function toTurn(json: string): TurnRecord {
  const turn = JSON.parse(json) as Omit<TurnRecord, 'createdAt'> & { createdAt: number };
  return { ...turn, createdAt: new Date(turn.createdAt) };
}
