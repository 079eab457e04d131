/** Whether a line opens a fence that may hold a structured reply: one for JSON, or for no language. */
export function opensJsonFence(line: string): boolean {
  return /^[ \t]*```(?:json)?\s*$/i.test(line);
}

/** Whether a line opens such a fence and begins the object in it at once: what should be a fence, as models write it on one line. */
export function opensJsonFenceWithObject(line: string): boolean {
  return /^[ \t]*```(?:json)?[ \t]*\{/i.test(line);
}

/** Whether a line opens any fence. */
export function opensFence(line: string): boolean {
  return line.trimStart().startsWith('```');
}

export function closesFence(line: string): boolean {
  return /^[ \t]*```\s*$/.test(line);
}

/** Whether a text is an array of objects, as far as its beginning tells. Other brackets begin links and footnotes. */
export function beginsArrayOfObjects(text: string): boolean {
  return /^\s*\[\s*\{/.test(text);
}
