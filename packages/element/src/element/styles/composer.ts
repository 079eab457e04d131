import { css } from 'lit';

export const composerStyles = css`
  .composer-area {
    position: relative;
    flex: none;
    inline-size: 100%;
    max-inline-size: calc(var(--column) + 2 * var(--space));
    margin-inline: auto;
    padding: 0 var(--space) calc(var(--space) * 0.75);
  }
  .composer {
    position: relative;
    padding: 0.45rem;
    background-color: var(--surface-elevated);
    border: 1px solid var(--border);
    border-radius: var(--radius-composer);
    box-shadow: var(--shadow);
    cursor: text;
  }
  .composer.plain {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: end;
  }
  .composer.plain > :not(.editor-frame, .composer-bar) {
    grid-column: 1 / -1;
  }
  .composer:focus-within {
    border-color: var(--border-strong);
  }
  .composer.locked {
    background-color: var(--surface-secondary);
    box-shadow: none;
  }
  .editor-frame {
    position: relative;
    padding: 0.45rem 0.75rem 0.35rem;
  }
  .editor {
    min-block-size: 1.55em;
    max-block-size: min(14rem, 35vh);
    overflow-y: auto;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    scrollbar-width: thin;
  }
  .editor:focus-visible {
    outline: none;
  }
  .placeholder {
    display: none;
    position: absolute;
    inset-block-start: 0.45rem;
    inset-inline: 0.75rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--text-tertiary);
    pointer-events: none;
  }
  .editor-frame.empty .placeholder {
    display: block;
  }
  .composer-bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem;
  }
  .composer-tools,
  .composer-end {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 0.2rem;
    min-inline-size: 0;
  }
  .composer-end {
    flex: none;
    align-self: end;
  }
  .icon-button.send {
    background-color: var(--accent);
    color: var(--on-accent);
    border-radius: min(var(--radius-control), 999px);
  }
  .icon-button.send:hover:not(:disabled) {
    background-color: color-mix(in oklab, var(--accent) 90%, var(--bg));
    color: var(--on-accent);
  }
  .icon-button.send:disabled {
    background-color: var(--surface-tertiary);
    color: var(--text-tertiary);
  }
  .icon-button.recording {
    color: var(--danger);
  }
  .tool-chip,
  .model-button {
    display: inline-flex;
    align-items: center;
    gap: 0.35rem;
    min-block-size: 2.25rem;
    max-inline-size: 12rem;
    padding-inline: 0.7rem;
    font-size: 0.875rem;
    color: var(--text-secondary);
    border-radius: var(--radius-control);
    --icon-size: 1rem;
  }
  .tool-chip span,
  .model-button span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tool-chip:hover,
  .model-button:hover,
  .model-button[aria-expanded='true'] {
    background-color: var(--hover);
    color: var(--fg);
  }
  .tool-chip[aria-pressed='true'] {
    color: var(--link);
    background-color: color-mix(in oklab, var(--link) 10%, transparent);
  }
  .draft-quote,
  .composer-problem {
    display: flex;
    align-items: flex-start;
    gap: 0.5rem;
    padding: 0.35rem 0.5rem 0.35rem 0.75rem;
    font-size: 0.875rem;
    color: var(--text-secondary);
    --icon-size: 1rem;
  }
  .draft-quote .icon {
    margin-block-start: 0.2rem;
  }
  .draft-quote span,
  .composer-problem span {
    flex: 1;
    min-inline-size: 0;
  }
  .composer-problem {
    align-items: center;
    margin-block-end: 0.5rem;
    color: var(--fg);
    border: 1px solid color-mix(in oklab, var(--warning) 40%, transparent);
    background-color: color-mix(in oklab, var(--warning) 8%, var(--bg));
    border-radius: var(--radius-item);
  }
  .draft-attachments {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    padding: 0.25rem 0.35rem 0;
  }
  .draft-attachment {
    position: relative;
    display: flex;
    align-items: center;
    gap: 0.5rem;
    max-inline-size: 15rem;
    padding: 0.25rem 0.25rem 0.25rem 0.3rem;
    font-size: 0.8125rem;
    border: 1px solid var(--border);
    border-radius: var(--radius-item);
    overflow: hidden;
    cursor: default;
  }
  .draft-attachment img,
  .file-mark {
    display: grid;
    place-items: center;
    inline-size: 2.2rem;
    block-size: 2.2rem;
    flex: none;
    object-fit: cover;
    background-color: var(--surface-tertiary);
    border-radius: calc(var(--radius-item) * 0.6);
    color: var(--text-secondary);
  }
  .draft-attachment.failed {
    border-color: var(--danger);
  }
  .upload-failed {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .draft-attachment .upload {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    block-size: 3px;
    border-radius: 0;
  }
  .upload.indeterminate i {
    animation: slide 1.1s ease-in-out infinite;
  }
  @keyframes slide {
    from {
      translate: -100%;
    }
    to {
      translate: 250%;
    }
  }
  .dragging {
    border-color: var(--focus);
  }
  .drop-hint {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    font-weight: 500;
    color: var(--fg);
    background-color: color-mix(in oklab, var(--bg) 90%, transparent);
    border: 2px dashed var(--focus);
    border-radius: inherit;
    pointer-events: none;
  }
  .closed {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.6rem;
    padding: 0.9rem;
    color: var(--text-secondary);
    background-color: var(--surface-secondary);
    border-radius: var(--radius-card);
  }
  .disclaimer {
    margin-block-start: 0.5rem;
    font-size: 0.75rem;
    line-height: 1.4;
    text-align: center;
    color: var(--text-secondary);
  }
  .disclaimer.high-contrast {
    color: var(--fg);
  }
`;
