import * as z from 'zod';
import { actionConfigSchema } from '../action.js';
import { iconNameSchema } from '../icon-name.js';
import { optional, strictWireObject, wireObject } from '../lenient.js';

/** A colour for each theme. */
export const themeColorSchema = wireObject({ dark: z.string(), light: z.string() });
export type ThemeColor = z.output<typeof themeColorSchema>;

/** A token (`secondary`, `red-100`), any CSS colour, or one colour for each theme. */
export const colorSchema = z.union([z.string(), themeColorSchema]);

/** A number of spacing units or pixels, or a CSS length. */
export const lengthSchema = z.union([z.number(), z.string()]);

export const spacingSchema = strictWireObject({
  top: optional(lengthSchema),
  right: optional(lengthSchema),
  bottom: optional(lengthSchema),
  left: optional(lengthSchema),
  x: optional(lengthSchema),
  y: optional(lengthSchema),
});
export type Spacing = z.output<typeof spacingSchema>;
export const spacingValueSchema = z.union([z.number(), z.string(), spacingSchema]);

export const borderSchema = strictWireObject({
  size: z.number(),
  color: optional(colorSchema),
  style: optional(z.enum(['solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset'])),
});
export type Border = z.output<typeof borderSchema>;

const borderSideSchema = z.union([z.number(), borderSchema]);
export const bordersSchema = strictWireObject({
  top: optional(borderSideSchema),
  right: optional(borderSideSchema),
  bottom: optional(borderSideSchema),
  left: optional(borderSideSchema),
  x: optional(borderSideSchema),
  y: optional(borderSideSchema),
});
export type Borders = z.output<typeof bordersSchema>;
/** A border object always has a size; `Borders` never has one. */
export const borderValueSchema = z.union([z.number(), borderSchema, bordersSchema]);

export const radiusSchema = z.enum(['2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', 'full', '100%', 'none']);
export type RadiusValue = z.output<typeof radiusSchema>;
export const alignmentSchema = z.enum(['start', 'center', 'end', 'baseline', 'stretch']);
export type Alignment = z.output<typeof alignmentSchema>;
export const justificationSchema = z.enum(['start', 'center', 'end', 'between', 'around', 'evenly', 'stretch']);
export type Justification = z.output<typeof justificationSchema>;
export const textAlignSchema = z.enum(['start', 'center', 'end']);
export type TextAlign = z.output<typeof textAlignSchema>;
export const textSizeSchema = z.enum(['xs', 'sm', 'md', 'lg', 'xl']);
export type TextSize = z.output<typeof textSizeSchema>;
export const titleSizeSchema = z.enum(['sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', '5xl']);
export type TitleSize = z.output<typeof titleSizeSchema>;
export const captionSizeSchema = z.enum(['sm', 'md', 'lg']);
export type CaptionSize = z.output<typeof captionSizeSchema>;
export const iconSizeSchema = z.enum(['xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl']);
export type IconSize = z.output<typeof iconSizeSchema>;
export const weightSchema = z.enum(['normal', 'medium', 'semibold', 'bold']);
export type Weight = z.output<typeof weightSchema>;
export const controlVariantSchema = z.enum(['solid', 'soft', 'outline', 'ghost']);
export type ControlVariant = z.output<typeof controlVariantSchema>;
export const controlSizeSchema = z.enum(['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl']);
export type ControlSize = z.output<typeof controlSizeSchema>;
export const gutterSizeSchema = z.enum(['2xs', 'xs', 'sm', 'md', 'lg', 'xl']);
export type GutterSize = z.output<typeof gutterSizeSchema>;
export const directionSchema = z.enum(['row', 'col']);
export const themeSchema = z.enum(['light', 'dark']);

/** The line above a card or list. The first form has a picture, the second an icon. */
export const widgetStatusSchema = z.union([
  wireObject({ text: z.string(), icon: iconNameSchema }),
  wireObject({ text: z.string(), favicon: optional(z.string()), frame: optional(z.boolean()) }),
]);
export type WidgetStatus =
  | { text: string; favicon?: string | undefined; frame?: boolean | undefined }
  | { text: string; icon?: z.output<typeof iconNameSchema> | undefined };

/** A button of a card's footer. */
export const cardActionSchema = wireObject({ label: z.string(), action: actionConfigSchema });
export type CardAction = z.output<typeof cardActionSchema>;

/** What every node has. `key` tells siblings apart; `id` is what updates refer to. */
export const nodeFields = { key: optional(z.string()), id: optional(z.string()) };

export const sizeFields = {
  height: optional(lengthSchema),
  width: optional(lengthSchema),
  /** Both height and width. */
  size: optional(lengthSchema),
  minHeight: optional(lengthSchema),
  minWidth: optional(lengthSchema),
  minSize: optional(lengthSchema),
  maxHeight: optional(lengthSchema),
  maxWidth: optional(lengthSchema),
  maxSize: optional(lengthSchema),
  aspectRatio: optional(lengthSchema),
};

export const boxFields = {
  ...sizeFields,
  align: optional(alignmentSchema),
  justify: optional(justificationSchema),
  wrap: optional(z.enum(['nowrap', 'wrap', 'wrap-reverse'])),
  flex: optional(lengthSchema),
  gap: optional(lengthSchema),
  padding: optional(spacingValueSchema),
  margin: optional(spacingValueSchema),
  border: optional(borderValueSchema),
  radius: optional(radiusSchema),
  background: optional(colorSchema),
};
