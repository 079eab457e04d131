import * as z from 'zod';
import { defaulted, omittable, optional, wireObject } from './lenient.js';

export const structuredInputAnswerSchema = wireObject({
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
  wireObject({
    type: z.literal('multiple_choice'),
    ...inputFields,
    options: z.array(wireObject({ value: z.string() })),
    /** Default false. */
    multiple: omittable(z.boolean(), () => false),
  }),
  wireObject({ type: z.literal('freeform'), ...inputFields, description: optional(z.string()) }),
]);
export type StructuredInput = z.output<typeof structuredInputSchema>;
