import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';
import type { ThreadItem } from '../protocol/item.js';
import { renderAssistantMessage } from './assistant-message.js';
import { renderGeneratedImage } from './generated-image.js';
import { renderStructuredInput } from './structured-input.js';
import { renderUserMessage } from './user-message.js';
import type { ViewContext } from './view-context.js';
import { renderWidgetItem } from './widget-item.js';
import { renderTask, renderWorkflow } from './workflow.js';

/** The content of one item; nothing for items without a visible form. */
export function renderItemContent(item: ThreadItem, view: ViewContext, finished: boolean): unknown {
  switch (item.type) {
    case 'user_message':
      return renderUserMessage(item, view);
    case 'assistant_message':
      return renderAssistantMessage(item, view, finished);
    case 'widget':
      return renderWidgetItem(item, view);
    case 'workflow':
      return renderWorkflow(item, view, finished);
    case 'task':
      return renderTask(item.task, view, !finished && view.session.busy);
    case 'generated_image':
      return renderGeneratedImage(item, view, finished);
    case 'structured_input':
      return renderStructuredInput(item, view);
    case 'client_tool_call':
      return html`<div class="tool-call">
        ${item.status === 'pending' && view.session.busy ? html`<span class="spinner">${icon('spinner')}</span>` : icon('tools')}<span>${item.name.replaceAll('_', ' ')}</span>
      </div>`;
    case 'end_of_turn':
      return nothing;
    default:
      item satisfies never;
      return nothing;
  }
}
