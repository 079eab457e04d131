import { newKey } from '../client/new-key.js';

/** One for each loaded page, whatever copies of this module it has. */
export const pageId: string = newKey();

let unloading = false;

/** True from `pagehide` on: what is aborted then was not stopped by the user. */
export function isUnloading(): boolean {
  return unloading;
}

if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => (unloading = true), { capture: true });
  window.addEventListener('pageshow', () => (unloading = false), { capture: true });
}
