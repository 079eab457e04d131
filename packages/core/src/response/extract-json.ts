import { beginsArrayOfObjects, closesFence, opensFence, opensJsonFence, opensJsonFenceWithObject } from './code-fence.js';
import { ObjectReader } from './object-reader.js';

/** A JSON object found in a model's text, and the text without it. */
export interface ExtractedJson {
  value: unknown;
  rest: string;
}

/** A model that writes more objects than this which are none gives no reply. */
const MAX_CANDIDATES = 20;

/** What opens a span of code is not longer than this. */
const MAX_MARK_CHARS = 16;

/** Where an object may be. `withinProse`: it shares its line with other text. */
interface Candidate {
  start: number;
  end: number;
  json: string;
  withinProse: boolean;
}

/**
 * Finds the first JSON object or array in a text: the whole text, in a fence for JSON (or for no language), or an object with lines of its
 * own. One that shares a line with prose is taken only if `isNamed` says that it names itself a reply: any other is what the prose is about.
 * Code in other languages is code. What is found here is what the display gate holds back while the text streams.
 */
export function extractJson(text: string, isNamed: (value: object) => boolean = () => false): ExtractedJson | null {
  if (beginsArrayOfObjects(text)) {
    const value = parseObject(text);
    if (value !== undefined) return { value, rest: '' };
  }
  let count = 0;
  for (const { start, end, json, withinProse } of candidates(text)) {
    const value = parseObject(json);
    if (value !== undefined && (!withinProse || isNamed(value))) return { value, rest: joinRest(text.slice(0, start), text.slice(end), withinProse) };
    // Within prose only what never ends costs more than its own length.
    if (value === undefined && (!withinProse || json === '') && ++count === MAX_CANDIDATES) break;
  }
  return null;
}

function* candidates(text: string): Generator<Candidate, void, undefined> {
  for (let start = 0; start < text.length; ) {
    const next = lineEnd(text, start);
    const line = text.slice(start, next);
    if (opensJsonFenceWithObject(line)) {
      const begin = text.indexOf('{', start);
      const end = objectEnd(text, begin);
      yield { start, end: closingMark(text, end), json: text.slice(begin, end), withinProse: false };
      start = lineEnd(text, start);
    } else if (opensFence(line)) {
      const { inner, end } = fenceFrom(text, next);
      if (opensJsonFence(line)) yield { start, end, json: inner, withinProse: false };
      start = end;
    } else if (line.trimStart().startsWith('{')) {
      const begin = text.indexOf('{', start);
      const end = objectEnd(text, begin);
      yield { start: begin, end, json: text.slice(begin, end), withinProse: /[\p{L}\p{N}]/u.test(text.slice(end, lineEnd(text, end))) };
      start = next;
    } else start = line.includes('{') ? yield* withinLine(text, { start, end: next }) : next;
  }
}

/** The objects that begin within a line of prose. Returns where the next line, or the rest of the line that the last one ends in, begins. */
function* withinLine(text: string, { start, end }: { start: number; end: number }): Generator<Candidate, number, undefined> {
  let lineOf = end;
  for (let brace = text.indexOf('{', start); brace !== -1 && brace < lineOf; ) {
    const close = firstObjectEnd(text, brace);
    if (close === 'none') {
      brace = text.indexOf('{', brace + 1);
      continue;
    }
    if (close === 'open') {
      yield { start: brace, end: text.length, json: '', withinProse: true };
      return lineOf;
    }
    const marks = /`{1,3}(?:json)?\s*$/i.exec(text.slice(Math.max(start, brace - MAX_MARK_CHARS), brace));
    const closed = marks ? closingMark(text, close) : close;
    const begin = marks && closed > close ? brace - marks[0].length : brace;
    yield { start: begin, end: closed, json: text.slice(brace, close), withinProse: true };
    if (close > lineOf) lineOf = lineEnd(text, close);
    brace = text.indexOf('{', close);
  }
  return lineOf;
}

/** The index after an object with a first property that begins at `brace`; else whether none begins there, or it is never closed. */
function firstObjectEnd(text: string, brace: number): number | 'none' | 'open' {
  const reader = new ObjectReader();
  for (let index = brace + 1; index < text.length; index++) {
    const state = reader.take(text.charAt(index));
    if (state === 'closed') return index + 1;
    if (state === 'none') return 'none';
  }
  return 'open';
}

/** The index after the marks that close a fence or a span of code. */
function closingMark(text: string, start: number): number {
  const marks = /^\s*`{1,3}[ \t]*(?=\n|$|[^`\w])/.exec(text.slice(start));
  return start + (marks?.[0].length ?? 0);
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

function joinRest(before: string, after: string, withinProse: boolean): string {
  const onOneLine = withinProse && !/\n\s*$/.test(before) && !/^\s*\n/.test(after);
  return [before.trim(), after.trim()].filter((part) => part !== '').join(onOneLine ? ' ' : '\n\n');
}

/** Undefined when it is neither an object nor an array. */
function parseObject(text: string): object | undefined {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
