import { parseMarkdown } from './parser.js';
import type { Token } from './parser.js';

/** One top-level block with its tokens. The object stays the same while its source does. */
export interface MarkdownBlock {
  key: number;
  tokens: readonly Token[];
  /** Depths of the headings this one is inside of, itself last; of the last heading before, for other blocks. */
  outline: readonly number[];
}

/**
 * A Markdown text that may still be growing. When the new text continues the old one,
 * only its last block is parsed again: text added later can't change blocks before it,
 * with the one exception of link definitions, which `finish` settles by a full parse.
 */
export class MarkdownDocument {
  blocks: readonly MarkdownBlock[] = [];
  private text = '';
  private stableBlocks: MarkdownBlock[] = [];
  /** Where the part that is still parsed begins in the text. */
  private tailStart = 0;
  private finished = false;
  private nextKey = 0;

  update(text: string, finished: boolean): readonly MarkdownBlock[] {
    if (text === this.text && finished === this.finished) return this.blocks;
    const continues = text.startsWith(this.text) && !this.finished;
    const settle = finished && !this.finished && hasDefinitions(text);
    if (!continues || settle) this.reset();
    if (continues && finished && text === this.text && !settle) {
      this.finished = true;
      return this.blocks;
    }
    this.text = text;
    this.finished = finished;
    this.parseTail();
    return this.blocks;
  }

  private reset(): void {
    this.stableBlocks = [];
    this.tailStart = 0;
  }

  private parseTail(): void {
    const source = this.text.slice(this.tailStart);
    const groups = groupBlocks(parseMarkdown(source, {}));
    const reusedKeys = this.blocks.slice(this.stableBlocks.length).map((block) => block.key);
    let outline = this.stableBlocks.at(-1)?.outline ?? [];
    const parsed = groups.map((tokens, index) => {
      outline = outlineAfter(outline, tokens[0]);
      return { key: reusedKeys[index] ?? this.newKey(), tokens, outline };
    });
    this.blocks = [...this.stableBlocks, ...parsed];
    this.keepStable(source, parsed);
  }

  /**
   * Everything before the last block is settled, once that block's first line is complete:
   * a lone `*` looks like a new list until it turns out to be emphasis in the line before.
   */
  private keepStable(source: string, parsed: readonly MarkdownBlock[]): void {
    for (let index = parsed.length - 1; index > 0; index -= 1) {
      const start = lineOffset(source, parsed[index]?.tokens[0]?.map?.[0] ?? 0);
      if (!source.includes('\n', start)) continue;
      this.stableBlocks = [...this.stableBlocks, ...parsed.slice(0, index)];
      this.tailStart += start;
      return;
    }
  }

  private newKey(): number {
    this.nextKey += 1;
    return this.nextKey;
  }
}

/** Answers skip heading levels freely; nesting them by what came before keeps the levels without gaps. */
function outlineAfter(outline: readonly number[], token: Token | undefined): readonly number[] {
  if (token?.type !== 'heading_open') return outline;
  const depth = Number(token.tag.slice(1));
  return [...outline.filter((outer) => outer < depth), depth];
}

function hasDefinitions(text: string): boolean {
  return /^ {0,3}\[[^\]\n]+\]:/m.test(text);
}

function groupBlocks(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0) groups.push([]);
    groups.at(-1)?.push(token);
    depth += token.nesting;
  }
  return groups;
}

function lineOffset(text: string, line: number): number {
  let offset = 0;
  for (let current = 0; current < line; current += 1) {
    const next = text.indexOf('\n', offset);
    if (next < 0) return text.length;
    offset = next + 1;
  }
  return offset;
}
