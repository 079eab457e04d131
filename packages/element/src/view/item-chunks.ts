import type { ThreadItem } from '../protocol/item.js';

/** How many items share a box: enough to keep the boxes of a long thread few, few enough to render one at once. */
const chunkSize = 25;

export interface ItemChunk {
  /** Rises along the thread; the same for as long as the chunk has items. */
  number: number;
  items: ThreadItem[];
}

/**
 * A thread in boxes of some items each: a browser that has thousands of items to place goes by the boxes, and leaves out
 * those that are off screen. An item never changes its box, so nothing in it (a form being filled in) is lost when
 * older items come in before it. Boxes begin with a user message: what belongs to one response stays together.
 */
export class ItemChunks {
  private numbers = new Map<string, number>();

  divide(items: readonly ThreadItem[]): ItemChunk[] {
    const firstKnown = items.findIndex((item) => this.numbers.has(item.id));
    const older = firstKnown < 0 ? [] : items.slice(0, firstKnown);
    const chunks: ItemChunk[] = [];
    for (const item of firstKnown < 0 ? items : items.slice(firstKnown)) this.append(chunks, item);
    for (const item of older.reverse()) prepend(chunks, item);
    this.numbers = new Map(chunks.flatMap(({ number, items: own }) => own.map((item) => [item.id, number])));
    return chunks;
  }

  private append(chunks: ItemChunk[], item: ThreadItem): void {
    const last = chunks.at(-1);
    const known = this.numbers.get(item.id);
    const fallback = last === undefined ? 0 : isFull(last) && item.type === 'user_message' ? last.number + 1 : last.number;
    const number = known !== undefined && known >= (last?.number ?? known) ? known : fallback;
    if (last?.number === number) last.items.push(item);
    else chunks.push({ number, items: [item] });
  }
}

function prepend(chunks: ItemChunk[], item: ThreadItem): void {
  const [first] = chunks;
  if (first && !(isFull(first) && first.items[0]?.type === 'user_message')) first.items.unshift(item);
  else chunks.unshift({ number: (first?.number ?? 0) - 1, items: [item] });
}

function isFull({ items }: ItemChunk): boolean {
  return items.length >= chunkSize;
}
