import { html, nothing } from 'lit';
import { markdown } from '../markdown/markdown.js';
import { icon } from '../icons/icon.js';
import { acceptAttribute } from '../options/attachment-rules.js';
import { iconButton } from '../view/icon-button.js';
import { styled } from '../view/styled.js';
import type { ViewContext } from '../view/view-context.js';
import type { AttachmentTray } from './attachment-tray.js';
import type { ComposerController } from './composer-controller.js';
import { renderModelPicker, renderToolPicker } from './composer-menus.js';
import type { DraftAttachment } from './draft-attachment.js';
import { renderSuggestions } from './suggestions-view.js';
import { handleKey, pasted } from './composer-keys.js';

/** The composer with its disclaimer, or the banner of a closed thread in its place. */
export function renderComposer(view: ViewContext, composer: ComposerController): unknown {
  const status = view.session.state.thread?.status;
  if (status?.type === 'closed') {
    return html`<div class="composer-area"><div class="closed" role="status">${icon('lock')}<span dir="auto">${status.reason ?? view.t('threadClosed')}</span></div>${disclaimer(view)}</div>`;
  }
  return html`<div class="composer-area">
    ${renderSuggestions(view, composer)}
    ${
      composer.problem === null
        ? nothing
        : html`<div class="composer-problem" role="alert">
            ${icon('warning')}<span dir="auto">${composer.problem}</span>${iconButton({ icon: 'close', label: view.t('dismiss'), className: 'small', onClick: () => composer.report(null) })}
          </div>`
    }
    ${box(view, composer, status?.type === 'locked' ? (status.reason ?? view.t('threadLocked')) : undefined)} ${disclaimer(view)}
  </div>`;
}

function box(view: ViewContext, composer: ComposerController, locked: string | undefined): unknown {
  const { options, t } = view;
  const raw = options.raw.composer;
  const tool = raw?.tools?.find((candidate) => candidate.id === composer.state.toolId);
  const placeholder = locked ?? tool?.placeholderOverride ?? raw?.placeholder ?? t('placeholder');
  const { suggestions } = composer;
  const plain = locked !== undefined || !hasControls(view);
  const activeId = suggestions.open && suggestions.list.length > 0 ? `suggestion-${suggestions.active}` : nothing;
  return html`<div
    class="composer ${composer.dragging ? 'dragging' : ''} ${locked === undefined ? '' : 'locked'} ${plain ? 'plain' : ''}"
    @click=${(event: MouseEvent) => event.target === event.currentTarget && composer.focus()}
  >
    ${quote(view, composer)} ${attachments(view, composer)}
    <div class="editor-frame ${composer.state.isEmpty ? 'empty' : ''}">
      <div
        id="editor"
        class="editor"
        role="textbox"
        aria-multiline="true"
        aria-label=${t('message')}
        aria-placeholder=${placeholder}
        aria-disabled=${locked === undefined ? nothing : 'true'}
        aria-autocomplete=${options.raw.entities?.onTagSearch || options.raw.commands?.enabled ? 'list' : nothing}
        aria-controls=${suggestions.open ? 'suggestions' : nothing}
        aria-activedescendant=${activeId}
        contenteditable=${locked === undefined ? 'plaintext-only' : 'false'}
        dir="auto"
        spellcheck="true"
        enterkeyhint="send"
        @input=${() => composer.edited()}
        @keydown=${(event: KeyboardEvent) => handleKey(event, composer)}
        @keyup=${(event: KeyboardEvent) => event.key.startsWith('Arrow') && !suggestions.open && composer.followCaret()}
        @click=${() => composer.followCaret()}
        @paste=${(event: ClipboardEvent) => pasted(event, composer, options.attachments.enabled)}
        @blur=${() => suggestions.close()}
      ></div>
      <div class="placeholder" aria-hidden="true" dir="auto">${placeholder}</div>
    </div>
    <div class="composer-bar">
      ${plain ? nothing : html`<div class="composer-tools">${leftControls(view, composer)}</div>`}
      <div class="composer-end">${locked === undefined ? dictation(view, composer) : nothing}${sendOrStop(view, composer)}</div>
    </div>
    ${composer.dragging ? html`<div class="drop-hint" aria-hidden="true">${t('dropFiles')}</div>` : nothing}
  </div>`;
}

function hasControls({ options }: ViewContext): boolean {
  const { composer, entities } = options.raw;
  const mentions = entities?.showComposerMenu === true && entities.onTagSearch !== undefined;
  return options.attachments.enabled || (composer?.tools ?? []).length > 0 || (composer?.models ?? []).length > 0 || mentions;
}

