import { WidgetTemplateError } from './widget-template-error.js';

function refuseNonFinite(this: unknown, _key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new WidgetTemplateError('data', 'The data holds a number that is not finite');
  return value;
}

/** The data as JSON says it: a copy of its own, without methods, prototypes and what JSON leaves out. */
export function plainDataOf(data: object): Record<string, unknown> {
  let text: string | undefined;
  try {
    text = JSON.stringify(data, refuseNonFinite);
  } catch (error) {
    if (WidgetTemplateError.isInstance(error)) throw error;
    throw new WidgetTemplateError('data', 'The data cannot be written as JSON');
  }
  const plain: unknown = text === undefined ? undefined : JSON.parse(text);
  if (typeof plain === 'object' && plain !== null && !Array.isArray(plain)) return plain as Record<string, unknown>;
  throw new WidgetTemplateError('data', 'The data is no object');
}
