import * as z from 'zod';
import { iconNameSchema } from '../icon-name.js';
import { optional, strictWireObject } from '../lenient.js';
import { colorSchema, iconSizeSchema, lengthSchema, nodeFields, radiusSchema, sizeFields, spacingValueSchema } from './values.js';

export const badgeSchema = strictWireObject({
  type: z.literal('Badge'),
  ...nodeFields,
  label: z.string(),
  color: optional(z.enum(['secondary', 'success', 'danger', 'warning', 'info', 'discovery'])),
  variant: optional(z.enum(['solid', 'soft', 'outline'])),
  size: optional(z.enum(['sm', 'md', 'lg'])),
  pill: optional(z.boolean()),
});
export type Badge = z.output<typeof badgeSchema>;

export const iconSchema = strictWireObject({
  type: z.literal('Icon'),
  ...nodeFields,
  name: iconNameSchema,
  color: optional(colorSchema),
  size: optional(iconSizeSchema),
});
export type Icon = z.output<typeof iconSchema>;

export const imageSchema = strictWireObject({
  type: z.literal('Image'),
  ...nodeFields,
  ...sizeFields,
  src: z.string(),
  alt: optional(z.string()),
  frame: optional(z.boolean()),
  flush: optional(z.boolean()),
  fit: optional(z.enum(['cover', 'contain', 'fill', 'scale-down', 'none'])),
  position: optional(
    z.enum(['top left', 'top', 'top right', 'left', 'center', 'right', 'bottom left', 'bottom', 'bottom right']),
  ),
  radius: optional(radiusSchema),
  margin: optional(spacingValueSchema),
  /** Known to the Python SDK only. */
  background: optional(colorSchema),
  /** Known to the Python SDK only. */
  flex: optional(lengthSchema),
});
export type Image = z.output<typeof imageSchema>;

export const dividerSchema = strictWireObject({
  type: z.literal('Divider'),
  ...nodeFields,
  color: optional(colorSchema),
  size: optional(lengthSchema),
  spacing: optional(lengthSchema),
  flush: optional(z.boolean()),
});
export type Divider = z.output<typeof dividerSchema>;

export const spacerSchema = strictWireObject({ type: z.literal('Spacer'), ...nodeFields, minSize: optional(lengthSchema) });
export type Spacer = z.output<typeof spacerSchema>;
