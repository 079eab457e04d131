import { css } from 'lit';

export const menuStyles = css`
  .menu-anchor {
    position: relative;
  }
  .menu,
  .suggestions {
    position: absolute;
    z-index: 4;
    inset-block-end: calc(100% + 0.4rem);
    inset-inline-start: 0;
    min-inline-size: 13rem;
    max-inline-size: min(20rem, 80vw);
    max-block-size: min(20rem, 50vh);
    overflow-y: auto;
    padding: 0.35rem;
    background-color: var(--surface-elevated);
    border: 1px solid var(--border);
    border-radius: var(--radius-item);
    box-shadow: var(--shadow);
    scrollbar-width: thin;
  }
  .suggestions {
    inset-inline: var(--space);
    max-inline-size: none;
  }
  .suggestions .empty {
    padding: 0.5rem 0.7rem;
    font-size: 0.875rem;
    color: var(--text-secondary);
  }
  .suggestion-group {
    padding: 0.5rem 0.7rem 0.2rem;
    font-size: 0.75rem;
    font-weight: 600;
    color: var(--text-secondary);
  }
  .menu button,
  .suggestion {
    display: flex;
    align-items: center;
    gap: 0.65rem;
    inline-size: 100%;
    padding: 0.5rem 0.7rem;
    text-align: start;
    font-size: 0.9375rem;
    line-height: 1.35;
    border-radius: calc(var(--radius-item) * 0.7);
    cursor: pointer;
  }
  .menu button:hover,
  .menu button:focus-visible,
  .suggestion:hover,
  .suggestion.active {
    background-color: var(--hover);
  }
  .menu button:focus-visible {
    outline-offset: -2px;
  }
  .menu button[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }
  .menu-text {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-inline-size: 0;
  }
  .menu-text small {
    font-size: 0.8125rem;
    color: var(--text-secondary);
  }
`;
