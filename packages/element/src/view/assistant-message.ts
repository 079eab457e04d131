import { html } from 'lit';
import { insertMarkers } from '../markdown/citation-markers.js';
import { markdown } from '../markdown/markdown.js';
import { listOf, stringOr } from '../protocol/json.js';
import type { Annotation, AssistantMessageItem } from '../protocol/item.js';
import { renderCitation } from './citations.js';
import type { ViewContext } from './view-context.js';

/** An answer's text, part by part, with its citations in place. */
export function renderAssistantMessage(item: AssistantMessageItem, view: ViewContext, finished: boolean): unknown {
  return item.content.map((part, index) => {
    const annotations = listOf<Annotation>(part.annotations);
    const text = stringOr(part.text, '');
    const source = annotations.length > 0 ? insertMarkers(text, annotations) : text;
    const context = { ...view.markdown, citation: (position: number) => renderCitation(annotations[position], view) };
    const dependency = `${view.imagePolicyKey}|${view.optionsVersion}|${annotations.length}`;
    const growing = !finished && index === item.content.length - 1;
    return html`<div class="prose" dir="auto">${markdown(source, !growing, context, dependency)}</div>`;
  });
}
