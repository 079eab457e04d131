import * as z from 'zod';
import { describeIssue, formatPath } from '../protocol/describe-issue.js';
import { defaulted, freeFormObjectSchema, wireObject } from '../protocol/lenient.js';
import { WidgetTemplateError } from './widget-template-error.js';

const definitionSchema = wireObject({
  version: z.literal('1.0'),
  name: z.string(),
  template: z.string(),
  jsonSchema: defaulted(freeFormObjectSchema, () => ({})),
});

/** The content of a `.widget` file, as far as it is used. */
export type WidgetTemplateDefinition = z.output<typeof definitionSchema>;

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WidgetTemplateError('definition', 'The widget template is not JSON');
  }
}

/** Checks the content of a `.widget` file: its text, or the object that the text stands for. */
export function readDefinition(content: unknown): WidgetTemplateDefinition {
  const parsed = definitionSchema.safeParse(typeof content === 'string' ? parseText(content) : content);
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map((issue) => `${formatPath(issue.path)} ${describeIssue(issue)}`.trim());
  throw new WidgetTemplateError('definition', `The widget template is malformed: ${reasons.join('; ')}`);
}
