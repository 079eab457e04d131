import type { Attachment, Item, Thread, ThreadItem } from '../../protocol/index.js';
import { newId, randomHex, type NewSession, type OwnerScope, type RunStart, type Store, type TurnRecord } from '../../store/index.js';

/** One moment for everything: no store may order by it. */
const createdAt = '2026-01-02T03:04:05.678Z';

export function sampleThread(fields: Partial<Thread> = {}): Thread {
  return { id: newId('thread'), created_at: createdAt, status: { type: 'active' }, metadata: {}, ...fields };
}

export function sampleItem(threadId: string, text = 'hello', id = newId('message')): Item<'assistant_message'> {
  return {
    id,
    thread_id: threadId,
    created_at: createdAt,
    type: 'assistant_message',
    content: [{ type: 'output_text', text, annotations: [] }],
  };
}

/** Items with the texts `0`, `1`, ... */
export function sampleItems(threadId: string, count: number): Item<'assistant_message'>[] {
  return Array.from({ length: count }, (_, index) => sampleItem(threadId, String(index)));
}

export function sampleAttachment(fields: { id?: string; name?: string; thread_id?: string; upload_descriptor?: Attachment['upload_descriptor'] } = {}): Attachment {
  return { id: newId('attachment'), type: 'file', name: 'report.pdf', mime_type: 'application/pdf', ...fields };
}

export function sampleSession(fields: Partial<NewSession> = {}): NewSession {
  return {
    id: newId('session'),
    tokenHash: randomHex(32),
    ownerId: `owner-${randomHex(16)}`,
    label: 'Ada',
    idleMs: 30 * 60_000,
    absoluteMs: 24 * 60 * 60_000,
    ...fields,
  };
}

export function sampleTurn(scope: OwnerScope, fields: Partial<TurnRecord> = {}): TurnRecord {
  return {
    runId: newId('run'),
    ownerId: scope.ownerId,
    threadId: newId('thread'),
    sessionId: null,
    userId: null,
    userItemId: null,
    userMessage: 'Add 10 kg sugar',
    agentResponse: 'Added.',
    responseType: 'text',
    structuredData: null,
    outcome: 'completed',
    createdAt: new Date(createdAt),
    ...fields,
  };
}

export function sampleRun(fields: Partial<RunStart> = {}): RunStart {
  return { runId: newId('run'), threadId: newId('thread'), leaseMs: 60_000, turn: { trigger: 'message' }, ...fields };
}

/** Writes a new thread with these items, and returns its id. */
export async function writeThread(store: Store, scope: OwnerScope, items = 0): Promise<string> {
  const thread = sampleThread();
  await store.threads.write(scope, { threadId: thread.id, create: thread, put: sampleItems(thread.id, items) });
  return thread.id;
}

/** The text of every item, to compare lists by. */
export function textsOf(items: ThreadItem[] | undefined): string[] {
  return (items ?? []).map((item) => (item.type === 'assistant_message' ? (item.content[0]?.text ?? '') : item.type));
}
