function isJsonContainer(value: unknown): value is Record<string, unknown> | unknown[] {
  return typeof value === 'object' && value !== null;
}

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined;
}

function stripArray(values: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  values.forEach((value, index) => {
    const stripped = isAbsent(value) ? undefined : stripNulls(value);
    if (stripped === value && !isAbsent(value)) {
      copy?.push(value);
      return;
    }
    copy ??= values.slice(0, index);
    if (stripped !== undefined) copy.push(stripped);
  });
  return copy ?? values;
}

function stripObject(record: Readonly<Record<string, unknown>>): unknown {
  let changed = false;
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(record)) {
    const value = record[key];
    const stripped = isAbsent(value) || key === '__proto__' ? undefined : stripNulls(value);
    if (stripped !== value) changed = true;
    if (stripped !== undefined) entries.push([key, stripped]);
  }
  return changed ? Object.fromEntries(entries) : record;
}

/**
 * Removes nulls everywhere: properties of objects and elements of arrays, at every depth. This is how widgets go over
 * the wire. What holds no null is returned as it is, not copied.
 */
export function stripNulls(value: unknown): unknown {
  if (!isJsonContainer(value)) return value;
  if (Array.isArray(value)) return stripArray(value);
  if (typeof value['toJSON'] === 'function') return stripNulls((value['toJSON'] as () => unknown)());
  return stripObject(value);
}
