import { html, nothing } from 'lit';
import { iconButton } from './icon-button.js';
import type { ViewContext } from './view-context.js';

/** The bar on top: the page's own buttons, the title, new chat and history. */
export function renderHeader(view: ViewContext): unknown {
  const { options, controller, session, t } = view;
  const { header, history } = options;
  if (!header.enabled) return nothing;
  const { leftAction, rightAction } = options.raw.header ?? {};
  const inHistory = controller.history.open;
  const title = inHistory ? t('history') : (header.text ?? session.state.thread?.title ?? '');
  const showNewChat = session.id !== null || session.requestedId !== null || inHistory;
  return html`<header class="header">
    <div class="header-side">
      ${leftAction ? iconButton({ icon: leftAction.icon, label: actionLabel(leftAction.icon), onClick: () => leftAction.onClick() }) : nothing}
      ${inHistory ? iconButton({ icon: 'back', label: t('backToChat'), className: 'flips', onClick: () => controller.history.hide() }) : nothing}
    </div>
    ${header.showTitle && title !== '' ? html`<h2 class="header-title" dir="auto">${title}</h2>` : html`<span class="header-title"></span>`}
    <div class="header-side end">
      ${showNewChat ? iconButton({ icon: 'compose', label: t('newChat'), onClick: () => startNewChat(view) }) : nothing}
      ${history.enabled && !inHistory ? iconButton({ icon: 'history', label: t('history'), onClick: () => void controller.history.show() }) : nothing}
      ${rightAction ? iconButton({ icon: rightAction.icon, label: actionLabel(rightAction.icon), onClick: () => rightAction.onClick() }) : nothing}
    </div>
  </header>`;
}

function startNewChat({ controller }: ViewContext): void {
  controller.history.hide();
  controller.startNewThread();
}

function actionLabel(icon: string): string {
  const words = icon.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
