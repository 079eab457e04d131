import { css } from 'lit';

export const toneStyles = css`
  .tone-primary {
    --tone: var(--accent);
    --on-tone: var(--on-accent);
  }
  .tone-secondary,
  .w-button.secondary {
    --soft-tint: var(--neutral-tint);
    --tone: var(--fg);
    --on-tone: var(--bg);
  }
  .tone-success {
    --tone: var(--success);
    --on-tone: var(--bg);
  }
  .tone-danger {
    --tone: var(--danger);
    --on-tone: var(--bg);
  }
  .tone-warning {
    --tone: var(--warning);
    --on-tone: var(--bg);
  }
  .tone-caution {
    --tone: var(--caution);
    --on-tone: var(--bg);
  }
  .tone-info {
    --tone: var(--info);
    --on-tone: var(--bg);
  }
  .tone-discovery {
    --tone: var(--discovery);
    --on-tone: var(--bg);
  }
  .w-badge {
    display: inline-flex;
    align-items: center;
    inline-size: fit-content;
    padding: 0.1em 0.7em;
    font-size: 0.75rem;
    font-weight: 500;
    line-height: 1.6;
    white-space: nowrap;
    border: 1px solid transparent;
    border-radius: 999px;
  }
  .w-badge.square {
    border-radius: 0.4em;
  }
  .w-badge.size-md {
    font-size: 0.8125rem;
  }
  .w-badge.size-lg {
    font-size: 0.875rem;
  }
  .w-badge.soft {
    color: color-mix(in oklab, var(--tone) 82%, var(--fg));
    background-color: color-mix(in oklab, var(--tone) var(--soft-tint), transparent);
  }
  .w-badge.outline {
    color: color-mix(in oklab, var(--tone) 82%, var(--fg));
    border-color: color-mix(in oklab, var(--tone) 45%, transparent);
  }
  .w-badge.solid {
    color: var(--on-tone);
    background-color: var(--tone);
  }
`;
