import type { TurnInfo } from '../engine/turn.js';
import { sha256 } from '../session/session-token.js';
import type { ModelInputItem } from './model-input-item.js';
import { repairToolCalls } from './repair-tool-calls.js';
import { collectNewest, type ModelInputStrategy } from './strategy.js';

export interface SummarizingOptions {
  /** With more entries than this the older ones are summarised, and the newest half of this many stays as it is. */
  after: number;
  /** Makes one text of the older entries. */
  summarize: (items: ModelInputItem[], info: TurnInfo) => Promise<string>;
}

/** The most items that are read to be summarised. */
const MAX_ITEMS = 1_000;

/** Long conversations: a summary of the older part as a system message, then the newer part as it is. Summaries are kept in memory, so a part is summarised once. */
export function summarizing({ after, summarize }: SummarizingOptions): ModelInputStrategy {
  const keep = Math.max(1, Math.floor(after / 2));
  const summaries = new SummaryCache();
  return async ({ items, input, convert }, info) => {
    const all = input.length > 0 ? input : await convert(await collectNewest(items, MAX_ITEMS));
    if (all.length <= after) return all;
    // The border moves in steps, so that the older part stays the same for a while and its summary can be used again.
    const border = all.length - keep - ((all.length - after - 1) % keep);
    const older = all.slice(0, border);
    const summary = await summaries.get(await sha256(JSON.stringify(older)), () => summarize(older, info));
    return [{ role: 'system', content: `Summary of the conversation so far:\n${summary}` }, ...repairToolCalls(all.slice(border))];
  };
}

/** A few hundred summaries, by the hash of what they sum up; the least recently used go first. A failed one is not kept. */
class SummaryCache {
  readonly #entries = new Map<string, Promise<string>>();

  async get(key: string, make: () => Promise<string>): Promise<string> {
    const summary = this.#entries.get(key) ?? make();
    this.#entries.delete(key);
    this.#entries.set(key, summary);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > 200 && oldest !== undefined) this.#entries.delete(oldest);
    try {
      return await summary;
    } catch (error) {
      this.#entries.delete(key);
      throw error;
    }
  }
}
