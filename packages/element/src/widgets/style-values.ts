import { isObject } from '../protocol/json.js';
import type { WidgetNode } from '../protocol/widget.js';
import type { StyleValues } from '../view/styled.js';
import { resolveColor } from './resolve-color.js';

/** One step of the spacing scale, in pixels. */
const spacingStep = 4;
const largestPixels = 4000;

const radii: Record<string, string> = {
  '2xs': '2px',
  xs: '4px',
  sm: '6px',
  md: '8px',
  lg: '10px',
  xl: '12px',
  '2xl': '16px',
  '3xl': '20px',
  '4xl': '24px',
  full: '9999px',
  '100%': '100%',
  none: '0',
};

const alignments: Record<string, string> = { start: 'flex-start', center: 'center', end: 'flex-end', baseline: 'baseline', stretch: 'stretch' };
const justifications: Record<string, string> = {
  ...alignments,
  between: 'space-between',
  around: 'space-around',
  evenly: 'space-evenly',
};

/** A size: numbers are pixels, strings CSS lengths. Undefined for what CSS doesn't take or is out of proportion. */
export function size(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return `${Math.min(Math.max(value, 0), largestPixels)}px`;
  if (typeof value !== 'string' || !isPlainLength(value)) return undefined;
  return CSS.supports('width', value) ? value : undefined;
}

/** A distance: numbers are steps of 4 pixels, strings CSS lengths. Never negative, so nothing can be moved over other content. */
export function distance(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return `${Math.min(Math.max(value, 0) * spacingStep, largestPixels)}px`;
  if (typeof value !== 'string' || !isPlainLength(value)) return undefined;
  return CSS.supports('padding', value) || value === 'auto' ? value : undefined;
}

function isPlainLength(value: string): boolean {
  return value.length <= 40 && !/[-;{}]|var|url|env|attr|\d{5}/i.test(value.replace(/\b(min|max|fit)-content\b/g, ''));
}

/** The four sides of `padding` or `margin`. */
export function sides(property: 'padding' | 'margin', value: unknown): StyleValues {
  if (!isObject(value)) return { [property]: distance(value) };
  const side = (own: unknown, axis: unknown): string | undefined => distance(own) ?? distance(axis);
  return {
    [`${property}-top`]: side(value['top'], value['y']),
    [`${property}-bottom`]: side(value['bottom'], value['y']),
    [`${property}-left`]: side(value['left'], value['x']),
    [`${property}-right`]: side(value['right'], value['x']),
  };
}

const borderStyles = new Set(['solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset']);

function borderLine(value: unknown, scheme: 'light' | 'dark'): string | undefined {
  if (typeof value === 'number') return `${Math.min(Math.max(value, 0), 20)}px solid var(--border)`;
  if (!isObject(value) || typeof value['size'] !== 'number') return undefined;
  const style = typeof value['style'] === 'string' && borderStyles.has(value['style']) ? value['style'] : 'solid';
  return `${Math.min(Math.max(value['size'], 0), 20)}px ${style} ${resolveColor(value['color'], scheme, 'border') ?? 'var(--border)'}`;
}

export function borders(value: unknown, scheme: 'light' | 'dark'): StyleValues {
  const all = borderLine(value, scheme);
  if (all !== undefined || !isObject(value)) return { border: all };
  const side = (own: unknown, axis: unknown): string | undefined => borderLine(own, scheme) ?? borderLine(axis, scheme);
  return {
    'border-top': side(value['top'], value['y']),
    'border-bottom': side(value['bottom'], value['y']),
    'border-left': side(value['left'], value['x']),
    'border-right': side(value['right'], value['x']),
  };
}

export function radius(value: unknown): string | undefined {
  return typeof value === 'string' ? radii[value] : undefined;
}

/** Size, margin and radius, which boxes and images share. */
export function blockStyles(node: WidgetNode): StyleValues {
  const both = size(node['size']);
  const minimum = size(node['minSize']);
  const maximum = size(node['maxSize']);
  const ratio = node['aspectRatio'];
  return {
    width: size(node['width']) ?? both,
    height: size(node['height']) ?? both,
    'min-width': size(node['minWidth']) ?? minimum,
    'min-height': size(node['minHeight']) ?? minimum,
    'max-width': size(node['maxWidth']) ?? maximum,
    'max-height': size(node['maxHeight']) ?? maximum,
    'aspect-ratio': typeof ratio === 'number' || (typeof ratio === 'string' && /^[\d./ ]{1,20}$/.test(ratio)) ? String(ratio) : undefined,
    'border-radius': radius(node['radius']),
    ...sides('margin', node['margin']),
  };
}

/** Everything a box may say about itself and its children. */
export function boxStyles(node: WidgetNode, scheme: 'light' | 'dark', direction: 'row' | 'col'): StyleValues {
  const wrap = node['wrap'];
  const flex = node['flex'];
  return {
    ...blockStyles(node),
    ...sides('padding', node['padding']),
    ...borders(node['border'], scheme),
    'flex-direction': direction === 'row' ? 'row' : 'column',
    'align-items': alignments[String(node['align'])],
    'justify-content': justifications[String(node['justify'])],
    'flex-wrap': wrap === 'wrap' || wrap === 'wrap-reverse' || wrap === 'nowrap' ? wrap : undefined,
    flex: typeof flex === 'number' || (typeof flex === 'string' && /^[\w.% ]{1,20}$/.test(flex)) ? String(flex) : undefined,
    gap: distance(node['gap']),
    'background-color': resolveColor(node['background'], scheme, 'background'),
  };
}
