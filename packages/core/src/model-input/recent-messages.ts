import { sourceOf, withSource } from './entry-source.js';
import type { ModelInputItem } from './model-input-item.js';
import type { ModelInputHistory, ModelInputStrategy } from './strategy.js';
import { currentMessage, isSystem, newestUnits, unitsOf, type Unit } from './unit.js';

export interface RecentMessagesOptions {
  /** How many earlier items the model sees beside the message that is answered. Items that say nothing to a model don't count. Default 50. */
  limit?: number | undefined;
  /** Texts of earlier messages are cut to this many characters. Default: not cut. */
  maxChars?: number | undefined;
}

const DEFAULT_LIMIT = 50;

/**
 * The latest part of the conversation: the message that is answered, whole, and the items before it. After another strategy it keeps that
 * one's system messages, such as a summary.
 */
export function recentMessages({ limit = DEFAULT_LIMIT, maxChars = Number.POSITIVE_INFINITY }: RecentMessagesOptions = {}): ModelInputStrategy {
  return async (history) => {
    const { input } = history;
    if (input.length === 0) return (await newest(history, limit)).flatMap((unit) => (unit.isCurrentMessage ? unit.entries : cut(unit.entries, maxChars)));
    const units = unitsOf(input.filter((entry) => !isSystem(entry)));
    const kept = chosen(units, limit);
    const current = units.find((unit) => unit.isCurrentMessage) ?? units.at(-1);
    const entries = new Map(kept.flatMap((unit) => unit.entries.map((entry) => [entry, unit] as const)));
    return input.flatMap((entry) => {
      const unit = entries.get(entry);
      if (!unit) return isSystem(entry) ? [entry] : [];
      return unit === current ? [entry] : cut([entry], maxChars);
    });
  };
}

/** Oldest first. The message that is answered counts only where something came after it; it is among them in any case. */
async function newest(history: ModelInputHistory, limit: number): Promise<Unit[]> {
  const units: Unit[] = [];
  const isComplete = (): boolean => units.length >= (units[0]?.isCurrentMessage === false ? Math.max(1, limit) : limit + 1);
  // The first alone: how many are wanted depends on it. None is converted that is not wanted.
  for await (const unit of newestUnits(history, () => (units.length === 0 ? 1 : limit + (units[0]?.isCurrentMessage === true ? 1 : 0) - units.length))) {
    units.push(unit);
    if (isComplete()) break;
  }
  if (units.some((unit) => unit.isCurrentMessage)) return units.reverse();
  const message = await currentMessage(history);
  return message ? [message, ...units.reverse()] : units.reverse();
}

/** As {@link newest} does, of units that are there. */
function chosen(units: Unit[], limit: number): Unit[] {
  const current = units.find((unit) => unit.isCurrentMessage) ?? units.at(-1);
  const count = current === units.at(-1) ? limit + 1 : Math.max(1, limit);
  const kept = units.slice(-count);
  return current && !kept.includes(current) ? [current, ...kept] : kept;
}

function cut(input: ModelInputItem[], maxChars: number): ModelInputItem[] {
  if (!Number.isFinite(maxChars)) return input;
  const shorten = <P extends { type: string; text?: string }>(part: P): P =>
    part.text !== undefined && part.text.length > maxChars ? { ...part, text: `${part.text.slice(0, maxChars).toWellFormed()}…` } : part;
  return input.map((item): ModelInputItem => {
    if (!('role' in item) || item.role === 'system') return item;
    const short: ModelInputItem = item.role === 'user' ? { ...item, content: item.content.map(shorten) } : { ...item, content: item.content.map(shorten) };
    return withSource(short, sourceOf(item));
  });
}
