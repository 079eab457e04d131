import { html, nothing } from 'lit';
import { markdown } from '../markdown/markdown.js';
import { isObject, stringOr } from '../protocol/json.js';
import type { WidgetNode } from '../protocol/widget.js';
import { styled } from '../view/styled.js';
import type { StyleValues } from '../view/styled.js';
import { resolveColor } from './resolve-color.js';
import { size } from './style-values.js';
import { focusOnce } from './focus-once.js';
import { fieldId, ownLabel } from './widget-context.js';
import type { Renderer, WidgetContext } from './widget-context.js';

const weights: Record<string, string> = { normal: '400', medium: '500', semibold: '600', bold: '700' };
const textSizes: Record<string, string> = { xs: '.75em', sm: '.875em', md: '1em', lg: '1.125em', xl: '1.25em' };
const captionSizes: Record<string, string> = { sm: '.75em', md: '.8125em', lg: '.875em' };
const titleSizes: Record<string, string> = {
  sm: '1em',
  md: '1.125em',
  lg: '1.25em',
  xl: '1.5em',
  '2xl': '1.75em',
  '3xl': '2em',
  '4xl': '2.5em',
  '5xl': '3em',
};

function textStyles(node: WidgetNode, context: WidgetContext, sizes: Record<string, string>): StyleValues {
  const maxLines = node['maxLines'];
  const clamp = typeof maxLines === 'number' && maxLines > 0 ? String(Math.floor(maxLines)) : undefined;
  return {
    color: resolveColor(node['color'], context.scheme, 'text'),
    'font-weight': weights[String(node['weight'])],
    'font-size': sizes[String(node['size'])],
    // Start and end are those of the interface: a class says where they are.
    'text-align': node['textAlign'] === 'center' ? 'center' : undefined,
    '-webkit-line-clamp': clamp,
  };
}

function textClasses(node: WidgetNode, name: string): string {
  const clamped = typeof node['maxLines'] === 'number' ? 'clamp' : '';
  return `${name} ${node['truncate'] === true ? 'truncate' : clamped} ${node['textAlign'] === 'end' ? 'end-of-line' : ''}`;
}

export const renderText: Renderer = (node, context) => {
  const { editable } = node;
  const minLines = node['minLines'];
  const styles: StyleValues = {
    ...textStyles(node, context, textSizes),
    'font-style': node['italic'] === true ? 'italic' : undefined,
    'text-decoration': node['lineThrough'] === true ? 'line-through' : undefined,
    width: size(node['width']),
    'min-height': typeof minLines === 'number' ? `${minLines * 1.5}em` : undefined,
  };
  if (isObject(editable) && typeof editable['name'] === 'string') return editableText(node, editable, styles, context);
  return html`<div class=${textClasses(node, 'w-text')} dir="auto" ${styled(styles)}>${stringOr(node['value'], '')}</div>`;
};

function editableText(node: WidgetNode, editable: Record<string, unknown>, styles: StyleValues, context: WidgetContext): unknown {
  const name = stringOr(editable['name'], '');
  const selectAll = (event: FocusEvent): void => {
    if (editable['autoSelect'] === true) (event.currentTarget as HTMLInputElement).select();
  };
  return html`<input
    class="w-editable ${node['textAlign'] === 'end' ? 'end-of-line' : ''}"
    dir="auto"
    id=${fieldId(context, name)}
    name=${name}
    value=${stringOr(node['value'], '')}
    aria-label=${ownLabel(context, name, editable['placeholder'])}
    placeholder=${stringOr(editable['placeholder'], '')}
    pattern=${editable['pattern'] ?? nothing}
    autocomplete=${stringOr(editable['autoComplete'], editable['allowAutofillExtensions'] === true ? 'on' : 'off')}
    ${focusOnce(editable['autoFocus'] === true)}
    ?required=${editable['required'] === true}
    @focus=${selectAll}
    ${styled(styles)}
  >`;
}

export const renderTitle: Renderer = (node, context) => {
  return html`<div class=${textClasses(node, 'w-title')} dir="auto" role="heading" aria-level="3" ${styled(textStyles(node, context, titleSizes))}>${stringOr(node['value'], '')}</div>`;
};

export const renderCaption: Renderer = (node, context) =>
  html`<div class=${textClasses(node, 'w-caption')} dir="auto" ${styled(textStyles(node, context, captionSizes))}>${stringOr(node['value'], '')}</div>`;

export const renderMarkdown: Renderer = (node, context) =>
  html`<div class="w-markdown prose" dir="auto">${markdown(stringOr(node['value'], ''), node['streaming'] !== true, context.markdown, context.scheme)}</div>`;

export const renderLabel: Renderer = (node, context) =>
  html`<label class=${textClasses(node, 'w-label')} dir="auto" for=${fieldId(context, stringOr(node['fieldName'], ''))} ${styled(textStyles(node, context, textSizes))}>${stringOr(node['value'], '')}</label>`;
