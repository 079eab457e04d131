import type { ChatKitOptions, CustomApiConfig } from '@openai/chatkit';
import { resolveLocale } from '../locales/resolve-locale.js';
import type { ResolvedLocale } from '../locales/resolve-locale.js';

/** Options with their documented defaults filled in. */
export interface ResolvedOptions {
  raw: ChatKitOptions;
  api: CustomApiConfig;
  /** `api.url` made absolute against the page. */
  apiUrl: string;
  locale: ResolvedLocale;
  title: string;
  history: { enabled: boolean; showDelete: boolean; showRename: boolean };
  header: { enabled: boolean; showTitle: boolean; text: string | undefined };
  actions: { feedback: boolean; retry: boolean };
  attachments: { enabled: boolean; maxCount: number };
  dictation: boolean;
  autoScroll: boolean;
}

/** Fills in defaults. `pageUrl` and `pageLocale` come from the browser. */
export function resolveOptions(raw: ChatKitOptions, pageUrl: string, pageLocale: string): ResolvedOptions {
  const api = raw.api as CustomApiConfig;
  return {
    raw,
    api,
    apiUrl: new URL(api.url, pageUrl).href,
    locale: resolveLocale(raw.locale ?? pageLocale),
    title: raw.frameTitle ?? 'Chat',
    history: {
      enabled: raw.history?.enabled ?? true,
      showDelete: raw.history?.showDelete ?? true,
      showRename: raw.history?.showRename ?? true,
    },
    header: {
      enabled: raw.header?.enabled ?? true,
      showTitle: raw.header?.title?.enabled ?? true,
      text: raw.header?.title?.text,
    },
    actions: { feedback: raw.threadItemActions?.feedback ?? false, retry: raw.threadItemActions?.retry ?? false },
    attachments: {
      enabled: raw.composer?.attachments?.enabled ?? false,
      maxCount: raw.composer?.attachments?.maxCount ?? 10,
    },
    dictation: raw.composer?.dictation?.enabled ?? false,
    autoScroll: raw.thread?.autoScroll ?? false,
  };
}
