import { css } from 'lit';

export const baseStyles = css`
  :host {
    display: block;
    position: relative;
    block-size: 100%;
    min-block-size: 300px;
    font-size: var(--font-size, 16px);
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .root {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: 0;
    overflow: hidden;
    background-color: var(--bg);
    color: var(--fg);
    font: 400 var(--font-size) / 1.55 var(--font);
    -webkit-font-smoothing: antialiased;
    --space: calc(16px * var(--density));
    --column: 46rem;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }
  /* Labels keep to the side of their interface, whatever direction their own text has; any other rule for them wins. */
  :where([dir='auto']):where(:not(.prose, .bubble, .editor), .task-text, .w-markdown) {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  /* An empty field shows its placeholder in the direction of the interface. */
  :where(input, textarea):placeholder-shown {
    direction: inherit;
  }
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure,
  blockquote,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  ul {
    list-style: none;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    cursor: pointer;
    border: 0;
    background: none;
    padding: 0;
  }
  button:disabled {
    cursor: default;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .icon {
    inline-size: var(--icon-size, 1.125rem);
    block-size: var(--icon-size, 1.125rem);
    flex: none;
    display: block;
  }
  [dir='rtl'] .flips .icon,
  :host([dir='rtl']) .flips .icon {
    transform: scaleX(-1);
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    flex: none;
    color: var(--text-secondary);
    border-radius: var(--radius-control);
    transition: background-color 0.12s;
  }
  .icon-button.small {
    inline-size: 1.75rem;
    block-size: 1.75rem;
    --icon-size: 1rem;
  }
  .icon-button:hover:not(:disabled),
  .icon-button[aria-expanded='true'] {
    background-color: var(--hover);
    color: var(--fg);
  }
  .icon-button:active:not(:disabled) {
    background-color: var(--active);
  }
  .icon-button[aria-pressed='true'] {
    color: var(--fg);
  }
  .icon-button[aria-pressed='true'] .icon {
    fill: color-mix(in oklab, currentColor 25%, transparent);
  }
  .button {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    min-block-size: 2.25rem;
    padding: 0.3rem 0.9rem;
    font-size: 0.875rem;
    font-weight: 500;
    border: 1px solid var(--border);
    border-radius: var(--radius-control);
    background-color: var(--bg);
    --icon-size: 1rem;
  }
  .button:hover:not(:disabled, .primary, .danger, .ghost) {
    background-color: var(--surface-tertiary);
  }
  .button.primary {
    background-color: var(--accent);
    border-color: transparent;
    color: var(--on-accent);
  }
  .button.danger {
    background-color: var(--danger);
    border-color: transparent;
    color: var(--bg);
  }
  .button.ghost {
    border-color: transparent;
    background-color: transparent;
  }
  .button.ghost:hover:not(:disabled) {
    background-color: var(--hover);
  }
  .button.primary:hover:not(:disabled) {
    background-color: color-mix(in oklab, var(--accent) 90%, var(--bg));
  }
  .button.danger:hover:not(:disabled) {
    background-color: color-mix(in oklab, var(--danger) 90%, var(--fg));
  }
  .button:disabled {
    opacity: 0.5;
  }
  .spinner {
    display: inline-grid;
  }
  .spinner .icon {
    animation: turn 0.9s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  .shimmer {
    background: linear-gradient(90deg, var(--text-secondary) 40%, var(--border-strong) 50%, var(--text-secondary) 60%) 0 0 / 300% 100%;
    -webkit-background-clip: text;
    background-clip: text;
    color: transparent;
    animation: shimmer 2.2s linear infinite;
  }
  @keyframes shimmer {
    from {
      background-position: 150% 0;
    }
    to {
      background-position: -150% 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
    .shimmer {
      background: none;
      color: var(--text-secondary);
    }
  }
  @media (forced-colors: active) {
    .shimmer {
      background: none;
      color: CanvasText;
    }
    .icon-button,
    .button {
      border: 1px solid ButtonText;
    }
  }
`;
