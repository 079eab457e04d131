import * as z from 'zod';
import { optional, strictWireObject, wireObject } from '../lenient.js';
import { captionSizeSchema, colorSchema, lengthSchema, nodeFields, textAlignSchema, textSizeSchema, titleSizeSchema, weightSchema } from './values.js';

const textFields = {
  value: z.string(),
  color: optional(colorSchema),
  weight: optional(weightSchema),
  textAlign: optional(textAlignSchema),
  truncate: optional(z.boolean()),
  maxLines: optional(z.int()),
};

/** Makes a text a field of the surrounding form. */
export const editableSchema = wireObject({
  name: z.string(),
  autoFocus: optional(z.boolean()),
  autoSelect: optional(z.boolean()),
  autoComplete: optional(z.string()),
  allowAutofillExtensions: optional(z.boolean()),
  pattern: optional(z.string()),
  placeholder: optional(z.string()),
  required: optional(z.boolean()),
});
export type Editable = z.output<typeof editableSchema>;

export const textSchema = strictWireObject({
  type: z.literal('Text'),
  ...nodeFields,
  ...textFields,
  /** True while the value still grows. */
  streaming: optional(z.boolean()),
  italic: optional(z.boolean()),
  lineThrough: optional(z.boolean()),
  width: optional(lengthSchema),
  size: optional(textSizeSchema),
  minLines: optional(z.int()),
  editable: optional(z.union([z.literal(false), editableSchema])),
});
export type TextComponent = z.output<typeof textSchema>;

export const titleSchema = strictWireObject({ type: z.literal('Title'), ...nodeFields, ...textFields, size: optional(titleSizeSchema) });
export type Title = z.output<typeof titleSchema>;

export const captionSchema = strictWireObject({ type: z.literal('Caption'), ...nodeFields, ...textFields, size: optional(captionSizeSchema) });
export type Caption = z.output<typeof captionSchema>;

export const markdownSchema = strictWireObject({
  type: z.literal('Markdown'),
  ...nodeFields,
  value: z.string(),
  /** True while the value still grows. */
  streaming: optional(z.boolean()),
});
export type Markdown = z.output<typeof markdownSchema>;

/** The label of a form field. */
export const labelSchema = strictWireObject({
  type: z.literal('Label'),
  ...nodeFields,
  value: z.string(),
  fieldName: z.string(),
  size: optional(textSizeSchema),
  weight: optional(weightSchema),
  textAlign: optional(textAlignSchema),
  color: optional(colorSchema),
});
export type Label = z.output<typeof labelSchema>;
