import { describe, expect, test } from 'vitest';
import { widgetComponentSchema, widgetRootSchema } from '../../../src/protocol/index.js';

test('what nobody knows is kept', () => {
  const widget = { type: 'Card', future: { deep: [1, 'a', false] }, children: [{ type: 'Hologram', volts: 1.5, on: { on: true } }] };
  expect(widgetRootSchema.parse(widget)).toBe(widget);
});

test('nulls go, everywhere', () => {
  expect(
    widgetRootSchema.parse({ type: 'Basic', children: [null, { type: 'Foo', bar: [1, null], children: null }], theme: null }),
  ).toStrictEqual({ type: 'Basic', children: [{ type: 'Foo', bar: [1] }] });
});

test.each(['Card', 'ListView', 'Basic'])('a bare %s is a widget', (type) => {
  expect(widgetRootSchema.parse({ type })).toStrictEqual({ type });
});

describe('what is refused, and where', () => {
  test.each<[unknown, PropertyKey[]]>([
    [null, []],
    [[], []],
    ['Card', []],
    [{}, ['type']],
    [{ type: 'Text', value: 'x' }, ['type']],
    [{ type: 'card' }, ['type']],
    [{ type: 'Card', children: 'x' }, ['children']],
    [{ type: 'Card', children: ['x'] }, ['children', 0]],
    [{ type: 'Card', children: [{ type: 'Box', children: [[]] }] }, ['children', 0, 'children', 0]],
    [{ type: 'Card', children: [{ type: 'A' }, { value: 'x' }] }, ['children', 1, 'type']],
    [{ type: 'Card', children: [{ type: 'Transition', children: { type: 5 } }] }, ['children', 0, 'children', 'type']],
  ])('%j at %j', (widget, path) => {
    expect(widgetRootSchema.safeParse(widget).error?.issues.map((issue) => issue.path)).toStrictEqual([path]);
  });

  test('a component needs a type, any type', () => {
    expect(widgetComponentSchema.safeParse({ value: 'x' }).success).toBe(false);
    expect(widgetComponentSchema.parse({ type: 'Anything' })).toStrictEqual({ type: 'Anything' });
  });
});
