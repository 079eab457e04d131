import type { ChatKitOptions } from '@openai/chatkit';

type AttachmentsOption = NonNullable<NonNullable<ChatKitOptions['composer']>['attachments']>;

const defaultMaximumSize = 100 * 1024 * 1024;

function matchesPattern(pattern: string, type: string): boolean {
  if (pattern === type || pattern === '*/*') return true;
  return pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1));
}

/** The largest size in bytes a file of this type may have. An exact type wins over a pattern. */
export function maximumSize(option: AttachmentsOption, type: string): number {
  const { maxSize } = option;
  if (maxSize === undefined) return defaultMaximumSize;
  if (typeof maxSize === 'number') return maxSize;
  const exact = maxSize[type];
  if (exact !== undefined) return exact;
  const match = Object.entries(maxSize).find(([pattern]) => pattern !== '' && pattern !== '*' && matchesPattern(pattern, type));
  return match?.[1] ?? maxSize['*'] ?? maxSize[''] ?? defaultMaximumSize;
}

/** Whether the `accept` map takes the file, by MIME type or by extension. */
export function isAccepted(option: AttachmentsOption, file: { name: string; type: string }): boolean {
  if (!option.accept) return true;
  const name = file.name.toLowerCase();
  return Object.entries(option.accept).some(
    ([pattern, extensions]) =>
      (file.type !== '' && matchesPattern(pattern, file.type)) || extensions.some((extension) => name.endsWith(extension.toLowerCase())),
  );
}

/** The `accept` attribute of a file input for this option. */
export function acceptAttribute(option: AttachmentsOption): string {
  return Object.entries(option.accept ?? {})
    .flatMap(([type, extensions]) => [type, ...extensions])
    .join(',');
}
