import type { Annotation, AssistantMessageContent } from '../protocol/index.js';
import type { Citation, ResponseConverters } from './response-converters.js';

/** A part of a model's message, in the form of the Responses API or of the Agents SDK. */
export interface ModelPart {
  type: string;
  text?: string | undefined;
  refusal?: string | undefined;
  annotations?: readonly unknown[] | undefined;
  providerData?: Record<string, unknown> | undefined;
}

/** Null: this citation is not shown. */
export async function toAnnotation(citation: unknown, converters: ResponseConverters): Promise<Annotation | null> {
  const known = readCitation(citation);
  if (!known) return null;
  return converters.citation ? converters.citation(known) : defaultAnnotation(known);
}

/** What is shown of a part; null for what has no text, such as audio. */
export async function toContent(part: ModelPart, converters: ResponseConverters): Promise<AssistantMessageContent | null> {
  if (part.type === 'refusal') return { type: 'output_text', text: part.refusal ?? '', annotations: [] };
  if (part.type !== 'output_text') return null;
  const given = part.annotations ?? part.providerData?.['annotations'];
  const annotations: Annotation[] = [];
  for (const citation of Array.isArray(given) ? (given as unknown[]) : []) {
    const annotation = await toAnnotation(citation, converters);
    if (annotation) annotations.push(annotation);
  }
  return { type: 'output_text', text: part.text ?? '', annotations };
}

export async function toContents(parts: readonly ModelPart[], converters: ResponseConverters): Promise<AssistantMessageContent[]> {
  const contents: AssistantMessageContent[] = [];
  for (const part of parts) {
    const content = await toContent(part, converters);
    if (content) contents.push(content);
  }
  return contents;
}

function defaultAnnotation(citation: Citation): Annotation | null {
  switch (citation.type) {
    case 'file_citation':
    case 'container_file_citation': {
      const { filename } = citation;
      if (!filename) return null;
      return { type: 'annotation', source: { type: 'file', filename, title: filename }, ...position(citation.type === 'file_citation' ? citation.index : citation.end_index) };
    }
    case 'url_citation':
      if (!citation.url) return null;
      return { type: 'annotation', source: { type: 'url', url: citation.url, title: citation.title || citation.url }, ...position(citation.end_index) };
    case 'file_path':
      return null;
  }
}

function position(index: unknown): { index?: number } {
  return typeof index === 'number' && Number.isInteger(index) ? { index } : {};
}

const TYPES: ReadonlySet<unknown> = new Set<Citation['type']>(['url_citation', 'file_citation', 'container_file_citation', 'file_path']);

/** Null: no citation that is known here. Chat Completions nests the fields under the type's name. */
function readCitation(value: unknown): Citation | null {
  if (typeof value !== 'object' || value === null) return null;
  const { type, ...rest } = value as { type?: unknown } & Record<string, unknown>;
  if (!TYPES.has(type)) return null;
  const nested = rest[type as string];
  return { type, ...(typeof nested === 'object' && nested !== null ? nested : rest) } as Citation;
}
