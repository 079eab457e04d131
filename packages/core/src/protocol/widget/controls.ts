import * as z from 'zod';
import { actionConfigSchema } from '../action.js';
import { iconNameSchema } from '../icon-name.js';
import { optional, strictWireObject, wireObject } from '../lenient.js';
import { controlSizeSchema, controlVariantSchema, directionSchema, gutterSizeSchema, nodeFields } from './values.js';

export const buttonSchema = strictWireObject({
  type: z.literal('Button'),
  ...nodeFields,
  /** Submits the surrounding form. */
  submit: optional(z.boolean()),
  label: optional(z.string()),
  onClickAction: optional(actionConfigSchema),
  iconStart: optional(iconNameSchema),
  iconEnd: optional(iconNameSchema),
  style: optional(z.enum(['primary', 'secondary'])),
  iconSize: optional(z.enum(['sm', 'md', 'lg', 'xl', '2xl'])),
  color: optional(z.enum(['primary', 'secondary', 'info', 'discovery', 'success', 'caution', 'warning', 'danger'])),
  variant: optional(controlVariantSchema),
  size: optional(controlSizeSchema),
  pill: optional(z.boolean()),
  uniform: optional(z.boolean()),
  block: optional(z.boolean()),
  disabled: optional(z.boolean()),
});
export type Button = z.output<typeof buttonSchema>;

export const selectSchema = strictWireObject({
  type: z.literal('Select'),
  ...nodeFields,
  name: z.string(),
  options: z.array(
    wireObject({
      value: z.string(),
      label: z.string(),
      /** Known to the Python SDK only. */
      disabled: optional(z.boolean()),
      /** Known to the Python SDK only. */
      description: optional(z.string()),
    }),
  ),
  onChangeAction: optional(actionConfigSchema),
  placeholder: optional(z.string()),
  defaultValue: optional(z.string()),
  variant: optional(controlVariantSchema),
  size: optional(controlSizeSchema),
  pill: optional(z.boolean()),
  block: optional(z.boolean()),
  clearable: optional(z.boolean()),
  disabled: optional(z.boolean()),
  /** Known to the Python SDK only. Default: on above 15 options. */
  searchable: optional(z.boolean()),
});
export type Select = z.output<typeof selectSchema>;

/** Dates are ISO 8601 date-times. */
export const datePickerSchema = strictWireObject({
  type: z.literal('DatePicker'),
  ...nodeFields,
  name: z.string(),
  onChangeAction: optional(actionConfigSchema),
  placeholder: optional(z.string()),
  defaultValue: optional(z.string()),
  min: optional(z.string()),
  max: optional(z.string()),
  variant: optional(controlVariantSchema),
  size: optional(controlSizeSchema),
  side: optional(z.enum(['top', 'bottom', 'left', 'right'])),
  align: optional(z.enum(['start', 'center', 'end'])),
  pill: optional(z.boolean()),
  block: optional(z.boolean()),
  clearable: optional(z.boolean()),
  disabled: optional(z.boolean()),
});
export type DatePicker = z.output<typeof datePickerSchema>;

export const checkboxSchema = strictWireObject({
  type: z.literal('Checkbox'),
  ...nodeFields,
  name: z.string(),
  label: optional(z.string()),
  defaultChecked: optional(z.boolean()),
  onChangeAction: optional(actionConfigSchema),
  disabled: optional(z.boolean()),
  required: optional(z.boolean()),
});
export type Checkbox = z.output<typeof checkboxSchema>;

const textFieldFields = {
  ...nodeFields,
  name: z.string(),
  defaultValue: optional(z.string()),
  required: optional(z.boolean()),
  pattern: optional(z.string()),
  placeholder: optional(z.string()),
  allowAutofillExtensions: optional(z.boolean()),
  autoSelect: optional(z.boolean()),
  autoFocus: optional(z.boolean()),
  disabled: optional(z.boolean()),
  variant: optional(z.enum(['soft', 'outline'])),
  size: optional(controlSizeSchema),
  gutterSize: optional(gutterSizeSchema),
};

export const inputSchema = strictWireObject({
  type: z.literal('Input'),
  ...textFieldFields,
  inputType: optional(z.enum(['number', 'email', 'text', 'password', 'tel', 'url'])),
  pill: optional(z.boolean()),
});
export type Input = z.output<typeof inputSchema>;

export const textareaSchema = strictWireObject({
  type: z.literal('Textarea'),
  ...textFieldFields,
  rows: optional(z.int()),
  maxRows: optional(z.int()),
  autoResize: optional(z.boolean()),
});
export type Textarea = z.output<typeof textareaSchema>;

export const radioGroupSchema = strictWireObject({
  type: z.literal('RadioGroup'),
  ...nodeFields,
  name: z.string(),
  options: optional(z.array(wireObject({ label: z.string(), value: z.string(), disabled: optional(z.boolean()) }))),
  ariaLabel: optional(z.string()),
  onChangeAction: optional(actionConfigSchema),
  defaultValue: optional(z.string()),
  direction: optional(directionSchema),
  disabled: optional(z.boolean()),
  required: optional(z.boolean()),
});
export type RadioGroup = z.output<typeof radioGroupSchema>;
