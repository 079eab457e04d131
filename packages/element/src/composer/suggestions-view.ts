import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';
import { entityHandlers } from '../view/entity.js';
import type { ViewContext } from '../view/view-context.js';
import type { ComposerController } from './composer-controller.js';
import type { Suggestion } from './suggestions.js';

/** The list above the composer while `@` or `/` is being typed. */
export function renderSuggestions(view: ViewContext, composer: ComposerController): unknown {
  const { suggestions } = composer;
  if (!suggestions.open) return nothing;
  const { t } = view;
  const name = t(suggestions.trigger?.sign === '/' ? 'commands' : 'mention');
  if (suggestions.list.length === 0) {
    return html`<div class="suggestions" id="suggestions"><p class="empty" role="status">${t(suggestions.loading ? 'loading' : 'noResults')}</p></div>`;
  }
  return html`<div class="suggestions" id="suggestions" role="listbox" aria-label=${name}>
    ${suggestions.list.map((suggestion, index) => {
      const { group } = suggestion;
      const heading = group && group !== suggestions.list[index - 1]?.group ? html`<div class="suggestion-group" role="presentation">${group}</div>` : nothing;
      return html`${heading}${entry(suggestion, index, view, composer)}`;
    })}
  </div>`;
}

function entry(suggestion: Suggestion, index: number, view: ViewContext, { suggestions }: ComposerController): unknown {
  const handlers = suggestion.entity ? entityHandlers(suggestion.entity, view) : undefined;
  const choose = (event: PointerEvent): void => {
    // The editor keeps the focus and its caret.
    event.preventDefault();
    suggestion.choose();
  };
  return html`<div
    class="suggestion ${index === suggestions.active ? 'active' : ''}"
    id="suggestion-${index}"
    role="option"
    aria-selected=${String(index === suggestions.active)}
    @pointerdown=${choose}
    @pointerenter=${handlers?.enter ?? nothing}
    @pointerleave=${handlers?.leave ?? nothing}
  >
    ${suggestion.icon ? icon(suggestion.icon) : nothing}
    <span class="menu-text"><span dir="auto">${suggestion.label}</span>${suggestion.description ? html`<small dir="auto">${suggestion.description}</small>` : nothing}</span>
  </div>`;
}
