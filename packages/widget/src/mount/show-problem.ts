import type { ChatKitMountError } from './mount-error.js';
import { showPlainly } from './show-plainly.js';

/** The latest problem, as a panel. */
export function showProblem(box: HTMLElement, element: HTMLElement, problem: ChatKitMountError): HTMLElement {
  box.querySelector(':scope > [data-chatkit-problem]')?.remove();
  const panel = showPlainly(box, element, problem);
  const title = document.createElement('strong');
  title.textContent = 'The chat can’t be shown.';
  Object.assign(title.style, { display: 'block', marginBottom: '8px' });
  panel.prepend(title);
  // Through the object model: a strict Content-Security-Policy forbids style elements.
  Object.assign(panel.style, { boxSizing: 'border-box', margin: '0', padding: '16px', background: '#fff4f4', color: '#7a1414', border: '1px solid #d9a3a3', borderRadius: '16px', font: '14px/1.5 system-ui, sans-serif', overflowWrap: 'anywhere', pointerEvents: 'auto' });
  Object.assign(panel.style, problem.code === 'zero_size' ? { minWidth: '240px' } : { maxHeight: '100%', overflow: 'auto' });
  return panel;
}
