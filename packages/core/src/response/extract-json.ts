/** A JSON object found in a model's text, and the text without it. */
export interface ExtractedJson {
  value: unknown;
  rest: string;
}

const FENCE = /^[ \t]*```(?:json)?[ \t]*\r?\n([\s\S]*?)\r?\n?[ \t]*```[ \t]*$/gim;

/** Finds the first JSON object or array in a text: fenced, the whole text, or from a line that begins with a brace to the last closing one. */
export function extractJson(text: string): ExtractedJson | null {
  const trimmed = text.trim();
  const whole = parseObject(trimmed);
  if (whole !== undefined) return { value: whole, rest: '' };
  for (const match of text.matchAll(FENCE)) {
    const value = parseObject(match[1] ?? '');
    if (value !== undefined) return { value, rest: joinRest(text.slice(0, match.index), text.slice(match.index + match[0].length)) };
  }
  const start = /(?:^|\n)[ \t]*\{/.exec(text);
  if (!start) return null;
  const begin = text.indexOf('{', start.index);
  const end = text.lastIndexOf('}') + 1;
  const value = end > begin ? parseObject(text.slice(begin, end)) : undefined;
  return value === undefined ? null : { value, rest: joinRest(text.slice(0, begin), text.slice(end)) };
}

function joinRest(before: string, after: string): string {
  return [before.trim(), after.trim()].filter((part) => part !== '').join('\n\n');
}

function parseObject(text: string): unknown {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
