import type { AssistantMessageContent, InferenceOptions, UserMessageContent } from '../content.js';
import type { Annotation, Source } from '../source.js';

export function sourceToWire(source: Source): object {
  const base = {
    type: source.type,
    title: source.title,
    description: source.description ?? undefined,
    timestamp: source.timestamp ?? undefined,
    group: source.group ?? undefined,
  };
  switch (source.type) {
    case 'url':
      return { ...base, url: source.url, attribution: source.attribution ?? undefined };
    case 'file':
      return { ...base, filename: source.filename };
    case 'entity':
      return {
        ...base,
        id: source.id,
        icon: source.icon ?? undefined,
        label: source.label ?? undefined,
        inline_label: source.inline_label ?? undefined,
        interactive: source.interactive ?? false,
        data: source.data ?? {},
      };
  }
}

export function annotationToWire(annotation: Annotation): object {
  return { type: 'annotation', source: sourceToWire(annotation.source), index: annotation.index ?? undefined };
}

export function assistantMessageContentToWire(content: AssistantMessageContent): object {
  return { type: 'output_text', text: content.text, annotations: (content.annotations ?? []).map(annotationToWire) };
}

export function userMessageContentToWire(content: UserMessageContent): object {
  if (content.type === 'input_text') return { type: content.type, text: content.text };
  return {
    type: content.type,
    id: content.id,
    text: content.text,
    data: content.data ?? {},
    group: content.group ?? undefined,
    interactive: content.interactive ?? false,
  };
}

export function inferenceOptionsToWire({ tool_choice, model }: InferenceOptions): object {
  return { tool_choice: tool_choice ? { id: tool_choice.id } : undefined, model: model ?? undefined };
}
