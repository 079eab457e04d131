import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';
import { markdown } from '../markdown/markdown.js';
import { iconButton } from './icon-button.js';
import type { ViewContext } from './view-context.js';

const noticeIcons = { info: 'info', warning: 'warning', danger: 'danger' };

/** Notices the server sent with the current response. */
export function renderNotices(view: ViewContext): unknown {
  const { session, t } = view;
  return session.state.notices.map((notice) => {
    const level = Object.hasOwn(noticeIcons, notice.level) ? notice.level : 'info';
    const dismiss = (): void => session.update((state) => ({ ...state, notices: state.notices.filter((entry) => entry !== notice) }));
    return html`<div class="notice ${level}" role=${level === 'info' ? 'status' : 'alert'}>
      ${icon(noticeIcons[level])}
      <div class="notice-text">
        ${notice.title ? html`<strong dir="auto">${notice.title}</strong>` : nothing}
        <div class="prose" dir="auto">${markdown(notice.message, true, view.markdown, view.imagePolicyKey)}</div>
      </div>
      ${iconButton({ icon: 'close', label: t('dismiss'), className: 'small', onClick: dismiss })}
    </div>`;
  });
}

/** What the assistant is doing, or three dots until anything of the answer is there. */
export function renderProgress({ session }: ViewContext): unknown {
  const { streaming, progress, items, outgoing } = session.state;
  if (!streaming) return nothing;
  if (progress) {
    return html`<div class="progress" role="status">${progress.icon ? icon(progress.icon) : nothing}<span class="shimmer" dir="auto">${progress.text}</span></div>`;
  }
  const waiting = outgoing !== null || items.length === 0 || items.at(-1)?.type === 'user_message' || items.at(-1)?.type === 'client_tool_call';
  return waiting ? html`<div class="waiting" aria-hidden="true"><i></i><i></i><i></i></div>` : nothing;
}

/** What went wrong, and the way to try again where there is one. */
export function renderFailure(view: ViewContext): unknown {
  const { session, controller, t } = view;
  const { failure } = session.state;
  if (!failure || session.busy) return nothing;
  const text = failure.message ?? (failure.code === 'load' ? t('errorLoad') : t(failure.allowRetry ? 'errorGeneric' : 'errorFinal'));
  const retry = (): void => {
    if (failure.code === 'load' && session.requestedId) void controller.openThread(session.requestedId).catch(() => undefined);
    else void controller.retry();
  };
  return html`<div class="failure" role="alert">
    ${icon('danger')}<span dir="auto">${text}</span>
    ${failure.allowRetry ? html`<button type="button" class="button" @click=${retry}>${icon('retry')}<span>${t('tryAgain')}</span></button>` : nothing}
  </div>`;
}
