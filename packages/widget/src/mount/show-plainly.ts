import { errorOnPage } from '../options/page-warning.js';
import type { ChatKitMountError } from './mount-error.js';

/**
 * Says on the page and on the console what is wrong: a box that stays blank says nothing. The message takes the place of the element, which
 * would push it out of a box that clips; beside an element without an area there is room.
 *
 * No more than the text, so that it needs no other file: the reason may be that none can be loaded.
 */
export function showPlainly(box: HTMLElement, element: HTMLElement, { code, message, cause }: ChatKitMountError): HTMLElement {
  errorOnPage(`${code}: ${message}`, cause);
  const panel = document.createElement('p');
  panel.setAttribute('role', 'alert');
  panel.dataset['chatkitProblem'] = code;
  panel.textContent = message;
  box.prepend(panel);
  if (code !== 'zero_size') element.style.display = 'none';
  return panel;
}
