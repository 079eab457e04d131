import { html } from 'lit';
import type { Translate } from '../locales/translate.js';
import { createIcon, icon } from '../icons/icon.js';
import { copyToClipboard } from './copy-to-clipboard.js';

const shownFor = 2000;

/** The line above a code block: its language and the copy button. */
export function renderCodeBar(language: string, code: string, t: Translate): unknown {
  const copy = async (event: MouseEvent): Promise<void> => {
    const button = event.currentTarget as HTMLButtonElement;
    await copyToClipboard(code);
    // Only this button changes: a rendering of the whole answer isn't needed for a tick.
    const before = button.querySelector('svg');
    if (!before || button.dataset['copied']) return;
    const tick = createIcon('copied');
    before.replaceWith(tick);
    button.dataset['copied'] = 'true';
    button.setAttribute('aria-label', t('copied'));
    setTimeout(() => {
      tick.replaceWith(before);
      delete button.dataset['copied'];
      button.setAttribute('aria-label', t('copyCode'));
    }, shownFor);
  };
  return html`<div class="code-bar">
    <span>${language}</span>
    <button type="button" class="icon-button small" aria-label=${t('copyCode')} title=${t('copyCode')} @click=${copy}>${icon('copy')}</button>
  </div>`;
}
