function childrenOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Array.isArray(value) ? value : Object.values(value);
}

function hasProtoKey(json: unknown): boolean {
  const open = [json];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')) return true;
    for (const child of childrenOf(value)) open.push(child);
  }
  return false;
}

type Container = unknown[] | Record<string, unknown>;

function emptyLike(value: object): Container {
  return Array.isArray(value) ? [] : {};
}

function copyWithoutProtoKeys(root: object): unknown {
  const result = emptyLike(root);
  const open: { from: object; to: Container }[] = [{ from: root, to: result }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { from, to } = next;
    for (const [key, value] of Object.entries(from) as [string, unknown][]) {
      if (key === '__proto__') continue;
      const isContainer = typeof value === 'object' && value !== null;
      const copy = isContainer ? emptyLike(value) : value;
      if (Array.isArray(to)) to.push(copy);
      else to[key] = copy;
      if (isContainer) open.push({ from: value, to: copy as Container });
    }
  }
  return result;
}

/**
 * JSON without `__proto__` keys at any depth: `JSON.parse` makes them ordinary properties, but a later copy by
 * assignment would set a prototype. Works without recursion, and returns the very value when there is nothing to drop.
 */
export function withoutProtoKeys(json: unknown): unknown {
  return typeof json === 'object' && json !== null && hasProtoKey(json) ? copyWithoutProtoKeys(json) : json;
}
