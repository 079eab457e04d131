import * as z from 'zod';
import { actionConfigSchema } from '../action.js';
import { optional, strictWireObject } from '../lenient.js';
import type { PropertiesOf } from '../lenient.js';
import { badgeSchema, dividerSchema, iconSchema, imageSchema, spacerSchema } from './content.js';
import type { Badge, Divider, Icon, Image, Spacer } from './content.js';
import { chartSchema } from './chart.js';
import type { Chart } from './chart.js';
import { buttonSchema, checkboxSchema, datePickerSchema, inputSchema, radioGroupSchema, selectSchema, textareaSchema } from './controls.js';
import type { Button, Checkbox, DatePicker, Input, RadioGroup, Select, Textarea } from './controls.js';
import { captionSchema, labelSchema, markdownSchema, textSchema, titleSchema } from './text.js';
import type { Caption, Label, Markdown, TextComponent, Title } from './text.js';
import { alignmentSchema, boxFields, directionSchema, lengthSchema, nodeFields, spacingSchema } from './values.js';

const boxProperties = { type: z.literal('Box'), ...nodeFields, ...boxFields, direction: optional(directionSchema) };
export interface Box extends PropertiesOf<typeof boxProperties> {
  children?: WidgetComponent[] | undefined;
}

const rowProperties = { type: z.literal('Row'), ...nodeFields, ...boxFields };
export interface Row extends PropertiesOf<typeof rowProperties> {
  children?: WidgetComponent[] | undefined;
}

const colProperties = { type: z.literal('Col'), ...nodeFields, ...boxFields };
export interface Col extends PropertiesOf<typeof colProperties> {
  children?: WidgetComponent[] | undefined;
}

const formProperties = {
  type: z.literal('Form'),
  ...nodeFields,
  ...boxFields,
  direction: optional(directionSchema),
  onSubmitAction: optional(actionConfigSchema),
};
export interface Form extends PropertiesOf<typeof formProperties> {
  children?: WidgetComponent[] | undefined;
}

const transitionProperties = { type: z.literal('Transition'), ...nodeFields };
/** Animates the change from one child to the next. */
export interface Transition extends PropertiesOf<typeof transitionProperties> {
  children: WidgetComponent;
}

const tableCellProperties = {
  type: z.literal('Table.Cell'),
  ...nodeFields,
  width: optional(lengthSchema),
  padding: optional(spacingSchema),
  colSpan: optional(z.number()),
  rowSpan: optional(z.number()),
  align: optional(z.enum(['start', 'center', 'end'])),
  vAlign: optional(z.enum(['start', 'center', 'end'])),
  colSize: optional(z.enum(['xs', 'sm', 'md', 'lg', 'xl'])),
};
export interface TableCell extends PropertiesOf<typeof tableCellProperties> {
  children?: WidgetComponent[] | undefined;
}

const tableRowProperties = { type: z.literal('Table.Row'), ...nodeFields, header: optional(z.boolean()) };
export interface TableRow extends PropertiesOf<typeof tableRowProperties> {
  children?: TableCell[] | undefined;
}

const tableProperties = { type: z.literal('Table'), ...nodeFields };
/** Known to the official client; the Python SDK has no class for it. */
export interface Table extends PropertiesOf<typeof tableProperties> {
  children?: TableRow[] | undefined;
}

const listViewItemProperties = {
  type: z.literal('ListViewItem'),
  ...nodeFields,
  onClickAction: optional(actionConfigSchema),
  gap: optional(lengthSchema),
  align: optional(alignmentSchema),
};
/** One row of a list; only directly under a `ListView`. */
export interface ListViewItem extends PropertiesOf<typeof listViewItemProperties> {
  children: WidgetComponent[];
}

/** Anything that may stand inside a widget. */
export type WidgetComponent =
  | TextComponent | Title | Caption | Markdown | Label | Badge | Icon | Image | Divider | Spacer | Button | Select
  | DatePicker | Checkbox | Input | Textarea | RadioGroup | Chart | Box | Row | Col | Form | Transition | Table
  | TableRow | TableCell;

/**
 * Strict: a known `type`, that type's own properties, nothing else. For checking what an author wrote; widgets on the
 * wire are opaque (see `widgetRootSchema`). Annotated, because a schema that contains itself has no inferable type.
 */
export const strictWidgetComponentSchema: z.ZodType<WidgetComponent> = z.lazy(() => componentUnionSchema);

const children = optional(z.array(strictWidgetComponentSchema));

export const boxSchema = strictWireObject({ ...boxProperties, children });
export const rowSchema = strictWireObject({ ...rowProperties, children });
export const colSchema = strictWireObject({ ...colProperties, children });
export const formSchema = strictWireObject({ ...formProperties, children });
export const transitionSchema = strictWireObject({ ...transitionProperties, children: strictWidgetComponentSchema });
export const tableCellSchema = strictWireObject({ ...tableCellProperties, children });
export const tableRowSchema = strictWireObject({ ...tableRowProperties, children: optional(z.array(tableCellSchema)) });
export const tableSchema = strictWireObject({ ...tableProperties, children: optional(z.array(tableRowSchema)) });
export const listViewItemSchema = strictWireObject({ ...listViewItemProperties, children: z.array(strictWidgetComponentSchema) });

const componentUnionSchema = z.discriminatedUnion('type', [
  textSchema, titleSchema, captionSchema, markdownSchema, labelSchema, badgeSchema, iconSchema, imageSchema,
  dividerSchema, spacerSchema, buttonSchema, selectSchema, datePickerSchema, checkboxSchema, inputSchema,
  textareaSchema, radioGroupSchema, chartSchema, boxSchema, rowSchema, colSchema, formSchema, transitionSchema,
  tableSchema, tableRowSchema, tableCellSchema,
]);
