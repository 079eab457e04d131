import type { ThreadItem } from '../protocol/index.js';
import type { ModelInputItem } from './model-input-item.js';
import { collectNewest, type ModelInputStrategy } from './strategy.js';

export interface RecentMessagesOptions {
  /** How many earlier items the model sees beside the message that is answered. Default 50. */
  limit?: number | undefined;
  /** Texts of earlier messages are cut to this many characters. Default: not cut. */
  maxChars?: number | undefined;
}

const DEFAULT_LIMIT = 50;

/** The latest part of the conversation: the message that is answered, whole, and the items before it. */
export function recentMessages({ limit = DEFAULT_LIMIT, maxChars = Number.POSITIVE_INFINITY }: RecentMessagesOptions = {}): ModelInputStrategy {
  return async ({ items, input, convert }) => {
    if (input.length > 0) return trim(input.slice(-(limit + 1)), maxChars);
    const newest = await collectNewest(items, limit + 1, reachesModel);
    const current = newest.at(-1)?.type === 'user_message' ? newest.splice(-1) : [];
    const earlier = await convert(newest.slice(-limit));
    // Converted together with the items before it, the message would lose what only the last one has: its quoted text.
    return [...cut(earlier, maxChars), ...(await convert(current))];
  };
}

function trim(input: ModelInputItem[], maxChars: number): ModelInputItem[] {
  return [...cut(input.slice(0, -1), maxChars), ...input.slice(-1)];
}

/** Items that never say anything to a model don't count. */
function reachesModel(item: ThreadItem): boolean {
  return item.type !== 'end_of_turn' && !(item.type === 'client_tool_call' && item.status === 'pending');
}

function cut(input: ModelInputItem[], maxChars: number): ModelInputItem[] {
  if (!Number.isFinite(maxChars)) return input;
  const shorten = <P extends { type: string; text?: string }>(part: P): P =>
    part.text !== undefined && part.text.length > maxChars ? { ...part, text: `${part.text.slice(0, maxChars).toWellFormed()}…` } : part;
  return input.map((item): ModelInputItem => {
    if (!('role' in item) || item.role === 'system') return item;
    if (item.role === 'user') return { ...item, content: item.content.map(shorten) };
    return { ...item, content: item.content.map(shorten) };
  });
}
