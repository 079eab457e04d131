import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { splitMarkers, withoutMarkers } from './citation-markers.js';
import { highlightCode } from './highlight-code.js';
import type { Token } from './parser.js';
import { safeLink } from './safe-link.js';
import { isTask, taskBox } from './task-list.js';
import { tokenTree } from './token-tree.js';
import type { TokenNode } from './token-tree.js';

/** What Markdown needs from its surroundings. */
export interface MarkdownContext {
  /** The image's address if it may be loaded, else null. */
  image: (url: string) => string | null;
  /** Renders the marker of the annotation with this position, when the text has annotations. */
  citation?: ((annotation: number) => unknown) | undefined;
  /** Renders a code block's own bar: its language and the copy button. */
  codeBar: (language: string, code: string) => unknown;
  externalImage: string;
  /** What the blocks that scroll by themselves, and so take the focus, are called. */
  names: { code: string; table: string };
  /** How deep the block's heading is nested, from 1. */
  headingLevel?: number | undefined;
  /** More text is on its way: long code is coloured only once it is complete. */
  growing?: boolean | undefined;
  /** Whatever, besides the tokens, the rendering depends on. */
  dependency?: unknown;
}

const longestGrowingCode = 4000;

/** Renders tokens as templates: an allow-list by construction, nothing passes through HTML text. */
export function renderTokens(tokens: readonly Token[], context: MarkdownContext): unknown {
  return renderNodes(tokenTree(tokens), context);
}

function renderNodes(nodes: readonly TokenNode[], context: MarkdownContext): unknown[] {
  return nodes.map((node) => renderNode(node, context));
}

function renderNode({ token, children }: TokenNode, context: MarkdownContext): unknown {
  const inner = (): unknown[] => renderNodes(children, context);
  switch (token.type) {
    case 'inline':
      return inner();
    case 'paragraph_open':
      return token.hidden ? inner() : html`<p>${inner()}</p>`;
    case 'heading_open':
      return heading(token, inner(), context);
    case 'bullet_list_open':
      return html`<ul>${inner()}</ul>`;
    case 'ordered_list_open':
      return html`<ol start=${String(token.attrGet('start') ?? 1)}>${inner()}</ol>`;
    case 'list_item_open':
      return html`<li class=${isTask(token) ? 'task-item' : nothing}>${taskBox(token)}${unlessSame(token, children, context)}</li>`;
    case 'blockquote_open':
      return html`<blockquote>${inner()}</blockquote>`;
    case 'hr':
      return html`<hr>`;
    case 'fence':
    case 'code_block':
      return codeBlock(token, context);
    case 'table_open':
      return html`<div class="table-frame" tabindex="0" role="group" aria-label=${context.names.table}><table>${inner()}</table></div>`;
    case 'thead_open':
      return html`<thead>${inner()}</thead>`;
    case 'tbody_open':
      return html`<tbody>${inner()}</tbody>`;
    case 'tr_open':
      return html`<tr>${unlessSame(token, children, context)}</tr>`;
    case 'th_open':
      return html`<th scope="col" class=${alignment(token)}>${inner()}</th>`;
    case 'td_open':
      return html`<td class=${alignment(token)}>${inner()}</td>`;
    default:
      return renderInline({ token, children }, context);
  }
}

/** A long list or table grows at its end: what came before it is only looked at, not rendered again. */
function unlessSame(token: Token, children: readonly TokenNode[], context: MarkdownContext): unknown {
  return guard([signature({ token, children: [...children] }), context.dependency, context.growing], () => renderNodes(children, context));
}

/** Equal for nodes that look the same. */
function signature({ token, children }: TokenNode): string {
  const own = token.type === 'inline' ? '' : JSON.stringify([token.content, token.info, token.attrs]);
  return `${token.type} ${token.tag} ${String(token.hidden)} ${own}(${children.map(signature).join()})`;
}

function renderInline({ token, children }: TokenNode, context: MarkdownContext): unknown {
  const inner = (): unknown[] => renderNodes(children, context);
  switch (token.type) {
    case 'text':
    case 'text_special':
      return markedText(token.content, context);
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return html`<br>`;
    case 'code_inline':
      return html`<code>${withoutMarkers(token.content)}</code>`;
    case 'strong_open':
      return html`<strong>${inner()}</strong>`;
    case 'em_open':
      return html`<em>${inner()}</em>`;
    case 's_open':
      return html`<s>${inner()}</s>`;
    case 'link_open':
      return link(String(token.attrGet('href') ?? ''), inner());
    case 'image':
      return image(token, context);
    default:
      return children.length > 0 ? inner() : withoutMarkers(token.content);
  }
}

function markedText(text: string, context: MarkdownContext): unknown {
  if (!text.includes('\uE000')) return text;
  return splitMarkers(text).map((part) => ('text' in part ? part.text : (context.citation?.(part.annotation) ?? nothing)));
}

function heading(token: Token, content: unknown, context: MarkdownContext): TemplateResult {
  const look = token.tag;
  // Inside a list or quote a heading is only a look; elsewhere its level is below the chat's title.
  if (token.level > 0) return html`<p class="heading ${look}">${content}</p>`;
  return html`<div class="heading ${look}" role="heading" aria-level=${Math.min(6, 2 + (context.headingLevel ?? 1))}>${content}</div>`;
}

function link(href: string, content: unknown): unknown {
  const clean = stripEncodedMarkers(href);
  const address = safeLink(clean, document.baseURI);
  if (!address) return content;
  return html`<a href=${address} target="_blank" rel="noopener noreferrer">${content}</a>`;
}

function image(token: Token, context: MarkdownContext): unknown {
  const source = stripEncodedMarkers(String(token.attrGet('src') ?? ''));
  const text = withoutMarkers(token.content);
  const allowed = context.image(source);
  if (allowed) return html`<img src=${allowed} alt=${text} loading="lazy" referrerpolicy="no-referrer">`;
  const address = safeLink(source, document.baseURI);
  if (!address) return text;
  return html`<a class="external-image" href=${address} target="_blank" rel="noopener noreferrer">${text || context.externalImage}</a>`;
}

/** markdown-it encodes addresses, so a marker inside one arrives percent-encoded. */
function stripEncodedMarkers(url: string): string {
  return url.replace(/(?:%E2%81%9F)?%EE%80%80\d+%EE%80%81(?:%E2%81%9F)?/gi, '');
}

function codeBlock(token: Token, context: MarkdownContext): TemplateResult {
  const language = withoutMarkers(token.info).trim().split(/\s+/)[0]?.toLowerCase() ?? '';
  const code = withoutMarkers(token.content).replace(/\n$/, '');
  return html`<div class="code-block">
    ${context.codeBar(language, code)}
    <pre tabindex="0" role="group" aria-label=${language ? `${context.names.code}: ${language}` : context.names.code}><code>${context.growing && code.length > longestGrowingCode ? code : highlightCode(code, language)}</code></pre>
  </div>`;
}

function alignment(token: Token): string {
  const style = String(token.attrGet('style') ?? '');
  if (style.endsWith('right')) return 'align-end';
  return style.endsWith('center') ? 'align-center' : '';
}
