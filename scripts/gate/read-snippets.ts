export interface Snippet {
  language: 'ts' | 'tsx';
  /** Of the first line of code, counted from 1. */
  line: number;
  /** Padded with empty lines, so that the compiler's line numbers are those of the document. */
  code: string;
}

/**
 * The fenced `ts` and `tsx` blocks of a Markdown text. A block marked `ts continue` goes on where the one before it ended:
 * both are one module.
 */
export function readSnippets(markdown: string): Snippet[] {
  const snippets: Snippet[] = [];
  let open: Snippet | null = null;
  for (const [index, text] of markdown.split(/\r?\n/).entries()) {
    if (open) {
      if (/^\s*```\s*$/.test(text)) open = null;
      else open.code += `${text}\n`;
      continue;
    }
    const fence = /^\s*```(tsx?)\b(.*)$/.exec(text);
    if (!fence) continue;
    const previous = snippets.at(-1);
    if (previous && /\bcontinue\b/.test(fence[2] ?? '')) {
      open = previous;
      open.code += '\n'.repeat(index + 1 - (open.code.match(/\n/g)?.length ?? 0));
    } else {
      open = { language: fence[1] as 'ts' | 'tsx', line: index + 2, code: '\n'.repeat(index + 1) };
      snippets.push(open);
    }
  }
  return snippets;
}
