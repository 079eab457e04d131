import * as z from 'zod';
import { iconNameSchema } from './icon-name.js';
import { freeFormObjectSchema, omittable, optional, wireObject } from './lenient.js';

const sourceFields = {
  title: z.string(),
  description: optional(z.string()),
  timestamp: optional(z.string()),
  group: optional(z.string()),
};

export const urlSourceSchema = wireObject({
  type: z.literal('url'),
  ...sourceFields,
  url: z.string(),
  attribution: optional(z.string()),
});
export type UrlSource = z.output<typeof urlSourceSchema>;

export const fileSourceSchema = wireObject({ type: z.literal('file'), ...sourceFields, filename: z.string() });
export type FileSource = z.output<typeof fileSourceSchema>;

/** Something of the app itself. `data` is handed to the page's entity callbacks. */
export const entitySourceSchema = wireObject({
  type: z.literal('entity'),
  ...sourceFields,
  id: z.string(),
  icon: optional(iconNameSchema),
  /** Header of the hover card. */
  label: optional(z.string()),
  /** Replaces the inline icon. */
  inline_label: optional(z.string()),
  interactive: omittable(z.boolean(), () => false),
  data: omittable(freeFormObjectSchema, () => ({})),
});
export type EntitySource = z.output<typeof entitySourceSchema>;

export const sourceSchema = z.discriminatedUnion('type', [urlSourceSchema, fileSourceSchema, entitySourceSchema]);
export type Source = z.output<typeof sourceSchema>;

/** A citation. `index` is the character offset in the part's text at which its marker stands. */
export const annotationSchema = wireObject({
  type: z.literal('annotation'),
  source: sourceSchema,
  index: optional(z.int()),
});
export type Annotation = z.output<typeof annotationSchema>;
