import { ChatKitError } from '../errors/chatkit-error.js';
import { formatPath, type Schema } from '../standard-schema.js';
import type { ActionDefinition } from './actions.js';

type Issues = NonNullable<Exclude<Awaited<ReturnType<Schema['~standard']['validate']>>, { value: unknown }>['issues']>;
type Fields = Record<string, unknown>;

/**
 * The payload of an action with the form's fields merged in by the client, each checked by its own schema. Payloads are untrusted: they passed
 * through the browser. A strict schema need not know the fields of the other.
 */
export async function checkPayload({ payload, form }: ActionDefinition, given: unknown): Promise<unknown> {
  if (!payload && !form) return given;
  const value: unknown = given ?? {};
  if (!payload || !form) return valueOf(await check(payload ?? form, value, false));
  const [checked, filled] = [await check(payload, value, true), await check(form, value, true)];
  const [payloadValue, formValue] = [valueOf(checked), valueOf(filled)];
  // What one of them does not know must be the other's.
  if (!knows(formValue, checked.unknown)) throw invalid(checked.unknownIssues);
  if (!knows(payloadValue, filled.unknown)) throw invalid(filled.unknownIssues);
  return isFields(payloadValue) ? { ...payloadValue, ...(formValue as object) } : payloadValue;
}

interface Checked {
  result: { value: unknown } | { issues: Issues };
  /** Fields that the schema refuses to know. */
  unknown: string[];
  unknownIssues: Issues;
}

async function check(schema: Schema | undefined, value: unknown, mayHaveOthers: boolean): Promise<Checked> {
  const first = await schema?.['~standard'].validate(value);
  if (!first?.issues) return { result: { value: first ? (first as { value: unknown }).value : value }, unknown: [], unknownIssues: [] };
  const unknown = mayHaveOthers && isFields(value) ? first.issues.flatMap(unknownFields).filter((name) => Object.hasOwn(value, name)) : [];
  if (unknown.length === 0) return { result: { issues: first.issues }, unknown, unknownIssues: [] };
  const own = Object.fromEntries(Object.entries(value as Fields).filter(([name]) => !unknown.includes(name)));
  return { ...(await check(schema, own, false)), unknown, unknownIssues: first.issues };
}

/** The fields that an issue complains of as being unknown, in the words of zod and of valibot; none for any other issue. */
function unknownFields(issue: Issues[number]): string[] {
  const { keys, expected } = issue as { keys?: unknown; expected?: unknown };
  const path = issue.path ?? [];
  if (path.length === 0 && Array.isArray(keys)) return keys.filter((key) => typeof key === 'string');
  const [segment] = path;
  const name = typeof segment === 'object' ? segment.key : segment;
  return path.length === 1 && expected === 'never' && typeof name === 'string' ? [name] : [];
}

function valueOf({ result }: Checked): unknown {
  if ('issues' in result) throw invalid(result.issues);
  return result.value;
}

function knows(value: unknown, names: string[]): boolean {
  return names.every((name) => isFields(value) && Object.hasOwn(value, name));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(issues: Issues): ChatKitError {
  const [issue] = issues;
  const path = formatPath(issue?.path ?? []);
  return new ChatKitError({ code: 'invalid_payload', message: issue?.message ?? 'The payload is not valid.', status: 400, path: `params.action.payload${path === '' ? '' : `.${path}`}` });
}
