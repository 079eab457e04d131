import { ChatKitError } from '../errors/chatkit-error.js';
import { validate, type Schema } from '../standard-schema.js';
import type { ActionDefinition } from './actions.js';

/** The payload of an action with the form's fields merged in by the client, checked by both schemas. Payloads are untrusted: they passed through the browser. */
export async function checkPayload({ payload, form }: ActionDefinition, given: unknown): Promise<unknown> {
  if (!payload && !form) return given;
  const checked = payload ? await check(payload, given) : {};
  const filled = form ? await check(form, given) : {};
  return typeof checked === 'object' && checked !== null ? { ...checked, ...(filled as object) } : checked;
}

async function check(schema: Schema, value: unknown): Promise<unknown> {
  const result = await validate(schema, value ?? {});
  if (result.ok) return result.value as unknown;
  const [issue] = result.issues;
  const path = issue && issue.path !== '' ? `.${issue.path}` : '';
  throw new ChatKitError({ code: 'invalid_payload', message: issue?.message ?? 'The payload is not valid.', status: 400, path: `params.action.payload${path}` });
}
