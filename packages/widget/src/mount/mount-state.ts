import type { OpenAIChatKit } from '@openai/chatkit';
import type { Listeners } from './create-element.js';
import type { MountConfig } from './mount-chatkit.js';
import type { ChatKitMountError } from './mount-error.js';
import type { Place } from './placement.js';

/** What a mounted chat is at the moment: shared by what the page calls and what is loaded later. */
export interface MountState {
  config: MountConfig;
  element: OpenAIChatKit;
  isReady: boolean;
  /** Sets the options once more where something has changed. Does nothing before the element has any. */
  apply: () => void;
  readonly listeners: Listeners;
  readonly place: Place;
  /** Aborted when the chat is taken off the page. */
  readonly gone: AbortSignal;
  /** Tells the page and its user; gives what is shown. */
  readonly report: (problem: ChatKitMountError) => HTMLElement;
}
