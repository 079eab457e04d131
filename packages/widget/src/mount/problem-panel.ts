import { errorOnPage } from '../options/page-warning.js';
import type { ChatKitMountError } from './mount-error.js';

/** Says on the page and on the console what is wrong: a box that stays blank says nothing. */
export function showProblem(container: HTMLElement, problem: ChatKitMountError): HTMLElement {
  errorOnPage(`${problem.code}: ${problem.message}`);
  container.querySelector(':scope > [data-chatkit-problem]')?.remove();
  const panel = document.createElement('div');
  panel.setAttribute('role', 'alert');
  panel.dataset['chatkitProblem'] = problem.code;
  const title = document.createElement('strong');
  title.textContent = 'The chat can’t be shown.';
  const text = document.createElement('p');
  text.textContent = problem.message;
  // Through the object model: a strict Content-Security-Policy forbids style elements.
  Object.assign(panel.style, { boxSizing: 'border-box', minWidth: '240px', padding: '16px', background: '#fff4f4', color: '#7a1414', border: '1px solid #d9a3a3', borderRadius: '8px', font: '14px/1.5 system-ui, sans-serif', overflowWrap: 'anywhere', pointerEvents: 'auto' });
  text.style.margin = '8px 0 0';
  panel.append(title, text);
  container.append(panel);
  return panel;
}
