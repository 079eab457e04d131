import { expect, it } from 'vitest';
import { acceptAttribute, isAccepted, maximumSize } from '../../src/options/attachment-rules.js';

it('the size limit comes from the exact type, then the pattern, then the fallback', () => {
  const option = { enabled: true, maxSize: { 'image/*': 10, 'image/png': 20, '*': 5 } };
  expect([maximumSize(option, 'image/png'), maximumSize(option, 'image/gif'), maximumSize(option, 'text/plain')]).toEqual([20, 10, 5]);
  expect(maximumSize({ enabled: true, maxSize: { '': 3 } }, 'x/y')).toBe(3);
  expect(maximumSize({ enabled: true, maxSize: { 'image/*': 1 } }, 'x/y')).toBe(100 * 1024 * 1024);
  expect(maximumSize({ enabled: true, maxSize: 7 }, 'x/y')).toBe(7);
});

it('a file is accepted by its type or its extension', () => {
  const option = { enabled: true, accept: { 'image/*': ['.png'], 'application/x-notes': ['.Notes'] } };
  expect(isAccepted(option, { name: 'a.webp', type: 'image/webp' })).toBe(true);
  expect(isAccepted(option, { name: 'A.NOTES', type: '' })).toBe(true);
  expect(isAccepted(option, { name: 'a.txt', type: 'text/plain' })).toBe(false);
  expect(isAccepted({ enabled: true }, { name: 'a.txt', type: 'text/plain' })).toBe(true);
  expect(acceptAttribute(option)).toBe('image/*,.png,application/x-notes,.Notes');
});
