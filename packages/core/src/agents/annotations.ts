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
  const flat = flatten(citation);
  if (!flat) return null;
  return converters.citation ? converters.citation(flat) : defaultAnnotation(flat);
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
  const { filename, url, title, index, end_index: endIndex } = citation as Record<string, unknown>;
  switch (citation.type) {
    case 'file_citation':
    case 'container_file_citation': {
      if (typeof filename !== 'string' || filename === '') return null;
      return { type: 'annotation', source: { type: 'file', filename, title: filename }, ...position(citation.type === 'file_citation' ? index : endIndex) };
    }
    case 'url_citation':
      if (typeof url !== 'string') return null;
      return { type: 'annotation', source: { type: 'url', url, title: typeof title === 'string' ? title : url }, ...position(endIndex) };
    default:
      return null;
  }
}

function position(index: unknown): { index?: number } {
  return typeof index === 'number' && Number.isInteger(index) ? { index } : {};
}

/** Chat Completions nests the fields under the type's name. */
function flatten(citation: unknown): Citation | null {
  if (typeof citation !== 'object' || citation === null) return null;
  const { type, ...rest } = citation as Record<string, unknown>;
  if (typeof type !== 'string') return null;
  const nested = rest[type];
  return { type, ...(typeof nested === 'object' && nested !== null ? nested : rest) };
}
