import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  attachmentToWire, itemToWire, serializeAttachment, serializeEvent, serializeItem, serializePage, serializeThread, threadToWire,
} from '../../src/protocol/index.js';
import type { Attachment, Item, Page, Thread, ThreadItem, ThreadStreamEvent } from '../../src/protocol/index.js';
import { exampleFile, exampleImage, exampleItemList, exampleItems, exampleThread } from './example-items.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** What an untyped caller may hand over: null where the types say "absent". */
function withNulls<T>(value: unknown): T {
  return value as T;
}

function sentItem(item: unknown): unknown {
  return JSON.parse(serializeItem(withNulls<ThreadItem>(item)));
}

const base = { id: 'i', thread_id: 't', created_at: '2026-01-02T03:04:05.678Z' };

describe('an item', () => {
  test.each(exampleItemList.filter((item) => item.type !== 'user_message'))('$type is sent with all it has', (item) => {
    expect(sentItem(item)).toStrictEqual(item);
  });

  test('user_message is sent with all it has but the metadata of its attachments', () => {
    const { metadata: _metadata, ...visibleFile } = exampleFile;
    expect(sentItem(exampleItems.user_message)).toStrictEqual({
      ...exampleItems.user_message,
      attachments: [visibleFile, exampleImage],
    });
  });

  test.each([
    [
      'modelled nulls go, free-form nulls stay',
      { type: 'client_tool_call', status: 'pending', call_id: 'c', name: 'n', arguments: { x: null, l: [null] }, output: null },
      { type: 'client_tool_call', status: 'pending', call_id: 'c', name: 'n', arguments: { x: null, l: [null] } },
    ],
    [
      'nulls inside an output stay',
      { type: 'client_tool_call', status: 'completed', call_id: 'c', name: 'n', arguments: {}, output: { t: null } },
      { type: 'client_tool_call', status: 'completed', call_id: 'c', name: 'n', arguments: {}, output: { t: null } },
    ],
    [
      'tags',
      {
        type: 'user_message',
        content: [{ type: 'input_tag', id: 'e', text: 'x', data: { a: null }, group: null }],
        attachments: [],
        quoted_text: null,
        inference_options: { tool_choice: null, model: null },
      },
      {
        type: 'user_message',
        content: [{ type: 'input_tag', id: 'e', text: 'x', data: { a: null }, interactive: false }],
        attachments: [],
        inference_options: {},
      },
    ],
    [
      'sources',
      {
        type: 'assistant_message',
        content: [
          {
            type: 'output_text',
            text: 'x',
            annotations: [
              { type: 'annotation', index: null, source: { type: 'url', title: 'T', url: 'u', description: null, attribution: null } },
              { type: 'annotation', source: { type: 'entity', title: 'T', id: 'e', icon: null, data: { n: null } } },
              { type: 'annotation', source: { type: 'entity', title: 'T', id: 'e' } },
            ],
          },
        ],
      },
      {
        type: 'assistant_message',
        content: [
          {
            type: 'output_text',
            text: 'x',
            annotations: [
              { type: 'annotation', source: { type: 'url', title: 'T', url: 'u' } },
              { type: 'annotation', source: { type: 'entity', title: 'T', id: 'e', interactive: false, data: { n: null } } },
              { type: 'annotation', source: { type: 'entity', title: 'T', id: 'e', interactive: false, data: {} } },
            ],
          },
        ],
      },
    ],
    [
      'tasks and their defaults',
      {
        type: 'workflow',
        workflow: {
          type: 'custom',
          tasks: [{ type: 'custom', title: null }, { type: 'web_search' }, { type: 'thought', content: 'c' }, { type: 'file' }, { type: 'image' }],
          summary: { title: 'Done', icon: null },
        },
      },
      {
        type: 'workflow',
        workflow: {
          type: 'custom',
          tasks: [
            { type: 'custom', status_indicator: 'none' },
            { type: 'web_search', status_indicator: 'none', queries: [], sources: [] },
            { type: 'thought', status_indicator: 'none', content: 'c' },
            { type: 'file', status_indicator: 'none', sources: [] },
            { type: 'image', status_indicator: 'none' },
          ],
          summary: { title: 'Done' },
          expanded: false,
        },
      },
    ],
    [
      'questions and their defaults',
      {
        type: 'structured_input',
        status: 'pending',
        inputs: [
          { type: 'multiple_choice', id: 'a', question: 'q', options: [{ value: 'v' }], answer: null },
          { type: 'freeform', id: 'b', question: 'q', description: null },
        ],
      },
      {
        type: 'structured_input',
        status: 'pending',
        inputs: [
          { type: 'multiple_choice', id: 'a', question: 'q', options: [{ value: 'v' }], multiple: false },
          { type: 'freeform', id: 'b', question: 'q' },
        ],
      },
    ],
    ['an image that is not there yet', { type: 'generated_image', image: null }, { type: 'generated_image' }],
    ['hidden content that is null', { type: 'hidden_context_item', content: null }, { type: 'hidden_context_item' }],
    ['hidden content with nulls', { type: 'hidden_context_item', content: { a: null } }, { type: 'hidden_context_item', content: { a: null } }],
    ['an item of a newer version', { type: 'poll', votes: 3, closed: null }, { type: 'poll', votes: 3 }],
    [
      'a widget, whose nulls go everywhere',
      {
        type: 'widget',
        copy_text: null,
        widget: {
          type: 'Card',
          children: [
            { type: 'Button', label: 'Go', onClickAction: null },
            { type: 'Foo', bar: [1, null, { a: null }], children: null },
            { type: 'Button', onClickAction: { type: 'a', payload: { p: null, q: [null] } } },
          ],
        },
      },
      {
        type: 'widget',
        widget: {
          type: 'Card',
          children: [
            { type: 'Button', label: 'Go' },
            { type: 'Foo', bar: [1, {}] },
            { type: 'Button', onClickAction: { type: 'a', payload: { q: [] } } },
          ],
        },
      },
    ],
  ])('%s', (_, item, expected) => {
    expect(sentItem({ ...base, ...item })).toStrictEqual({ ...base, ...expected });
  });

  test('a time that an imported store holds without offset is sent as UTC', () => {
    expect(sentItem({ ...exampleItems.end_of_turn, created_at: '2025-01-02T03:04:05.678901' })).toMatchObject({
      created_at: '2025-01-02T03:04:05.678Z',
    });
  });

  test('is not changed by sending it', () => {
    const item: Item<'widget'> = structuredClone(exampleItems.widget);
    serializeItem(item);
    expect(item).toStrictEqual(exampleItems.widget);
  });
});

