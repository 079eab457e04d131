import type { NewSession, RunStart, Thread, ThreadItem, TurnRecord } from '@chatkit-selfhost/core';
import { newId, randomHex } from '@chatkit-selfhost/core';

const CREATED = '2026-01-02T03:04:05.678Z';

export function session(fields: Partial<NewSession> = {}): NewSession {
  return { id: newId('session'), tokenHash: randomHex(32), ownerId: 'ada', label: 'Ada', idleMs: 60_000, absoluteMs: 600_000, ...fields };
}

export function thread(id = newId('thread')): Thread {
  return { id, created_at: CREATED, status: { type: 'active' }, metadata: {} };
}

export function item(threadId: string, id = newId('message')): ThreadItem {
  return { id, thread_id: threadId, created_at: CREATED, type: 'assistant_message', content: [{ type: 'output_text', text: 'Hello', annotations: [] }] };
}

export function run(fields: Partial<RunStart> = {}): RunStart {
  return { runId: newId('run'), threadId: newId('thread'), leaseMs: 60_000, turn: { step: 1 }, ...fields };
}

export function turn(fields: Partial<TurnRecord> = {}): TurnRecord {
  return {
    runId: newId('run'), ownerId: 'ada', threadId: newId('thread'), sessionId: newId('session'), userId: null, userItemId: newId('message'),
    userMessage: 'Hi', agentResponse: 'Hello', responseType: 'text', structuredData: null, outcome: 'completed', createdAt: new Date(CREATED), ...fields,
  };
}

/** Events with these numbers. */
export function events(first: number, last: number): { seq: number; json: string }[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({ seq: first + index, json: JSON.stringify({ number: first + index }) }));
}
