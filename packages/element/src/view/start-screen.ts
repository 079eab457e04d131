import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';
import type { ViewContext } from './view-context.js';

/** What a new chat shows: a greeting and prompts to begin with. */
export function renderStartScreen(view: ViewContext): unknown {
  const { greeting, prompts = [] } = view.options.raw.startScreen ?? {};
  return html`<div class="start-screen">
    <h3 class="greeting" dir="auto">${greeting ?? view.t('greeting')}</h3>
    ${
      prompts.length > 0
        ? html`<ul class="prompts">
            ${prompts.map(
              (prompt) => html`<li>
                <button type="button" class="prompt" ?disabled=${view.session.busy} @click=${() => view.sendPrompt(prompt.prompt)}>
                  ${prompt.icon ? icon(prompt.icon) : nothing}<span dir="auto">${prompt.label}</span>
                </button>
              </li>`,
            )}
          </ul>`
        : nothing
    }
  </div>`;
}
