type JsonRecord = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function recordsEqual(left: JsonRecord, right: JsonRecord): boolean {
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => jsonEqual(left[key], right[key]));
}

/** Whether two JSON values are the same. The order of keys does not count, and undefined is the same as absent. */
export function jsonEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((element, index) => jsonEqual(element, right[index]));
  }
  return isRecord(left) && isRecord(right) && recordsEqual(left, right);
}
