import type { Item, StructuredInput, StructuredInputSubmission } from '../protocol/index.js';

/** Questions as they are first shown: without answers. */
export function pendingInputs(inputs: StructuredInput[]): StructuredInput[] {
  return inputs.map(({ answer: _answer, ...input }) => input);
}

/**
 * The item after the user's submission. A question without an answer counts as skipped, a single choice keeps its first value,
 * answers to unknown questions are ignored; values need not be among the options.
 */
export function answerStructuredInput(item: Item<'structured_input'>, submission: StructuredInputSubmission): Item<'structured_input'> {
  const inputs = item.inputs.map((input): StructuredInput => {
    const given = Object.hasOwn(submission.answers, input.id) ? submission.answers[input.id] : undefined;
    if (submission.status === 'skipped' || !given || given.skipped || given.values.length === 0) {
      return { ...input, answer: { values: [], skipped: true } };
    }
    const single = input.type === 'multiple_choice' && !input.multiple;
    return { ...input, answer: { values: single ? given.values.slice(0, 1) : given.values, skipped: false } };
  });
  return { ...item, status: submission.status, inputs };
}
