import { describe, expect, test } from 'vitest';
import { isHiddenItemType, itemToWire, readAttachment, readThread, readThreadItem, threadItemSchema } from '../../src/protocol/index.js';
import { exampleFile, exampleImage, exampleItemList, exampleItems, exampleThread } from './example-items.js';

test.each(exampleItemList)('a stored $type reads back as it was written', (item) => {
  expect(readThreadItem(JSON.parse(JSON.stringify(item)))).toStrictEqual(item);
});

test('stored threads and attachments read back as they were written', () => {
  expect(readThread(exampleThread)).toStrictEqual(exampleThread);
  expect(readAttachment(exampleFile)).toStrictEqual(exampleFile);
  expect(readAttachment(exampleImage)).toStrictEqual(exampleImage);
});

test('a thread as the Python SDK stores it is read with its defaults and in UTC', () => {
  const stored = { id: 't', created_at: '2025-01-02T03:04:05.678901', title: null, allowed_image_domains: null, items: { data: [] } };
  expect(readThread(stored)).toStrictEqual({
    id: 't',
    created_at: '2025-01-02T03:04:05.678Z',
    status: { type: 'active' },
    metadata: {},
  });
});

test('an item as the Python SDK stores it is read with its defaults and in UTC', () => {
  const stored = {
    id: 'i',
    thread_id: 't',
    created_at: '2025-01-02T03:04:05',
    type: 'workflow',
    workflow: { type: 'custom', summary: null, tasks: [{ type: 'web_search', title: null }], unknown: 1 },
  };
  expect(readThreadItem(stored)).toStrictEqual({
    id: 'i',
    thread_id: 't',
    created_at: '2025-01-02T03:04:05.000Z',
    type: 'workflow',
    workflow: {
      type: 'custom',
      tasks: [{ type: 'web_search', status_indicator: 'none', queries: [], sources: [] }],
      expanded: false,
    },
  });
});

test('an item of a newer version is kept whole, and sent as it is', () => {
  const stored = { id: 'i', thread_id: 't', created_at: '2025-01-02T03:04:05+02:00', type: 'poll', votes: [1, null] };
  const item = readThreadItem(stored);
  expect(item).toStrictEqual({ ...stored, created_at: '2025-01-02T01:04:05.000Z' });
  expect(itemToWire(item)).toStrictEqual(item);
  expect(threadItemSchema.safeParse(stored).success).toBe(false);
});

describe('what cannot be read', () => {
  test.each([
    [{ ...exampleItems.end_of_turn, created_at: 'yesterday' }, 'Unreadable stored item: created_at expected an ISO 8601 date-time'],
    [{ type: 'poll', thread_id: 't', created_at: '2025-01-02T03:04:05Z' }, 'Unreadable stored item: id expected string'],
    [{ ...exampleItems.task, task: { type: 'thought', content: 5 } }, 'Unreadable stored item: task.content expected string'],
    [{ ...exampleItems.widget, widget: { type: 'Crad' } }, 'Unreadable stored item: widget.type expected "Card", "ListView" or "Basic"'],
    [null, 'Unreadable stored item: expected object'],
  ])('%j is reported by field, without its content', (stored, message) => {
    expect(() => readThreadItem(stored)).toThrow(new TypeError(message));
  });

  test('a thread or attachment is named as such', () => {
    expect(() => readThread({})).toThrow('Unreadable stored thread: id expected string');
    expect(() => readAttachment({ type: 'folder' })).toThrow('Unreadable stored attachment: type expected one of "file", "image"');
  });
});

test('exactly the two context types are hidden', () => {
  expect(exampleItemList.map((item) => item.type).filter(isHiddenItemType)).toEqual(['hidden_context_item', 'sdk_hidden_context']);
  expect(isHiddenItemType('poll')).toBe(false);
});
