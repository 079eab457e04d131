import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';
import { isObject, stringOr } from '../protocol/json.js';
import type { Attachment, UserMessageContent, UserMessageItem } from '../protocol/item.js';
import { entityHandlers } from './entity.js';
import type { ViewContext } from './view-context.js';

/** What the reader wrote: files, the quoted text, then the message with its tags. Never Markdown. */
export function renderUserMessage(item: UserMessageItem, view: ViewContext): unknown {
  const text = item.content.filter(isObject);
  return html`<div class="user-message">
    ${item.attachments.length > 0 ? html`<ul class="sent-attachments" aria-label=${view.t('attachments')}>${item.attachments.map((attachment) => html`<li>${renderAttachment(attachment, view)}</li>`)}</ul>` : nothing}
    ${item.quoted_text ? html`<blockquote class="quote" aria-label=${view.t('quotedText')}>${icon('quote')}<span dir="auto">${item.quoted_text}</span></blockquote>` : nothing}
    ${text.length > 0 ? html`<div class="bubble" dir="auto">${text.map((part) => (part.type === 'input_tag' ? renderTag(part, view) : stringOr(part.text, '')))}</div>` : nothing}
  </div>`;
}

function renderTag(part: Extract<UserMessageContent, { type: 'input_tag' }>, view: ViewContext): unknown {
  const data = (part.data ?? {}) as Record<string, string>;
  const entity = {
    id: part.id,
    title: part.text,
    data,
    interactive: part.interactive === true,
    ...(part.group === undefined ? {} : { group: part.group }),
  };
  const handlers = entityHandlers(entity, view);
  return part.interactive
    ? html`<button type="button" class="tag" @click=${handlers.click} @pointerenter=${handlers.enter} @pointerleave=${handlers.leave} @focus=${handlers.enter} @blur=${handlers.leave}>${part.text}</button>`
    : html`<span class="tag">${part.text}</span>`;
}

function renderAttachment(attachment: Attachment, view: ViewContext): unknown {
  const name = stringOr(attachment.name, '');
  const source = attachment.type === 'image' ? view.serverImage(attachment.preview_url) : null;
  if (source) return html`<img class="sent-image" src=${source} alt=${name} loading="lazy" referrerpolicy="no-referrer">`;
  return html`<span class="sent-file">${icon('file')}<span class="file-name" dir="auto">${name}</span></span>`;
}
