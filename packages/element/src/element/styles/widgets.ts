import { css } from 'lit';

export const widgetStyles = css`
  .widget {
    position: relative;
    max-inline-size: 100%;
    line-height: 1.45;
    contain: layout paint;
    padding: 2px;
    margin: -2px;
  }
  .w-card {
    --card-padding: 1rem;
    position: relative;
    max-inline-size: 100%;
    overflow: hidden;
    color: var(--fg);
    background-color: var(--surface-elevated);
    border: 1px solid var(--border);
    border-radius: var(--radius-card);
  }
  .w-card.size-sm {
    inline-size: 22rem;
  }
  .w-card.size-md {
    inline-size: 27.5rem;
  }
  .w-card.size-lg {
    inline-size: 36rem;
  }
  .w-card.running,
  .w-entry.running {
    opacity: 0.6;
  }
  .w-card-body {
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
    padding: var(--card-padding);
  }
  .w-card-footer {
    display: flex;
    justify-content: flex-end;
    flex-wrap: wrap;
    gap: 0.5rem;
    padding: 0 var(--card-padding) var(--card-padding);
  }
  .w-status,
  .w-collapse {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    padding: 0.6rem var(--card-padding);
    font-size: 0.8125rem;
    color: var(--text-secondary);
    border-block-end: 1px solid var(--border-subtle);
    --icon-size: 1rem;
  }
  .w-collapse {
    inline-size: 100%;
  }
  .favicon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  .framed {
    border: 1px solid var(--border);
    border-radius: 0.25rem;
  }
  .w-list {
    inline-size: 36rem;
  }
  .w-list li + li {
    border-block-start: 1px solid var(--border-subtle);
  }
  .w-entry {
    flex-direction: row;
    align-items: center;
    gap: 0.75rem;
    padding: 0.7rem var(--card-padding);
  }
  .w-entry.clickable {
    cursor: pointer;
  }
  .w-entry.clickable:hover {
    background-color: var(--hover);
  }
  .w-entry:focus-visible {
    outline-offset: -2px;
  }
  .w-more {
    inline-size: 100%;
    padding: 0.6rem;
    font-size: 0.875rem;
    color: var(--text-secondary);
    border-block-start: 1px solid var(--border-subtle);
  }
  .w-more:hover {
    background-color: var(--hover);
  }
  .w-box {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .w-row {
    align-items: center;
    gap: 0.5rem;
  }
  .w-basic {
    gap: 0.5rem;
    color: var(--fg);
  }
  .w-spacer {
    flex: 1 1 auto;
  }
  .w-divider {
    inline-size: auto;
    align-self: stretch;
    margin: 0.5rem 0;
    border: 0;
    border-block-start: 1px solid var(--border);
  }
  .w-divider.flush,
  .w-image.flush {
    margin-inline: calc(-1 * var(--card-padding, 0px));
    max-inline-size: none;
    border-radius: 0;
  }
  .w-text,
  .w-title,
  .w-caption,
  .w-label {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .w-text {
    white-space: pre-wrap;
  }
  .w-table :is(.w-text, .w-caption, .w-title) {
    overflow-wrap: break-word;
  }
  .w-markdown :is(ul, ol, blockquote, table) {
    text-align: start;
  }
  /* The end of the interface's line, whatever direction the text itself has. */
  .end-of-line {
    text-align: right;
  }
  .root[dir='rtl'] .end-of-line {
    text-align: left;
  }
  .w-title {
    font-weight: 600;
    line-height: 1.3;
    letter-spacing: -0.01em;
  }
  .w-caption {
    font-size: 0.8125em;
    color: var(--text-secondary);
  }
  .w-label {
    font-size: 0.875em;
    font-weight: 500;
  }
  .truncate {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    max-inline-size: 100%;
  }
  .clamp {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    overflow: hidden;
  }
  .w-icon {
    display: inline-grid;
    flex: none;
  }
  .w-image {
    display: block;
    max-inline-size: 100%;
    object-fit: cover;
  }
  .w-image.missing {
    display: grid;
    place-items: center;
    min-inline-size: 3rem;
    min-block-size: 3rem;
    color: var(--text-tertiary);
    background-color: var(--surface-tertiary);
  }
  .w-transition > * {
    animation: appear 0.2s ease-out;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  .w-table-frame {
    overflow-x: auto;
  }
  .w-table {
    border-collapse: collapse;
    min-inline-size: 100%;
    font-size: 0.9375em;
  }
  .w-table th,
  .w-table td {
    padding: 0.5rem 0.75rem;
    text-align: start;
    font-weight: inherit;
    border-block-end: 1px solid var(--border-subtle);
  }
  .w-table th {
    font-weight: 600;
  }
  .w-chart svg {
    display: block;
    direction: ltr;
    inline-size: 100%;
    block-size: auto;
    overflow: visible;
  }
  .w-chart {
    min-inline-size: 12rem;
    inline-size: 100%;
  }
  .w-chart .grid {
    stroke: var(--border-subtle);
  }
  .w-chart .tick {
    font-size: 12px;
    fill: var(--text-secondary);
  }
  .w-chart {
    container-type: inline-size;
  }
  @container (max-width: 26rem) {
    .w-chart .tick {
      font-size: 19px;
    }
  }
  .w-chart .hover-band {
    fill: transparent;
  }
  .w-chart .hover-band:hover {
    fill: var(--hover);
  }
  .w-legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 1rem;
    margin-block-start: 0.5rem;
    font-size: 0.8125rem;
    color: var(--text-secondary);
  }
  .w-legend span {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
  }
  .w-legend i {
    inline-size: 0.6rem;
    block-size: 0.6rem;
    border-radius: 0.2rem;
  }
`;
