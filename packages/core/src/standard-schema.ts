import type { StandardSchemaV1 } from '@standard-schema/spec';

/** Any Standard Schema: zod 3.24 and later, valibot, arktype, ... */
// `any` here is what lets every schema, whatever its input and output, be assigned to it.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Schema<In = any, Out = any> = StandardSchemaV1<In, Out>;
export type InputOf<S extends Schema> = StandardSchemaV1.InferInput<S>;
export type OutputOf<S extends Schema> = StandardSchemaV1.InferOutput<S>;

export type ValidationResult<T> = { ok: true; value: T } | { ok: false; issues: { path: string; message: string }[] };

/** Validates with any Standard Schema; issues have readable paths such as `lines[0].quantity`. */
export async function validate<S extends Schema>(schema: S, value: unknown): Promise<ValidationResult<OutputOf<S>>> {
  const result = await schema['~standard'].validate(value);
  if (!result.issues) return { ok: true, value: result.value as OutputOf<S> };
  return { ok: false, issues: result.issues.map((issue) => ({ path: formatPath(issue.path ?? []), message: issue.message })) };
}

/** Readable, such as `lines[0].quantity`. */
export function formatPath(path: readonly (PropertyKey | { readonly key: PropertyKey })[]): string {
  let text = '';
  for (const segment of path) {
    const key = typeof segment === 'object' ? segment.key : segment;
    text += typeof key === 'number' ? `[${String(key)}]` : `${text === '' ? '' : '.'}${String(key)}`;
  }
  return text;
}
