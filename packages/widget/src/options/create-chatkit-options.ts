import type { ChatKitOptions } from '@openai/chatkit';
import { warnOnPage } from './page-warning.js';
import { isBag, translateCopiedOptions } from './translate-copied-options.js';
import type { WidgetConfig, WidgetPrompt } from './widget-config.js';

/** The element asks for a key on every host; on localhost any will do. */
const LOCAL_DOMAIN_KEY = 'localhost';
const OFFICIAL_NAMES = ['header', 'history', 'startScreen', 'threadItemActions', 'composer', 'entities', 'commands', 'widgets', 'thread', 'frameTitle', 'initialThread', 'onClientTool'];

/**
 * The official options, for `element.setOptions`. They replace all earlier ones each time. Options that ChatKit does not have are
 * translated and named in one warning on the console.
 */
export function createChatKitOptions(config: WidgetConfig): ChatKitOptions {
  const { client, domainKey, clientTools, locale, title } = config;
  const own = {
    ...(locale === undefined ? {} : { locale }),
    ...(title === undefined ? {} : { frameTitle: title, header: { title: { text: title } } }),
    theme: themeOf(config),
    startScreen: { ...(config.greeting === undefined ? {} : { greeting: config.greeting }), ...(config.prompts ? { prompts: config.prompts.map(toPrompt) } : {}) },
    composer: { ...(config.placeholder === undefined ? {} : { placeholder: config.placeholder }), ...attachmentsOf(config) },
    ...(typeof config.disclaimer === 'string' ? { disclaimer: { text: config.disclaimer } } : {}),
    ...(clientTools ? { onClientTool: ({ name, params }: { name: string; params: Record<string, unknown> }) => callTool(config, name, params) } : {}),
  };
  const { options, notes } = translateCopiedOptions({ ...officialAmong(config), ...config.official });
  if ('api' in options) {
    delete options['api'];
    notes.push('api: left out; the address, fetch and uploads come from `client`.');
  }
  if (notes.length > 0) warnOnPage(`Some of these options do not exist in ChatKit:\n${notes.map((note) => `- ${note}`).join('\n')}`);
  return {
    ...merged(own, options),
    api: { url: `${client.url}/chatkit`, domainKey: domainKey ?? LOCAL_DOMAIN_KEY, fetch: client.fetch, ...(uploads(own, options) ? { uploadStrategy: { type: 'two_phase' } } : {}) },
  };
}

/** A page in plain JavaScript may have the official options beside our own. */
function officialAmong(config: WidgetConfig): Record<string, unknown> {
  const given = config as unknown as Record<string, unknown>;
  const names = [...OFFICIAL_NAMES, ...['theme', 'disclaimer'].filter((name) => isBag(given[name]))];
  return Object.fromEntries(names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]));
}

function themeOf({ theme = 'auto', accent }: WidgetConfig): ChatKitOptions['theme'] {
  const scheme = theme === 'light' || theme === 'dark' ? theme : prefersDark() ? 'dark' : 'light';
  return accent === undefined ? scheme : { colorScheme: scheme, color: { accent: { primary: accent, level: 1 } } };
}

export function prefersDark(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches;
}

function toPrompt(prompt: string | WidgetPrompt): WidgetPrompt {
  return typeof prompt === 'string' ? { label: prompt, prompt } : prompt;
}

function attachmentsOf({ attachments }: WidgetConfig): ChatKitOptions['composer'] {
  if (!attachments) return {};
  const { maxBytes, maxCount, accept } = attachments;
  return { attachments: { enabled: true, ...(maxBytes === undefined ? {} : { maxSize: maxBytes }), ...(maxCount === undefined ? {} : { maxCount }), ...(accept ? { accept } : {}) } };
}

async function callTool({ clientTools }: WidgetConfig, name: string, params: Record<string, unknown>): Promise<Record<string, unknown>> {
  const tool = clientTools && Object.hasOwn(clientTools, name) ? clientTools[name] : undefined;
  if (!tool) throw new Error(`This page has no tool ${name}.`);
  return tool(params);
}

/** Deep, so that one official option does not undo its neighbours; lists and strings are replaced. */
function merged(own: Record<string, unknown>, official: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = { ...own };
  for (const [name, value] of Object.entries(official)) {
    const before = result[name];
    if (value === undefined) continue;
    // A scheme of ours beside official theme details.
    const base = name === 'theme' && typeof before === 'string' ? { colorScheme: before } : before;
    result[name] = isBag(base) && isBag(value) ? merged(base, value) : value;
  }
  return result;
}

function uploads(...bags: Record<string, unknown>[]): boolean {
  return bags.some(({ composer }) => isBag(composer) && isBag(composer['attachments']) && composer['attachments']['enabled'] === true);
}
