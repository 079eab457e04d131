import MarkdownIt from 'markdown-it';
import { isSafeLink } from './safe-link.js';
import { markTasks } from './task-list.js';

export type Token = ReturnType<ReturnType<typeof MarkdownIt>['parse']>[number];

const parser = new MarkdownIt({ html: false, linkify: true, breaks: false, typographer: false });
// Only bare addresses with a scheme become links: "readme.md" in a sentence is no web site.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
parser.validateLink = (url) => isSafeLink(url) || /^data:image\/(?:png|gif|jpeg|webp);/i.test(url.trim());

/** Block tokens of a Markdown text. HTML in it is text. */
export function parseMarkdown(text: string, references: Record<string, unknown>): Token[] {
  const tokens = parser.parse(text, references);
  markTasks(tokens);
  return tokens;
}
