import type * as wire from '../protocol/index.js';

type Node = { type: string };

/** What a builder takes: all of a component but its `type`. */
type Properties<T extends Node> = Omit<T, 'type'>;

/** Makes a component without children: `Text({ value: 'Hi' })`. The argument may be left out when nothing is required. */
export type LeafBuilder<T extends Node> = (...properties: {} extends Properties<T> ? [Properties<T>?] : [Properties<T>]) => T;

/** A child, or nothing: `isNew && Badge({ label: 'New' })` may stand in a list of children. */
type Maybe<C> = C | false | null | undefined;
type ChildOf<T> = T extends { children?: (infer C)[] | undefined } ? C : never;

/** Makes a component with children: `Row({ gap: 2 }, [Text({ value: 'Hi' })])`, or with `children` among the properties. */
export interface ContainerBuilder<T extends Node & { children?: unknown }> {
  (properties: Omit<T, 'type' | 'children'>, children: readonly Maybe<ChildOf<T>>[]): T;
  (properties: Properties<T>): T;
}

// Builders only put `type` in place and drop the children that are not there: the types are the check.
function leaf<T extends Node>(type: T['type']): LeafBuilder<T> {
  return ((properties?: object) => ({ type, ...properties })) as unknown as LeafBuilder<T>;
}

function isPresent<C>(child: Maybe<C>): child is C {
  return child !== false && child !== null && child !== undefined;
}

function container<T extends Node & { children?: unknown }>(type: T['type']): ContainerBuilder<T> {
  return (properties: object, children?: readonly unknown[]) =>
    ({ type, ...properties, ...(children ? { children: children.filter(isPresent) } : {}) }) as unknown as T;
}

// Roots
export type Card = wire.Card;
export const Card = container<Card>('Card');
export type ListView = wire.ListView;
export const ListView = container<ListView>('ListView');
export type Basic = wire.BasicRoot;
export const Basic = container<Basic>('Basic');

// Layout
export type ListViewItem = wire.ListViewItem;
export const ListViewItem = container<ListViewItem>('ListViewItem');
export type Box = wire.Box;
export const Box = container<Box>('Box');
export type Row = wire.Row;
export const Row = container<Row>('Row');
export type Col = wire.Col;
export const Col = container<Col>('Col');
export type Form = wire.Form;
export const Form = container<Form>('Form');
export type Table = wire.Table;
export const Table = container<Table>('Table');
export type TableRow = wire.TableRow;
export const TableRow = container<TableRow>('Table.Row');
export type TableCell = wire.TableCell;
export const TableCell = container<TableCell>('Table.Cell');
/** Has a single child. */
export type Transition = wire.Transition;
export const Transition = leaf<Transition>('Transition');
export type Divider = wire.Divider;
export const Divider = leaf<Divider>('Divider');
export type Spacer = wire.Spacer;
export const Spacer = leaf<Spacer>('Spacer');

// Text
export type Text = wire.TextComponent;
export const Text = leaf<Text>('Text');
export type Title = wire.Title;
export const Title = leaf<Title>('Title');
export type Caption = wire.Caption;
export const Caption = leaf<Caption>('Caption');
export type Markdown = wire.Markdown;
export const Markdown = leaf<Markdown>('Markdown');
export type Label = wire.Label;
export const Label = leaf<Label>('Label');

// Content
export type Badge = wire.Badge;
export const Badge = leaf<Badge>('Badge');
export type Icon = wire.Icon;
export const Icon = leaf<Icon>('Icon');
export type Image = wire.Image;
export const Image = leaf<Image>('Image');
export type Chart = wire.Chart;
export const Chart = leaf<Chart>('Chart');

// Controls
export type Button = wire.Button;
export const Button = leaf<Button>('Button');
export type Select = wire.Select;
export const Select = leaf<Select>('Select');
export type DatePicker = wire.DatePicker;
export const DatePicker = leaf<DatePicker>('DatePicker');
export type Checkbox = wire.Checkbox;
export const Checkbox = leaf<Checkbox>('Checkbox');
export type Input = wire.Input;
export const Input = leaf<Input>('Input');
export type Textarea = wire.Textarea;
export const Textarea = leaf<Textarea>('Textarea');
export type RadioGroup = wire.RadioGroup;
export const RadioGroup = leaf<RadioGroup>('RadioGroup');
