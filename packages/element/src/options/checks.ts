/** A check returns nothing when the value is fine, else throws OptionsError naming the path. */
export type Check = (value: unknown, path: string) => void;

/** Thrown by `setOptions`; the message names the option by its path. */
export class OptionsError extends Error {
  override readonly name = 'ChatKitOptionsError';

  constructor(path: string, problem: string) {
    super(`Invalid ChatKit options: ${path ? `\`${path}\` ` : ''}${problem}`);
  }
}

function typeCheck(type: 'string' | 'number' | 'boolean' | 'function', article: string): Check {
  return (value, path) => {
    if (typeof value !== type) throw new OptionsError(path, `must be ${article} ${type}.`);
  };
}

export const string = typeCheck('string', 'a');
export const number = typeCheck('number', 'a');
export const boolean = typeCheck('boolean', 'a');
export const callback = typeCheck('function', 'a');

export function oneOf(...allowed: readonly (string | number)[]): Check {
  return (value, path) => {
    if (!allowed.includes(value as string)) {
      throw new OptionsError(path, `must be one of ${allowed.map((entry) => JSON.stringify(entry)).join(', ')}.`);
    }
  };
}

export function nullable(check: Check): Check {
  return (value, path) => {
    if (value !== null) check(value, path);
  };
}

export function listOf(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) throw new OptionsError(path, 'must be a list.');
    value.forEach((entry, index) => check(entry, `${path}[${index}]`));
  };
}

export function recordOf(check: Check): Check {
  return (value, path) => {
    const entries = Object.entries(asObject(value, path));
    for (const [key, entry] of entries) check(entry, `${path}[${JSON.stringify(key)}]`);
  };
}

/** Passes when one of the checks passes; otherwise reports the given problem. */
export function anyOf(problem: string, ...checks: Check[]): Check {
  return (value, path) => {
    for (const check of checks) {
      try {
        check(value, path);
        return;
      } catch {
        // The next alternative may fit.
      }
    }
    throw new OptionsError(path, problem);
  };
}

export interface Field {
  check: Check;
  required: boolean;
}

export const required = (check: Check): Field => ({ check, required: true });
export const optional = (check: Check): Field => ({ check, required: false });

/** An object with exactly these keys: unknown ones are refused, undefined counts as absent. */
export function object(fields: Record<string, Field>): Check {
  return (value, path) => {
    const record = asObject(value, path);
    for (const key of Object.keys(record)) {
      if (!Object.hasOwn(fields, key)) {
        throw new OptionsError('', `unknown key \`${join(path, key)}\`. Known here: ${Object.keys(fields).join(', ')}.`);
      }
    }
    for (const [key, field] of Object.entries(fields)) {
      const entry = record[key];
      if (entry !== undefined) field.check(entry, join(path, key));
      else if (field.required) throw new OptionsError(join(path, key), 'is required.');
    }
  };
}

function asObject(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionsError(path, 'must be an object.');
  }
  return value as Record<string, unknown>;
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}
