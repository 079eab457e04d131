import { newId, randomHex, type Item, type NewSession, type RunStart, type Thread, type TurnRecord } from '@chatkit-selfhost/core';

const createdAt = '2026-01-02T03:04:05.678Z';

export const sampleThread = (): Thread => ({ id: newId('thread'), created_at: createdAt, status: { type: 'active' }, metadata: {} });

export const sampleItem = (threadId: string, text: string): Item<'assistant_message'> => ({
  id: newId('message'), thread_id: threadId, created_at: createdAt, type: 'assistant_message', content: [{ type: 'output_text', text, annotations: [] }],
});

export const sampleRun = (fields: Partial<RunStart> = {}): RunStart => ({ runId: newId('run'), threadId: newId('thread'), leaseMs: 60_000, turn: null, ...fields });

export const sampleSession = (fields: Partial<NewSession> = {}): NewSession => ({
  id: newId('session'), tokenHash: randomHex(32), ownerId: 'ada', label: 'Ada', idleMs: 60_000, absoluteMs: 600_000, ...fields,
});

export const sampleTurn = (fields: Partial<TurnRecord> = {}): TurnRecord => ({
  runId: newId('run'), ownerId: 'ada', threadId: 'thr_1', sessionId: 'ses_1', userId: 'Ada', userItemId: null, userMessage: 'Add 10 kg sugar',
  agentResponse: 'Added.', responseType: 'text', structuredData: null, outcome: 'completed', createdAt: new Date(createdAt), ...fields,
});
