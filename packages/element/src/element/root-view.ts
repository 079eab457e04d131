import { html, nothing } from 'lit';
import { renderComposer } from '../composer/composer-view.js';
import type { ComposerController } from '../composer/composer-controller.js';
import { icon } from '../icons/icon.js';
import { renderHeader } from '../view/header.js';
import { renderHistory } from '../view/history-panel.js';
import { iconButton } from '../view/icon-button.js';
import { renderPreview } from '../view/preview.js';
import { renderStartScreen } from '../view/start-screen.js';
import { renderThread } from '../view/thread-view.js';
import type { ViewContext } from '../view/view-context.js';
import { renderPreviewWidget } from '../view/widget-item.js';
import type { ScrollKeeper } from './scroll-keeper.js';

export interface RootParts {
  composer: ComposerController;
  scroll: ScrollKeeper;
  /** What the live region says. */
  announcement: string;
}

/** The whole element: header, then history or conversation, then the composer. */
export function renderRoot(view: ViewContext, parts: RootParts): unknown {
  const { options, controller, preview } = view;
  const { composer } = parts;
  const inHistory = controller.history.open;
  return html`<div
    class="root scheme-${view.scheme}"
    dir=${options.locale.direction}
    lang=${options.locale.language}
    role="region"
    aria-label=${options.title}
    @dragenter=${(event: DragEvent) => dragged(event, view, composer)}
    @dragover=${(event: DragEvent) => dragged(event, view, composer)}
    @dragleave=${(event: DragEvent) => dragLeft(event, composer)}
    @drop=${(event: DragEvent) => dropped(event, view, composer)}
    @keydown=${(event: KeyboardEvent) => escaped(event, view)}
  >
    ${renderHeader(view)}
    <div class="main">
      ${inHistory ? html`<div class="scroller" tabindex="-1"><div class="column">${renderHistory(view)}</div></div>` : nothing}
      <div class="scroller conversation" ?hidden=${inHistory} tabindex="-1">
        <div class="column thread">${renderConversation(view)}</div>
        <div class="room" aria-hidden="true"></div>
      </div>
      ${!inHistory && !parts.scroll.atBottom ? iconButton({ icon: 'jump', label: view.t('jumpToLatest'), className: 'jump', onClick: () => parts.scroll.jumpToEnd() }) : nothing}
    </div>
    <div class="composer-slot" ?hidden=${inHistory}>${renderComposer(view, composer)}</div>
    ${renderPreview(preview, (node) => renderPreviewWidget(node, view))}
    <div class="visually-hidden" role="status">${parts.announcement}</div>
  </div>`;
}

function renderConversation(view: ViewContext): unknown {
  const { session } = view;
  if (session.loading) return html`<div class="loading-thread" role="status" aria-label=${view.t('loading')}><span class="spinner">${icon('spinner')}</span></div>`;
  const { items, outgoing, failure } = session.state;
  const empty = session.id === null && items.length === 0 && outgoing === null && failure === null && !session.busy;
  return empty ? renderStartScreen(view) : renderThread(view);
}

function carriesFiles(event: DragEvent, view: ViewContext): boolean {
  return view.options.attachments.enabled && (event.dataTransfer?.types.includes('Files') ?? false);
}

function dragged(event: DragEvent, view: ViewContext, composer: ComposerController): void {
  if (!carriesFiles(event, view)) return;
  event.preventDefault();
  composer.setDragging(true);
}

function dragLeft(event: DragEvent, composer: ComposerController): void {
  const root = event.currentTarget as Element;
  if (event.relatedTarget instanceof Node && root.contains(event.relatedTarget)) return;
  composer.setDragging(false);
}

function dropped(event: DragEvent, view: ViewContext, composer: ComposerController): void {
  if (!carriesFiles(event, view)) return;
  event.preventDefault();
  composer.setDragging(false);
  void composer.tray.add([...(event.dataTransfer?.files ?? [])]);
}

function escaped(event: KeyboardEvent, { controller, preview }: ViewContext): void {
  if (event.key !== 'Escape') return;
  if (!preview.current && !controller.history.open) return;
  // Whatever holds the chat must not close by the same key.
  event.preventDefault();
  if (preview.current) preview.close(true);
  else controller.history.hide();
}
