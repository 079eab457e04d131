import { findDifference, type Difference } from './find-difference.js';
import type { Bindings } from './bindings.js';

/** The exact bytes; in a stream the frames exactly, and in each the exact JSON but for the order of keys, which has no meaning. */
export function differenceOfRaw(expected: string, actual: string, { bindings, path }: { bindings: Bindings; path: string }): Difference | null {
  if (expected === actual) return null;
  const [wanted, given] = [framesOf(expected), framesOf(actual)];
  if (!wanted || !given || !given.every(isMinified)) return { path, expected, actual };
  return findDifference(wanted.map(parse), given.map(parse), bindings, path);
}

/** The JSON texts of a stream whose frames are one `data:` line each; null: it is no such stream. */
export function framesOf(body: string): string[] | null {
  const frames = body.split('\n\n');
  const isWhole = frames.pop() === '';
  if (!isWhole || frames.some((frame) => !frame.startsWith('data: ') || /[\r\n]/.test(frame))) return null;
  return frames.map((frame) => frame.slice('data: '.length));
}

export function isMinified(json: string): boolean {
  try {
    return JSON.stringify(JSON.parse(json)) === json;
  } catch {
    return false;
  }
}

function parse(json: string): unknown {
  return JSON.parse(json);
}
