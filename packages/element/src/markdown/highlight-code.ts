import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { createLowlight } from 'lowlight';
import bash from 'highlight.js/lib/languages/bash';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import markdown from 'highlight.js/lib/languages/markdown';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

const lowlight = createLowlight({ bash, diff, go, java, javascript, json, markdown, python, rust, sql, typescript, xml, yaml });

/** Longer code stays plain: colouring it would hold up the page. */
const maximumLength = 20_000;

interface SyntaxNode {
  type: string;
  value?: string;
  properties?: { className?: unknown };
  children?: SyntaxNode[];
}

/** Code with its syntax coloured, or as it is for languages not bundled. */
export function highlightCode(code: string, language: string): unknown {
  if (code.length > maximumLength || !lowlight.registered(language)) return code;
  try {
    const tree = lowlight.highlight(language, code) as SyntaxNode;
    return (tree.children ?? []).map(renderNode);
  } catch {
    return code;
  }
}

function renderNode(node: SyntaxNode): string | TemplateResult {
  if (node.type === 'text') return node.value ?? '';
  const names = Array.isArray(node.properties?.className) ? node.properties.className.map(String) : [];
  return html`<span class=${names.join(' ')}>${(node.children ?? []).map(renderNode)}</span>`;
}
