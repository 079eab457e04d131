import type { Annotation } from '../protocol/item.js';

// Private-use characters between mathematical spaces: Markdown sees a gap between words,
// so a marker beside ** or _ doesn't change what those mean.
const gap = '\u205F';
const open = '\uE000';
const close = '\uE001';
const reserved = /[\uE000\uE001]/g;
const marker = /\u205F?\uE000(\d+)\uE001\u205F?/g;

/** Puts a marker into the text at each annotation's index. Annotations without an index stay out. */
export function insertMarkers(text: string, annotations: readonly Annotation[]): string {
  const clean = text.replace(reserved, '\uFFFD');
  const placed = annotations
    .map((annotation, order) => ({ order, index: annotation.index }))
    .filter((entry): entry is { order: number; index: number } => typeof entry.index === 'number' && entry.index >= 0)
    .sort((first, second) => first.index - second.index || first.order - second.order);
  let result = '';
  let position = 0;
  for (const { order, index } of placed) {
    const end = Math.min(index, clean.length);
    result += `${clean.slice(position, end)}${gap}${open}${order}${close}${gap}`;
    position = end;
  }
  return result + clean.slice(position);
}

export type MarkedText = { text: string } | { annotation: number };

/** Splits text at its markers. */
export function splitMarkers(text: string): MarkedText[] {
  const parts: MarkedText[] = [];
  let position = 0;
  for (const match of text.matchAll(marker)) {
    if (match.index > position) parts.push({ text: text.slice(position, match.index) });
    parts.push({ annotation: Number(match[1]) });
    position = match.index + match[0].length;
  }
  if (position < text.length) parts.push({ text: text.slice(position) });
  return parts;
}

/** Text without markers, for code, attributes and copying. */
export function withoutMarkers(text: string): string {
  return text.includes(open) ? text.replace(marker, '') : text;
}
