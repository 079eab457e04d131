import { newKey } from '../client/new-key.js';

const PAGE = Symbol.for('chatkit-selfhost.page');
const page = globalThis as { [PAGE]?: string };

/** One for each loaded page, whatever copies of this module it has. */
export const pageId: string = (page[PAGE] ??= newKey());

let unloading = false;

/** True from `pagehide` on: what is aborted then was not stopped by the user. */
export function isUnloading(): boolean {
  return unloading;
}

if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => (unloading = true), { capture: true });
  window.addEventListener('pageshow', () => (unloading = false), { capture: true });
}
