import { expect, test } from 'vitest';
import { BUILT_IN_ICONS, iconNameSchema, isIconName } from '../../src/protocol/index.js';

test('there are 64 built-in icons, none twice', () => {
  expect(new Set(BUILT_IN_ICONS).size).toBe(BUILT_IN_ICONS.length);
  expect(BUILT_IN_ICONS).toHaveLength(64);
});

test.each(['book-open', 'phone', 'user', 'clock', 'dot', 'lucide:package', 'lucide:', 'vendor:acme-box', 'vendor:'])('%s is an icon', (name) => {
  expect(isIconName(name)).toBe(true);
  expect(iconNameSchema.parse(name)).toBe(name);
});

test.each(['upload', 'code', '', 'Book-Open', 'xlucide:a', 'toString', 5, null])('%j is none', (name) => {
  expect(isIconName(name)).toBe(false);
  expect(iconNameSchema.safeParse(name).success).toBe(false);
});
