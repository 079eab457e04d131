import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';
import { safeLink } from '../markdown/safe-link.js';
import { isObject, stringOr } from '../protocol/json.js';
import type { Annotation, Source } from '../protocol/item.js';
import { entityHandlers, entityOfSource } from './entity.js';
import type { ViewContext } from './view-context.js';

/** The short text a citation carries: where it leads, not what it says. */
export function sourceLabel(source: Source): string {
  switch (source.type) {
    case 'url':
      return source.attribution ?? hostOf(source.url) ?? source.title;
    case 'file':
      return source.filename || source.title;
    case 'entity':
      return source.inline_label ?? source.title;
    default:
      source satisfies never;
      return '';
  }
}

function hostOf(url: string): string | undefined {
  try {
    return new URL(url).hostname.replace(/^www\./, '') || undefined;
  } catch {
    return undefined;
  }
}

export function isSource(value: unknown): value is Source {
  return isObject(value) && ['url', 'file', 'entity'].includes(stringOr(value['type'], ''));
}

/** A citation inside the text. */
export function renderCitation(annotation: Annotation | undefined, view: ViewContext): unknown {
  const source = annotation?.source;
  if (!isSource(source)) return nothing;
  const label = sourceLabel(source);
  if (source.type === 'entity') {
    const handlers = entityHandlers(entityOfSource(source), view, source.description);
    const content = html`${source.inline_label ? nothing : icon(source.icon ?? 'dot')}<span>${label}</span>`;
    return source.interactive
      ? html`<button type="button" class="citation entity" @click=${handlers.click} @pointerenter=${handlers.enter} @pointerleave=${handlers.leave} @focus=${handlers.enter} @blur=${handlers.leave}>${content}</button>`
      : html`<span class="citation entity" @pointerenter=${handlers.enter} @pointerleave=${handlers.leave}>${content}</span>`;
  }
  const open = (event: Event): void =>
    view.preview.open(event.currentTarget as Element, () => ({ title: source.title, description: source.description, detail: source.timestamp ?? label }));
  const close = (): void => view.preview.close();
  const address = source.type === 'url' ? safeLink(source.url) : null;
  if (!address) return html`<span class="citation" @pointerenter=${open} @pointerleave=${close}>${icon('file')}<span>${label}</span></span>`;
  return html`<a class="citation" href=${address} target="_blank" rel="noopener noreferrer" @pointerenter=${open} @pointerleave=${close} @focus=${open} @blur=${close}><span>${label}</span></a>`;
}

/** Sources in order of first mention, each once. */
export function distinctSources(annotations: readonly Annotation[]): Source[] {
  const seen = new Set<string>();
  return annotations.flatMap(({ source }) => {
    if (!isSource(source)) return [];
    const key = source.type === 'url' ? source.url : source.type === 'file' ? source.filename : source.id;
    if (seen.has(`${source.type}:${key}`)) return [];
    seen.add(`${source.type}:${key}`);
    return [source];
  });
}

/** The list of sources below a response. */
export function renderSourceList(sources: readonly Source[], view: ViewContext): unknown {
  return html`<ul class="source-list">
    ${sources.map((source) => html`<li>${sourceEntry(source, view)}</li>`)}
  </ul>`;
}

function sourceEntry(source: Source, view: ViewContext): unknown {
  const detail = source.type === 'url' ? sourceLabel(source) : (source.description ?? source.group ?? '');
  const mark = source.type === 'url' ? 'globe' : source.type === 'file' ? 'file' : (source.icon ?? 'empty-circle');
  const content = html`${icon(mark)}<span class="source-text"><span dir="auto">${source.title || sourceLabel(source)}</span>${detail ? html`<small dir="auto">${detail}</small>` : nothing}</span>`;
  const address = source.type === 'url' ? safeLink(source.url) : null;
  if (address) return html`<a href=${address} target="_blank" rel="noopener noreferrer">${content}</a>`;
  if (source.type === 'entity' && source.interactive) {
    return html`<button type="button" @click=${entityHandlers(entityOfSource(source), view).click}>${content}</button>`;
  }
  return html`<span class="source-plain">${content}</span>`;
}
