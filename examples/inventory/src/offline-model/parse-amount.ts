import { findUnit, unitWords } from '../inventory/units.ts';

/** An article with how much of it, as a clerk says it: `10kg sugar`, `5 crates of eggs`, `two teas`. */
export interface Amount {
  quantity: number;
  /** Undefined: the article's own. */
  unit: string | undefined;
  name: string;
}

const WORDS: Record<string, number> = {
  a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, twenty: 20, fifty: 50, hundred: 100, half: 0.5,
};
const NUMBER = String.raw`\d+(?:[.,]\d+)?|${Object.keys(WORDS).sort((a, b) => b.length - a.length).join('|')}`;
const UNIT = [...unitWords].sort((a, b) => b.length - a.length).join('|');
const AMOUNT = new RegExp(String.raw`^(?<number>${NUMBER})(?:\s*x\s+|\s*(?:an?\s+)?(?<unit>${UNIT})\b\.?|\b)?\s*(?:of\s+)?(?:the\s+)?(?<name>[\p{L}][\p{L}\p{N} '’-]*)$`, 'iu');

/** Null when the text is no amount of something. */
export function parseAmount(text: string): Amount | null {
  const { number, unit, name } = AMOUNT.exec(text.trim().replace(/[.!]+$/, ''))?.groups ?? {};
  if (number === undefined || name === undefined) return null;
  return { quantity: parseNumber(number), unit: unit === undefined ? undefined : (findUnit(unit) ?? undefined), name: name.trim().toLowerCase() };
}

/** `2kg sugar and 1 tea`, `3kg rice, 2 bottles of milk`; null when a part of it is no amount. */
export function parseAmounts(text: string): Amount[] | null {
  const parts = text.split(/\s*(?:,|;|\band\b|\bplus\b|&)\s*/i).filter((part) => part !== '');
  const amounts = parts.map(parseAmount);
  return amounts.length > 0 && amounts.every((amount) => amount !== null) ? amounts : null;
}

/** Digits with a comma or a point, or a word. */
export function parseNumber(text: string): number {
  // Longer numbers would be no number any more.
  return WORDS[text.toLowerCase()] ?? Math.min(Number(text.replace(',', '.')), Number.MAX_SAFE_INTEGER);
}
