import type { ChatKitOptions } from '@openai/chatkit';
import type { ChatKitClient } from '../client/chatkit-client.js';
import { internalsOf, type ClientInternals } from '../client/client-internals.js';
import { isAbort } from '../client/chatkit-request-error.js';
import { createChatKitOptions } from '../options/create-chatkit-options.js';
import { createElementFetch, type ElementFetch } from '../stream/element-fetch.js';
import { IN_GOOD_ORDER } from '../stream/in-good-order.js';
import { callListener } from './call-listener.js';
import { chooseElement, type ChosenElement } from './choose-element.js';
import { themeFromCopiedVariables } from './copied-variables.js';
import { createElement } from './create-element.js';
import { connectionProblem, sizeProblem } from './find-problem.js';
import { followActiveRun } from './follow-active-run.js';
import { fingerprint, withFreshFunctions } from './fresh-functions.js';
import { toMountError } from './mount-error.js';
import type { MountState } from './mount-state.js';
import { showThread } from './show-thread.js';
import { whenReady } from './when-ready.js';

/** What is shown of the tab. */
interface Shown {
  /** Null as soon as it is not the tab's any more. */
  threadId: string | null;
  /** The tab has another thread, or none, and the element does not know it yet. */
  isStale: boolean;
  /** Aborted when the tab's thread is another one. */
  changed: AbortController;
}

/** From the empty element to a chat that works, with the thread that this tab had last. Throws what is in the way. */
export async function bringUp(state: MountState): Promise<void> {
  const { client } = state.config;
  const { gone, place } = state;
  const internals = internalsOf(client);
  const connection = internals ? connect(internals, gone) : null;
  const shown: Shown = { threadId: null, isStale: false, changed: new AbortController() };
  const build = optionsOf(state, shown, connection);
  let chosen: ChosenElement | null = null;

  /** Nothing of a user who has gone may stay in sight: an element that does not let go of it is replaced. */
  async function showTabsThread(): Promise<void> {
    while (shown.isStale && chosen) {
      shown.isStale = false;
      shown.threadId = client.tab.threadId();
      const over = AbortSignal.any([gone, shown.changed.signal]);
      // Whoever hears of the next change shows what it brings.
      if ((await showThread(state.element, shown.threadId, over)) || over.aborted) return;
      connection?.keepRuns();
      state.isReady = false;
      chosen = await showElement(state, chosen, build, { anew: true });
      state.isReady = true;
    }
  }

  const unsubscribe = client.tab.subscribe(({ type }) => {
    if (type === 'session') return;
    shown.changed.abort(IN_GOOD_ORDER);
    Object.assign(shown, { threadId: null, isStale: true, changed: new AbortController() });
    if (!state.isReady) return;
    showTabsThread().catch((error: unknown) => {
      if (!gone.aborted) state.report(toMountError(error, 'The chat could not be set up:'));
    });
  });
  gone.addEventListener('abort', unsubscribe);

  const [first] = await Promise.all([chooseElement(state.config), restoreThread(client, shown)]);
  if (gone.aborted) return;
  chosen = await showElement(state, first, build);
  state.isReady = true;
  place.setReady();
  await showTabsThread();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => state.apply(), { signal: gone });
  callListener(() => state.config.on?.ready?.());
  followRun(state, shown, internals);
}

/** Of its own: what another chat of the same client does when it goes is not this one's. */
function connect({ api }: ClientInternals, gone: AbortSignal): ElementFetch {
  const connection = createElementFetch(api);
  gone.addEventListener('abort', () => {
    connection.keepRuns();
    connection.release();
  });
  return connection;
}

/** The thread of before, where the session may still see it. */
async function restoreThread({ tab, url }: Pick<ChatKitClient, 'tab' | 'url'>, shown: Shown): Promise<void> {
  try {
    await tab.check();
  } catch (error) {
    throw await connectionProblem(error, url);
  }
  shown.isStale = false;
  const threadId = tab.threadId();
  if (threadId === null) return;
  const { signal } = shown.changed;
  const { visible } = await tab.look(threadId).catch(() => ({ visible: true }));
  if (signal.aborted) return;
  if (visible) shown.threadId = threadId;
  else tab.rememberThread(null);
}

/** The options as they are now, with what the place and the page's style sheets add. */
function optionsOf(state: MountState, shown: Shown, connection: ElementFetch | null): () => ChatKitOptions {
  return () => {
    const options = createChatKitOptions(state.config);
    const copied = themeFromCopiedVariables(state.element);
    const theme = typeof options.theme === 'string' ? { colorScheme: options.theme } : options.theme;
    const color = { ...copied.color, ...theme?.color };
    return state.place.options({
      initialThread: shown.threadId,
      ...options,
      ...(connection ? { api: { ...options.api, fetch: connection.fetch } } : {}),
      ...(Object.keys(copied).length > 0 ? { theme: { ...copied, ...theme, ...(Object.keys(color).length > 0 ? { color } : {}) } } : {}),
    });
  };
}

/** Options on, and wait for the word; with the other element if it does not come. `anew`: with an element that has shown nothing yet. */
async function showElement(state: MountState, chosen: ChosenElement, build: () => ChatKitOptions, { anew = false } = {}): Promise<ChosenElement> {
  if (anew || state.element.localName !== chosen.tag) {
    const other = createElement(chosen.tag, state.listeners);
    state.element.replaceWith(other);
    state.element = other;
  }
  const { element } = state;
  customElements.upgrade(element);
  const said = whenReady(element, chosen.readyWithinMs);
  // An element that refuses its options is not waited for.
  said.catch(() => undefined);
  try {
    state.apply = keepApplied(state, build);
    requestAnimationFrame(() => checkSize(state));
    await said;
    return chosen;
  } catch (error) {
    if (state.gone.aborted || !chosen.fallBack || !(error instanceof Error)) throw error;
    return showElement(state, await chosen.fallBack(error), build);
  }
}

/** Sets the options; the function that is returned does so again where they differ in more than callbacks. */
function keepApplied({ element }: MountState, build: () => ChatKitOptions): () => void {
  let latest = build();
  let applied = '';
  const set = (): void => {
    const print = fingerprint(latest);
    if (applied === print) return;
    element.setOptions(withFreshFunctions(latest, () => latest));
    applied = print;
  };
  set();
  return () => {
    latest = build();
    set();
  };
}

function checkSize(state: MountState): void {
  const { element } = state;
  const problem = state.gone.aborted ? null : sizeProblem(element);
  if (!problem) return;
  const panel = state.report(problem);
  const observer = new ResizeObserver(() => {
    if (sizeProblem(element)) return;
    panel.remove();
    observer.disconnect();
  });
  observer.observe(element);
}

/** What is still being written in the thread is followed to its end. */
function followRun(state: MountState, { threadId, changed }: Shown, internals: ClientInternals | undefined): void {
  if (threadId === null || !internals) return;
  const over = AbortSignal.any([state.gone, changed.signal]);
  followActiveRun(internals.api, state.element, threadId, over).catch((error: unknown) => {
    if (!over.aborted && !isAbort(error)) state.config.on?.error?.(error instanceof Error ? error : new Error(String(error)));
  });
}
