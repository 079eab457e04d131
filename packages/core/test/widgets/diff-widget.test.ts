import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stripNulls } from '../../src/protocol/index.js';
import type { WidgetRoot } from '../../src/protocol/index.js';
import { diffWidget } from '../../src/widgets/index.js';
import { applyWidgetUpdate } from './apply-widget-update.js';

/** Opaque nodes have no type of their own to check. */
function widget(json: unknown): WidgetRoot {
  return json as WidgetRoot;
}

function card(...children: unknown[]): WidgetRoot {
  return widget({ type: 'Card', children });
}

const rootUpdate = (after: WidgetRoot): unknown[] => [{ type: 'widget.root.updated', widget: after }];
const delta = (id: string, text: string, done: boolean): unknown => ({
  type: 'widget.streaming_text.value_delta',
  component_id: id,
  delta: text,
  done,
});

const t = (value: string, more: object = {}): object => ({ type: 'Text', id: 't', value, ...more });

test.each<[string, WidgetRoot, WidgetRoot]>([
  ['empty cards', card(), card()],
  ['equal trees', card(t('a'), { type: 'Box', children: [t('b')] }), card(t('a'), { type: 'Box', children: [t('b')] })],
  ['the same in another key order', card({ type: 'Text', value: 'a', id: 't' }), card({ id: 't', value: 'a', type: 'Text' })],
  ['absent and null', card(t('a', { color: null })), card(t('a'))],
  ['absent and undefined', widget({ type: 'Card', size: undefined, children: [] }), card()],
])('%s need no update', (_, before, after) => {
  expect(diffWidget(before, after)).toEqual([]);
});

describe('text that grows', () => {
  test.each([['Text'], ['Markdown']])('%s with an id costs one delta', (type) => {
    const node = (value: string): object => ({ type, id: 't', value, streaming: true });
    expect(diffWidget(card(node('Hello')), card(node('Hello, world!')))).toEqual([delta('t', ', world!', false)]);
  });

  test('is done with every delta when it does not say that it streams', () => {
    expect(diffWidget(card(t('a')), card(t('ab')))).toEqual([delta('t', 'b', true)]);
    expect(diffWidget(card(t('a', { streaming: false })), card(t('ab', { streaming: false })))).toEqual([delta('t', 'b', true)]);
  });

  test('in several components costs a delta for each, in order', () => {
    const two = (a: string, b: string): WidgetRoot =>
      card({ type: 'Col', children: [{ type: 'Markdown', id: 'm', value: a }] }, { type: 'Text', id: 'x', value: b });
    expect(diffWidget(two('1', '2'), two('1a', '2b'))).toEqual([delta('m', 'a', true), delta('x', 'b', true)]);
  });

  test('under a single child costs a delta too', () => {
    const inTransition = (value: string): WidgetRoot => card({ type: 'Transition', children: t(value) });
    expect(diffWidget(inTransition('He'), inTransition('Hello'))).toEqual([delta('t', 'llo', true)]);
  });

  test('in a component unknown to this software, deep inside unknown ones, costs a delta too', () => {
    const deep = (value: string): WidgetRoot => card({ type: 'Panel', tint: 3, children: [{ type: 'Slot', children: t(value) }] });
    expect(diffWidget(deep('He'), deep('Hello'))).toEqual([delta('t', 'llo', true)]);
  });
});

