import { inputText } from './input-text.js';
import type { ModelInputItem } from './model-input-item.js';
import { repairToolCalls } from './repair-tool-calls.js';
import type { ModelInputStrategy } from './strategy.js';
import { currentMessage, isSystem, newestUnits, unitsOf, type Unit } from './unit.js';

export interface TokenBudgetOptions {
  maxTokens: number;
  /** Default: one token for every four characters, at least one. */
  countTokens?: ((text: string) => number) | undefined;
}

/** Tokens that an image or a file is counted as: it has no text to count. */
const TOKENS_PER_MEDIA_PART = 800;

/** Items converted at once, on the way back through the thread. */
const BATCH = 8;

/**
 * The latest part of the conversation that fits the budget. What the newest item says and the message that is answered, with its quote
 * and its mentions, always stay, even when they alone are over it; so do system messages of a strategy before this one.
 */
export function tokenBudget({ maxTokens, countTokens = (text) => Math.max(1, Math.ceil(text.length / 4)) }: TokenBudgetOptions): ModelInputStrategy {
  const cost = (entries: ModelInputItem[]): number =>
    entries.reduce((sum, entry) => sum + countTokens(inputText(entry)) + mediaParts(entry) * TOKENS_PER_MEDIA_PART, 0);

  /** Newest first. */
  const fitting = async (units: AsyncIterable<Unit> | Iterable<Unit>, { message, tokens }: { message: Unit | null; tokens: number }): Promise<Unit[]> => {
    const kept: Unit[] = [];
    let left = tokens - (message ? cost(message.entries) : 0);
    for await (const unit of units) {
      if (!unit.isCurrentMessage) left -= cost(unit.entries);
      if (left < 0 && kept.length > 0 && !unit.isCurrentMessage) break;
      kept.push(unit);
    }
    return message && !kept.some((unit) => unit.isCurrentMessage) ? [...kept, message] : kept;
  };

  return async (history) => {
    const { input } = history;
    if (input.length === 0) {
      const kept = await fitting(newestUnits(history, () => BATCH), { message: await currentMessage(history), tokens: maxTokens });
      return repairToolCalls(kept.reverse().flatMap((unit) => unit.entries));
    }
    const system = input.filter(isSystem);
    const units = unitsOf(input.filter((entry) => !isSystem(entry))).reverse();
    const message = units.find((unit) => unit.isCurrentMessage) ?? null;
    const kept = new Set((await fitting(units, { message, tokens: maxTokens - cost(system) })).flatMap((unit) => unit.entries));
    return repairToolCalls(input.filter((entry) => isSystem(entry) || kept.has(entry)));
  };
}

function mediaParts(item: ModelInputItem): number {
  return 'role' in item && item.role === 'user' ? item.content.filter((part) => part.type !== 'input_text').length : 0;
}
