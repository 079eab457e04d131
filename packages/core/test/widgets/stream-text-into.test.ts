import { expect, expectTypeOf, test } from 'vitest';
import type { Card as CardWidget, Markdown as MarkdownComponent } from '../../src/protocol/index.js';
import { Card, Markdown, Text, streamTextInto, streamWidget } from '../../src/widgets/index.js';
import { collect } from './collect.js';

async function* deltas(...parts: string[]): AsyncGenerator<string> {
  yield* parts;
}

test('text builds up: the component, one state for each piece, and a last one that no longer streams', async () => {
  const text = Text({ id: 't', value: '', size: 'sm' });
  const state = (value: string, streaming: boolean): unknown => ({ ...text, value, streaming });
  expect(await collect(streamTextInto(text, deltas('He', 'llo')))).toEqual([
    state('', true),
    state('He', true),
    state('Hello', true),
    state('Hello', false),
  ]);
});

test('a placeholder stays until the first piece is there', async () => {
  const states = await collect(streamTextInto(Markdown({ value: '...' }), ['Hi']));
  expect(states.map((state) => state.value)).toEqual(['...', 'Hi', 'Hi']);
});

test('no text at all ends in an empty component', async () => {
  const states = await collect(streamTextInto(Markdown({ value: '...' }), []));
  expect(states.at(-1)).toEqual({ type: 'Markdown', value: '', streaming: false });
});

test('wrapped into a widget, each piece costs its delta on the wire', async () => {
  const widget = streamTextInto(Markdown({ id: 'm', value: '' }), deltas('He', 'llo'), (markdown) => Card({}, [markdown]));
  expectTypeOf(widget).toEqualTypeOf<AsyncGenerator<CardWidget, void, undefined>>();
  expectTypeOf(streamTextInto(Markdown({ value: '' }), [])).toEqualTypeOf<AsyncGenerator<MarkdownComponent, void, undefined>>();
  const events = await collect(streamWidget({ widget, threadId: 't', newId: () => 'i', now: () => '2026-01-02T03:04:05.678Z' }));
  expect(events.map((event) => ('update' in event ? event.update : event.type))).toEqual([
    'thread.item.added',
    { type: 'widget.streaming_text.value_delta', component_id: 'm', delta: 'He', done: false },
    { type: 'widget.streaming_text.value_delta', component_id: 'm', delta: 'llo', done: false },
    { type: 'widget.root.updated', widget: Card({}, [Markdown({ id: 'm', value: 'Hello', streaming: false })]) },
    'thread.item.done',
  ]);
});

test('who leaves early stops the text', async () => {
  let stopped = false;
  async function* text(): AsyncGenerator<string> {
    try {
      for (;;) yield 'x';
    } finally {
      stopped = true;
    }
  }
  for await (const state of streamTextInto(Text({ value: '' }), text(), (component) => Card({}, [component]))) {
    if (state.children.length > 0 && JSON.stringify(state).includes('xx')) break;
  }
  expect(stopped).toBe(true);
});
