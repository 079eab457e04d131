import { expect, test } from 'vitest';
import { strictWidgetComponentSchema, strictWidgetRootSchema, widgetComponentSchema, widgetRootSchema } from '../../../src/protocol/index.js';
import { exampleComponents, exampleRoots } from './example-widgets.js';

test.each(Object.values(exampleComponents))('a $type with every field passes, strictly and as opaque JSON', (component) => {
  expect(strictWidgetComponentSchema.parse(component)).toStrictEqual(component);
  expect(widgetComponentSchema.parse(component)).toBe(component);
});

test.each(Object.values(exampleRoots))('a $type with every field passes, strictly and as opaque JSON', (root) => {
  expect(strictWidgetRootSchema.parse(root)).toStrictEqual(root);
  expect(widgetRootSchema.parse(root)).toBe(root);
});

test('a status may have neither icon nor picture', () => {
  const card = { type: 'Card', status: { text: 'New' }, children: [] };
  expect(strictWidgetRootSchema.parse(card)).toStrictEqual(card);
});

test.each([
  ['an unknown component', { type: 'Card', children: [{ type: 'Txt', value: 'x' }] }],
  ['an unknown property', { type: 'Card', children: [], colour: 'red' }],
  ['a property of another component', { type: 'Card', children: [{ type: 'Title', value: 'x', streaming: true }] }],
  ['an unknown icon', { type: 'Card', children: [{ type: 'Icon', name: 'upload' }] }],
  ['a missing value', { type: 'Card', children: [{ type: 'Text' }] }],
  ['a card without children', { type: 'Card' }],
  ['a list with other rows', { type: 'ListView', children: [{ type: 'Text', value: 'x' }] }],
  ['a transition with a list', { type: 'Card', children: [{ type: 'Transition', children: [] }] }],
  ['a border without size', { type: 'Card', border: { color: 'red' }, children: [] }],
  ['an action without type', { type: 'Card', children: [{ type: 'Button', onClickAction: { payload: {} } }] }],
  ['a component as root', { type: 'Text', value: 'x' }],
])('%s is refused strictly', (_, root) => {
  expect(strictWidgetRootSchema.safeParse(root).success).toBe(false);
});
