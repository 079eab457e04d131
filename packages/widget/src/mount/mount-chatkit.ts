import type { ChatKitOptions, OpenAIChatKit } from '@openai/chatkit';
import { internalsOf } from '../client/client-internals.js';
import { isAbort } from '../client/chatkit-request-error.js';
import { createChatKitOptions } from '../options/create-chatkit-options.js';
import type { ElementFetch } from '../stream/element-fetch.js';
import type { WidgetConfig } from '../options/widget-config.js';
import type { ChosenElement } from './choose-element.js';
import { createElement } from './create-element.js';
import { OFFICIAL_TAG } from './official-tag.js';
import { ChatKitMountError } from './mount-error.js';
import type * as MountParts from './mount-parts.js';
import { floatingPlace, inlinePlace, type Placement } from './placement.js';

export interface MountConfig extends WidgetConfig {
  /** `inline` (default): as large as the target. `floating`: in the corner, behind a button. */
  placement?: Placement | undefined;
}

export interface MountedChatKit extends Disposable {
  /** The element on the page; another one once the self-hosted element has taken its place. */
  readonly element: OpenAIChatKit;
  /** Resolves when the element is; rejects with {@link ChatKitMountError}, which is also told on the page and on the console. */
  ready: Promise<void>;
  /** What is not given stays as it is. */
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
  const following = new AbortController();
  let current = config;
  let initialThread: string | null = null;
  let isReady = false;
  let applied: { fingerprint: string } | null = null;
  let isStale = false;
  let last: ChosenElement | null = null;
  const internals = internalsOf(config.client);
  /** Of its own: what another chat of the same client does when it goes is not this one's. */
  let connection: ElementFetch | null = null;
  const { tab } = config.client;

  const place = config.placement === 'floating'
    ? floatingPlace(container, config.title ?? 'Chat', () => void (isReady && element.focusComposer().catch(() => undefined)))
    : inlinePlace(container);
  const listeners = {
    'chatkit.error': ({ detail }: CustomEvent<{ error: Error }>) => current.on?.error?.(detail.error),
    'chatkit.effect': ({ detail: { name, data } }: CustomEvent<{ name: string; data?: Record<string, unknown> }>) => {
      if (current.effects && Object.hasOwn(current.effects, name)) current.effects[name]?.(data ?? {});
    },
    'chatkit.thread.change': ({ detail: { threadId } }: CustomEvent<{ threadId: string | null }>) => {
      // Before it is ready, "no thread" says no more than that none is shown yet.
      if (!isReady && threadId === null) return;
      tab.rememberThread(threadId);
      current.on?.threadChange?.({ threadId });
    },
  };
  let element = createElement(OFFICIAL_TAG, listeners);
  place.box.append(element);

  let parts: typeof MountParts;
  const build = (): ChatKitOptions => {
    const options = createChatKitOptions(current);
    const copied = parts.themeFromCopiedVariables(element);
    const theme = typeof options.theme === 'string' ? { colorScheme: options.theme } : options.theme;
    const color = { ...copied.color, ...theme?.color };
    return place.options({
      initialThread,
      ...options,
      ...(connection ? { api: { ...options.api, fetch: connection.fetch } } : {}),
      ...(Object.keys(copied).length > 0 ? { theme: { ...copied, ...theme, ...(Object.keys(color).length > 0 ? { color } : {}) } } : {}),
    });
  };
  let latest: ChatKitOptions | null = null;
  const apply = (): void => {
    latest = build();
    const print = parts.fingerprint(latest);
    if (applied?.fingerprint === print) return;
    applied = { fingerprint: print };
    element.setOptions(parts.withFreshFunctions(latest, () => latest ?? build()));
  };

  /** Options on, and wait for the word; with the other element if it does not come. */
  async function bringUp(chosen: ChosenElement, anew = false): Promise<void> {
    last = chosen;
    if (anew || element.localName !== chosen.tag) {
      const other = createElement(chosen.tag, listeners);
      element.replaceWith(other);
      element = other;
    }
    customElements.upgrade(element);
    applied = null;
    const said = parts.whenReady(element, chosen.readyWithinMs);
    apply();
    requestAnimationFrame(() => checkSize());
    try {
      await said;
    } catch (error) {
      if (gone.signal.aborted || !chosen.fallBack || !(error instanceof Error)) throw error;
      await bringUp(await chosen.fallBack(error));
    }
  }

  function checkSize(): void {
    const problem = gone.signal.aborted ? null : parts.sizeProblem(element);
    if (!problem) return;
    const panel = report(problem);
    const observer = new ResizeObserver(() => {
      if (parts.sizeProblem(element)) return;
      panel.remove();
      observer.disconnect();
    });
    observer.observe(element);
  }

  function report(problem: ChatKitMountError): HTMLElement {
    current.on?.error?.(problem);
    return parts.showProblem(place.box, problem);
  }

  async function restoreThread(): Promise<void> {
    try {
      await tab.token();
    } catch (error) {
      throw await parts.connectionProblem(error, config.client.url);
    }
    isStale = false;
    const threadId = tab.threadId();
    if (threadId === null) return;
    const { visible } = await tab.look(threadId).catch(() => ({ visible: true }));
    if (visible) initialThread = threadId;
    else tab.rememberThread(null);
  }

  async function start(): Promise<void> {
    parts = await import('./mount-parts.js');
    if (internals && !gone.signal.aborted) connection = parts.createElementFetch(internals.api);
    const [chosen] = await Promise.all([parts.chooseElement(current), restoreThread()]);
    if (gone.signal.aborted) return;
    await bringUp(chosen);
    isReady = true;
    if (isStale) await showTabsThread();
    current.on?.ready?.();
    if (initialThread !== null && internals) {
      parts.followActiveRun(internals.api, element, initialThread, AbortSignal.any([gone.signal, following.signal])).catch((error: unknown) => {
        if (!gone.signal.aborted && !following.signal.aborted && !isAbort(error)) current.on?.error?.(error instanceof Error ? error : new Error(String(error)));
      });
    }
  }

  /** Nothing of a user who has gone may stay in sight: an element that does not let go of it is replaced. */
  async function showTabsThread(): Promise<void> {
    isStale = false;
    initialThread = tab.threadId();
    if ((await parts.showThread(element, initialThread, gone.signal)) || gone.signal.aborted || !last) return;
    connection?.keepRuns();
    isReady = false;
    await bringUp(last, true);
    isReady = true;
  }

  const unsubscribe = tab.subscribe(({ type }) => {
    if (type === 'session') return;
    isStale = true;
    initialThread = null;
    following.abort();
    if (isReady) showTabsThread().catch((error: unknown) => current.on?.error?.(error instanceof Error ? error : new Error(String(error))));
  });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const onScheme = (): void => {
    if (applied) apply();
  };
  scheme.addEventListener('change', onScheme);

  const ready = start().catch((error: unknown) => {
    if (gone.signal.aborted) return;
    if (error instanceof ChatKitMountError) report(error);
    throw error;
  });
  ready.catch(() => undefined);

  const dispose = (): void => {
    if (gone.signal.aborted) return;
    gone.abort();
    connection?.keepRuns();
    connection?.release();
    unsubscribe();
    scheme.removeEventListener('change', onScheme);
    place.remove();
  };
  return {
    get element() {
      return element;
    },
    ready,
    update: (change) => {
      current = { ...current, ...change };
      if (applied) apply();
    },
    open: place.open,
    close: place.close,
    dispose,
    [Symbol.dispose]: dispose,
  };
}
