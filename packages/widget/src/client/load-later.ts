import type { TabSession } from '../session/tab-session.js';

/** Loads what the page can be shown without. Whoever logs out meanwhile has taken back what it was wanted for: rejects with an `AbortError`. */
export async function loadLater<T>(tab: TabSession, load: () => Promise<T>): Promise<T> {
  let isOut = false;
  const unsubscribe = tab.subscribe(({ type }) => (isOut ||= type === 'logout'));
  const loaded = await load().finally(unsubscribe);
  if (isOut) throw new DOMException('Logged out', 'AbortError');
  return loaded;
}
