import { html, noChange } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import type { DirectiveResult } from 'lit/directive.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { MarkdownDocument } from './markdown-document.js';
import { renderTokens } from './render-tokens.js';
import type { MarkdownContext } from './render-tokens.js';

class MarkdownDirective extends AsyncDirective {
  private readonly document = new MarkdownDocument();
  private shownDependency: unknown;
  private shownBlocks: unknown;
  private shownFinished: unknown;

  override render(text: string, finished: boolean, context: MarkdownContext, dependency: unknown): unknown {
    const blocks = this.document.update(text, finished);
    if (blocks === this.shownBlocks && dependency === this.shownDependency && finished === this.shownFinished) return noChange;
    this.shownBlocks = blocks;
    this.shownFinished = finished;
    this.shownDependency = dependency;
    return repeat(
      blocks,
      (block) => block.key,
      (block, index) => {
        const growing = !finished && index === blocks.length - 1;
        return html`${guard([block, dependency, growing], () => renderTokens(block.tokens, { ...context, growing, headingLevel: block.outline.length, dependency }))}`;
      },
    );
  }
}

/**
 * Renders Markdown that may be growing. Blocks that haven't changed keep their DOM.
 * `dependency` is whatever, besides the text, the rendering depends on (annotations).
 */
export const markdown: (...values: Parameters<MarkdownDirective['render']>) => DirectiveResult<typeof MarkdownDirective> = directive(MarkdownDirective);
