import { html, nothing } from 'lit';
import { icon } from '../icons/icon.js';
import { isObject, optionalString } from '../protocol/json.js';
import type { ActionConfig } from '../protocol/widget.js';
import { formPayload } from './form-values.js';
import type { Renderer } from './widget-context.js';

const variants = new Set(['solid', 'soft', 'outline', 'ghost']);
const colors = new Set(['primary', 'secondary', 'info', 'discovery', 'success', 'caution', 'warning', 'danger']);

const iconSizes = new Set(['sm', 'md', 'lg', 'xl', '2xl']);

export const controlSizes = new Set(['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl']);

export const renderButton: Renderer = (node, context, path) => {
  const primary = node['style'] === 'primary' || (node['style'] === undefined && node['submit'] === true);
  const color = colors.has(String(node['color'])) ? String(node['color']) : primary ? 'primary' : 'secondary';
  const variant = variants.has(String(node['variant'])) ? String(node['variant']) : primary ? 'solid' : 'outline';
  const controlSize = controlSizes.has(String(node['size'])) ? String(node['size']) : 'lg';
  const running = context.activity?.behavior === 'self' && context.activity.path === path;
  const label = optionalString(node['label']);
  const action = node['onClickAction'];
  const click = (event: MouseEvent): void => {
    if (node['submit'] === true || !isObject(action)) return;
    const config = action as unknown as ActionConfig;
    const { form } = event.currentTarget as HTMLButtonElement;
    context.run(config, formPayload(form, config.payload, context.fieldConflict), { path, kind: 'button' });
  };
  const start = optionalString(node['iconStart']);
  const end = optionalString(node['iconEnd']);
  const classes = [
    'w-button',
    `tone-${color}`,
    variant,
    `control-${controlSize}`,
    node['pill'] === false ? 'square' : '',
    node['block'] === true ? 'block' : '',
    node['uniform'] === true || !label ? 'uniform' : '',
    iconSizes.has(String(node['iconSize'])) ? `icon-${String(node['iconSize'])}` : '',
  ].join(' ');
  return html`<button
    class=${classes}
    type=${node['submit'] === true ? 'submit' : 'button'}
    ?disabled=${node['disabled'] === true || running}
    aria-busy=${running ? 'true' : nothing}
    aria-label=${label ? nothing : (start ?? end ?? 'Button').replace(/^lucide:/, '').replaceAll('-', ' ')}
    @click=${click}
  >
    ${running ? html`<span class="spinner">${icon('spinner')}</span>` : start ? icon(start) : nothing}${label ? html`<span dir="auto">${label}</span>` : nothing}${end && !running ? icon(end) : nothing}
  </button>`;
};
