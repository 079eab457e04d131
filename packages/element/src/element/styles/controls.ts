import { css } from 'lit';

export const controlStyles = css`
  .control-3xs {
    --control: 1.5rem;
  }
  .control-2xs {
    --control: 1.5rem;
  }
  .control-xs {
    --control: 1.625rem;
  }
  .control-sm {
    --control: 1.75rem;
  }
  .control-md {
    --control: 2rem;
  }
  .control-lg {
    --control: 2.25rem;
  }
  .control-xl {
    --control: 2.5rem;
  }
  .control-2xl {
    --control: 2.75rem;
  }
  .control-3xl {
    --control: 3rem;
  }
  .w-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4rem;
    flex: none;
    max-inline-size: 100%;
    min-block-size: var(--control, 2.25rem);
    padding-inline: calc(var(--control, 2.25rem) * 0.4);
    font-size: clamp(0.8125rem, calc(var(--control, 2.25rem) * 0.4), 1rem);
    font-weight: 500;
    line-height: 1.25;
    border: 1px solid transparent;
    border-radius: var(--radius-control);
    --icon-size: 1.1em;
  }
  .w-button.square {
    border-radius: min(var(--radius-control), 0.5rem);
  }
  .w-button.block {
    inline-size: 100%;
  }
  .w-button.uniform {
    inline-size: var(--control, 2.25rem);
    padding: 0;
  }
  .w-button.solid {
    color: var(--on-tone);
    background-color: var(--tone);
  }
  .w-button.soft {
    color: color-mix(in oklab, var(--tone) 82%, var(--fg));
    background-color: color-mix(in oklab, var(--tone) var(--soft-tint), transparent);
  }
  .w-button.outline {
    color: color-mix(in oklab, var(--tone) 82%, var(--fg));
    border-color: color-mix(in oklab, var(--tone) 22%, transparent);
  }
  .w-button.ghost {
    color: color-mix(in oklab, var(--tone) 82%, var(--fg));
  }
  .w-button:hover:not(:disabled) {
    background-color: color-mix(in oklab, var(--tone) 14%, transparent);
  }
  .w-button.solid:hover:not(:disabled) {
    background-color: color-mix(in oklab, var(--tone) 88%, var(--bg));
  }
  .w-button:disabled {
    opacity: 0.5;
  }
  .w-button[aria-busy='true'] {
    opacity: 0.75;
  }
  .icon-sm {
    --icon-size: 1rem;
  }
  .icon-md {
    --icon-size: 1.125rem;
  }
  .icon-lg {
    --icon-size: 1.25rem;
  }
  .icon-xl {
    --icon-size: 1.5rem;
  }
  .icon-2xl {
    --icon-size: 1.75rem;
  }
  .w-field {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: var(--control, 2.25rem);
    padding: 0.3rem var(--gutter, 0.7rem);
    font-size: 0.9375rem;
    line-height: 1.4;
    background-color: var(--bg);
    border: 1px solid var(--border-strong);
    border-radius: min(var(--radius-control), 0.7rem);
  }
  .w-field::placeholder {
    color: var(--text-tertiary);
    opacity: 1;
  }
  .w-field.soft {
    background-color: var(--surface-tertiary);
    border-color: transparent;
    box-shadow: inset 0 -1px 0 var(--border-strong);
  }
  .w-field.ghost {
    background-color: transparent;
    border-color: transparent;
  }
  .w-field.pill {
    border-radius: 999px;
  }
  .w-field:disabled {
    opacity: 0.55;
  }
  .w-field:user-invalid {
    border-color: var(--danger);
  }
  .gutter-2xs {
    --gutter: 0.3rem;
  }
  .gutter-xs {
    --gutter: 0.4rem;
  }
  .gutter-sm {
    --gutter: 0.55rem;
  }
  .gutter-lg {
    --gutter: 0.85rem;
  }
  .gutter-xl {
    --gutter: 1rem;
  }
  textarea.w-field {
    resize: vertical;
    display: block;
  }
  .w-select,
  .w-date {
    inline-size: auto;
    max-inline-size: 100%;
    cursor: pointer;
  }
  .w-select.block,
  .w-date.block,
  .w-clearable.block,
  .w-clearable.block > .w-field {
    inline-size: 100%;
  }
  .w-clearable {
    display: inline-flex;
    align-items: center;
    gap: 0.2rem;
  }
  .w-clear {
    display: grid;
    place-items: center;
    inline-size: 1.75rem;
    block-size: 1.75rem;
    flex: none;
    color: var(--text-secondary);
    border-radius: 999px;
    --icon-size: 1rem;
  }
  .w-clear:hover {
    background-color: var(--hover);
  }
  .w-choice {
    display: inline-flex;
    align-items: center;
    gap: 0.55rem;
    min-block-size: 1.75rem;
    cursor: pointer;
  }
  .w-radios {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
  }
  .w-radios.col {
    flex-direction: column;
  }
  .w-editable {
    inline-size: 100%;
    padding: 0.15rem 0.3rem;
    margin-inline: -0.3rem;
    background: none;
    border: 1px solid transparent;
    border-block-end-color: var(--border-strong);
    border-radius: 0.3rem;
  }
  .w-editable:hover,
  .w-editable:focus {
    background-color: var(--hover);
  }
  @media (max-width: 30rem) {
    .root {
      --space: calc(12px * var(--density));
    }
  }
`;
