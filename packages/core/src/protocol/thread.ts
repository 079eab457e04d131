import * as z from 'zod';
import { dateTimeSchema } from './date-time.js';
import { defaulted, freeFormObjectSchema, optional, wireObject } from './lenient.js';

/** Whether the composer is usable. A reason is shown to the user. */
export const threadStatusSchema = z.discriminatedUnion('type', [
  wireObject({ type: z.literal('active') }),
  wireObject({ type: z.literal('locked'), reason: optional(z.string()) }),
  wireObject({ type: z.literal('closed'), reason: optional(z.string()) }),
]);
export type ThreadStatus = z.output<typeof threadStatusSchema>;

/** A conversation as it is stored. On the wire it also has a page of `items`, and its `metadata` is always empty. */
export const threadSchema = wireObject({
  id: z.string(),
  created_at: dateTimeSchema,
  title: optional(z.string()),
  status: defaulted(threadStatusSchema, () => ({ type: 'active' as const })),
  allowed_image_domains: optional(z.array(z.string())),
  metadata: defaulted(freeFormObjectSchema, () => ({})),
});
export type Thread = z.output<typeof threadSchema>;
