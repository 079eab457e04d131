import * as z from 'zod';
import { defaulted, freeFormObjectSchema, optional } from './lenient.js';
import { annotationSchema } from './source.js';

/** One part of a user message: text, or an @-mention (tag) of an entity of the app. */
export const userMessageContentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('input_text'), text: z.string() }),
  z.object({
    type: z.literal('input_tag'),
    id: z.string(),
    text: z.string(),
    data: defaulted(freeFormObjectSchema, () => ({})),
    group: optional(z.string()),
    interactive: optional(z.boolean()),
  }),
]);
export type UserMessageContent = z.output<typeof userMessageContentSchema>;

/** One text part of an assistant message. */
export const assistantMessageContentSchema = z.object({
  type: defaulted(z.literal('output_text'), () => 'output_text' as const),
  text: z.string(),
  annotations: defaulted(z.array(annotationSchema), () => []),
});
export type AssistantMessageContent = z.output<typeof assistantMessageContentSchema>;

/** What the user chose in the composer. */
export const inferenceOptionsSchema = z.object({
  tool_choice: optional(z.object({ id: z.string() })),
  model: optional(z.string()),
});
export type InferenceOptions = z.output<typeof inferenceOptionsSchema>;
