import type { AgentInputItem } from '@openai/agents';

/** What the model got of the files of a message: names, kinds and sizes of the bytes themselves. '' when there are none. */
export function describeFiles(item: Extract<AgentInputItem, { role: 'user' }>): string {
  if (typeof item.content === 'string') return '';
  const seen = item.content.flatMap((part) => {
    if (part.type === 'input_image' && typeof part.image === 'string') return [`an image of ${size(part.image)}`];
    if (part.type === 'input_file' && typeof part.file === 'string') return [`“${part.filename ?? 'a file'}” of ${size(part.file)}`];
    return [];
  });
  return seen.length === 0 ? '' : `I have looked at ${seen.join(' and ')}.`;
}

function size(dataUrl: string): string {
  const bytes = Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64').length;
  return `${String(bytes)} bytes`;
}
