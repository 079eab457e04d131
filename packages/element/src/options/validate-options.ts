import type { ChatKitOptions } from '@openai/chatkit';
import { OptionsError, anyOf, boolean, callback, listOf, nullable, number, object, oneOf, optional, recordOf, required, string } from './checks.js';

const userMessageContent = object({
  type: required(oneOf('input_text', 'input_tag')),
  text: required(string),
  id: optional(string),
  group: optional(string),
  data: optional(recordOf(() => undefined)),
  interactive: optional(boolean),
});

const color = object({
  grayscale: optional(object({ hue: required(number), tint: required(oneOf(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)), shade: optional(oneOf(-4, -3, -2, -1, 0, 1, 2, 3, 4)) })),
  accent: optional(object({ primary: required(string), level: required(oneOf(0, 1, 2, 3)) })),
  surface: optional(object({ background: required(string), foreground: required(string) })),
});

const fontObject = object({
  family: required(string),
  src: required(string),
  weight: optional(anyOf('must be a string or a number.', string, number)),
  style: optional(oneOf('normal', 'italic', 'oblique')),
  display: optional(oneOf('auto', 'block', 'swap', 'fallback', 'optional')),
  unicodeRange: optional(string),
});

const theme = object({
  colorScheme: optional(oneOf('light', 'dark')),
  typography: optional(
    object({
      baseSize: optional(oneOf(14, 15, 16, 17, 18)),
      fontSources: optional(listOf(fontObject)),
      fontFamily: optional(string),
      fontFamilyMono: optional(string),
    }),
  ),
  radius: optional(oneOf('pill', 'round', 'soft', 'sharp')),
  density: optional(oneOf('compact', 'normal', 'spacious')),
  color: optional(color),
});

const headerAction = object({ icon: required(string), onClick: required(callback) });

const uploadStrategy = object({ type: required(oneOf('two_phase', 'direct')), uploadUrl: optional(string) });

const composer = object({
  placeholder: optional(string),
  attachments: optional(
    object({
      enabled: required(boolean),
      maxSize: optional(anyOf('must be a number, or numbers by MIME type.', number, recordOf(number))),
      maxCount: optional(number),
      accept: optional(recordOf(listOf(string))),
    }),
  ),
  tools: optional(
    listOf(
      object({
        id: required(string),
        label: required(string),
        icon: required(string),
        shortLabel: optional(string),
        placeholderOverride: optional(string),
        pinned: optional(boolean),
        persistent: optional(boolean),
      }),
    ),
  ),
  models: optional(
    listOf(object({ id: required(string), label: required(string), description: optional(string), disabled: optional(boolean), default: optional(boolean) })),
  ),
  dictation: optional(object({ enabled: required(boolean) })),
});

const prompts = listOf(
  object({
    label: required(string),
    prompt: required((value, path) => (typeof value === 'string' ? undefined : listOf(userMessageContent)(value, path))),
    icon: optional(string),
  }),
);

const options = object({
  api: required(
    object({
      url: required(string),
      fetch: optional(callback),
      domainKey: optional(string),
      uploadStrategy: optional(uploadStrategy),
    }),
  ),
  locale: optional(string),
  theme: optional((value, path) => (typeof value === 'string' ? oneOf('light', 'dark')(value, path) : theme(value, path))),
  frameTitle: optional(string),
  initialThread: optional(nullable(string)),
  onClientTool: optional(callback),
  header: optional(
    object({
      enabled: optional(boolean),
      title: optional(object({ enabled: optional(boolean), text: optional(string) })),
      leftAction: optional(headerAction),
      rightAction: optional(headerAction),
    }),
  ),
  history: optional(object({ enabled: optional(boolean), showDelete: optional(boolean), showRename: optional(boolean) })),
  startScreen: optional(object({ greeting: optional(string), prompts: optional(prompts) })),
  threadItemActions: optional(object({ feedback: optional(boolean), retry: optional(boolean) })),
  composer: optional(composer),
  disclaimer: optional(object({ text: required(string), highContrast: optional(boolean) })),
  entities: optional(
    object({
      onTagSearch: optional(callback),
      showComposerMenu: optional(boolean),
      onClick: optional(callback),
      onRequestPreview: optional(callback),
    }),
  ),
  commands: optional(object({ enabled: required(boolean), onSearch: optional(callback), onSelect: optional(callback) })),
  widgets: optional(object({ onAction: optional(callback) })),
  thread: optional(object({ autoScroll: optional(boolean) })),
});

/** Throws OptionsError unless the value is a complete, known set of options. */
export function validateOptions(value: unknown): asserts value is ChatKitOptions {
  const api = (value as { api?: Record<string, unknown> } | null | undefined)?.api;
  if (api && typeof api === 'object' && 'getClientSecret' in api) {
    throw new OptionsError('api.getClientSecret', 'is for the hosted service; this element needs `api.url` of your own server.');
  }
  options(value, '');
  const checked = value as ChatKitOptions;
  const strategy = 'url' in checked.api ? checked.api.uploadStrategy : undefined;
  if (strategy?.type === 'direct' && typeof strategy.uploadUrl !== 'string') {
    throw new OptionsError('api.uploadStrategy.uploadUrl', 'is required for direct uploads.');
  }
  if (checked.composer?.attachments?.enabled && !strategy) {
    throw new OptionsError('api.uploadStrategy', 'is required when `composer.attachments` is enabled.');
  }
}
