import type { MaybePromise } from '@chatkit-selfhost/core';
import type { ChatKitIcon, ChatKitOptions } from '@openai/chatkit';
import type { ChatKitClient } from '../client/chatkit-client.js';

export interface WidgetPrompt {
  label: string;
  prompt: string;
  icon?: ChatKitIcon | undefined;
}

export interface WidgetConfig {
  /** From `createChatKitClient`. */
  // Only `any` accepts a client of every app.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  client: ChatKitClient<any>;
  /** The public key of your domain from OpenAI's domain allowlist. Needed by the official element on hosts other than localhost. */
  domainKey?: string | undefined;
  /** `auto` (default): the official element, or the self-hosted one where that does not come up and `selfHostedUrl` is given. */
  renderer?: 'auto' | 'openai' | 'self-hosted' | undefined;
  /** Where your app serves `dist/chatkit.js` of `@chatkit-selfhost/element`. */
  selfHostedUrl?: string | undefined;
  /** Default: OpenAI's. */
  scriptUrl?: string | undefined;
  title?: string | undefined;
  /** Any CSS colour. */
  accent?: string | undefined;
  greeting?: string | undefined;
  placeholder?: string | undefined;
  /** Markdown, below the composer. */
  disclaimer?: string | undefined;
  locale?: ChatKitOptions['locale'] | undefined;
  /** `auto` (default) follows the system. */
  theme?: 'light' | 'dark' | 'auto' | undefined;
  prompts?: (string | WidgetPrompt)[] | undefined;
  /** Present: files can be attached. */
  attachments?: { maxBytes?: number | undefined; maxCount?: number | undefined; accept?: Record<string, string[]> | undefined } | undefined;
  clientTools?: Record<string, (input: Record<string, unknown>) => MaybePromise<Record<string, unknown>>> | undefined;
  effects?: Record<string, (data: Record<string, unknown>) => void> | undefined;
  on?: {
    ready?: (() => void) | undefined;
    /** What the element reports, and why it can't be shown ({@link ChatKitMountError}). */
    error?: ((error: Error) => void) | undefined;
    threadChange?: ((event: { threadId: string | null }) => void) | undefined;
  } | undefined;
  /** Merged last; every official option. */
  official?: Partial<Omit<ChatKitOptions, 'api'>> | undefined;
}
