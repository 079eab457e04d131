import type { ThreadItem } from '../protocol/item.js';

/** Long enough for an item to be laid out once, so that the browser remembers its size. */
const settleTime = 300;

/**
 * The items that have been on the page for a moment. Only those are left unrendered while
 * off screen: their remembered size keeps the scroll position and the scrollbar exact.
 */
export class SettledItems {
  private readonly ids = new Set<string>();
  private seen: readonly ThreadItem[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly changed: () => void) {}

  has(id: string): boolean {
    return this.ids.has(id);
  }

  watch(items: readonly ThreadItem[]): void {
    if (items.length === this.seen.length && items[0] === this.seen[0]) return;
    this.seen = items;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      for (const item of items) this.ids.add(item.id);
      this.changed();
    }, settleTime);
  }
}
