import { expect, test } from 'vitest';
import type { WidgetRoot } from '../../src/protocol/index.js';
import { Card, Text, streamWidget } from '../../src/widgets/index.js';
import type { WidgetStreamEvent } from '../../src/widgets/index.js';
import { collect } from './collect.js';

const createdAt = '2026-01-02T03:04:05.678Z';
const item = { type: 'widget', id: 'msg_1', thread_id: 'thr_1', created_at: createdAt };

function stream(widget: WidgetRoot | AsyncIterable<WidgetRoot>, copyText?: string): AsyncGenerator<WidgetStreamEvent, void> {
  return streamWidget({ widget, copyText, threadId: 'thr_1', newId: () => 'msg_1', now: () => createdAt });
}

async function* statesOf(...states: WidgetRoot[]): AsyncGenerator<WidgetRoot> {
  yield* states;
}

function textCard(value: string): WidgetRoot {
  return Card({}, [Text({ id: 't', value, streaming: true })]);
}

test('a finished widget is one done event', async () => {
  const widget = textCard('Hi');
  expect(await collect(stream(widget))).toEqual([{ type: 'thread.item.done', item: { ...item, widget } }]);
});

test('text for the copy button is carried by every event with an item', async () => {
  const events = await collect(stream(statesOf(textCard('a'), textCard('ab')), 'copied'));
  expect(events.map((event) => ('item' in event && event.item.type === 'widget' ? event.item.copy_text : event.type))).toEqual([
    'copied',
    'thread.item.updated',
    'copied',
  ]);
});

test('growing text is added empty, then grows by exact deltas, then is done whole', async () => {
  const states = ['', 'Hel', 'Hello,', 'Hello, world'].map(textCard);
  const value = (delta: string): unknown => ({
    type: 'thread.item.updated',
    item_id: 'msg_1',
    update: { type: 'widget.streaming_text.value_delta', component_id: 't', delta, done: false },
  });
  expect(await collect(stream(statesOf(...states)))).toEqual([
    { type: 'thread.item.added', item: { ...item, widget: textCard('') } },
    value('Hel'),
    value('lo,'),
    value(' world'),
    { type: 'thread.item.done', item: { ...item, widget: textCard('Hello, world') } },
  ]);
});

test('text that is no continuation sends the whole widget', async () => {
  expect(await collect(stream(statesOf(textCard('Hello'), textCard('World'))))).toEqual([
    { type: 'thread.item.added', item: { ...item, widget: textCard('Hello') } },
    { type: 'thread.item.updated', item_id: 'msg_1', update: { type: 'widget.root.updated', widget: textCard('World') } },
    { type: 'thread.item.done', item: { ...item, widget: textCard('World') } },
  ]);
});

test('a state that changes nothing sends nothing', async () => {
  const events = await collect(stream(statesOf(textCard('a'), textCard('a'))));
  expect(events.map((event) => event.type)).toEqual(['thread.item.added', 'thread.item.done']);
});

test('a series without states gives no events', async () => {
  expect(await collect(stream(statesOf()))).toEqual([]);
});

test('an author may go on changing one and the same object', async () => {
  async function* mutating(): AsyncGenerator<WidgetRoot> {
    const text = Text({ id: 't', value: '' });
    const widget = Card({}, [text]);
    for (const part of ['a', 'b', 'c']) {
      text.value += part;
      yield widget;
    }
  }
  const events = await collect(stream(mutating()));
  expect(events.map((event) => ('update' in event && 'delta' in event.update ? event.update.delta : event.type))).toEqual([
    'thread.item.added',
    'b',
    'c',
    'thread.item.done',
  ]);
  expect(events[0]).toMatchObject({ item: { widget: { children: [{ value: 'a' }] } } });
});

test('any async iterable will do, and it is told when its reader leaves early', async () => {
  const calls: string[] = [];
  const endless: AsyncIterable<WidgetRoot> = {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        calls.push('next');
        return Promise.resolve({ done: false, value: textCard('x') });
      },
      return: () => {
        calls.push('return');
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  };
  for await (const event of stream(endless)) {
    expect(event.type).toBe('thread.item.added');
    break;
  }
  expect(calls).toEqual(['next', 'return']);
});

test('an error of the series reaches the reader', async () => {
  async function* failing(): AsyncGenerator<WidgetRoot> {
    yield textCard('a');
    throw new Error('no more');
  }
  await expect(collect(stream(failing()))).rejects.toThrow('no more');
});
