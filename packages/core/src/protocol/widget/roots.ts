import * as z from 'zod';
import { optional, strictWireObject } from '../lenient.js';
import type { PropertiesOf } from '../lenient.js';
import { listViewItemSchema, strictWidgetComponentSchema } from './containers.js';
import type { ListViewItem, WidgetComponent } from './containers.js';
import {
  alignmentSchema, borderValueSchema, cardActionSchema, colorSchema, directionSchema, justificationSchema, lengthSchema,
  nodeFields, spacingValueSchema, themeSchema, widgetStatusSchema,
} from './values.js';

const cardProperties = {
  type: z.literal('Card'),
  ...nodeFields,
  /** Makes the card a form; `confirm` then submits it. */
  asForm: optional(z.boolean()),
  background: optional(colorSchema),
  /** Known to the official client; the Python SDK has no such field. */
  border: optional(borderValueSchema),
  size: optional(z.enum(['sm', 'md', 'lg', 'full'])),
  padding: optional(spacingValueSchema),
  status: optional(widgetStatusSchema),
  collapsed: optional(z.boolean()),
  confirm: optional(cardActionSchema),
  cancel: optional(cardActionSchema),
  theme: optional(themeSchema),
};
export interface Card extends PropertiesOf<typeof cardProperties> {
  children: WidgetComponent[];
}
export const cardSchema = strictWireObject({ ...cardProperties, children: z.array(strictWidgetComponentSchema) });

const listViewProperties = {
  type: z.literal('ListView'),
  ...nodeFields,
  /** How many rows are shown before "show more". */
  limit: optional(z.union([z.int(), z.literal('auto')])),
  status: optional(widgetStatusSchema),
  theme: optional(themeSchema),
};
export interface ListView extends PropertiesOf<typeof listViewProperties> {
  children: ListViewItem[];
}
export const listViewSchema = strictWireObject({ ...listViewProperties, children: z.array(listViewItemSchema) });

const basicProperties = {
  type: z.literal('Basic'),
  ...nodeFields,
  theme: optional(themeSchema),
  direction: optional(directionSchema),
  gap: optional(lengthSchema),
  padding: optional(spacingValueSchema),
  align: optional(alignmentSchema),
  justify: optional(justificationSchema),
};
/** A bare root; made for entity previews, and allowed in threads since version 1.7 of the official client. */
export interface BasicRoot extends PropertiesOf<typeof basicProperties> {
  children: (WidgetComponent | WidgetRoot)[];
}

/** What a widget may start with. */
export type WidgetRoot = Card | ListView | BasicRoot;

/** Strict: see `strictWidgetComponentSchema`. */
export const strictWidgetRootSchema: z.ZodType<WidgetRoot> = z.lazy(() => rootUnionSchema);

export const basicSchema = strictWireObject({
  ...basicProperties,
  children: z.array(z.union([strictWidgetComponentSchema, strictWidgetRootSchema])),
});

const rootUnionSchema = z.discriminatedUnion('type', [cardSchema, listViewSchema, basicSchema]);
