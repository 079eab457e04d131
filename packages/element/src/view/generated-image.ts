import { html } from 'lit';
import type { GeneratedImageItem } from '../protocol/item.js';
import { styled } from './styled.js';
import type { ViewContext } from './view-context.js';

/** An image while it is made and once it is there; the frame keeps its size, so nothing jumps. */
export function renderGeneratedImage(item: GeneratedImageItem, view: ViewContext, finished: boolean): unknown {
  const source = view.serverImage(item.image?.url);
  const running = !finished && view.session.busy;
  const progress = Math.min(1, Math.max(0, item.progress ?? 0));
  return html`<div class="generated-image ${source ? '' : 'empty'} ${running ? 'running' : ''}">
    ${source ? html`<img src=${source} alt=${view.t('generatedImage')} referrerpolicy="no-referrer">` : html`<div class="image-frame"></div>`}
    ${
      running
        ? html`<div class="image-progress">
            <span class="shimmer">${view.t('creatingImage')}</span>
            <div class="bar" role="progressbar" aria-label=${view.t('creatingImage')} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(progress * 100)}>
              <i ${styled({ 'inline-size': `${Math.round(progress * 100)}%` })}></i>
            </div>
          </div>`
        : ''
    }
  </div>`;
}
