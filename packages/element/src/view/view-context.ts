import type { ChatController } from '../controller/chat-controller.js';
import type { ThreadSession } from '../controller/thread-session.js';
import type { Translate } from '../locales/translate.js';
import type { MarkdownContext } from '../markdown/render-tokens.js';
import type { ResolvedOptions } from '../options/resolve-options.js';
import type { ItemChunks } from './item-chunks.js';
import type { PreviewController } from './preview.js';
import type { SettledItems } from './settled-items.js';
import type { UiState } from './ui-state.js';

/** Everything a template needs; made anew for every rendering. */
export interface ViewContext {
  options: ResolvedOptions;
  /** Changes with every call of `setOptions`. */
  optionsVersion: number;
  t: Translate;
  scheme: 'light' | 'dark';
  session: ThreadSession;
  controller: ChatController;
  ui: UiState;
  preview: PreviewController;
  settled: SettledItems;
  chunks: ItemChunks;
  /** The address of an image in content if it may be loaded. */
  image: (url: string) => string | null;
  /** The address of an image the server itself names. */
  serverImage: (url: unknown) => string | null;
  /** Changes when other images become allowed. */
  imagePolicyKey: string;
  markdown: MarkdownContext;
  sendPrompt: (prompt: unknown) => void;
  /** Something could not be shown. */
  failed: (error: unknown) => void;
}
