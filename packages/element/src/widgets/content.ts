import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';
import { stringOr } from '../protocol/json.js';
import { styled } from '../view/styled.js';
import { resolveColor } from './resolve-color.js';
import { blockStyles } from './style-values.js';
import type { Renderer } from './widget-context.js';

const iconSizes: Record<string, string> = { xs: '14px', sm: '16px', md: '18px', lg: '20px', xl: '24px', '2xl': '28px', '3xl': '32px' };
const badgeColors = new Set(['secondary', 'success', 'danger', 'warning', 'info', 'discovery']);
const badgeSizes = new Set(['sm', 'md', 'lg']);
const badgeVariants = new Set(['solid', 'soft', 'outline']);
const fits = new Set(['cover', 'contain', 'fill', 'scale-down', 'none']);
const positions = /^(?:(?:top|bottom)(?: (?:left|right))?|left|right|center)$/;

export const renderBadge: Renderer = (node) => {
  const color = badgeColors.has(String(node['color'])) ? String(node['color']) : 'secondary';
  const variant = badgeVariants.has(String(node['variant'])) ? String(node['variant']) : 'soft';
  const shape = node['pill'] === false ? 'square' : '';
  return html`<span class="w-badge tone-${color} ${variant} size-${badgeSizes.has(String(node['size'])) ? String(node['size']) : 'sm'} ${shape}" dir="auto">${stringOr(node['label'], '')}</span>`;
};

export const renderIcon: Renderer = (node, context) => {
  const side = iconSizes[String(node['size'])] ?? '18px';
  return html`<span class="w-icon" ${styled({ color: resolveColor(node['color'], context.scheme, 'text'), '--icon-size': side })}>
    ${icon(stringOr(node['name'], ''))}
  </span>`;
};

export const renderImage: Renderer = (node, context) => {
  const source = context.image(stringOr(node['src'], ''));
  const alt = stringOr(node['alt'], '');
  const fit = fits.has(String(node['fit'])) ? String(node['fit']) : undefined;
  const position = positions.test(String(node['position'])) ? String(node['position']) : undefined;
  const styles = {
    ...blockStyles(node),
    'object-fit': fit,
    'object-position': position,
    'background-color': resolveColor(node['background'], context.scheme, 'background'),
  };
  const classes = `w-image ${node['frame'] === true ? 'framed' : ''} ${node['flush'] === true ? 'flush' : ''}`;
  if (source) return html`<img class=${classes} src=${source} alt=${alt} loading="lazy" referrerpolicy="no-referrer" ${styled(styles)}>`;
  return html`<div class="${classes} missing" role=${alt ? 'img' : nothing} aria-label=${alt || nothing} ${styled(styles)}>${icon('image')}</div>`;
};