function leftControls(view: ViewContext, composer: ComposerController): unknown {
  const { options, t } = view;
  const { entities } = options.raw;
  return html`
    ${options.attachments.enabled ? attachButton(view, composer) : nothing} ${renderToolPicker(view, composer)}
    ${entities?.showComposerMenu && entities.onTagSearch ? iconButton({ icon: 'mention', label: t('mention'), onClick: () => composer.insertText(composer.state.isEmpty ? '@' : ' @') }) : nothing}
    ${renderModelPicker(view, composer)}
  `;
}

function attachButton(view: ViewContext, composer: ComposerController): unknown {
  const option = view.options.raw.composer?.attachments;
  const choose = (event: MouseEvent): void => {
    (event.currentTarget as HTMLElement).parentElement?.querySelector<HTMLInputElement>('.file-input')?.click();
  };
  const chosen = (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement;
    void composer.tray.add([...(input.files ?? [])]);
    input.value = '';
  };
  return html`${iconButton({ icon: 'attach', label: view.t('attachFiles'), onClick: choose })}
    <input class="file-input visually-hidden" type="file" multiple tabindex="-1" aria-hidden="true" accept=${option ? acceptAttribute(option) : nothing} @change=${chosen}>`;
}

function dictation(view: ViewContext, { dictation }: ComposerController): unknown {
  if (!view.options.dictation) return nothing;
  const { t } = view;
  if (dictation.state === 'transcribing') return html`<span class="spinner" role="status" aria-label=${t('transcribing')}>${icon('spinner')}</span>`;
  const recording = dictation.state === 'recording';
  return iconButton({
    icon: recording ? 'stop' : 'microphone',
    label: t(recording ? 'stopDictation' : 'dictate'),
    className: recording ? 'recording' : '',
    onClick: () => void dictation.toggle(),
  });
}

function sendOrStop(view: ViewContext, composer: ComposerController): unknown {
  const { session, t } = view;
  if (session.busy && session.state.allowCancel) {
    return iconButton({ icon: 'stop', label: t('stop'), className: 'send', onClick: () => session.stop() });
  }
  return iconButton({ icon: 'send', label: t('sendMessage'), className: 'send', disabled: !composer.canSend, onClick: () => void composer.send() });
}

function quote(view: ViewContext, { state }: ComposerController): unknown {
  if (!state.quote) return nothing;
  return html`<div class="draft-quote">
    ${icon('quote')}<span dir="auto">${state.quote}</span>
    ${iconButton({ icon: 'close', label: view.t('removeQuote'), className: 'small', onClick: () => state.setQuote(undefined) })}
  </div>`;
}

function attachments(view: ViewContext, { tray }: ComposerController): unknown {
  if (tray.entries.length === 0) return nothing;
  return html`<ul class="draft-attachments" aria-label=${view.t('attachments')}>
    ${tray.entries.map((entry) => html`<li class="draft-attachment ${entry.status}">${draftAttachment(entry, view, tray)}</li>`)}
  </ul>`;
}

function draftAttachment(entry: DraftAttachment, view: ViewContext, tray: AttachmentTray): unknown {
  const { t } = view;
  const source = entry.previewUrl === undefined ? null : view.serverImage(entry.previewUrl);
  const percent = entry.progress === undefined ? undefined : Math.round(entry.progress * 100);
  return html`
    ${source ? html`<img src=${source} alt="">` : html`<span class="file-mark">${icon(entry.status === 'failed' ? 'warning' : 'file')}</span>`}
    <span class="file-name" dir="auto">${entry.name}</span>
    ${
      entry.status === 'uploading'
        ? html`<span class="upload ${percent === undefined ? 'indeterminate' : ''}" role="progressbar" aria-label=${t('uploading', { name: entry.name })} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent ?? nothing}>
            <i ${styled({ 'inline-size': `${percent ?? 40}%` })}></i>
          </span>`
        : nothing
    }
    ${entry.status === 'failed' ? html`<span class="upload-failed">${t('uploadFailed', { name: '' }).trim()}</span>` : nothing}
    ${entry.status === 'failed' ? iconButton({ icon: 'retry', label: `${t('tryAgain')}: ${entry.name}`, className: 'small', onClick: () => void tray.retry(entry.key) }) : nothing}
    ${iconButton({ icon: 'close', label: t('remove', { name: entry.name }), className: 'small', onClick: () => tray.remove(entry.key) })}
  `;
}

function disclaimer(view: ViewContext): unknown {
  const option = view.options.raw.disclaimer;
  if (!option) return nothing;
  return html`<div class="disclaimer prose ${option.highContrast ? 'high-contrast' : ''}" dir="auto">${markdown(option.text, true, view.markdown, view.optionsVersion)}</div>`;
}
