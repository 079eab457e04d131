import * as z from 'zod';
import { describeIssue, formatPath } from '../protocol/describe-issue.js';
import { WidgetTemplateError } from './widget-template-error.js';

/** Throws when the data does not fit. */
export type DataCheck = (data: unknown) => void;

function schemaOf(jsonSchema: Record<string, unknown>): z.ZodType {
  try {
    return z.fromJSONSchema(jsonSchema);
  } catch (error) {
    throw new WidgetTemplateError('definition', `The jsonSchema cannot be used: ${error instanceof Error ? error.message : 'unknown reason'}`);
  }
}

/** A check of data against a JSON Schema (2020-12, without conditionals and unevaluated properties). */
export function createDataCheck(jsonSchema: Record<string, unknown>): DataCheck {
  const schema = schemaOf(jsonSchema);
  return (data) => {
    const { error } = schema.safeParse(data);
    if (!error) return;
    const reasons = error.issues.map((issue) => `${formatPath(issue.path)} ${describeIssue(issue)}`.trim());
    throw new WidgetTemplateError('data', `The data does not fit the template's jsonSchema: ${reasons.join('; ')}`);
  };
}
