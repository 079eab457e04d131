import { css } from 'lit';

export const itemStyles = css`
  .workflow-summary {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    min-block-size: 1.75rem;
    font-size: 0.9375rem;
    color: var(--text-secondary);
    text-align: start;
    border-radius: 0.4rem;
  }
  button.workflow-summary:hover {
    color: var(--fg);
  }
  .chevron {
    --icon-size: 1rem;
    transition: rotate 0.15s;
  }
  .chevron.open {
    rotate: 180deg;
  }
  .tasks {
    list-style: none;
    margin-block-start: 0.4rem;
  }
  .task {
    position: relative;
    display: flex;
    gap: 0.7rem;
    padding-block-end: 0.7rem;
    font-size: 0.9375rem;
    --icon-size: 1rem;
  }
  .tasks li:not(:last-child) .task::before {
    content: '';
    position: absolute;
    inset-block: 1.6rem 0;
    inset-inline-start: 0.5rem;
    inline-size: 1px;
    background-color: var(--border);
  }
  .task-mark {
    display: grid;
    place-items: center;
    block-size: 1.5rem;
    color: var(--text-secondary);
  }
  .task-body {
    flex: 1;
    min-inline-size: 0;
  }
  .task-text {
    color: var(--text-secondary);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem;
    margin-block-start: 0.4rem;
  }
  .chip {
    padding: 0.15rem 0.6rem;
    font-size: 0.8125rem;
    color: var(--text-secondary);
    border-radius: 999px;
    text-decoration: none;
    --icon-size: 0.875rem;
  }
  a.chip:hover {
    background-color: var(--hover);
    color: var(--fg);
  }
  .generated-image {
    position: relative;
    max-inline-size: 24rem;
    overflow: hidden;
    border-radius: var(--radius-card);
    background-color: var(--surface-tertiary);
  }
  .generated-image img {
    display: block;
    inline-size: 100%;
    block-size: auto;
    min-block-size: 8rem;
  }
  .image-frame {
    aspect-ratio: 1;
  }
  .image-progress {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 0;
    display: grid;
    gap: 0.5rem;
    padding: 1rem;
    font-size: 0.875rem;
    background-color: color-mix(in oklab, var(--bg) 82%, transparent);
  }
  .bar,
  .upload {
    display: block;
    block-size: 4px;
    border-radius: 2px;
    overflow: hidden;
    background-color: var(--border);
  }
  .bar i,
  .upload i {
    display: block;
    block-size: 100%;
    background-color: var(--accent);
    transition: inline-size 0.2s;
  }
  .structured-input {
    display: grid;
    gap: calc(var(--space) * 1.1);
    max-inline-size: 34rem;
    padding: calc(var(--space) * 1.1);
    border: 1px solid var(--border);
    border-radius: var(--radius-card);
  }
  .question {
    display: grid;
    gap: 0.45rem;
    min-inline-size: 0;
  }
  .question-text {
    padding: 0;
    margin-block-end: 0.3rem;
    font-weight: 600;
    line-height: 1.4;
  }
  .question-note {
    margin-block-start: -0.4rem;
    font-size: 0.875rem;
    color: var(--text-secondary);
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 0.65rem;
    padding: 0.5rem 0.8rem;
    border: 1px solid var(--border);
    border-radius: var(--radius-item);
    cursor: pointer;
  }
  .choice:hover {
    background-color: var(--hover);
  }
  .choice:has(:checked) {
    border-color: var(--accent);
    background-color: color-mix(in oklab, var(--accent) 7%, transparent);
  }
  input[type='checkbox'],
  input[type='radio'] {
    flex: none;
    inline-size: 1.1rem;
    block-size: 1.1rem;
    margin: 0;
    accent-color: var(--accent);
  }
  .structured-actions {
    display: flex;
    justify-content: flex-end;
    gap: 0.5rem;
  }
  .structured-status {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    font-size: 0.875rem;
    color: var(--text-secondary);
    --icon-size: 1rem;
  }
  .structured-input.done {
    gap: 0.6rem;
  }
  .structured-input dt {
    font-size: 0.9375rem;
    color: var(--text-secondary);
  }
  .structured-input dd {
    font-weight: 500;
  }
  .structured-input dd + dt {
    margin-block-start: 0.6rem;
  }
  .structured-input .muted {
    font-weight: 400;
    color: var(--text-secondary);
  }
`;
