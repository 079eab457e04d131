import type { OpenAIChatKit } from '@openai/chatkit';
import type { WidgetConfig } from '../options/widget-config.js';
import { callListener } from './call-listener.js';
import { createElement, type Listeners } from './create-element.js';
import { ChatKitMountError, toMountError } from './mount-error.js';
import type { MountState } from './mount-state.js';
import { OFFICIAL_TAG } from './official-tag.js';
import { floatingPlace, inlinePlace, type Placement } from './placement.js';
import { showPlainly } from './show-plainly.js';

export interface MountConfig extends WidgetConfig {
  /** `inline` (default): as large as the target. `floating`: in the corner, behind a button. */
  placement?: Placement | undefined;
}

export interface MountedChatKit extends Disposable {
  /** The element on the page; another one once the self-hosted element has taken its place. */
  readonly element: OpenAIChatKit;
  /** Resolves when the element is; rejects with {@link ChatKitMountError}, which is also told on the page and on the console. */
  ready: Promise<void>;
  /** What is not given stays as it is; `undefined` goes back to the default. */
  update: (config: Partial<MountConfig>) => void;
  /** Shows and hides the floating panel. */
  open: () => void;
  close: () => void;
  /** Takes it off the page. An answer that is being written is finished on the server. */
  dispose: () => void;
}

/** Puts the chat on the page, with the thread that this tab had last. Throws {@link ChatKitMountError} when the target is not there. */
export function mountChatKit(target: string | Element, config: MountConfig): MountedChatKit {
  const container = typeof target === 'string' ? document.querySelector(target) : target;
  if (!container) throw new ChatKitMountError('no_target', `There is nothing on the page that matches ${typeof target === 'string' ? target : 'the target'}.`);
  const gone = new AbortController();
  const { tab } = config.client;
  let show = showPlainly;

  const place = config.placement === 'floating'
    ? floatingPlace(container, config.title ?? 'Chat', () => void (state.isReady && state.element.focusComposer().catch(() => undefined)))
    : inlinePlace(container);
  const listeners: Listeners = {
    'chatkit.error': ({ detail }) => state.config.on?.error?.(detail.error),
    'chatkit.effect': ({ detail: { name, data } }) => {
      const { effects } = state.config;
      if (effects && Object.hasOwn(effects, name)) effects[name]?.(data ?? {});
    },
    'chatkit.thread.change': ({ detail: { threadId } }) => {
      // Before it is ready, "no thread" says no more than that none is shown yet.
      if (!state.isReady && threadId === null) return;
      tab.rememberThread(threadId);
      state.config.on?.threadChange?.({ threadId });
    },
  };
  const state: MountState = {
    config, listeners, place,
    element: createElement(OFFICIAL_TAG, listeners),
    isReady: false,
    apply: () => undefined,
    gone: gone.signal,
    report: (problem) => {
      const shown = show(place.box, state.element, problem);
      callListener(() => state.config.on?.error?.(problem));
      return shown;
    },
  };
  place.box.append(state.element);

  async function start(): Promise<void> {
    const parts = await import('./mount-parts.js').catch((error: unknown) => {
      throw toMountError(error, 'A part of the chat’s script could not be loaded; reload the page.');
    });
    show = parts.showProblem;
    if (!gone.signal.aborted) await parts.bringUp(state);
  }

  const ready = start().catch((error: unknown) => {
    if (gone.signal.aborted) return;
    const problem = toMountError(error, 'The chat could not be set up:');
    state.report(problem);
    throw problem;
  });
  // Told already; a page need not ask for it.
  ready.catch(() => undefined);

  const dispose = (): void => {
    if (gone.signal.aborted) return;
    gone.abort();
    place.remove();
  };
  return {
    get element() {
      return state.element;
    },
    ready,
    update: (change) => {
      state.config = { ...state.config, ...change };
      state.apply();
    },
    open: place.open,
    close: place.close,
    dispose,
    [Symbol.dispose]: dispose,
  };
}
