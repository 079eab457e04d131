import * as z from 'zod';
import { actionConfigSchema } from '../action.js';
import { optional } from '../lenient.js';
import { badgeSchema, dividerSchema, iconSchema, imageSchema, spacerSchema } from './content.js';
import type { Badge, Divider, Icon, Image, Spacer } from './content.js';
import { chartSchema } from './chart.js';
import type { Chart } from './chart.js';
import { buttonSchema, checkboxSchema, datePickerSchema, inputSchema, radioGroupSchema, selectSchema, textareaSchema } from './controls.js';
import type { Button, Checkbox, DatePicker, Input, RadioGroup, Select, Textarea } from './controls.js';
import { captionSchema, labelSchema, markdownSchema, textSchema, titleSchema } from './text.js';
import type { Caption, Label, Markdown, TextComponent, Title } from './text.js';
import { alignmentSchema, boxFields, directionSchema, lengthSchema, nodeFields, spacingSchema } from './values.js';

const boxPropertiesSchema = z.strictObject({ type: z.literal('Box'), ...nodeFields, ...boxFields, direction: optional(directionSchema) });
export interface Box extends z.output<typeof boxPropertiesSchema> {
  children?: WidgetComponent[] | undefined;
}

const rowPropertiesSchema = z.strictObject({ type: z.literal('Row'), ...nodeFields, ...boxFields });
export interface Row extends z.output<typeof rowPropertiesSchema> {
  children?: WidgetComponent[] | undefined;
}

const colPropertiesSchema = z.strictObject({ type: z.literal('Col'), ...nodeFields, ...boxFields });
export interface Col extends z.output<typeof colPropertiesSchema> {
  children?: WidgetComponent[] | undefined;
}

const formPropertiesSchema = z.strictObject({
  type: z.literal('Form'),
  ...nodeFields,
  ...boxFields,
  direction: optional(directionSchema),
  onSubmitAction: optional(actionConfigSchema),
});
export interface Form extends z.output<typeof formPropertiesSchema> {
  children?: WidgetComponent[] | undefined;
}

const transitionPropertiesSchema = z.strictObject({ type: z.literal('Transition'), ...nodeFields });
/** Animates the change from one child to the next. */
export interface Transition extends z.output<typeof transitionPropertiesSchema> {
  children: WidgetComponent;
}

const tableCellPropertiesSchema = z.strictObject({
  type: z.literal('Table.Cell'),
  ...nodeFields,
  width: optional(lengthSchema),
  padding: optional(spacingSchema),
  colSpan: optional(z.number()),
  rowSpan: optional(z.number()),
  align: optional(z.enum(['start', 'center', 'end'])),
  vAlign: optional(z.enum(['start', 'center', 'end'])),
  colSize: optional(z.enum(['xs', 'sm', 'md', 'lg', 'xl'])),
});
export interface TableCell extends z.output<typeof tableCellPropertiesSchema> {
  children?: WidgetComponent[] | undefined;
}

const tableRowPropertiesSchema = z.strictObject({ type: z.literal('Table.Row'), ...nodeFields, header: optional(z.boolean()) });
export interface TableRow extends z.output<typeof tableRowPropertiesSchema> {
  children?: TableCell[] | undefined;
}

const tablePropertiesSchema = z.strictObject({ type: z.literal('Table'), ...nodeFields });
/** Known to the official client; the Python SDK has no class for it. */
export interface Table extends z.output<typeof tablePropertiesSchema> {
  children?: TableRow[] | undefined;
}

const listViewItemPropertiesSchema = z.strictObject({
  type: z.literal('ListViewItem'),
  ...nodeFields,
  onClickAction: optional(actionConfigSchema),
  gap: optional(lengthSchema),
  align: optional(alignmentSchema),
});
/** One row of a list; only directly under a `ListView`. */
export interface ListViewItem extends z.output<typeof listViewItemPropertiesSchema> {
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

export const boxSchema = boxPropertiesSchema.extend({ children });
export const rowSchema = rowPropertiesSchema.extend({ children });
export const colSchema = colPropertiesSchema.extend({ children });
export const formSchema = formPropertiesSchema.extend({ children });
export const transitionSchema = transitionPropertiesSchema.extend({ children: strictWidgetComponentSchema });
export const tableCellSchema = tableCellPropertiesSchema.extend({ children });
export const tableRowSchema = tableRowPropertiesSchema.extend({ children: optional(z.array(tableCellSchema)) });
export const tableSchema = tablePropertiesSchema.extend({ children: optional(z.array(tableRowSchema)) });
export const listViewItemSchema = listViewItemPropertiesSchema.extend({ children: z.array(strictWidgetComponentSchema) });

const componentUnionSchema = z.discriminatedUnion('type', [
  textSchema, titleSchema, captionSchema, markdownSchema, labelSchema, badgeSchema, iconSchema, imageSchema,
  dividerSchema, spacerSchema, buttonSchema, selectSchema, datePickerSchema, checkboxSchema, inputSchema,
  textareaSchema, radioGroupSchema, chartSchema, boxSchema, rowSchema, colSchema, formSchema, transitionSchema,
  tableSchema, tableRowSchema, tableCellSchema,
]);
