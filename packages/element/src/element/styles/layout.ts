import { css } from 'lit';

export const layoutStyles = css`
  .header {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    flex: none;
    min-block-size: 3.25rem;
    padding: 0.4rem calc(var(--space) * 0.75);
  }
  .header-side {
    display: flex;
    gap: 0.15rem;
    flex: none;
  }
  .header-title {
    flex: 1;
    min-inline-size: 0;
    padding-inline: 0.35rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 0.9375rem;
    font-weight: 600;
    line-height: 1.4;
  }
  .main {
    position: relative;
    flex: 1;
    min-block-size: 0;
    display: flex;
    flex-direction: column;
  }
  .scroller {
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overflow-x: hidden;
    overscroll-behavior: contain;
    scrollbar-gutter: stable both-edges;
    scrollbar-width: thin;
    scrollbar-color: var(--border) transparent;
  }
  .conversation {
    display: flex;
    flex-direction: column;
  }
  .room {
    flex: none;
  }
  .conversation[hidden] {
    display: none;
  }
  .column {
    inline-size: 100%;
    max-inline-size: calc(var(--column) + 2 * var(--space));
    margin-inline: auto;
    padding-inline: var(--space);
  }
  .column.thread {
    flex: 1 0 auto;
    display: flex;
    flex-direction: column;
    padding-block: calc(var(--space) * 0.5) calc(var(--space) * 1.5);
  }
  .jump {
    position: absolute;
    inset-block-end: 0.75rem;
    inset-inline-start: 50%;
    translate: -50%;
    background-color: var(--surface-elevated);
    border: 1px solid var(--border);
    box-shadow: var(--shadow);
    border-radius: 999px;
    z-index: 1;
  }
  [dir='rtl'] .jump {
    translate: 50%;
  }
  .start-screen {
    flex: 1;
    display: flex;
    flex-direction: column;
    justify-content: center;
    gap: calc(var(--space) * 1.75);
    padding-block: var(--space);
    container-type: inline-size;
  }
  .greeting {
    font-size: clamp(1.35rem, 1.1rem + 1.4cqi, 1.85rem);
    font-weight: 600;
    letter-spacing: -0.015em;
    line-height: 1.25;
    text-align: center;
    text-wrap: balance;
  }
  .prompts {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.6rem;
  }
  .prompt {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    min-block-size: 2.6rem;
    padding: 0.45rem 1rem;
    text-align: start;
    font-size: 0.9375rem;
    line-height: 1.35;
    color: var(--fg);
    border: 1px solid var(--border);
    border-radius: min(var(--radius-control), 1.3rem);
    transition: background-color 0.12s;
  }
  .prompt .icon {
    color: var(--text-secondary);
  }
  .prompt:hover:not(:disabled) {
    background-color: var(--surface-tertiary);
  }
  .loading-thread {
    flex: 1;
    display: grid;
    place-items: center;
    color: var(--text-secondary);
  }
  .history {
    padding-block: 0.25rem var(--space);
  }
  .history .empty {
    padding: var(--space);
    text-align: center;
    color: var(--text-secondary);
  }
  .thread-entry {
    display: flex;
    align-items: center;
    gap: 0.15rem;
    padding-inline-end: 0.4rem;
    border-radius: var(--radius-item);
  }
  .thread-entry:hover,
  .thread-entry:focus-within {
    background-color: var(--hover);
  }
  .thread-entry.current {
    background-color: var(--surface-tertiary);
  }
  .thread-entry.editing {
    gap: 0.5rem;
    padding: 0.45rem 0.5rem 0.45rem 0.75rem;
    background-color: var(--surface-tertiary);
    flex-wrap: wrap;
  }
  .thread-entry.editing .w-field,
  .thread-entry.editing .thread-title {
    flex: 1 1 12rem;
  }
  .entry-actions {
    display: flex;
    flex: none;
    gap: 0.5rem;
    margin-inline-start: auto;
  }
  .thread-title small {
    display: block;
    font-size: 0.8125rem;
    color: var(--text-secondary);
  }
  .thread-open {
    flex: 1;
    min-inline-size: 0;
    display: flex;
    align-items: baseline;
    gap: 0.75rem;
    padding: 0.7rem 0.75rem;
    text-align: start;
    border-radius: inherit;
  }
  .thread-open:focus-visible {
    outline-offset: -2px;
  }
  .thread-title {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 0.9375rem;
  }
  .thread-date {
    flex: none;
    font-size: 0.8125rem;
    color: var(--text-secondary);
  }
  .load-more {
    display: flex;
    margin: var(--space) auto 0;
  }
  .preview {
    position: absolute;
    z-index: 5;
    inline-size: 300px;
    max-inline-size: calc(100% - 16px);
    padding: 0.75rem 0.9rem;
    background-color: var(--surface-elevated);
    border: 1px solid var(--border);
    border-radius: var(--radius-item);
    box-shadow: var(--shadow);
    font-size: 0.875rem;
    line-height: 1.45;
  }
  .preview.above {
    transform: translateY(-100%);
  }
  .preview p,
  .preview small {
    margin-block-start: 0.25rem;
    display: block;
    color: var(--text-secondary);
    overflow-wrap: anywhere;
  }
`;
