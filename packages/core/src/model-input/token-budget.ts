import { inputText } from './input-text.js';
import type { ModelInputItem } from './model-input-item.js';
import { repairToolCalls } from './repair-tool-calls.js';
import type { ModelInputStrategy } from './strategy.js';

export interface TokenBudgetOptions {
  maxTokens: number;
  /** Default: one token for every four characters, at least one. */
  countTokens?: ((text: string) => number) | undefined;
}

/** Tokens that an image or a file is counted as: it has no text to count. */
const TOKENS_PER_MEDIA_PART = 800;

/** The latest part of the conversation that fits the budget. The newest entry always stays, even when it alone is over it. */
export function tokenBudget({ maxTokens, countTokens = (text) => Math.max(1, Math.ceil(text.length / 4)) }: TokenBudgetOptions): ModelInputStrategy {
  const cost = (item: ModelInputItem): number => countTokens(inputText(item)) + mediaParts(item) * TOKENS_PER_MEDIA_PART;
  const fitting = (input: ModelInputItem[]): { kept: ModelInputItem[]; full: boolean } => {
    const system = input.filter((item) => 'role' in item && item.role === 'system');
    let left = maxTokens - system.reduce((sum, item) => sum + cost(item), 0);
    const rest = input.filter((item) => !('role' in item && item.role === 'system'));
    let first = rest.length;
    for (; first > 0; first--) {
      const item = rest[first - 1];
      if (!item) break;
      left -= cost(item);
      if (left < 0 && first < rest.length) break;
    }
    return { kept: [...system, ...repairToolCalls(rest.slice(first))], full: first > 0 };
  };

  return async ({ items, input, convert }) => {
    if (input.length > 0) return fitting(input).kept;
    const newest = [];
    let result: ModelInputItem[] = [];
    for await (const page of items) {
      newest.push(...page);
      const { kept, full } = fitting(await convert(newest.toReversed()));
      result = kept;
      if (full) break;
    }
    return result;
  };
}

function mediaParts(item: ModelInputItem): number {
  return 'role' in item && item.role === 'user' ? item.content.filter((part) => part.type !== 'input_text').length : 0;
}
