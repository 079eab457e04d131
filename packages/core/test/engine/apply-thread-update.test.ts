import { expect, it } from 'vitest';
import { applyThreadUpdate } from '../../src/engine/apply-thread-update.js';
import type { Thread } from '../../src/index.js';

const thread: Thread = { id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z', title: 'Old', status: { type: 'locked' }, allowed_image_domains: ['a.example'], metadata: { a: 1 } };

it('leaves what is not named, and the thread that it is given', () => {
  expect(applyThreadUpdate(thread, {})).toEqual(thread);
  expect(applyThreadUpdate(thread, { title: 'New' })).toEqual({ ...thread, title: 'New' });
  expect(thread.title).toBe('Old');
});

it('sets what is named', () => {
  expect(applyThreadUpdate(thread, { status: { type: 'closed' }, allowedImageDomains: ['b.example'], metadata: { b: 2 } })).toEqual({
    ...thread, status: { type: 'closed' }, allowed_image_domains: ['b.example'], metadata: { b: 2 },
  });
});

it('clears what is null', () => {
  expect(applyThreadUpdate(thread, { title: null, status: null, allowedImageDomains: null, metadata: null })).toEqual({
    id: 'thr_1', created_at: thread.created_at, status: { type: 'active' }, metadata: {},
  });
});
