import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';
import { distinctSources, renderSourceList } from './citations.js';
import { iconButton } from './icon-button.js';
import { copyText, feedbackIds, responseAnnotations } from './response-groups.js';
import type { ResponseGroup } from './response-groups.js';
import type { ViewContext } from './view-context.js';

/** Below a finished response: copy, feedback, retry and its sources. */
export function renderResponseActions(group: ResponseGroup, view: ViewContext): unknown {
  const { t, ui, options, controller, session } = view;
  const id = group.lastId;
  const text = copyText(group.items);
  const ids = feedbackIds(group.items);
  const given = ids[0] === undefined ? undefined : session.feedback.get(ids[0]);
  const sources = distinctSources(responseAnnotations(group.items));
  const open = ui.isOpen(id, 'sources');
  const feedback = options.actions.feedback && ids.length > 0;
  const retry = options.actions.retry && ids.length > 0;
  const give = (kind: 'positive' | 'negative'): void => void controller.giveFeedback(ids, kind, () => ui.touch(id));
  if (!text && !feedback && !retry && sources.length === 0) return nothing;
  return html`<div class="response-actions">
      ${text ? iconButton({ icon: ui.isCopied(id) ? 'copied' : 'copy', label: t(ui.isCopied(id) ? 'copied' : 'copy'), onClick: () => void ui.copy(id, text) }) : nothing}
      ${
        feedback
          ? html`${iconButton({ icon: 'thumbs-up', label: t('goodResponse'), pressed: given === 'positive', onClick: () => give('positive') })}
            ${iconButton({ icon: 'thumbs-down', label: t('badResponse'), pressed: given === 'negative', onClick: () => give('negative') })}`
          : nothing
      }
      ${retry ? iconButton({ icon: 'retry', label: t('tryAgain'), onClick: () => void controller.retry(id) }) : nothing}
      ${
        sources.length > 0
          ? html`<button type="button" class="sources-button" aria-expanded=${String(open)} @click=${() => ui.setOpen(id, 'sources', !open)}>
              ${icon('globe')}<span>${t('sources')}</span><span class="count">${sources.length}</span>
            </button>`
          : nothing
      }
    </div>
    ${open ? renderSourceList(sources, view) : nothing}`;
}
