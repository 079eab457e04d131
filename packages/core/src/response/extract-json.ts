import { beginsArrayOfObjects, closesFence, opensFence, opensJsonFence } from './code-fence.js';

/** A JSON object found in a model's text, and the text without it. */
export interface ExtractedJson {
  value: unknown;
  rest: string;
}

/** A model that writes more objects than this which are none gives no reply. */
const MAX_CANDIDATES = 20;

/**
 * Finds the first JSON object or array in a text: the whole text, in a fence for JSON (or for no language), or an object that begins a line.
 * Code in other languages is code. What is found here is what the display gate holds back while the text streams.
 */
export function extractJson(text: string): ExtractedJson | null {
  if (beginsArrayOfObjects(text)) {
    const value = parseObject(text);
    if (value !== undefined) return { value, rest: '' };
  }
  let count = 0;
  for (const { start, end, json } of candidates(text)) {
    const value = parseObject(json);
    if (value !== undefined) return { value, rest: joinRest(text.slice(0, start), text.slice(end)) };
    if (++count === MAX_CANDIDATES) break;
  }
  return null;
}

function* candidates(text: string): Generator<{ start: number; end: number; json: string }, void, undefined> {
  for (let start = 0; start < text.length; ) {
    const next = lineEnd(text, start);
    const line = text.slice(start, next);
    if (opensFence(line)) {
      const { inner, end } = fenceFrom(text, next);
      if (opensJsonFence(line)) yield { start, end, json: inner };
      start = end;
    } else {
      if (line.trimStart().startsWith('{')) {
        const begin = text.indexOf('{', start);
        const end = objectEnd(text, begin);
        yield { start: begin, end, json: text.slice(begin, end) };
      }
      start = next;
    }
  }
}

/** The index after a line. */
function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end + 1;
}

/** What is in a fence that was opened before `start`, and where it ends; an unclosed one goes to the end of the text. */
function fenceFrom(text: string, start: number): { inner: string; end: number } {
  for (let line = start; line < text.length; line = lineEnd(text, line)) {
    const end = lineEnd(text, line);
    if (closesFence(text.slice(line, end))) return { inner: text.slice(start, line), end };
  }
  return { inner: text.slice(start), end: text.length };
}

/** The index after the brace that closes the one at `begin`; the end of the text when none does. */
function objectEnd(text: string, begin: number): number {
  let depth = 0;
  let inString = false;
  for (let index = begin; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return index + 1;
  }
  return text.length;
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
