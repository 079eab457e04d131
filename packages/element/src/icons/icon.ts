import type { IconNode } from 'lucide';
import { noChange } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import type { DirectiveResult } from 'lit/directive.js';
import { chatkitIcons } from './chatkit-icons.js';
import { headerIcons } from './header-icons.js';
import { interfaceIcons } from './interface-icons.js';
import { lucideIcons } from './lucide-icons.js';

const svgNamespace = 'http://www.w3.org/2000/svg';
const registered = new Map<string, IconNode>();
const filled = new Set(['star-filled', 'stop']);

/** Adds an icon under a name, for `lucide:` names that aren't bundled. */
export function registerIcon(name: string, node: IconNode): void {
  registered.set(name, node);
}

function findIcon(name: string): IconNode {
  const own = registered.get(name) ?? interfaceIcons[name] ?? chatkitIcons[name] ?? headerIcons[name];
  if (own) return own;
  const bare = name.replace(/^(lucide|vendor):/, '');
  return lucideIcons[bare] ?? registered.get(bare) ?? chatkitIcons[bare] ?? headerIcons[bare] ?? interfaceIcons[bare] ?? chatkitIcons['empty-circle'] ?? [];
}

/** A new decorative SVG element; the control around it carries the name. */
export function createIcon(name: string): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  const attributes = {
    viewBox: '0 0 24 24',
    fill: filled.has(name) ? 'currentColor' : 'none',
    stroke: 'currentColor',
    'stroke-width': '1.75',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
    class: 'icon',
  };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  for (const [tag, properties] of findIcon(name)) {
    const child = document.createElementNS(svgNamespace, tag);
    for (const [key, value] of Object.entries(properties)) child.setAttribute(key, String(value));
    svg.append(child);
  }
  return svg;
}

class IconDirective extends AsyncDirective {
  private shown: string | undefined;

  override render(name: string): unknown {
    if (name === this.shown) return noChange;
    this.shown = name;
    return createIcon(name);
  }
}

/** Renders an icon by name; the same name keeps the same SVG element. */
export const icon: (name: string) => DirectiveResult<typeof IconDirective> = directive(IconDirective);
