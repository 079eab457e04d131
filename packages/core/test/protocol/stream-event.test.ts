import { describe, expect, test } from 'vitest';
import { serializeEvent, threadItemUpdateSchema, threadStreamEventSchema } from '../../src/protocol/index.js';
import type { ThreadStreamEvent } from '../../src/protocol/index.js';
import { exampleEvents, exampleUpdates } from './example-events.js';

// Recorded from the wire; each is one frame's JSON.
const recordedFrames = [
  '{"type":"thread.created","thread":{"id":"thr_1","created_at":"2026-01-02T03:04:05.678Z","status":{"type":"active"},"metadata":{},"items":{"data":[],"has_more":false}}}',
  '{"type":"thread.item.done","item":{"id":"msg_1","thread_id":"thr_1","created_at":"2026-01-02T03:04:05.680Z","type":"user_message","content":[{"type":"input_text","text":"Hi"}],"attachments":[],"inference_options":{}}}',
  '{"type":"stream_options","stream_options":{"allow_cancel":true}}',
  '{"type":"thread.item.added","item":{"id":"msg_a","thread_id":"thr_1","created_at":"2026-01-02T03:04:06.000Z","type":"assistant_message","content":[]}}',
  '{"type":"thread.item.updated","item_id":"msg_a","update":{"type":"assistant_message.content_part.added","content_index":0,"content":{"annotations":[],"text":"","type":"output_text"}}}',
  '{"type":"thread.item.updated","item_id":"msg_a","update":{"type":"assistant_message.content_part.text_delta","content_index":0,"delta":"Hello"}}',
  '{"type":"thread.item.updated","item_id":"msg_a","update":{"type":"assistant_message.content_part.done","content_index":0,"content":{"annotations":[],"text":"Hello","type":"output_text"}}}',
  '{"type":"thread.item.done","item":{"id":"msg_a","thread_id":"thr_1","created_at":"2026-01-02T03:04:06.000Z","type":"assistant_message","content":[{"annotations":[],"text":"Hello","type":"output_text"}]}}',
  '{"type":"error","code":"custom","message":"Quota reached","allow_retry":false}',
  '{"type":"error","code":"stream.error","allow_retry":true}',
  '{"type":"client_effect","name":"highlight","data":{"from":1,"note":null}}',
  '{"type":"thread.item.updated","item_id":"msg_w","update":{"type":"widget.streaming_text.value_delta","component_id":"t","delta":"lo","done":false}}',
  '{"type":"thread.item.updated","item_id":"wf_1","update":{"type":"workflow.task.added","task_index":0,"task":{"status_indicator":"none","type":"thought","content":"Think"}}}',
  '{"type":"thread.item.done","item":{"id":"fc_1","thread_id":"thr_1","created_at":"2026-01-02T03:04:07.000Z","type":"client_tool_call","status":"pending","call_id":"call_1","name":"get_selection","arguments":{}}}',
];

test.each(recordedFrames)('read and sent again it is the same: %s', (frame) => {
  const event = threadStreamEventSchema.parse(JSON.parse(frame));
  expect(JSON.parse(serializeEvent(event))).toStrictEqual(JSON.parse(frame));
});

test.each(Object.values(exampleEvents))('an event $type reads back as it was written', (event) => {
  expect(threadStreamEventSchema.parse(event)).toStrictEqual(event);
});

test.each(Object.values(exampleUpdates))('an update $type reads back as it was written', (update) => {
  expect(threadItemUpdateSchema.parse(update)).toStrictEqual(update);
});

test.each(Object.values(exampleUpdates))('an update $type is sent as it is', (update) => {
  const event: ThreadStreamEvent = { type: 'thread.item.updated', item_id: 'i', update };
  expect(JSON.parse(serializeEvent(event))).toStrictEqual(event);
});

test('only the thread events change on their way out: metadata goes, an empty page of items comes', () => {
  for (const event of Object.values(exampleEvents)) {
    const sent: unknown = JSON.parse(serializeEvent(event));
    const expected =
      'thread' in event
        ? { ...event, thread: { ...event.thread, metadata: {}, items: { data: [], has_more: false } } }
        : event;
    expect(sent).toStrictEqual(expected);
  }
});

describe('what an event may leave out', () => {
  test.each([
    [{ type: 'error' }, { type: 'error', code: 'custom', allow_retry: false }],
    [{ type: 'error', code: 'quota.new' }, { type: 'error', code: 'quota.new', allow_retry: false }],
    [{ type: 'client_effect', name: 'x' }, { type: 'client_effect', name: 'x', data: {} }],
    [{ type: 'progress_update', text: 'x', icon: null }, { type: 'progress_update', text: 'x' }],
    [{ type: 'notice', level: 'info', message: 'x', title: null }, { type: 'notice', level: 'info', message: 'x' }],
  ])('%j is read as %j', (event, expected) => {
    expect(threadStreamEventSchema.parse(event)).toStrictEqual(expected);
  });
});

test.each([
  [{ type: 'thread.item.vanished' }],
  [{ type: 'notice', level: 'warn', message: 'x' }],
  [{ type: 'thread.item.done', item: { type: 'widget', id: 'i', thread_id: 't', created_at: '2026-01-01T00:00:00Z' } }],
  [{ type: 'thread.item.updated', item_id: 'i', update: { type: 'workflow.task.removed', task_index: 0 } }],
  [{ type: 'stream_options', stream_options: {} }],
  [{ type: 'progress_update', text: 'x', icon: 'upload' }],
])('%j is no event', (event) => {
  expect(threadStreamEventSchema.safeParse(event).success).toBe(false);
});
