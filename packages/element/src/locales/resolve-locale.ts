import type { Messages } from './en.js';
import { en } from './en.js';
import { translations } from './translations.js';

export interface ResolvedLocale {
  /** What the server is told in `Accept-Language`. */
  requested: string;
  /** The language the element's own texts are in. */
  language: string;
  direction: 'ltr' | 'rtl';
  messages: Messages;
}

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur']);

/** Finds the texts for a locale: exactly, by language, else English. */
export function resolveLocale(requested: string): ResolvedLocale {
  const wanted = requested.toLowerCase();
  const [language = 'en'] = wanted.split('-');
  // Taiwan, Hong Kong and Macau write Traditional Chinese, as does whatever says so by its script.
  const traditional = /^zh-(?:hant\b|tw\b|hk\b|mo\b)/.test(wanted) ? 'zh-tw' : undefined;
  const aliases: Record<string, string> = { zh: 'zh-cn', pt: 'pt-br', 'pt-pt': 'pt-br' };
  const known = [traditional ?? aliases[wanted] ?? wanted, language, aliases[language] ?? ''].find((candidate) => Object.hasOwn(translations, candidate));
  return {
    requested,
    language: known ?? 'en',
    direction: known !== undefined && rightToLeft.has(known) ? 'rtl' : 'ltr',
    messages: known === undefined ? en : { ...en, ...translations[known] },
  };
}
