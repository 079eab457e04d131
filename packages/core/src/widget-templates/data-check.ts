import * as z from 'zod';
import { describeIssue, formatPath } from '../protocol/describe-issue.js';
import { WidgetTemplateError } from './widget-template-error.js';

/** Throws when the data does not fit. */
export type DataCheck = (data: unknown) => void;

type JsonSchema = Record<string, unknown>;

/** What says something of values of one type only. */
const TYPED_KEYWORDS = [
  'properties', 'patternProperties', 'additionalProperties', 'propertyNames', 'required', 'minProperties', 'maxProperties',
  'items', 'prefixItems', 'contains', 'minItems', 'maxItems', 'uniqueItems',
  'minLength', 'maxLength', 'pattern', 'format', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf',
];
const SCHEMAS_BY_NAME = ['properties', 'patternProperties', '$defs', 'definitions'];
const SCHEMAS = ['additionalProperties', 'propertyNames', 'items', 'prefixItems', 'contains', 'anyOf', 'oneOf', 'allOf', 'not'];

/** Zod reads over such keywords where no type is given: nothing would be checked, and nobody told. */
function assertTyped(schema: unknown, path: string): void {
  if (Array.isArray(schema)) return schema.forEach((each, index) => assertTyped(each, `${path}/${String(index)}`));
  if (!isSchema(schema)) return;
  const untyped = schema['type'] === undefined ? TYPED_KEYWORDS.find((keyword) => schema[keyword] !== undefined) : undefined;
  if (untyped !== undefined) throw new Error(`"${untyped}" needs a "type" beside it, at ${path}`);
  for (const keyword of SCHEMAS_BY_NAME) for (const [name, each] of Object.entries(schema[keyword] ?? {})) assertTyped(each, `${path}/${keyword}/${name}`);
  for (const keyword of SCHEMAS) assertTyped(schema[keyword], `${path}/${keyword}`);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null;
}

function schemaOf(jsonSchema: JsonSchema): z.ZodType {
  try {
    // A template's data is always an object.
    const schema = jsonSchema['type'] === undefined && jsonSchema['$ref'] === undefined ? { ...jsonSchema, type: 'object' } : jsonSchema;
    assertTyped(schema, '#');
    return z.fromJSONSchema(schema);
  } catch (error) {
    throw new WidgetTemplateError('definition', `The jsonSchema cannot be used: ${error instanceof Error ? error.message : 'unknown reason'}`);
  }
}

/** A check of data against a JSON Schema (2020-12, without conditionals and unevaluated properties; every part with its `type`). Throws for one that can not be checked. */
export function createDataCheck(jsonSchema: JsonSchema): DataCheck {
  const schema = schemaOf(jsonSchema);
  return (data) => {
    const { error } = schema.safeParse(data);
    if (!error) return;
    const reasons = error.issues.map((issue) => `${formatPath(issue.path)} ${describeIssue(issue)}`.trim());
    throw new WidgetTemplateError('data', `The data does not fit the template's jsonSchema: ${reasons.join('; ')}`);
  };
}
