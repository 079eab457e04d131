import { expectTypeOf, test } from 'vitest';
// By its file: the package's entry imports it without an extension, which Node's resolution turns into `any`.
import type * as Widgets from '../../../../../node_modules/@openai/chatkit/types/widgets.js';
import type { BasicRoot, Card, Chart, IconName, Image, ListView, Select, WidgetComponent, WidgetRoot } from '../../../src/protocol/index.js';

/**
 * Our types as the official ones say it: `x?: T` instead of `x?: T | undefined`, only the icons it lists, no charts and no
 * action fields beyond type and payload.
 */
type AsOfficial<T> = T extends Chart
  ? never
  : T extends IconName
    ? Extract<T, Widgets.WidgetIcon>
    : T extends (infer E)[]
      ? AsOfficial<E>[]
      : T extends object
        ? { [K in keyof T]: AsOfficial<Exclude<T[K], undefined>> }
        : T;

type OfficialRoot = Widgets.Card | Widgets.ListView | Widgets.BasicRoot;

test('whatever the official client takes can be written with our types', () => {
  expectTypeOf<Widgets.Card>().toExtend<Card>();
  expectTypeOf<Widgets.ListView>().toExtend<ListView>();
  expectTypeOf<Widgets.BasicRoot>().toExtend<BasicRoot>();
  expectTypeOf<Widgets.WidgetComponent>().toExtend<WidgetComponent>();
  expectTypeOf<OfficialRoot>().toExtend<WidgetRoot>();
});

test('what is written with our types is taken by the official client', () => {
  expectTypeOf<AsOfficial<Card>>().toExtend<Widgets.Card>();
  expectTypeOf<AsOfficial<ListView>>().toExtend<Widgets.ListView>();
  expectTypeOf<AsOfficial<BasicRoot>>().toExtend<Widgets.BasicRoot>();
  expectTypeOf<AsOfficial<WidgetComponent>>().toExtend<Widgets.WidgetComponent>();
});

test('what our types allow beyond the official ones is a chart, and fields that only the Python SDK knows', () => {
  expectTypeOf<Exclude<WidgetComponent['type'], Widgets.WidgetComponent['type']>>().toEqualTypeOf<'Chart'>();
  expectTypeOf<keyof Select>().toEqualTypeOf<keyof Widgets.Select | 'searchable'>();
  expectTypeOf<keyof Image>().toEqualTypeOf<keyof Widgets.Image | 'background' | 'flex'>();
  expectTypeOf<Exclude<IconName, Widgets.WidgetIcon>>().toEqualTypeOf<'clock' | `lucide:${string}` | `vendor:${string}`>();
});

test('every component has the keys that the official client knows', () => {
  type Keys<T> = T extends { type: infer Type extends string } ? [Type, keyof T] : never;
  type Unchanged = Exclude<Widgets.WidgetComponent['type'], 'Select' | 'Image'>;
  expectTypeOf<Keys<Extract<WidgetComponent, { type: Unchanged }>>>().toEqualTypeOf<Keys<Extract<Widgets.WidgetComponent, { type: Unchanged }>>>();
  expectTypeOf<Keys<WidgetRoot>>().toEqualTypeOf<Keys<OfficialRoot>>();
});

test('a root of an unknown type, or a misspelt property, is a type error', () => {
  // @ts-expect-error no such root
  const misspelt: WidgetRoot = { type: 'Crad', children: [] };
  // @ts-expect-error no such property
  const unknownProperty: WidgetRoot = { type: 'Card', children: [], colour: 'red' };
  // @ts-expect-error no such component
  const unknownComponent: WidgetRoot = { type: 'Card', children: [{ type: 'Txt', value: 'x' }] };
  expectTypeOf([misspelt, unknownProperty, unknownComponent]).toEqualTypeOf<WidgetRoot[]>();
});
