import type { ChatKitOptions } from '@openai/chatkit';
import type { ChatKitClient } from '../client/chatkit-client.js';
import { internalsOf, type ClientInternals } from '../client/client-internals.js';
import { isAbort } from '../client/chatkit-request-error.js';
import { createChatKitOptions } from '../options/create-chatkit-options.js';
import { callListener } from './call-listener.js';
import { chooseElement, type ChosenElement } from './choose-element.js';
import { themeFromCopiedVariables } from './copied-variables.js';
import { createElement } from './create-element.js';
import { connectionProblem, sizeProblem } from './find-problem.js';
import { followActiveRun } from './follow-active-run.js';
import { fingerprint, withFreshFunctions } from './fresh-functions.js';
import type { MountState } from './mount-state.js';
import { whenIdle } from './when-idle.js';
import { whenReady } from './when-ready.js';

/** From the empty element to a chat that works, with the thread that this tab had last. Throws what is in the way. */
export async function bringUp(state: MountState): Promise<void> {
  const { client } = state.config;
  const { gone, place } = state;
  const [chosen, initialThread] = await Promise.all([chooseElement(state.config), threadToShow(client)]);
  if (gone.aborted) return;
  await showElement(state, chosen, optionsOf(state, initialThread));
  state.isReady = true;
  place.setReady();

  const unsubscribe = client.tab.subscribe(({ type }) => {
    if (type !== 'session') whenIdle(() => state.element.setThreadId(null), gone).catch(() => undefined);
  });
  gone.addEventListener('abort', unsubscribe);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => state.apply(), { signal: gone });
  callListener(() => state.config.on?.ready?.());
  followRun(state, internalsOf(client), initialThread);
}

/** The thread of before, where the session may still see it. */
async function threadToShow({ tab, url }: Pick<ChatKitClient, 'tab' | 'url'>): Promise<string | null> {
  try {
    await tab.check();
  } catch (error) {
    throw await connectionProblem(error, url);
  }
  const threadId = tab.threadId();
  if (threadId === null) return null;
  const { visible } = await tab.look(threadId).catch(() => ({ visible: true }));
  if (visible) return threadId;
  tab.rememberThread(null);
  return null;
}

/** The options as they are now, with what the place and the page's style sheets add. */
function optionsOf(state: MountState, initialThread: string | null): () => ChatKitOptions {
  return () => {
    const options = createChatKitOptions(state.config);
    const copied = themeFromCopiedVariables(state.element);
    const theme = typeof options.theme === 'string' ? { colorScheme: options.theme } : options.theme;
    const color = { ...copied.color, ...theme?.color };
    return state.place.options({
      initialThread,
      ...options,
      ...(Object.keys(copied).length > 0 ? { theme: { ...copied, ...theme, ...(Object.keys(color).length > 0 ? { color } : {}) } } : {}),
    });
  };
}

/** Options on, and wait for the word; with the other element if it does not come. */
async function showElement(state: MountState, chosen: ChosenElement, build: () => ChatKitOptions): Promise<void> {
  if (state.element.localName !== chosen.tag) {
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
  } catch (error) {
    if (state.gone.aborted || !chosen.fallBack || !(error instanceof Error)) throw error;
    await showElement(state, await chosen.fallBack(error), build);
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
function followRun(state: MountState, internals: ClientInternals | undefined, threadId: string | null): void {
  const { element, gone } = state;
  if (threadId === null || !internals) return;
  followActiveRun(internals.api, element, threadId, gone).catch((error: unknown) => {
    if (!gone.aborted && !isAbort(error)) state.config.on?.error?.(error instanceof Error ? error : new Error(String(error)));
  });
}
