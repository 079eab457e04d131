import { expect, it } from 'vitest';
import { en } from '../../src/locales/en.js';
import { resolveLocale } from '../../src/locales/resolve-locale.js';
import { translator } from '../../src/locales/translate.js';
import { translations } from '../../src/locales/translations.js';

it.each([
  ['de', 'de', 'ltr'],
  ['de-AT', 'de', 'ltr'],
  ['fr-CA', 'fr', 'ltr'],
  ['pt-PT', 'pt-br', 'ltr'],
  ['zh', 'zh-cn', 'ltr'],
  ['zh-CN', 'zh-cn', 'ltr'],
  ['zh-SG', 'zh-cn', 'ltr'],
  ['zh-TW', 'zh-tw', 'ltr'],
  ['zh-HK', 'zh-tw', 'ltr'],
  ['zh-Hant', 'zh-tw', 'ltr'],
  ['zh-Hant-MO', 'zh-tw', 'ltr'],
  ['zh-Hans-HK', 'zh-cn', 'ltr'],
  ['ar', 'ar', 'rtl'],
  ['is-IS', 'en', 'ltr'],
  ['en-GB', 'en', 'ltr'],
])('%s is shown in %s, %s', (requested, language, direction) => {
  expect(resolveLocale(requested)).toMatchObject({ requested, language, direction });
});

it('every language has every text, with the same places to fill in', () => {
  expect(Object.keys(translations).length).toBeGreaterThanOrEqual(11);
  const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  for (const [language, messages] of Object.entries(translations)) {
    expect(Object.keys(messages).sort(), language).toEqual(Object.keys(en).sort());
    for (const key of Object.keys(en) as (keyof typeof en)[]) expect(places(messages[key]), `${language}.${key}`).toEqual(places(en[key]));
  }
});

it('texts are filled in', () => {
  expect(translator(en)('remove', { name: 'a {b}' })).toBe('Remove a {b}');
  expect(translator(en)('showAll', { other: 1 })).toBe('Show {count} more');
});
