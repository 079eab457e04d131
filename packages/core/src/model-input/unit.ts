import type { ThreadItem } from '../protocol/index.js';
import { sourceOf } from './entry-source.js';
import type { ModelInputItem } from './model-input-item.js';
import type { ModelInputHistory } from './strategy.js';

/** What belongs together in model input: all that one item says, such as a message with its quote, or a call with its result. Never empty. */
export interface Unit {
  entries: ModelInputItem[];
  /** The newest user message: the one that is answered. */
  isCurrentMessage: boolean;
}

/** How far back the current message is looked for, past what came after it. */
const LOOK_BACK = 200;

/** Entries, in their order, as units. An entry that a strategy wrote itself is one of its own. */
export function unitsOf(entries: ModelInputItem[]): Unit[] {
  const units: (Unit & { item: ThreadItem | null })[] = [];
  for (const entry of entries) {
    const source = sourceOf(entry);
    const last = units.at(-1);
    if (source && last?.item === source.item) last.entries.push(entry);
    else units.push({ item: source?.item ?? null, entries: [entry], isCurrentMessage: source?.isCurrentMessage ?? false });
  }
  return units;
}

/**
 * Items that say something to the model, newest first, converted as they are asked for: `batchSize` at once. What says nothing is passed
 * over.
 */
export async function* newestUnits({ items, convert }: Pick<ModelInputHistory, 'items' | 'convert'>, batchSize: () => number): AsyncGenerator<Unit, void, undefined> {
  let hasMessage = false;
  let batch: ThreadItem[] = [];
  const convertBatch = async (): Promise<Unit[]> => {
    const converted = await Promise.all(batch.map((item) => convert([item])));
    const units = converted.map((entries, index): Unit => {
      const isCurrentMessage = !hasMessage && batch[index]?.type === 'user_message';
      hasMessage ||= isCurrentMessage;
      return { entries, isCurrentMessage };
    });
    batch = [];
    return units.filter(({ entries }) => entries.length > 0);
  };
  for await (const page of items) {
    for (const item of page) {
      batch.push(item);
      if (batch.length >= batchSize()) yield* await convertBatch();
    }
  }
  yield* await convertBatch();
}

/** The newest user message, unless so much came after it that it is not looked for any further, or it says nothing. */
export async function currentMessage({ items, convert }: Pick<ModelInputHistory, 'items' | 'convert'>): Promise<Unit | null> {
  let passed = 0;
  for await (const page of items) {
    const item = page.find(({ type }) => type === 'user_message');
    if (item) {
      const entries = await convert([item]);
      return entries.length > 0 ? { entries, isCurrentMessage: true } : null;
    }
    passed += page.length;
    if (passed >= LOOK_BACK) return null;
  }
  return null;
}

export function isSystem(entry: ModelInputItem): boolean {
  return 'role' in entry && entry.role === 'system';
}
