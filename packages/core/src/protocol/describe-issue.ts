import type * as z from 'zod';

const plainKey = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** The path of a problem. Keys that the client chose and that look unlike ours are shown as `*`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    const name = String(key);
    if (!plainKey.test(name)) return `${text}[*]`;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

const expectedNames: Record<string, string | undefined> = { record: 'object', int: 'integer' };

/** What was expected, in words, without a value of the client's. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${expectedNames[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map((value) => JSON.stringify(String(value))).join(', ')}`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `expected one of ${issue.options.map((option) => JSON.stringify(String(option))).join(', ')}`
        : 'expected another shape';
    case 'unrecognized_keys':
      return 'expected no other property';
    case 'too_small':
      return `expected at least ${issue.minimum}`;
    case 'too_big':
      return `expected at most ${issue.maximum}`;
    case 'invalid_format':
      return `expected ${issue.format}`;
    case 'custom':
      return issue.message;
    default:
      return 'expected another value';
  }
}
