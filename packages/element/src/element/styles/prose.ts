import { css } from 'lit';

export const proseStyles = css`
  .prose > :first-child {
    margin-block-start: 0;
  }
  .prose > :last-child {
    margin-block-end: 0;
  }
  .prose p,
  .prose ul,
  .prose ol,
  .prose blockquote,
  .prose .table-frame,
  .prose .code-block {
    margin-block: 0.75em;
  }
  .prose ul,
  .prose ol {
    padding-inline-start: 1.6em;
  }
  .prose ul {
    list-style: disc;
  }
  .prose li {
    margin-block: 0.3em;
  }
  .prose li > p {
    margin-block: 0.4em;
  }
  .prose li > ul,
  .prose li > ol {
    margin-block: 0.3em;
  }
  .prose li::marker {
    color: var(--text-secondary);
  }
  .prose .heading {
    margin: 1.4em 0 0.5em;
    font-size: 1em;
    font-weight: 600;
    line-height: 1.3;
    letter-spacing: -0.01em;
  }
  .prose .h1 {
    font-size: 1.4em;
  }
  .prose .h2 {
    font-size: 1.2em;
  }
  .prose .h3 {
    font-size: 1.075em;
  }
  .prose a:not(.citation) {
    color: var(--link);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.18em;
    text-decoration-color: color-mix(in oklab, var(--link) 45%, transparent);
  }
  .prose a:not(.citation):hover {
    text-decoration-color: currentColor;
  }
  .prose blockquote {
    padding-inline-start: 1em;
    border-inline-start: 3px solid var(--border);
    color: var(--text-secondary);
  }
  .prose hr {
    margin-block: 1.6em;
    border: 0;
    border-block-start: 1px solid var(--border);
  }
  .prose img {
    display: block;
    max-inline-size: 100%;
    max-block-size: 28rem;
    border-radius: var(--radius-item);
  }
  .prose code {
    padding: 0.12em 0.35em;
    font: 0.875em / 1.4 var(--mono);
    background-color: var(--surface-tertiary);
    border-radius: 0.35em;
  }
  .code-block {
    border: 1px solid var(--border-subtle);
    border-radius: var(--radius-item);
    background-color: var(--surface-secondary);
    overflow: hidden;
    direction: ltr;
    text-align: left;
  }
  .code-bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 0.2rem 0.35rem 0.2rem 0.95rem;
    font-size: 0.8125rem;
    color: var(--text-secondary);
  }
  .code-block pre {
    margin: 0;
    padding: 0.35rem 1rem 0.9rem;
    overflow-x: auto;
    scrollbar-width: thin;
  }
  .code-block pre:focus-visible {
    outline-offset: -2px;
  }
  .code-block code {
    padding: 0;
    background: none;
    font-size: 0.875rem;
    line-height: 1.6;
    white-space: pre;
    overflow-wrap: normal;
  }
  .hljs-keyword,
  .hljs-selector-tag,
  .hljs-literal,
  .hljs-built_in,
  .hljs-type {
    color: var(--code-keyword);
  }
  .hljs-string,
  .hljs-regexp,
  .hljs-addition,
  .hljs-symbol {
    color: var(--code-string);
  }
  .hljs-number,
  .hljs-meta,
  .hljs-deletion,
  .hljs-variable,
  .hljs-template-variable {
    color: var(--code-number);
  }
  .hljs-title,
  .hljs-name,
  .hljs-attr,
  .hljs-attribute,
  .hljs-section {
    color: var(--code-title);
  }
  .hljs-comment,
  .hljs-quote {
    color: var(--code-comment);
    font-style: italic;
  }
  .table-frame {
    overflow-x: auto;
    scrollbar-width: thin;
  }
  .prose table {
    border-collapse: collapse;
    min-inline-size: 100%;
    font-size: 0.9375em;
    font-variant-numeric: tabular-nums;
  }
  .prose th,
  .prose td {
    padding: 0.5em 0.9em 0.5em 0;
    text-align: start;
    vertical-align: top;
    border-block-end: 1px solid var(--border-subtle);
  }
  .prose th {
    font-weight: 600;
    border-block-end-color: var(--border);
  }
  /* Words stay whole: a table that is too wide for them scrolls in its frame. */
  .prose :is(th, td) {
    min-inline-size: 4rem;
    overflow-wrap: break-word;
  }
  .prose .task-item {
    list-style: none;
  }
  .task-box {
    margin-inline: -1.5em 0.4em;
    vertical-align: -0.15em;
  }
  .prose .align-end {
    text-align: end;
  }
  .prose .align-center {
    text-align: center;
  }
`;
