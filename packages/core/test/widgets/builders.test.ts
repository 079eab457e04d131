import { describe, expect, expectTypeOf, test } from 'vitest';
import { strictWidgetComponentSchema, strictWidgetRootSchema } from '../../src/protocol/index.js';
import type { Card as CardWidget, WidgetComponent, WidgetRoot } from '../../src/protocol/index.js';
import * as widgets from '../../src/widgets/index.js';
import { exampleComponents, exampleListViewItem, exampleRoots } from '../protocol/widget/example-widgets.js';

const { Badge, Basic, Box, Button, Card, Divider, Form, Input, ListView, ListViewItem, Row, Table, TableCell, TableRow, Text, Transition } = widgets;

type AnyBuilder = (properties: object) => unknown;
const builders = widgets as unknown as Record<string, AnyBuilder>;

/** The builder of a type: `Table.Row` is made by `TableRow`. */
function builderOf(type: string): AnyBuilder | undefined {
  return builders[type.replace('.', '')];
}

test.each([...Object.values(exampleComponents), ...Object.values(exampleRoots), exampleListViewItem])(
  'there is a builder of $type that only puts the type in place',
  (node) => {
    const { type, ...properties } = node;
    expect(builderOf(type)?.(properties)).toStrictEqual(node);
  },
);

test('a tree reads like the widget it makes', () => {
  const widget = Card({ size: 'sm' }, [
    Row({ gap: 2 }, [Text({ value: 'Bolts', weight: 'semibold' }), Badge({ label: '3 left', color: 'warning' })]),
    Divider(),
    Transition({ children: Text({ value: 'x' }) }),
    Form({ onSubmitAction: { type: 'restock' } }, [Input({ name: 'amount', inputType: 'number' }), Button({ submit: true, label: 'Go' })]),
    Table({}, [TableRow({ header: true }, [TableCell({}, [Text({ value: 'SKU' })])])]),
  ]);
  expectTypeOf(widget).toEqualTypeOf<CardWidget>();
  expectTypeOf(widget).toExtend<WidgetRoot>();
  expect(strictWidgetRootSchema.parse(widget)).toStrictEqual(widget);
  expect(widget).toStrictEqual({
    type: 'Card',
    size: 'sm',
    children: [
      {
        type: 'Row',
        gap: 2,
        children: [
          { type: 'Text', value: 'Bolts', weight: 'semibold' },
          { type: 'Badge', label: '3 left', color: 'warning' },
        ],
      },
      { type: 'Divider' },
      { type: 'Transition', children: { type: 'Text', value: 'x' } },
      {
        type: 'Form',
        onSubmitAction: { type: 'restock' },
        children: [
          { type: 'Input', name: 'amount', inputType: 'number' },
          { type: 'Button', submit: true, label: 'Go' },
        ],
      },
      { type: 'Table', children: [{ type: 'Table.Row', header: true, children: [{ type: 'Table.Cell', children: [{ type: 'Text', value: 'SKU' }] }] }] },
    ],
  });
});

test('children may be among the properties', () => {
  expect(ListView({ limit: 'auto', children: [ListViewItem({ children: [] })] })).toStrictEqual({
    type: 'ListView',
    limit: 'auto',
    children: [{ type: 'ListViewItem', children: [] }],
  });
  expect(strictWidgetComponentSchema.parse(Box({}))).toStrictEqual({ type: 'Box' });
});

test('children that are not there are left out', () => {
  const count: number = 0;
  expect(Card({}, [count > 0 && Badge({ label: 'x' }), null, undefined, Text({ value: 'y' })]).children).toStrictEqual([{ type: 'Text', value: 'y' }]);
});

describe('the types', () => {
  test('say what each builder needs', () => {
    // @ts-expect-error a text has a value
    const noValue = Text({});
    // @ts-expect-error a text has a value
    const noArgument: () => unknown = () => Text();
    // @ts-expect-error no such property
    const unknown = Text({ value: 'x', colour: 'red' });
    // @ts-expect-error no such variant
    const wrong = Button({ variant: 'loud' });
    // @ts-expect-error rows of a list are ListViewItem
    const list = ListView({}, [Text({ value: 'x' })]);
    // @ts-expect-error a card always has children
    const card = Card({});
    // @ts-expect-error the type is not the caller's to give
    const typed = Text({ type: 'Title', value: 'x' });
    expectTypeOf([noValue, unknown, wrong, typed]).toExtend<WidgetComponent[]>();
    expectTypeOf([list, card]).toExtend<WidgetRoot[]>();
    expectTypeOf(noArgument).toBeFunction();
  });

  test('carry the names of what is built', () => {
    expectTypeOf(Text({ value: 'x' })).toEqualTypeOf<widgets.Text>();
    expectTypeOf(Basic({}, [Text({ value: 'x' }), Card({}, [])])).toExtend<WidgetRoot>();
  });
});
