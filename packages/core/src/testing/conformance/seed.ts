import { readAttachment, readThread, readThreadItem, type Attachment, type Thread, type ThreadItem } from '../../protocol/index.js';
import type { OwnerScope, Store } from '../../store/index.js';
import { isJson, type Json, type VectorSeed } from './vector.js';

export interface CompleteSeed {
  threads: Thread[];
  items: Record<string, ThreadItem[]>;
  attachments: Attachment[];
}

/** Fills in what a seed may leave out: times by position, thread ids, an active status, empty metadata. */
export function completeSeed(seed: VectorSeed): CompleteSeed {
  const threads = expanded(seed.threads).map((record, position) => readThread({ created_at: timeAt(position), status: { type: 'active' }, metadata: {}, ...record }));
  const items: Record<string, ThreadItem[]> = {};
  for (const [threadId, records] of Object.entries(seed.items ?? {})) {
    items[threadId] = expanded(records).map((record, position) => readThreadItem({ thread_id: threadId, created_at: timeAt(position), ...record }));
  }
  return { threads, items, attachments: expanded(seed.attachments).map(readAttachment) };
}

/** `{ "repeat": 3, "record": {…} }` stands for three records, with `{n}` counting from 1. */
function expanded(records: Json[] = []): Json[] {
  return records.flatMap((record) => {
    const { repeat, record: pattern } = record;
    if (typeof repeat !== 'number') return [record];
    return Array.from({ length: repeat }, (_, index) => numbered(pattern, index + 1) as Json);
  });
}

function numbered(value: unknown, number: number): unknown {
  if (typeof value === 'string') return value.replaceAll('{n}', String(number));
  if (Array.isArray(value)) return value.map((child) => numbered(child, number));
  if (isJson(value)) return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, numbered(child, number)]));
  return value;
}

function timeAt(position: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, position)).toISOString();
}

/** Puts a seed into the store, as the owner's. */
export async function writeSeed(store: Store, scope: OwnerScope, seed: CompleteSeed): Promise<void> {
  for (const attachment of seed.attachments) await store.threads.putAttachment(scope, attachment);
  for (const thread of seed.threads) {
    const written = await store.threads.write(scope, { threadId: thread.id, create: thread, put: seed.items[thread.id] ?? [] });
    if (written !== 'written') throw new Error(`the seed of ${thread.id} was refused: ${written}`);
  }
}
