import type { StructuredInput } from '../structured-input.js';

export function structuredInputToWire(input: StructuredInput): object {
  const base = {
    type: input.type,
    id: input.id,
    question: input.question,
    answer: input.answer ? { values: input.answer.values ?? [], skipped: input.answer.skipped ?? false } : undefined,
  };
  switch (input.type) {
    case 'multiple_choice':
      return { ...base, options: input.options.map(({ value }) => ({ value })), multiple: input.multiple ?? false };
    case 'freeform':
      return { ...base, description: input.description ?? undefined };
  }
}
