import * as z from 'zod';
import { defaulted, optional } from './lenient.js';

export const structuredInputAnswerSchema = z.object({
  values: defaulted(z.array(z.string()), () => []),
  skipped: defaulted(z.boolean(), () => false),
});
export type StructuredInputAnswer = z.output<typeof structuredInputAnswerSchema>;

const inputFields = {
  /** Stable; the key of the answer. */
  id: z.string(),
  question: z.string(),
  answer: optional(structuredInputAnswerSchema),
};

/** One question to the user. Options are suggestions: another answer may be given. */
export const structuredInputSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('multiple_choice'),
    ...inputFields,
    options: z.array(z.object({ value: z.string() })),
    /** Default false. */
    multiple: optional(z.boolean()),
  }),
  z.object({ type: z.literal('freeform'), ...inputFields, description: optional(z.string()) }),
]);
export type StructuredInput = z.output<typeof structuredInputSchema>;
