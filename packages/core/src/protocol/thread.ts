import * as z from 'zod';
import { dateTimeSchema } from './date-time.js';
import { defaulted, freeFormObjectSchema, optional } from './lenient.js';

/** Whether the composer is usable. A reason is shown to the user. */
export const threadStatusSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('active') }),
  z.object({ type: z.literal('locked'), reason: optional(z.string()) }),
  z.object({ type: z.literal('closed'), reason: optional(z.string()) }),
]);
export type ThreadStatus = z.output<typeof threadStatusSchema>;

/** A conversation as it is stored. On the wire it also has a page of `items`, and its `metadata` is always empty. */
export const threadSchema = z.object({
  id: z.string(),
  created_at: dateTimeSchema,
  title: optional(z.string()),
  status: defaulted(threadStatusSchema, () => ({ type: 'active' as const })),
  allowed_image_domains: optional(z.array(z.string())),
  metadata: defaulted(freeFormObjectSchema, () => ({})),
});
export type Thread = z.output<typeof threadSchema>;