describe('anything else sends the whole widget', () => {
  const twins = (a: string, b: string): WidgetRoot => card(t(a), t(b));
  test.each<[string, WidgetRoot, WidgetRoot]>([
    ['text that grows and stops streaming at once', card(t('Hello', { streaming: true })), card(t('Hello, world!', { streaming: false }))],
    ['text without id that grows', card({ type: 'Text', value: 'He' }), card({ type: 'Text', value: 'Hello' })],
    ['text without id under a single child', card({ type: 'Transition', children: { type: 'Text', value: 'He' } }), card({ type: 'Transition', children: { type: 'Text', value: 'Hello' } })],
    ['text without id that changes', card({ type: 'Text', value: 'Hello' }), card({ type: 'Text', value: 'world!' })],
    ['text that changes', card(t('Hello')), card(t('World'))],
    ['text that shrinks', card(t('abc')), card(t('ab'))],
    ['a title that grows', card({ type: 'Title', id: 't', value: 'He' }), card({ type: 'Title', id: 't', value: 'Hello' })],
    ['a text value that is no string', card({ type: 'Text', id: 't', value: 1 }), card({ type: 'Text', id: 't', value: 12 })],
    ['an empty id', card(t('a', { id: '' })), card(t('ab', { id: '' }))],
    ['two components of one id, the first changing', twins('a', 'a'), twins('ab', 'a')],
    ['two components of one id, the second changing', twins('a', 'a'), twins('a', 'ab')],
    ['a delta beside another change', card(t('a'), { type: 'Badge', label: 'x' }), card(t('ab'), { type: 'Badge', label: 'y' })],
    ['a child added', card(t('a')), card(t('a'), { type: 'Divider' })],
    ['a child removed', card(t('a'), { type: 'Divider' }), card(t('a'))],
    ['children reordered', card({ type: 'Divider' }, { type: 'Spacer' }), card({ type: 'Spacer' }, { type: 'Divider' })],
    ['one child in place of a list', card({ type: 'Transition', children: t('a') }), card({ type: 'Transition', children: [t('a')] })],
    ['another root', card(), widget({ type: 'ListView', children: [] })],
    ['another root key', widget({ type: 'Card', key: 'a', children: [] }), widget({ type: 'Card', key: 'b', children: [] })],
    ['another id', card(t('a')), card(t('a', { id: 'u' }))],
    ['a property gained by an unknown component', card({ type: 'Foo' }), card({ type: 'Foo', bar: 1 })],
    ['a property lost by an unknown component', card({ type: 'Foo', bar: { x: [1] } }), card({ type: 'Foo' })],
    ['a change inside a property', card({ type: 'Foo', bar: { x: [1, 2] } }), card({ type: 'Foo', bar: { x: [2, 1] } })],
    ['text cut inside a character', card(t('\ud83d')), card(t('\ud83d\ude00'))],
  ])('%s', (_, before, after) => {
    expect(diffWidget(before, after)).toEqual(rootUpdate(after));
  });

  test('without its nulls', () => {
    expect(diffWidget(card(), card({ type: 'Foo', bar: [null, 1] }))).toEqual(rootUpdate(card({ type: 'Foo', bar: [1] })));
  });
});

test('neither state is changed', () => {
  const before = card(t('a'), { type: 'Foo', x: null });
  const after = card(t('ab'), { type: 'Foo', x: null });
  const copies = structuredClone([before, after]);
  diffWidget(before, after);
  expect([before, after]).toEqual(copies);
});

describe('for any two states', () => {
  const text = fc.string({ maxLength: 4, unit: fc.constantFrom('a', 'b', '\ud83d', '\ude00') });
  const { node } = fc.letrec<{ node: Record<string, unknown>; list: unknown }>((tie) => ({
    node: fc.record(
      {
        type: fc.constantFrom('Text', 'Text', 'Markdown', 'Title', 'Box'),
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e', '', undefined),
        value: fc.oneof({ weight: 8, arbitrary: text }, { weight: 1, arbitrary: fc.constantFrom(null, 3) }),
        streaming: fc.boolean(),
        odd: fc.constantFrom(1, null, [null]),
        children: fc.oneof({ depthSize: 'small', withCrossShrink: true }, fc.constant(null), tie('list'), tie('node')),
      },
      { requiredKeys: ['type', 'id', 'value'] },
    ),
    list: fc.array(tie('node'), { maxLength: 3 }),
  }));
  const root = fc.record({ type: fc.constantFrom('Card', 'Basic'), children: fc.array(node, { maxLength: 4 }) });

  /** The same tree with some texts grown: the case that deltas are for. */
  function grown(json: unknown, suffixes: string[]): unknown {
    if (Array.isArray(json)) return json.map((element: unknown) => grown(element, suffixes));
    if (typeof json !== 'object' || json === null) return json;
    const entries = Object.entries(json).map(([key, value]): [string, unknown] => {
      if (key === 'children') return [key, grown(value, suffixes)];
      return [key, key === 'value' && typeof value === 'string' ? value + (suffixes.pop() ?? '') : value];
    });
    return Object.fromEntries(entries);
  }

  function assertApplies(before: WidgetRoot, after: WidgetRoot): void {
    const shown = diffWidget(before, after).reduce(applyWidgetUpdate, stripNulls(before) as WidgetRoot);
    expect(shown).toEqual(stripNulls(after));
  }

  test('applying the updates to one gives the other', () => {
    fc.assert(fc.property(root, root, (before, after) => assertApplies(widget(before), widget(after))));
  });

  test('applying the updates gives the other when only texts grew', () => {
    fc.assert(
      fc.property(root, fc.array(text, { maxLength: 6 }), (before, suffixes) => {
        assertApplies(widget(before), widget(grown(before, [...suffixes])));
      }),
      { numRuns: 500 },
    );
  });

  test('equal states give no update', () => {
    fc.assert(fc.property(root, (state) => diffWidget(widget(state), widget(structuredClone(state))).length === 0));
  });
});
