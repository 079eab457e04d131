import * as z from 'zod';
import { defaulted, freeFormObjectSchema, omittable, optional, wireObject } from './lenient.js';
import { annotationSchema } from './source.js';

/** One part of a user message: text, or an @-mention (tag) of an entity of the app. */
export const userMessageContentSchema = z.discriminatedUnion('type', [
  wireObject({ type: z.literal('input_text'), text: z.string() }),
  wireObject({
    type: z.literal('input_tag'),
    id: z.string(),
    text: z.string(),
    data: defaulted(freeFormObjectSchema, () => ({})),
    group: optional(z.string()),
    interactive: omittable(z.boolean(), () => false),
  }),
]);
export type UserMessageContent = z.output<typeof userMessageContentSchema>;

/** One text part of an assistant message. */
export const assistantMessageContentSchema = wireObject({
  type: defaulted(z.literal('output_text'), () => 'output_text' as const),
  text: z.string(),
  annotations: defaulted(z.array(annotationSchema), () => []),
});
export type AssistantMessageContent = z.output<typeof assistantMessageContentSchema>;

/** What the user chose in the composer. */
export const inferenceOptionsSchema = wireObject({
  tool_choice: optional(wireObject({ id: z.string() })),
  model: optional(z.string()),
});
export type InferenceOptions = z.output<typeof inferenceOptionsSchema>;
