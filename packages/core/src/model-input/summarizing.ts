import type { TurnInfo } from '../engine/turn.js';
import type { ThreadItem } from '../protocol/index.js';
import { sha256 } from '../session/session-token.js';
import { sourceOf } from './entry-source.js';
import type { ModelInputItem } from './model-input-item.js';
import { repairToolCalls } from './repair-tool-calls.js';
import { readSummary, storeSummary } from './running-summary.js';
import type { ModelInputStrategy } from './strategy.js';
import { SummaryCache } from './summary-cache.js';
import { isSystem } from './unit.js';

export interface SummarizingOptions {
  /** With more entries than this the older ones are summarised, and the newest half of this many stays as it is. */
  after: number;
  /**
   * Makes one text of the older entries, some two hundred at most at once. Where there is a summary of what was before them, it is the first
   * entry, a system message: the text has to hold that too.
   */
  summarize: (items: ModelInputItem[], info: TurnInfo) => Promise<string>;
}

/** Entries given to `summarize` at once: as many as a model can take. */
const MAX_ENTRIES = 200;

/**
 * Long conversations: a summary of the older part as a system message, then the newer part as it is. The summary goes on from the one
 * before it, so each part is read and summarised once; it is kept in the thread, as a hidden item.
 */
export function summarizing({ after, summarize }: SummarizingOptions): ModelInputStrategy {
  const keep = Math.max(1, Math.floor(after / 2));
  const summaries = new SummaryCache();

  return async ({ items, input, convert }, info) => {
    const { summary, uncovered } = await readSummary(items, input.length > 0 ? { atLeastTo: oldestItem(input) } : {});
    const entries = input.length > 0 ? notCovered(input, new Set(uncovered.map(({ id }) => id))) : await convert(uncovered);
    const system = input.filter(isSystem);
    const older = entries.slice(0, borderOf(entries, { keep, most: summary ? 2 * keep - 1 : after }));

    let text = summary?.text;
    for (const part of partsOf(older)) {
      const withSummary = [...(text === undefined ? [] : [summaryEntry(text)]), ...part];
      text = await summaries.get(await sha256(JSON.stringify(withSummary)), () => summarize(withSummary, info));
      // After each part: what is done need not be done again when the turn ends before the rest.
      const upTo = newestItem(part)?.id;
      if (upTo !== undefined) await storeSummary(info, { text, upTo });
    }
    return [...(text === undefined ? [] : [summaryEntry(text)]), ...system, ...repairToolCalls(entries.slice(older.length))];
  };
}

function oldestItem(entries: ModelInputItem[]): ThreadItem | null {
  return itemsOf(entries).at(0) ?? null;
}

function newestItem(entries: ModelInputItem[]): ThreadItem | null {
  return itemsOf(entries).at(-1) ?? null;
}

/** Of those that were made from one. */
function itemsOf(entries: ModelInputItem[]): ThreadItem[] {
  return entries.flatMap((entry) => sourceOf(entry)?.item ?? []);
}

/** Of what another strategy made: without what the summary covers, and without system messages, which stay as they are. */
function notCovered(input: ModelInputItem[], uncoveredIds: ReadonlySet<string>): ModelInputItem[] {
  return input.filter((entry) => {
    const source = sourceOf(entry);
    return !isSystem(entry) && (source === null || uncoveredIds.has(source.item.id));
  });
}

/**
 * How many entries are to be summarised: none of up to `most`, else all but the newest `keep` and a few. It moves in steps of `keep`, so
 * that the older part stays the same for a while, and it never goes through what one item says.
 */
function borderOf(entries: ModelInputItem[], { keep, most }: { keep: number; most: number }): number {
  if (entries.length <= most) return 0;
  let border = entries.length - keep - ((entries.length - most - 1) % keep);
  while (border > 0 && isSameItem(entries[border - 1], entries[border])) border--;
  return border;
}

function isSameItem(first: ModelInputItem | undefined, second: ModelInputItem | undefined): boolean {
  const source = first && sourceOf(first);
  return source != null && source.item === (second && sourceOf(second))?.item;
}

/** What `summarize` is given at once: never a part of what one item says, unless that alone is too much. */
function partsOf(entries: ModelInputItem[]): ModelInputItem[][] {
  const parts: ModelInputItem[][] = [];
  for (let start = 0; start < entries.length; ) {
    let end = Math.min(start + MAX_ENTRIES, entries.length);
    while (end > start + 1 && isSameItem(entries[end - 1], entries[end])) end--;
    parts.push(entries.slice(start, end));
    start = end;
  }
  return parts;
}

function summaryEntry(text: string): ModelInputItem {
  return { role: 'system', content: `Summary of the conversation so far:\n${text}` };
}
