import { css } from 'lit';

export const threadStyles = css`
  .log {
    display: flow-root;
  }
  .item {
    margin-block-start: calc(var(--space) * 0.9);
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .item.from-user {
    margin-block-start: calc(var(--space) * 1.6);
  }
  .chunk:first-child > .item:first-child {
    margin-block-start: 0.25rem;
  }
  .item.from-user + .item.from-assistant {
    margin-block-start: calc(var(--space) * 1.35);
  }
  .chunk {
    display: flow-root;
    contain-intrinsic-block-size: auto 3000px;
  }
  .chunk.old {
    content-visibility: auto;
  }
  .user-message {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    gap: 0.4rem;
  }
  .bubble {
    max-inline-size: min(80%, 36rem);
    padding: 0.55rem 1rem;
    background-color: var(--bubble);
    border-radius: var(--radius-bubble);
    white-space: pre-wrap;
  }
  .quote {
    display: flex;
    gap: 0.4rem;
    max-inline-size: min(80%, 36rem);
    font-size: 0.875rem;
    color: var(--text-secondary);
    --icon-size: 1rem;
  }
  .quote span,
  .draft-quote span {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
    white-space: pre-wrap;
  }
  .sent-attachments {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 0.4rem;
  }
  .sent-image {
    display: block;
    inline-size: auto;
    block-size: 9rem;
    min-inline-size: 4rem;
    max-inline-size: 100%;
    object-fit: cover;
    border-radius: var(--radius-item);
    background-color: var(--surface-tertiary);
  }
  .sent-file,
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    max-inline-size: 18rem;
    padding: 0.45rem 0.8rem;
    font-size: 0.875rem;
    border: 1px solid var(--border);
    border-radius: var(--radius-item);
  }
  .file-name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-inline-size: 0;
  }
  .tag {
    display: inline;
    padding: 0.05em 0.35em;
    margin-inline: 0.05em;
    color: var(--link);
    background-color: color-mix(in oklab, var(--link) 9%, transparent);
    border-radius: 0.4em;
    white-space: nowrap;
    font-weight: 500;
  }
  button.tag:hover {
    background-color: color-mix(in oklab, var(--link) 16%, transparent);
  }
  .citation {
    display: inline-flex;
    align-items: center;
    gap: 0.25em;
    max-inline-size: 12em;
    margin-inline: 0.2em;
    padding: 0.1em 0.55em;
    vertical-align: middle;
    font-size: 0.75em;
    font-weight: 500;
    line-height: 1.5;
    color: var(--text-secondary);
    background-color: var(--surface-tertiary);
    border-radius: 999px;
    text-decoration: none;
    translate: 0 -0.08em;
    --icon-size: 1.1em;
  }
  .citation span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  a.citation:hover,
  button.citation:hover {
    color: var(--bg);
    background-color: var(--fg);
  }
  .response-actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.1rem;
    min-block-size: 2rem;
    margin-block-start: 0.35rem;
    margin-inline-start: -0.5rem;
    --icon-size: 1.0625rem;
  }
  .response-actions .icon-button {
    inline-size: 2rem;
    block-size: 2rem;
  }
  .sources-button {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    min-block-size: 2rem;
    padding-inline: 0.6rem;
    font-size: 0.8125rem;
    color: var(--text-secondary);
    border-radius: var(--radius-control);
    --icon-size: 1rem;
  }
  .sources-button:hover {
    background-color: var(--hover);
    color: var(--fg);
  }
  .sources-button .count {
    font-variant-numeric: tabular-nums;
  }
  .source-list {
    margin-block-start: 0.25rem;
    border: 1px solid var(--border);
    border-radius: var(--radius-item);
    overflow: hidden;
  }
  .source-list li + li {
    border-block-start: 1px solid var(--border-subtle);
  }
  .source-list a,
  .source-list button,
  .source-plain {
    display: flex;
    align-items: center;
    gap: 0.7rem;
    inline-size: 100%;
    padding: 0.55rem 0.85rem;
    text-align: start;
    text-decoration: none;
    color: inherit;
    font-size: 0.875rem;
  }
  .source-list a:hover,
  .source-list button:hover {
    background-color: var(--hover);
  }
  .source-list :focus-visible {
    outline-offset: -2px;
  }
  .source-list .icon {
    color: var(--text-secondary);
  }
  .source-text {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
  }
  .source-text small {
    font-size: 0.8125rem;
    color: var(--text-secondary);
  }
  .tool-call,
  .progress {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    font-size: 0.9375rem;
    color: var(--text-secondary);
  }
  .progress,
  .waiting {
    margin-block-start: calc(var(--space) * 1.2);
  }
  .waiting {
    display: flex;
    gap: 0.3rem;
    padding-block: 0.5rem;
  }
  .waiting i {
    inline-size: 0.45rem;
    block-size: 0.45rem;
    border-radius: 50%;
    background-color: var(--text-tertiary);
    animation: breathe 1.2s ease-in-out infinite;
  }
  .waiting i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .waiting i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes breathe {
    0%,
    70%,
    100% {
      opacity: 0.25;
    }
    35% {
      opacity: 1;
    }
  }
  .older {
    min-block-size: 1.5rem;
    text-align: center;
    font-size: 0.8125rem;
    color: var(--text-secondary);
  }
  .notice,
  .failure {
    display: flex;
    align-items: flex-start;
    gap: 0.65rem;
    margin-block-start: var(--space);
    padding: 0.7rem 0.9rem;
    font-size: 0.9375rem;
    border: 1px solid var(--border);
    border-radius: var(--radius-item);
    --tone: var(--info);
  }
  .notice.warning {
    --tone: var(--warning);
  }
  .notice.danger,
  .failure {
    --tone: var(--danger);
  }
  .notice,
  .failure {
    border-color: color-mix(in oklab, var(--tone) 30%, transparent);
    background-color: color-mix(in oklab, var(--tone) 6%, var(--bg));
  }
  .notice > .icon,
  .failure > .icon {
    margin-block-start: 0.18rem;
    color: var(--tone);
  }
  /* As high as a line of text, so that a notice of one line has it in its middle. */
  .notice > .icon-button {
    margin-block: -0.2rem;
  }
  .notice-text {
    flex: 1;
    min-inline-size: 0;
  }
  .failure {
    flex-wrap: wrap;
    align-items: center;
  }
  .failure > .icon {
    margin-block-start: 0;
  }
  .failure > span {
    flex: 1 1 12rem;
  }
`;