describe('a thread', () => {
  test('never shows its metadata and always has a page of items', () => {
    expect(JSON.parse(serializeThread(exampleThread))).toStrictEqual({
      ...exampleThread,
      metadata: {},
      items: { data: [], has_more: false },
    });
  });

  test('without title, reason and image domains has none of these keys', () => {
    const thread = withNulls<Thread>({
      id: 't',
      created_at: '2026-01-02T03:04:05.678Z',
      title: null,
      status: { type: 'closed', reason: null },
      allowed_image_domains: null,
      metadata: { secret: 1 },
      items: 'not a page',
    });
    expect(JSON.parse(serializeThread(thread))).toStrictEqual({
      id: 't',
      created_at: '2026-01-02T03:04:05.678Z',
      status: { type: 'closed' },
      metadata: {},
      items: { data: [], has_more: false },
    });
  });

  test('carries the page it is given', () => {
    const items = { data: [exampleItems.end_of_turn], has_more: true, after: 'msg_6' };
    expect(threadToWire(exampleThread, items)).toMatchObject({ items });
  });
});

test('an attachment never shows its metadata', () => {
  const { metadata: _metadata, ...visible } = exampleFile;
  expect(JSON.parse(serializeAttachment(exampleFile))).toStrictEqual(visible);
  expect(JSON.parse(serializeAttachment(exampleImage))).toStrictEqual(exampleImage);
  expect(JSON.parse(serializeAttachment(withNulls({ ...exampleFile, thread_id: null, upload_descriptor: null })))).toStrictEqual({
    type: 'file',
    id: 'atc_1',
    name: 'a.pdf',
    mime_type: 'application/pdf',
  });
});

test('a page has a cursor only when there is more', () => {
  const more = { data: [exampleFile], has_more: true, after: 'atc_1' };
  expect(JSON.parse(serializePage(more, attachmentToWire))).toMatchObject({ has_more: true, after: 'atc_1' });
  const last = withNulls<Page<ThreadItem>>({ data: [exampleItems.end_of_turn], has_more: false, after: null });
  expect(JSON.parse(serializePage(last, itemToWire))).toStrictEqual({
    data: [exampleItems.end_of_turn],
    has_more: false,
  });
});

describe('what plain JavaScript left out gets its default', () => {
  test.each([
    [{ type: 'user_message', content: [{ type: 'input_tag', id: 'e', text: 'x' }] }, { attachments: [], inference_options: {}, content: [{ data: {}, interactive: false }] }],
    [{ type: 'assistant_message', content: [{ text: 'x' }] }, { content: [{ type: 'output_text', text: 'x', annotations: [] }] }],
    [{ type: 'client_tool_call', call_id: 'c', name: 'n', arguments: {} }, { status: 'pending' }],
    [{ type: 'structured_input', inputs: [{ type: 'freeform', id: 'a', question: 'q', answer: {} }] }, { status: 'pending', inputs: [{ answer: { values: [], skipped: false } }] }],
  ])('in %j', (item, expected) => {
    expect(sentItem({ ...base, ...item })).toMatchObject(expected);
  });

  test('in events, threads, pages and upload descriptors', () => {
    const sent = (event: unknown): unknown => JSON.parse(serializeEvent(withNulls<ThreadStreamEvent>(event)));
    expect(sent({ type: 'error' })).toStrictEqual({ type: 'error', code: 'custom', allow_retry: false });
    expect(sent({ type: 'client_effect', name: 'x' })).toStrictEqual({ type: 'client_effect', name: 'x', data: {} });
    expect(threadToWire(withNulls<Thread>({ id: 't', created_at: base.created_at }))).toMatchObject({ status: { type: 'active' } });
    expect(JSON.parse(serializePage(withNulls<Page<ThreadItem>>({ data: [] }), itemToWire))).toStrictEqual({ data: [], has_more: false });
    const descriptor = { url: 'https://files.example/put', method: 'PUT' };
    expect(attachmentToWire(withNulls<Attachment>({ ...exampleFile, upload_descriptor: descriptor }))).toMatchObject({
      upload_descriptor: { ...descriptor, headers: {} },
    });
  });
});

test('a frame is one line, and characters beyond ASCII are written as they are', () => {
  const text = serializeEvent({ type: 'progress_update', text: 'é\n\r\u2028日本' });
  expect(text).toBe('{"type":"progress_update","text":"é\\n\\r\u2028日本"}');
});

test('a text delta costs one JSON.stringify of the event itself', () => {
  const event: ThreadStreamEvent = {
    type: 'thread.item.updated',
    item_id: 'm',
    update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'Hi' },
  };
  const stringify = vi.spyOn(JSON, 'stringify');
  serializeEvent(event);
  expect(stringify).toHaveBeenCalledTimes(1);
  expect(stringify.mock.calls[0]?.[0]).toBe(event);
});
