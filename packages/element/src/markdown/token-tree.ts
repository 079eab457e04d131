import type { Token } from './parser.js';

/** A token with what is nested in it. */
export interface TokenNode {
  token: Token;
  children: TokenNode[];
}

/** Turns markdown-it's flat open/close list into a tree; inline tokens keep their own list. */
export function tokenTree(tokens: readonly Token[]): TokenNode[] {
  const root: TokenNode[] = [];
  const stack: TokenNode[][] = [root];
  for (const token of tokens) {
    if (token.nesting < 0) {
      if (stack.length > 1) stack.pop();
      continue;
    }
    const node: TokenNode = { token, children: [] };
    stack.at(-1)?.push(node);
    if (token.nesting > 0) stack.push(node.children);
    else if (token.children) node.children = tokenTree(token.children);
  }
  return root;
}
