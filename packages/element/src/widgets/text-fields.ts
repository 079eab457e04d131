import { html, nothing } from 'lit';
import { optionalString, stringOr } from '../protocol/json.js';
import type { WidgetNode } from '../protocol/widget.js';
import { controlSizes } from './button.js';
import { checkPattern } from './field-pattern.js';
import { focusOnce } from './focus-once.js';
import { fieldId, ownLabel } from './widget-context.js';
import type { Renderer } from './widget-context.js';

const inputTypes = new Set(['number', 'email', 'text', 'password', 'tel', 'url']);
const gutters = new Set(['2xs', 'xs', 'sm', 'md', 'lg', 'xl']);

export function controlClasses(node: WidgetNode, name: string): string {
  const controlSize = controlSizes.has(String(node['size'])) ? String(node['size']) : 'lg';
  const variants: Record<string, string> = { soft: 'soft', solid: 'soft', ghost: 'ghost' };
  return [
    name,
    variants[String(node['variant'])] ?? 'outline',
    `control-${controlSize}`,
    node['pill'] === true ? 'pill' : '',
    node['block'] === true ? 'block' : '',
    gutters.has(String(node['gutterSize'])) ? `gutter-${String(node['gutterSize'])}` : '',
  ].join(' ');
}

function selectAllWhen(wanted: unknown): (event: FocusEvent) => void {
  return (event) => {
    if (wanted === true) (event.currentTarget as HTMLInputElement | HTMLTextAreaElement).select();
  };
}

export const renderInput: Renderer = (node, context) => {
  const name = stringOr(node['name'], '');
  const type = inputTypes.has(String(node['inputType'])) ? String(node['inputType']) : 'text';
  return html`<input
    class=${controlClasses(node, 'w-field')}
    dir="auto"
    id=${fieldId(context, name)}
    name=${name}
    type=${type}
    value=${stringOr(node['defaultValue'], '')}
    placeholder=${optionalString(node['placeholder']) ?? nothing}
    aria-label=${ownLabel(context, name, node['placeholder'])}
    pattern=${optionalString(node['pattern']) ?? nothing}
    autocomplete=${node['allowAutofillExtensions'] === true ? 'on' : 'off'}
    ${focusOnce(node['autoFocus'] === true)}
    ?required=${node['required'] === true}
    ?disabled=${node['disabled'] === true}
    @focus=${selectAllWhen(node['autoSelect'])}
  >`;
};

export const renderTextarea: Renderer = (node, context) => {
  const name = stringOr(node['name'], '');
  const rows = typeof node['rows'] === 'number' ? node['rows'] : 3;
  const maxRows = typeof node['maxRows'] === 'number' ? node['maxRows'] : undefined;
  const pattern = optionalString(node['pattern']);
  const changed = (event: Event): void => {
    checkPattern(event.currentTarget as HTMLTextAreaElement, pattern);
    grow(event);
  };
  const grow = (event: Event): void => {
    if (node['autoResize'] !== true && maxRows === undefined) return;
    const area = event.currentTarget as HTMLTextAreaElement;
    area.style.setProperty('height', 'auto');
    const limit = maxRows === undefined ? Number.POSITIVE_INFINITY : maxRows * 24 + 16;
    area.style.setProperty('height', `${Math.min(area.scrollHeight + 2, limit)}px`);
  };
  return html`<textarea
    class=${controlClasses(node, 'w-field w-textarea')}
    dir="auto"
    id=${fieldId(context, name)}
    name=${name}
    rows=${rows}
    placeholder=${optionalString(node['placeholder']) ?? nothing}
    aria-label=${ownLabel(context, name, node['placeholder'])}
    autocomplete=${node['allowAutofillExtensions'] === true ? 'on' : 'off'}
    ${focusOnce(node['autoFocus'] === true)}
    ?required=${node['required'] === true}
    ?disabled=${node['disabled'] === true}
    @focus=${selectAllWhen(node['autoSelect'])}
    @input=${changed}
    .defaultValue=${stringOr(node['defaultValue'], '')}
  ></textarea>`;
};
