import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Thread } from '../protocol/thread.js';
import { iconButton } from './icon-button.js';
import type { ViewContext } from './view-context.js';

/** The list of past chats. */
export function renderHistory(view: ViewContext): unknown {
  const { history } = view.controller;
  const { t } = view;
  return html`<section class="history" aria-label=${t('history')} aria-busy=${String(history.loading)}>
    ${history.failed ? html`<div class="failure" role="alert"><span>${t('errorHistory')}</span><button type="button" class="button" @click=${() => void history.reload()}>${t('tryAgain')}</button></div>` : nothing}
    ${!history.loading && !history.failed && history.threads.length === 0 ? html`<p class="empty">${t('noHistory')}</p>` : nothing}
    <ul class="thread-list">
      ${repeat(
        history.threads,
        (thread) => thread.id,
        (thread) => html`<li data-thread-id=${thread.id}>${renderEntry(thread, view)}</li>`,
      )}
    </ul>
    ${history.loading ? html`<p class="empty" role="status">${t('loading')}</p>` : nothing}
    ${history.hasMore && !history.loading ? html`<button type="button" class="button load-more" @click=${() => void history.loadMore()}>${t('loadMore')}</button>` : nothing}
  </section>`;
}

function renderEntry(thread: Thread, view: ViewContext): unknown {
  const { history } = view.controller;
  const mode = history.editing?.threadId === thread.id ? history.editing.mode : undefined;
  if (mode === 'rename') return renameForm(thread, view);
  if (mode === 'delete') return deleteQuestion(thread, view);
  const { t, options, controller, session } = view;
  const title = thread.title ?? t('newChat');
  const current = session.id === thread.id;
  const open = (): void => {
    history.hide();
    if (!current) void controller.openThread(thread.id).catch(() => undefined);
  };
  return html`<div class="thread-entry ${current ? 'current' : ''}">
    <button type="button" class="thread-open" aria-current=${current ? 'true' : nothing} @click=${open}>
      <span class="thread-title" dir="auto">${title}</span>
      ${thread.created_at ? html`<time class="thread-date" datetime=${thread.created_at}>${formatDate(thread.created_at, options.locale.language)}</time>` : nothing}
    </button>
    ${options.history.showRename ? iconButton({ icon: 'rename', label: `${t('rename')}: ${title}`, className: 'small to-rename', onClick: () => history.edit({ threadId: thread.id, mode: 'rename' }) }) : nothing}
    ${options.history.showDelete ? iconButton({ icon: 'trash', label: `${t('delete')}: ${title}`, className: 'small to-delete', onClick: () => history.edit({ threadId: thread.id, mode: 'delete' }) }) : nothing}
  </div>`;
}

function renameForm(thread: Thread, view: ViewContext): unknown {
  const { history } = view.controller;
  const { t } = view;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const title = (event.currentTarget as HTMLFormElement).querySelector<HTMLInputElement>('input')?.value ?? '';
    void history.rename(thread.id, title);
  };
  return html`<form class="thread-entry editing" data-mode="rename" @submit=${submit} @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && cancel(event, view)}>
    <input class="w-field outline" name="title" dir="auto" aria-label=${t('chatTitle')} .value=${thread.title ?? ''} data-autofocus>
    <span class="entry-actions">
      <button type="button" class="button ghost" @click=${() => history.edit(null)}>${t('cancel')}</button>
      <button type="submit" class="button primary">${t('save')}</button>
    </span>
  </form>`;
}

function deleteQuestion(thread: Thread, view: ViewContext): unknown {
  const { history } = view.controller;
  const { t } = view;
  const title = thread.title ?? t('newChat');
  return html`<div class="thread-entry editing" data-mode="delete" role="group" aria-label="${t('deleteConfirm')} ${title}" @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && cancel(event, view)}>
    <span class="thread-title"><span dir="auto">${title}</span><small>${t('deleteConfirm')}</small></span>
    <span class="entry-actions">
      <button type="button" class="button ghost" data-autofocus @click=${() => history.edit(null)}>${t('cancel')}</button>
      <button type="button" class="button danger" @click=${() => void history.remove(thread.id)}>${t('delete')}</button>
    </span>
  </div>`;
}

function cancel(event: KeyboardEvent, view: ViewContext): void {
  event.preventDefault();
  event.stopPropagation();
  view.controller.history.edit(null);
}

function formatDate(value: string, language: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return '';
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return date.toLocaleDateString(language, { month: 'short', day: 'numeric', ...(sameYear ? {} : { year: 'numeric' }) });
}
