import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';
import { iconButton } from '../view/icon-button.js';
import type { ViewContext } from '../view/view-context.js';
import type { ComposerController } from './composer-controller.js';

/** Pinned tools as buttons, the others in a menu, the chosen one as a chip. */
export function renderToolPicker(view: ViewContext, composer: ComposerController): unknown {
  const tools = view.options.raw.composer?.tools ?? [];
  if (tools.length === 0) return nothing;
  const { state } = composer;
  const pinned = tools.filter((tool) => tool.pinned);
  const others = tools.filter((tool) => !tool.pinned);
  const chosen = others.find((tool) => tool.id === state.toolId);
  const toggle = (id: string) => (): void => {
    state.selectTool(state.toolId === id ? null : id);
    composer.setMenu(null);
  };
  return html`
    ${
      others.length > 0
        ? html`<div class="menu-anchor">
            ${iconButton({ icon: 'tools', label: view.t('tools'), popup: 'menu', expanded: composer.menu === 'tools', onClick: () => composer.setMenu(composer.menu === 'tools' ? null : 'tools') })}
            ${
              composer.menu === 'tools'
                ? menu(
                    view.t('tools'),
                    others.map((tool) => ({ label: tool.label, icon: tool.icon, checked: tool.id === state.toolId, choose: toggle(tool.id) })),
                    composer,
                  )
                : nothing
            }
          </div>`
        : nothing
    }
    ${pinned.map(
      (tool) => html`<button type="button" class="tool-chip" aria-pressed=${String(tool.id === state.toolId)} aria-label=${tool.label} @click=${toggle(tool.id)}>
        ${icon(tool.icon)}<span>${tool.shortLabel ?? tool.label}</span>
      </button>`,
    )}
    ${
      chosen
        ? html`<button type="button" class="tool-chip" aria-pressed="true" aria-label=${view.t('remove', { name: chosen.label })} @click=${toggle(chosen.id)}>
            ${icon(chosen.icon)}<span>${chosen.shortLabel ?? chosen.label}</span>${icon('close')}
          </button>`
        : nothing
    }
  `;
}

export function renderModelPicker(view: ViewContext, composer: ComposerController): unknown {
  const models = view.options.raw.composer?.models ?? [];
  if (models.length === 0) return nothing;
  const { state } = composer;
  const chosen = models.find((model) => model.id === state.modelId);
  const choose = (id: string) => (): void => {
    state.selectModel(id);
    composer.setMenu(null);
  };
  return html`<div class="menu-anchor">
    <button
      type="button"
      class="model-button"
      aria-haspopup="menu"
      aria-expanded=${String(composer.menu === 'models')}
      aria-label="${view.t('chooseModel')}: ${chosen?.label ?? ''}"
      @click=${() => composer.setMenu(composer.menu === 'models' ? null : 'models')}
    >
      <span>${chosen?.label ?? view.t('chooseModel')}</span>${icon('chevron-down')}
    </button>
    ${
      composer.menu === 'models'
        ? menu(
            view.t('chooseModel'),
            models.map((model) => ({ label: model.label, description: model.description, disabled: model.disabled, checked: model.id === state.modelId, choose: choose(model.id) })),
            composer,
          )
        : nothing
    }
  </div>`;
}

interface MenuEntry {
  label: string;
  description?: string | undefined;
  icon?: string | undefined;
  checked: boolean;
  disabled?: boolean | undefined;
  choose: () => void;
}

function menu(label: string, entries: readonly MenuEntry[], composer: ComposerController): unknown {
  return html`<div class="menu" role="menu" aria-label=${label} @keydown=${(event: KeyboardEvent) => handleMenuKey(event, composer)} @focusout=${(event: FocusEvent) => closeWhenLeft(event, composer)}>
    ${entries.map(
      (entry, index) => html`<button
        type="button"
        role="menuitemradio"
        aria-checked=${String(entry.checked)}
        aria-disabled=${entry.disabled ? 'true' : nothing}
        tabindex="-1"
        ?data-autofocus=${entry.checked || (index === 0 && !entries.some((other) => other.checked))}
        @click=${() => !entry.disabled && entry.choose()}
      >
        ${entry.icon ? icon(entry.icon) : nothing}
        <span class="menu-text"><span>${entry.label}</span>${entry.description ? html`<small>${entry.description}</small>` : nothing}</span>
        ${entry.checked ? icon('check') : nothing}
      </button>`,
    )}
  </div>`;
}

function handleMenuKey(event: KeyboardEvent, composer: ComposerController): void {
  const container = event.currentTarget as HTMLElement;
  const entries = [...container.querySelectorAll<HTMLElement>('[role="menuitemradio"]')];
  const root = container.getRootNode() as ShadowRoot;
  const current = entries.indexOf(root.activeElement as HTMLElement);
  const steps: Record<string, number> = { ArrowDown: current + 1, ArrowUp: current - 1 + entries.length, Home: 0, End: entries.length - 1 };
  const next = steps[event.key];
  if (next !== undefined) {
    event.preventDefault();
    entries[next % entries.length]?.focus();
  } else if (event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    const opener = container.parentElement?.querySelector<HTMLElement>('[aria-haspopup]');
    composer.setMenu(null);
    opener?.focus();
  }
}

function closeWhenLeft(event: FocusEvent, composer: ComposerController): void {
  const anchor = (event.currentTarget as HTMLElement).parentElement;
  if (event.relatedTarget instanceof Node && anchor?.contains(event.relatedTarget)) return;
  composer.setMenu(null);
}
